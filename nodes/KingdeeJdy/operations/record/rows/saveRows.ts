import type { IDataObject } from 'n8n-workflow';

import type { Envelope } from '../../../gateway/types';
import type { Operation, References } from '../../../shared/contract/operation';
import type { DoneFacts } from '../../../shared/contract/outcomes';
import type { FieldPath } from '../../../catalogue/encoding/fieldPath';
import { referencesOf } from '../../common/references';
import { group } from '../saving/group';
import { save } from '../saving/save';
import { readRowSaving, rowTrace, skipsRow } from './readRows';
import type { RowSaving } from './readRows';

/** The row of a line, or the first of a document, and the column that a field comes from. */
function namingOf({ rows, order, columns }: RowSaving): (place: FieldPath) => string | undefined {
	return ({ name, path }) => {
		const column = columns.get(path);
		const [, line] = /\[(\d+)\]/.exec(name) ?? [];
		const row = rows[Number(line ?? 0)] ?? rows[0];
		if (column === undefined) return undefined;
		return `Row ${row}${order === undefined ? '' : ` (${order})`}: "${column}"`;
	};
}

async function references(saving: RowSaving): Promise<References<RowSaving> | undefined> {
	return await referencesOf(saving, saving.shape.parameters, saving.given, (given) => ({ ...saving, given }), namingOf(saving));
}

function rowOf(envelope: Envelope, saving: RowSaving, input: IDataObject, facts: DoneFacts): IDataObject {
	const [row = {}] = save.items(envelope, saving, input, facts);
	return { ...(saving.order === undefined ? {} : { order: saving.order }), ...row, rows: [...saving.rows] };
}

const MAX_NAMED = 20;

function named(names: Iterable<readonly [string, readonly string[]]>, joined: string): string {
	const all = [...names].map(([column, others]) => (others.length === 0 ? `"${column}"` : `"${column}" (${joined} ${others.join(', ')})`));
	return all.slice(0, MAX_NAMED).join(', ') + (all.length > MAX_NAMED ? ', …' : '');
}

function hints(savings: readonly RowSaving[]): string[] {
	const unknown = new Map(savings.flatMap(({ unknown: all }) => [...all]));
	const leftOut = savings[0]?.leftOut ?? { empty: 0, sum: 0 };
	const counted = [leftOut.empty > 0 ? `${leftOut.empty} empty` : undefined, leftOut.sum > 0 ? `${leftOut.sum} of sums` : undefined].filter((text) => text !== undefined);
	return [
		...(counted.length === 0 ? [] : [`Rows that belong to no document and were left out: ${counted.join(', ')}`]),
		...(unknown.size === 0 ? [] : [`Columns that are not known and were left out: ${named(unknown, 'nearest:')}. Other Columns can say what they mean`]),
		...(save.hints?.(savings) ?? []),
	];
}

/** Saves the rows of a sheet as documents with lines: columns by the names that people give them. */
export const saveRows: Operation<RowSaving> = {
	...save,
	read: readRowSaving,
	skips: skipsRow,
	group: { identify: group.identify, trace: rowTrace, merge: mergeRows },
	references,
	subject: (saving) => ({ ...save.subject(saving), ...(saving?.order === undefined ? {} : { order: saving.order }) }),
	preview: ({ order, rows, columns }) => ({ ...(order === undefined ? {} : { order }), rows: [...rows], columns: Object.fromEntries([...columns].map(([path, column]) => [column, path])) }),
	hints,
	items: (envelope, saving, json, facts) => [rowOf(envelope, saving, json, facts)],
};

async function mergeRows(...[items, call]: Parameters<typeof group.merge>): Promise<RowSaving> {
	const all = items.map(({ parameters }) => parameters as RowSaving);
	const merged = await group.merge(items, call);
	const columns = new Map(all.flatMap((one) => [...one.columns]));
	return { ...(all[0] as RowSaving), ...merged, rows: all.flatMap(({ rows }) => rows), columns };
}
