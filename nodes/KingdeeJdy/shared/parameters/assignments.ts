import type { IDataObject } from 'n8n-workflow';

import { chosenFields } from './chosen';
import type { ChoiceLabels } from './chosen';
import { checkFilledIn, gaveNothing } from './expressions';

/** The rows of an assignmentCollection, as far as they are what n8n hands over. */
function rowsOf(source: unknown): IDataObject[] {
	const rows = typeof source === 'object' && source !== null ? (source as IDataObject).assignments : undefined;
	return Array.isArray(rows) ? rows.filter((row): row is IDataObject => typeof row === 'object' && row !== null) : [];
}

/**
 * Refuses expressions that are not filled in, and returns the names of fields whose expression found nothing.
 *
 * @param source value of an assignmentCollection
 * @param raw the parameter in the node, before n8n filled it in
 * @throws ValidationError naming the field
 */
export function checkFields(source: unknown, raw: unknown): string[] {
	// If an expression returns the whole list, everything in it has been filled in.
	const isFilledIn = typeof raw === 'string';
	const rawRows = rowsOf(raw);
	return rowsOf(source).flatMap(({ name, value }, index) => {
		const rawRow = rawRows[index] ?? {};
		const label = `Field "${String(name)}"`;
		if (isFilledIn) return [];
		checkFilledIn(label, name, rawRow.name);
		checkFilledIn(label, value, rawRow.value);
		return gaveNothing(value, rawRow.value) ? [String(name)] : [];
	});
}

/**
 * The rows of an assignmentCollection by which documents are chosen, without those that an agent left out.
 *
 * @throws ValidationError naming the field whose expression is not filled in, or found nothing
 */
export function chosenRows(source: unknown, raw: unknown, names: ChoiceLabels): unknown {
	checkFields(source, raw);
	const rows = rowsOf(source);
	if (rows.length === 0) chosenFields({}, raw, names);
	const rawRows = rowsOf(raw);
	const isChosen = ({ name, value }: IDataObject, index: number) => {
		const field = String(name);
		const written = typeof raw === 'string' ? raw : rawRows[index]?.value;
		return field in chosenFields({ [field]: value }, { [field]: written }, names);
	};
	return rows.every(isChosen) ? source : { ...(source as IDataObject), assignments: rows.filter(isChosen) };
}
