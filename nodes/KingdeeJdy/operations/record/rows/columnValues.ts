import type { Values } from '../../../catalogue/encoding/values';
import type { ColumnField, ColumnIndex, Meaning } from '../../../catalogue/columns/columns';
import type { Parameter } from '../../../catalogue/types';
import { readWritten } from '../../../shared/data/dateForms';
import { cellText, readPeopleNumber, readPeopleTruth } from '../../../shared/data/peopleValues';

/** Amounts of which JDY documents some as text. */
const AMOUNT = /(?:^|_)(?:qty|price|amount|amt|cess|rate|discount|cost|fee|coefficient)$/;

/** What JDY takes as a figure of percent: 13 for 13% [D]. */
const PERCENT = /(?:^|_)(?:cess|rate|discount|percent)$/;

function isAmount({ name, type, options }: Parameter): boolean {
	return type === 'number' || type === 'integer' || (type === 'string' && options === undefined && AMOUNT.test(name));
}

/** The wire path that a column fills; what is named by a name or a number has a key of its own. */
export function keyPathOf({ path, by }: ColumnField): string {
	return by === 'numberOrName' ? path.replace(/_name$/, '_nameOrNumber') : path;
}

/** The day of a text that has a time as well, as a clock on the wall shows it; any other text as it is. */
function dayOf(text: string): string {
	const written = readWritten(text);
	if (typeof written === 'string' || written.offsetMs !== undefined) return text;
	return new Date(written.wallMs).toISOString().slice(0, 'yyyy-MM-dd'.length);
}

/** A cell as it is sent, or what is wrong with it, as the rest of a sentence that names the column. */
export type Cell = { value: unknown } | { problem: string };

/**
 * What stands in a cell, for a parameter: a number as people write it becomes one, 是 a truth, and a text loses what only keeps
 * it a text in a spreadsheet. A value that is no text stays as it is.
 */
function cellFor(field: ColumnField, value: unknown): Cell {
	if (typeof value !== 'string') return { value };
	const text = cellText(value);
	const { parameter, by } = field;
	if (by !== undefined || text === '') return { value: text };
	if (parameter.format === 'date') return { value: dayOf(text) };
	if (parameter.type === 'boolean') return { value: readPeopleTruth(text) ?? text };
	if (!isAmount(parameter)) return { value: text };
	const number = readPeopleNumber(text);
	if (number === 'ambiguous') return { problem: `is "${text}", which may be read as two numbers: write it with a point, and commas for thousands only` };
	if (number === 'unreadable') return { value: text };
	if (number.isPercent && !PERCENT.test(parameter.name)) return { problem: `is "${text}", but takes no percentage` };
	return { value: number.digits };
}

/** What is told of columns that are left out. */
export interface LeftOut {
	unknown: Map<string, readonly string[]>;
	ambiguous: Map<string, readonly string[]>;
}

/** The fields of a row by their wire paths. */
export interface ReadRow extends LeftOut {
	values: Values;
	/** Columns whose cells cannot be read, each with what is wrong. */
	problems: Array<{ column: string; text: string }>;
	/** The columns of the wire paths. */
	columns: Map<string, string>;
}

/**
 * Reads a row by the headings of its columns.
 *
 * @param chosen what the user has chosen for a column; undefined: what its heading means
 */
export function readRow(row: Values, index: ColumnIndex, chosen: (column: string) => Meaning | 'leaveOut' | undefined): ReadRow {
	const read: ReadRow = { values: {}, problems: [], columns: new Map(), unknown: new Map(), ambiguous: new Map() };
	for (const [column, value] of Object.entries(row)) {
		const meaning = chosen(column) ?? index.meaningOf(column);
		if (meaning === 'leaveOut' || meaning.kind === 'group') continue;
		if (meaning.kind === 'unknown') read.unknown.set(column, meaning.nearest);
		else if (meaning.kind === 'ambiguous') read.ambiguous.set(column, meaning.candidates);
		else addCell(read, column, meaning, value);
	}
	return read;
}

function addCell(read: ReadRow, column: string, field: ColumnField, value: unknown): void {
	const cell = cellFor(field, value);
	const path = keyPathOf(field);
	if ('problem' in cell) read.problems.push({ column, text: cell.problem });
	else if (read.values[path] === undefined || read.values[path] === '') read.values[path] = cell.value;
	else if (cell.value !== '' && cell.value !== null && String(cell.value) !== String(read.values[path])) {
		read.problems.push({ column, text: `is "${String(cell.value)}", but "${read.columns.get(path) ?? path}" of the same row means the same field and is "${String(read.values[path])}"` });
	}
	if (!read.columns.has(path)) read.columns.set(path, column);
}
