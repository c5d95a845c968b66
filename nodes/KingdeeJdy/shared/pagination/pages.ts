import type { Envelope } from '../../gateway/types';
import { unusableAnswer } from '../contract/outcomes';
import type { ItemFailure, ItemResult } from '../contract/outcomes';
import type { Row } from '../contract/row';
import { PageReader } from './pageReader';
import type { List, ListReading } from './pageReader';
import { checkWholeness } from './wholeness';

export { pageSizeFor } from './pageReader';
export type { List } from './pageReader';

/** The rows of a list, and what the user should know of them. */
interface WholeList {
	rows: Row[];
	/** How many there are in all, also where a limit let only some through; undefined if JDY does not tell. */
	total?: number | undefined;
	notice?: string;
}

/**
 * Reads a list so that no row is lost or doubled in silence: what was returned is compared with the number that JDY reports, and what
 * was returned twice is noticed. What does not fit is read again once, because the books may have changed meanwhile. One thing no
 * answer shows: a row that disappeared and another that appeared in the same moment, between two pages.
 *
 * With a `limit` no more pages than needed are asked for; then the number of all rows says nothing about those that were returned.
 */
export async function readList(list: List): Promise<WholeList | { failure: ItemFailure }> {
	let before: ListReading | undefined;
	let problem: string | undefined;
	for (let reading = 1; reading <= 2; reading++) {
		const read = await new PageReader(list).read();
		if ('failure' in read) return read;
		const judged = checkWholeness(read.value, list, before);
		if (judged.problem === undefined) return { ...judged, total: read.value.totals[0] };
		({ problem } = judged);
		before = read.value;
	}
	return { failure: unusableAnswer('rowsDiffer', `The list did not come whole, read twice: ${problem}`) };
}

/** The list as the outcome of one item: the envelope's `data` is all rows. */
export function asItemResult({ rows, total, notice }: WholeList): ItemResult {
	const envelope: Envelope = { errcode: 0, description: 'success', data: rows };
	return { type: 'done', envelope, ...(total !== undefined && { total }), ...(notice !== undefined && { notice }) };
}
