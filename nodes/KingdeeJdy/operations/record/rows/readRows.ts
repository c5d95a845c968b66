import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Meaning } from '../../../catalogue/columns/columns';
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
import { readTakeUnknown } from '../../customSave/key';
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

/** A long number as a spreadsheet shows it: several orders look the same. */
const SHORTENED = /^\d(?:\.\d+)?E\+\d+$/i;

/** @throws ValidationError naming the row and the columns */
function checkRow({ number, isContinued }: SheetRow, order: string, { column }: RowRules): void {
	if (SHORTENED.test(order)) throw new ValidationError(`Row ${number}: "${column}"`, `is "${order}", of which a spreadsheet has dropped digits; make the column text there and export it again`);
	if (column === '' || order !== '') return;
	const advice = isContinued ? '; if the cells of an order stand in its first row only, turn on Blank Cells Mean the Row Above' : '';
	throw new ValidationError(`Row ${number}: "${column}"`, `is empty, so the row belongs to no document${advice}`);
}

export async function readRowSaving(context: IExecuteFunctions, itemIndex: number): Promise<RowSaving> {
	const rules = await readRules(context, itemIndex);
	const { parameters, settings, column, sheet, leftOut } = rules;
	const deduplicates = truth(parameters.read('deduplicate', true), 'Never Twice');
	const row = sheet[itemIndex];
	if (!row) throw new ValidationError('Row', 'cannot be read');
	const order = column === '' ? '' : valueOf(row.cells, column);
	checkRow(row, order, rules);
	const place = `Row ${row.number}${order === '' ? '' : ` (${order})`}`;
	const { cells, ambiguous, unknown } = readRow(row.cells, (name) => meaningIn(rules, name));
	const [first, ...others] = [
		...cells.problems,
		...[...ambiguous].map(([name, candidates]) => `"${name}" may mean ${candidates.join(' or ')}: choose one in Other Columns`),
	];
	if (first !== undefined) throw new ValidationError(`${place}:`, [first, ...others].join('; '));
	const { parameters: documented } = settings.shape;
	const linesField = usualLinesField(documented) ?? '';
	if (deduplicates && order !== '' && !settings.sending.dryRun) checkWorkflow(context.getWorkflow().id);
	const resendUnknown = truth(settings.options.resendUnknown ?? false, 'Resend Unknown');
	return {
		...settings,
		given: withTruths(documented, nested(documented, Object.fromEntries(Object.entries(cells.values).filter(([, value]) => value !== '')))),
		hasId: Object.hasOwn(cells.values, 'id'),
		group: order === '' || linesField === '' ? undefined : { value: order, linesField, groupFields: [] },
		key: deduplicates && order !== '' ? order : undefined,
		resendUnknown,
		takesUnknownAsSaved: readTakeUnknown(settings.options, resendUnknown),
		order: order === '' ? undefined : order,
		rows: [row.number],
		columns: cells.columns,
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
function meaningIn({ meaningOf, column }: RowRules, heading: string): Meaning | 'leaveOut' {
	const meaning = meaningOf(heading);
	return heading === column && meaning !== 'leaveOut' && meaning.kind !== 'field' ? 'leaveOut' : meaning;
}

export async function skipsRow(context: IExecuteFunctions, itemIndex: number): Promise<boolean> {
	const rules = await readRules(context, itemIndex).catch(() => undefined);
	return rules?.sheet[itemIndex]?.leftOut !== undefined;
}

/** Which documents a row may belong to; undefined for a row that names none. */
function sharesOrder(cells: IDataObject, column: string): GroupTrace['mayShare'] {
	try {
		const order = valueOf(cells, column);
		return order === '' ? undefined : (other) => other === order;
	} catch {
		// A number that lost digits is that of no order which can be read.
		return () => false;
	}
}

/** What can be read of a row that cannot be saved, so that its document is not saved without it. */
export async function rowTrace(context: IExecuteFunctions, itemIndex: number): Promise<GroupTrace | undefined> {
	const rules = await readRules(context, itemIndex).catch(() => undefined);
	if (!rules) return { kind: undefined, mayShare: () => true, account: undefined };
	const row = rules.sheet[itemIndex];
	if (!row || rules.column === '') return undefined;
	const { account, instanceId } = readAccountChoice(rules.settings.options);
	return { kind: rules.settings.type.value, mayShare: sharesOrder(row.cells, rules.column), account: { account, instanceId } };
}
