import { poorAnswer } from '../contract/outcomes';
import type { ItemEnded, ItemFailure } from '../contract/outcomes';
import type { FoundRows } from '../contract/row';
import { findRows, holdsNothing, shapeOf } from './rows';

/** A larger page is cut to this without a word [1]. */
export const PAGE_SIZE = 100;

export type Page = FoundRows | { failure: ItemFailure };

/** The rows of one page of an answer; an answer that holds nothing is an empty page. */
export function pageOf(ended: ItemEnded): Page {
	if (ended.type === 'failed') return { failure: ended.failure };
	const { envelope } = ended;
	const found = findRows(envelope);
	if (found) return found;
	if (holdsNothing(envelope)) return { rows: [], total: undefined, path: undefined };
	return { failure: poorAnswer('noRows', `No rows could be found in the answer; it holds ${shapeOf(envelope)}`) };
}
