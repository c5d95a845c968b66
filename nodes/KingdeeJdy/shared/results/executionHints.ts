import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** The hints of a run, for a model that sees nothing but its output. */
const ofRun = new WeakMap<IExecuteFunctions, Set<string>>();

export function hintsOf(context: IExecuteFunctions): string[] {
	return [...(ofRun.get(context) ?? [])];
}

/** Shows the user a hint at the output of a run. Tools have no place for hints before n8n 1.119: there it is left out. */
export function addHint(context: IExecuteFunctions, message: string, more: Omit<NodeExecutionHint, 'message'> = {}): void {
	const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = context;
	addExecutionHints?.call(context, { message, ...more });
	ofRun.set(context, (ofRun.get(context) ?? new Set()).add(message));
}

/** Hints by the first input object of a run and by node. n8n keeps that object when it runs a node again, and hands it to no other node. */
const ofInput = new WeakMap<object, Map<string, Set<string>>>();

/** What shows the hints of a try. */
const ofTry = new WeakMap<IExecuteFunctions, (message: string) => void>();

function hintsOfEarlierTries(context: IExecuteFunctions): Set<string> {
	const input = context.getInputData()[0]?.json ?? context;
	const nodes = ofInput.get(input) ?? new Map<string, Set<string>>();
	ofInput.set(input, nodes);
	const nodeId = context.getNode().id;
	const hints = nodes.get(nodeId) ?? new Set<string>();
	nodes.set(nodeId, hints);
	return hints;
}

/**
 * Shows hints about the data of a run, each once, although many items have the same. Retry On Fail drops the hints of a try
 * that failed: they are shown again with the next one, because items that are not run again have none.
 */
export function hintsOnce(context: IExecuteFunctions): (message: string) => void {
	const known = ofTry.get(context);
	if (known) return known;
	const shown = hintsOfEarlierTries(context);
	for (const message of shown) addHint(context, message);
	const show = (message: string) => {
		if (shown.has(message)) return;
		shown.add(message);
		addHint(context, message);
	};
	ofTry.set(context, show);
	return show;
}
