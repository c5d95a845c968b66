import { cellValue } from '../../../catalogue/columns/cells';
import type { ColumnField, Meaning } from '../../../catalogue/columns/columns';
import type { Values } from '../../../catalogue/encoding/values';
import { errorText } from '../../../shared/contract/outcomes';
import { readWritten } from '../../../shared/data/dateForms';
import { FieldCells } from '../saving/fieldCells';

/** The day of a text that has a time as well, as a clock on the wall shows it; anything else as it is. */
function dayOf(value: unknown): unknown {
	const written = typeof value === 'string' ? readWritten(value) : undefined;
	if (typeof written !== 'object' || written.offsetMs !== undefined) return value;
	return new Date(written.wallMs).toISOString().slice(0, 'yyyy-MM-dd'.length);
}

/** The fields of a row by their wire paths, and what the user should know of its columns. */
interface ReadRow {
	cells: FieldCells;
	/** Columns that nothing is known of, and the headings that are nearest to them. */
	unknown: Map<string, readonly string[]>;
	/** Columns that may mean several fields, by their paths. */
	ambiguous: Map<string, readonly string[]>;
}

/**
 * Reads a row by the headings of its columns.
 *
 * @param meaningOf what a column means, as the user has chosen or its heading says
 */
export function readRow(row: Values, meaningOf: (column: string) => Meaning | 'leaveOut'): ReadRow {
	const read: ReadRow = { cells: new FieldCells(), unknown: new Map(), ambiguous: new Map() };
	for (const [column, value] of Object.entries(row)) {
		const meaning = meaningOf(column);
		if (meaning === 'leaveOut' || meaning.kind === 'group') continue;
		if (meaning.kind === 'unknown') read.unknown.set(column, meaning.nearest);
		else if (meaning.kind === 'ambiguous') read.ambiguous.set(column, meaning.candidates);
		else addCell(read, column, meaning, value);
	}
	return read;
}

function cellOf({ parameter, by }: ColumnField, value: unknown, label: string): unknown {
	// What refers to something is text, whatever its parameter is.
	const cell = cellValue(by === undefined ? parameter : { ...parameter, type: 'string' }, value, label);
	return parameter.format === 'date' ? dayOf(cell) : cell;
}

function addCell({ cells }: ReadRow, column: string, field: ColumnField, value: unknown): void {
	try {
		cells.put(field.path, column, cellOf(field, value, `"${column}"`));
	} catch (error) {
		cells.problems.push(errorText(error));
	}
}
