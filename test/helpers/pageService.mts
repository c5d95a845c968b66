import type { ItemResult } from '../../nodes/KingdeeJdy/shared/contract/outcomes.ts';
import { readList } from '../../nodes/KingdeeJdy/shared/pagination/pages.ts';
import type { List } from '../../nodes/KingdeeJdy/shared/pagination/pages.ts';

export type Row = Record<string, unknown>;

/** So many rows, with the IDs from one number on. */
export const rows = (count: number, from = 1): Row[] => Array.from({ length: count }, (_unused, index) => ({ id: String(from + index) }));

/** Their IDs, as numbers. */
export const ids = (list: Row[]) => list.map(({ id }) => Number(id));

/** The numbers from 1 up to this one. */
export const upTo = (count: number) => Array.from({ length: count }, (_unused, index) => index + 1);

/** A service that lists rows in pages, and remembers what it was asked for. */
export function service(
	books: (asked: number) => Row[],
	{ shape = (page: Row[], total: number): unknown => ({ data: { rows: page, count: total } }), largest = 100 } = {},
) {
	const asked: string[] = [];
	let underWay = 0;
	let most = 0;
	const ask = async (page: number, size: number): Promise<ItemResult> => {
		asked.push(`${page}/${size}`);
		const all = books(asked.length);
		const real = Math.min(size, largest);
		const data = shape(all.slice((page - 1) * real, page * real), all.length);
		most = Math.max(most, ++underWay);
		// A later page may well come before an earlier one.
		for (let turns = 5 - (page % 3); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
		underWay -= 1;
		return { type: 'done', envelope: { errcode: 0, description: 'success', data } };
	};
	return { ask, asked, most: () => most };
}

export type Shape = (page: Row[], total: number) => unknown;

/** The shapes in which the rows and their total may come. */
export const SHAPES: Record<string, Shape> = {
	'rows and count, nested twice': (page, count) => ({ data: { rows: page, count } }),
	'list and total, nested twice': (list, total) => ({ data: { list, total } }),
	'a bare list, nested twice': (page) => ({ data: page }),
	'a bare list, nested once': (page) => page,
	'rows and count, nested once': (page, count) => ({ rows: page, count }),
	'a count as text': (page, count) => ({ data: { rows: page, count: String(count) } }),
	'no total': (page) => ({ data: { rows: page } }),
	'a total beside what is nested': (page, total_count) => ({ data: page, total_count }),
	'a total of its own name': (page, totalRows) => ({ data: { data: page, totalRows } }),
	'a list of a name that nobody knows': (page, total) => ({ data: { orders: page, total, columns: ['id'] } }),
	'other lists of objects beside it': (page, total) => ({ data: { columns: [{ key: 'id' }], rows: page, total } }),
	'the count of each page': (page) => ({ data: { rows: page, count: page.length } }),
	'a total within an object beside the rows': (items, total) => ({ page: { total }, items }),
	'a total within an object above the rows': (list, totalCount) => ({ data: { list }, pagination: { pageNo: 1, totalCount } }),
	'a total of 0 on every page': (page) => ({ data: { rows: page, count: 0 } }),
	'a total of -1 on every page': (page) => ({ data: { rows: page, total: -1 } }),
	'a total of null': (page) => ({ data: { rows: page, total: null } }),
	'a total on the first page only': (page, count) => (Number(page[0]?.id ?? 1) === 1 ? { rows: page, count } : { rows: page, count: 0 }),
	'a number of something else': (page) => ({ data: { rows: page, count: Math.min(page.length, 3) } }),
	'null where there are no rows': (page, count) => ({ data: { rows: page.length === 0 ? null : page, count } }),
};

/** Reads a list, page after page unless told otherwise. */
export const read = async (ask: List['ask'], more: Partial<List> = {}) => await readList({ ask, limit: undefined, concurrency: 1, ...more });

/** The rows that came; throws where the reading failed. */
export async function rowsOf(ask: List['ask'], more: Partial<List> = {}): Promise<Row[]> {
	const ended = await read(ask, more);
	if ('failure' in ended) throw new Error(ended.failure.message);
	return ended.rows;
}

/** Why the reading failed; throws where rows came. */
export async function failureOf(ask: List['ask'], more: Partial<List> = {}) {
	const ended = await read(ask, more);
	if ('rows' in ended) throw new Error(`${ended.rows.length} rows came`);
	return ended.failure;
}
