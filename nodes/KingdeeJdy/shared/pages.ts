import type { Envelope } from '../gateway/types';
import { poorAnswer } from './outcomes';
import type { ItemFailure } from './outcomes';
import { Reader, countRows } from './pageReader';
import type { List, Reading } from './pageReader';
import type { Row } from './rows';

export { pageSizeFor } from './pageReader';
export type { List } from './pageReader';

/** What tells rows apart, the first that every row has. */
const ID_KEYS = ['id', 'number', 'bill_no'];

function idKeyOf(rows: readonly Row[]): string | undefined {
	const isId = (value: unknown) => (typeof value === 'string' && value !== '') || typeof value === 'number';
	return ID_KEYS.find((key) => rows.every((row) => isId(row[key])));
}

/** How many rows stand on more than one page. IDs that one page has twice tell no rows apart. */
function countDoubled(pages: readonly Row[][]): number {
	const key = idKeyOf(pages.flat());
	if (key === undefined) return 0;
	const idsOfPages = pages.map((rows) => new Set(rows.map((row) => String(row[key]))));
	if (idsOfPages.some((ids, index) => ids.size < (pages[index]?.length ?? 0))) return 0;
	return countRows(pages) - new Set(idsOfPages.flatMap((ids) => [...ids])).size;
}

function limited(pages: readonly Row[][], limit = Infinity): Row[][] {
	let left = limit;
	return pages.map((rows) => {
		const taken = rows.slice(0, left);
		left -= taken.length;
		return taken;
	});
}

const rowsOf = (count: number) => `${count} row${count === 1 ? '' : 's'}`;

/** What is wrong with a reading, in words; undefined where every row that was wanted came once. */
function complaintOf({ pages, total }: Reading, { limit, hasIds = true }: List): string | undefined {
	const taken = limited(pages, limit);
	const count = countRows(taken);
	const doubled = hasIds ? countDoubled(taken) : 0;
	const isCutOff = limit !== undefined && count >= limit;
	const missing = isCutOff || total === undefined ? 0 : total - (count - doubled);
	const problems = doubled > 0 ? [`${rowsOf(doubled)} came on two pages`] : [];
	if (missing > 0) problems.push(`of ${rowsOf(total ?? 0)} that JDY counts ${missing} did not come`);
	if (missing < 0) problems.push(`JDY counts ${rowsOf(total ?? 0)}, but ${-missing} more came`);
	return problems.length === 0 ? undefined : problems.join('; ');
}

/**
 * Reads a list so that no row is lost or doubled in silence: what came is compared with the number that JDY tells, and the
 * same ID on two pages is noticed. What does not fit is read again once, because the books may have changed meanwhile. One
 * thing no answer shows: a row that went and another that came in the same moment, between two pages.
 *
 * With a `limit` no more pages than needed are asked for; then the number of all rows says nothing about those that came.
 */
export async function readList(list: List): Promise<{ rows: Row[] } | { failure: ItemFailure }> {
	let complaint: string | undefined;
	for (let reading = 1; reading <= 2; reading++) {
		const read = await new Reader(list).read();
		if ('failure' in read) return read;
		complaint = complaintOf(read.value, list);
		if (complaint === undefined) return { rows: limited(read.value.pages, list.limit).flat() };
	}
	return { failure: poorAnswer('rowsDiffer', `The list did not come whole, read twice: ${complaint}`) };
}

/** The rows as the outcome of one item: the envelope's `data` is all of them. */
export function asEnvelope(rows: Row[]): Envelope {
	return { errcode: 0, description: 'success', data: rows };
}
