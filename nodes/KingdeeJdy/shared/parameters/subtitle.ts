/**
 * The expression of a node's subtitle: what it does, and with which type, report or call. It uses the name which n8n
 * keeps of a choice from a list, else as it is written; if an expression chooses, only the resource is shown, because on
 * the canvas there are no data to fill it in with.
 *
 * @param verb the parameter that says what is done
 * @param chosenIn for each resource the parameter that says with what
 */
export function subtitleOf(verb: string, chosenIn: Readonly<Record<string, string>>): string {
	const choice = `$parameter.toJSON()[(${JSON.stringify(chosenIn)})[$parameter["resource"]]]`;
	const isText = 'typeof text === "string" && text !== "" && !text.startsWith("=")';
	const shown = `(choice => [choice?.cachedResultName, choice?.value, choice].find(text => ${isText}) ?? $parameter["resource"])(${choice})`;
	return `={{ $parameter["${verb}"] + ": " + ${shown} }}`;
}
