import { unusableAnswer } from '../contract/outcomes';
import type { ItemFailure, ItemResult } from '../contract/outcomes';
import type { FoundRows } from '../contract/row';
import { describeShape, findRows, holdsNothing } from './rows';

/** A larger page is cut to this without a word [1]. */
export const PAGE_SIZE = 100;

export type Page = FoundRows | { failure: ItemFailure };

/** The rows of one page of an answer; an answer that holds nothing is an empty page. */
export function pageOf(ended: ItemResult): Page {
	if (ended.type === 'failed') return { failure: ended.failure };
	const { envelope } = ended;
	const found = findRows(envelope);
	if (found) return found;
	if (holdsNothing(envelope)) return { rows: [], total: undefined, path: undefined };
	return { failure: unusableAnswer('noRows', `No rows could be found in the answer; it holds ${describeShape(envelope)}`) };
}
