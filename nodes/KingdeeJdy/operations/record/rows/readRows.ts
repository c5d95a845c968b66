import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ColumnIndex, Meaning } from '../../../catalogue/columns/columns';
import { nested } from '../../../catalogue/forms/nested';
import type { Values } from '../../../catalogue/encoding/values';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord } from '../../../gateway/json/json';
import type { GroupTrace } from '../../../shared/contract/operation';
import { truth } from '../../../shared/parameters/checks';
import { checkWorkflow, readKey } from '../../../shared/parameters/deduplicationKey';
import { readAccountChoice } from '../../../shared/parameters/options';
import { cellText } from '../../../shared/data/peopleValues';
import { usualLinesField } from '../grouping/lines';
import type { Saving } from '../saving/saving';
import { readRow } from './columnValues';
import { readRules } from './rowRules';
import type { LeftOutRows, RowRules } from './rowRules';
import type { SheetRow } from './sheet';

/** What the user set for one row. */
export interface RowSaving extends Saving {
	/** What names the document of the row; undefined if every row is one. */
	order: string | undefined;
	/** The rows that it is made of, from 1. */
	rows: readonly number[];
	/** The columns of its fields, by their wire paths. */
	columns: ReadonlyMap<string, string>;
	/** Columns that nothing is known of, and what is nearest to them. */
	unknown: ReadonlyMap<string, readonly string[]>;
	leftOut: LeftOutRows;
}

function valueOf(cells: IDataObject, column: string): string {
	const value = cells[column];
	if (typeof value === 'number' || typeof value === 'bigint') return readKey(value, undefined);
	return typeof value === 'string' ? cellText(value) : '';
}

/** @throws ValidationError naming the row and the columns */
function checkRow({ number, isContinued }: SheetRow, order: string, { column }: RowRules): void {
	if (column === '' || order !== '') return;
	const advice = isContinued ? '; if the cells of an order stand in its first row only, turn on Blank Cells Mean the Row Above' : '';
	throw new ValidationError(`Row ${number}: "${column}"`, `is empty, so the row belongs to no document${advice}`);
}

export async function readRowSaving(context: IExecuteFunctions, itemIndex: number): Promise<RowSaving> {
	const rules = await readRules(context, itemIndex);
	const { parameters, settings, index, column, chosen, sheet, leftOut } = rules;
	const deduplicates = truth(parameters.read('deduplicate', true), 'Never Twice');
	const row = sheet[itemIndex];
	if (!row) throw new ValidationError('Row', 'cannot be read');
	const order = column === '' ? '' : valueOf(row.cells, column);
	checkRow(row, order, rules);
	const place = `Row ${row.number}${order === '' ? '' : ` (${order})`}`;
	const { values, problems, ambiguous, unknown, columns } = readRow(row.cells, index, (name) => chosen.get(name.trim()) ?? (name === column ? groupMeaning(index, name) : undefined));
	const [first, ...others] = [
		...problems,
		...[...ambiguous].map(([name, candidates]) => `"${name}" may mean ${candidates.join(' or ')}: choose one in Other Columns`),
	];
	if (first !== undefined) throw new ValidationError(`${place}:`, [first, ...others].join('; '));
	const { parameters: documented } = settings.shape;
	const linesField = usualLinesField(documented) ?? '';
	if (deduplicates && order !== '' && !settings.sending.dryRun) checkWorkflow(context.getWorkflow().id);
	return {
		...settings,
		output: settings.options.output === undefined ? 'simplified' : settings.output,
		given: withTruths(documented, nested(documented, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')))),
		hasId: Object.hasOwn(values, 'id'),
		group: order === '' || linesField === '' ? undefined : { value: order, linesField, groupFields: [] },
		key: deduplicates && order !== '' ? order : undefined,
		resendUnknown: truth(settings.options.resendUnknown ?? false, 'Resend Unknown'),
		order: order === '' ? undefined : order,
		rows: [row.number],
		columns,
		unknown,
		leftOut,
	};
}

/** A truth that JDY documents as required, and that a sheet has no column for, is false: a line is no gift unless it says so. */
function withTruths(parameters: Parameter[], given: Values): Values {
	const missing = parameters.filter(({ type, required, name }) => type === 'boolean' && required && given[name] === undefined);
	const entries = Object.entries(given).map(([name, value]): [string, unknown] => {
		const fields = parameters.find((parameter) => parameter.name === name)?.fields;
		const isLines = fields !== undefined && Array.isArray(value);
		return [name, isLines ? value.map((line: unknown) => (isRecord(line) ? withTruths(fields, line) : line)) : value];
	});
	return Object.fromEntries([...entries, ...missing.map(({ name }): [string, unknown] => [name, false])]);
}

/** The column of the order is sent only if it means a field of the document. */
function groupMeaning(index: ColumnIndex, column: string): Meaning | 'leaveOut' {
	const meaning = index.meaningOf(column);
	return meaning.kind === 'field' ? meaning : 'leaveOut';
}

export async function skipsRow(context: IExecuteFunctions, itemIndex: number): Promise<boolean> {
	const rules = await readRules(context, itemIndex).catch(() => undefined);
	return rules?.sheet[itemIndex]?.leftOut !== undefined;
}

/** What can be read of a row that cannot be saved, so that its document is not saved without it. */
export async function rowTrace(context: IExecuteFunctions, itemIndex: number): Promise<GroupTrace | undefined> {
	const rules = await readRules(context, itemIndex).catch(() => undefined);
	if (!rules) return { kind: undefined, mayShare: () => true, account: undefined };
	const row = rules.sheet[itemIndex];
	if (!row || rules.column === '') return undefined;
	const order = valueOf(row.cells, rules.column);
	const { account, instanceId } = readAccountChoice(rules.settings.options);
	return { kind: rules.settings.type.value, mayShare: order === '' ? undefined : (other) => other === order, account: { account, instanceId } };
}
