import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { columnsOf, foreignMeaning } from '../../../catalogue/columns/columns';
import type { ColumnIndex, Meaning } from '../../../catalogue/columns/columns';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord } from '../../../gateway/json/json';
import { truth } from '../../../shared/parameters/checks';
import { parametersFor } from '../../common/nodeParameters';
import type { NodeParameters } from '../../common/nodeParameters';
import { readSaveSettings } from '../saving/saving';
import type { SaveSettings } from '../saving/saving';
import { sheetOf } from './sheet';
import type { SheetRow } from './sheet';

/** How many rows belong to no document. */
export interface LeftOutRows {
	empty: number;
	sum: number;
}

/** How the rows of a node are read. */
export interface RowRules {
	/** What a column means: what is chosen for it, or what its heading says. */
	meaningOf: (heading: string) => Meaning | 'leaveOut';
	/** The column that names the order; empty: none. */
	column: string;
	sheet: SheetRow[];
	leftOut: LeftOutRows;
}

/** The rules of a run by the type: none of their parameters takes an expression. */
const rulesOfRuns = new WeakMap<IExecuteFunctions, Map<string, RowRules>>();

/** @throws ValidationError for a field that documents of the type do not have */
function readChosen(parameters: NodeParameters, index: ColumnIndex): Map<string, Meaning | 'leaveOut'> {
	const given = parameters.read('columns', {});
	const mapping = isRecord(given) && Array.isArray(given.mapping) ? given.mapping.filter(isRecord) : [];
	const entries = mapping.map(({ column, field }): [string, Meaning | 'leaveOut'] => {
		const name = typeof column === 'string' ? column.trim() : '';
		if (name === '') throw new ValidationError('Other Columns', 'must name the column');
		if (field === undefined || field === null || field === '' || field === 'leaveOut') return [name, 'leaveOut'];
		const path = typeof field === 'string' ? field.trim() : '';
		const known = index.fields.find((one) => one.path === path);
		const meaning: Meaning = known ? { kind: 'field', ...known } : index.meaningOf(path);
		if (meaning.kind !== 'field') throw new ValidationError('Other Columns', `"${name}" means "${path}", which is no field of these documents`);
		return [name, meaning];
	});
	const twice = entries.find(([name], position) => entries.findIndex(([other]) => other === name) !== position);
	if (twice) throw new ValidationError('Other Columns', `"${twice[0]}" is there more than once: a column means one field`);
	return new Map(entries);
}

/** The column that names the order: the one that is set, otherwise the one whose heading says so. */
function orderColumn(parameters: NodeParameters, index: ColumnIndex, items: readonly IDataObject[]): string {
	const given = parameters.read('groupBy', '');
	const named = typeof given === 'string' ? given.trim() : '';
	const headings = [...new Set(items.flatMap((item) => Object.keys(item)))];
	if (named !== '') return headings.find((heading) => heading === named) ?? headings.find((heading) => heading.trim() === named) ?? named;
	return headings.find((heading) => index.meaningOf(heading).kind === 'group') ?? '';
}

function rulesFor(context: IExecuteFunctions, parameters: NodeParameters, { shape, type }: SaveSettings): RowRules {
	const known = rulesOfRuns.get(context) ?? new Map<string, RowRules>();
	rulesOfRuns.set(context, known);
	const before = known.get(type.value);
	if (before) return before;
	const index = columnsOf(shape.parameters, type.value);
	const chosen = readChosen(parameters, index);
	const items = context.getInputData().map(({ json }) => json);
	const column = orderColumn(parameters, index, items);
	const meaningOf = (heading: string) => chosen.get(heading.trim()) ?? foreignMeaning(index, heading);
	const fieldOf = (heading: string) => {
		const meaning = meaningOf(heading);
		return meaning !== 'leaveOut' && meaning.kind === 'field' ? meaning.fills : undefined;
	};
	const isField = (heading: string) => fieldOf(heading) !== undefined;
	const isOfHead = (heading: string) => fieldOf(heading)?.includes('.') === false;
	const sheet = sheetOf(items, { column, fillDown: truth(parameters.read('fillDown', false), 'Blank Cells Mean the Row Above'), isOfHead, isField });
	const count = (why: SheetRow['leftOut']) => sheet.filter(({ leftOut }) => leftOut === why).length;
	const rules = { meaningOf, column, sheet, leftOut: { empty: count('empty'), sum: count('sum') } };
	known.set(type.value, rules);
	return rules;
}

export async function readRules(context: IExecuteFunctions, itemIndex: number) {
	const parameters = parametersFor(context, itemIndex);
	const settings = await readSaveSettings(parameters);
	return { parameters, settings, ...rulesFor(context, parameters, settings) };
}
