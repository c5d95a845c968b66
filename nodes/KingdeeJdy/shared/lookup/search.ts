import { stringify } from '../../gateway/json/json';
import type { Endpoint } from '../../gateway/types';
import { poorAnswer } from '../contract/outcomes';
import type { ItemEnded, ItemFailure } from '../contract/outcomes';
import { findRows, holdsNothing, shapeOf } from '../pagination/rows';
import type { FoundRows, Row } from '../pagination/rows';

/** How the documents that have a key are found in a list. */
export interface Search {
	/** Equal where the same list is read in the same way: then one reading serves several keys. */
	list: string;
	/** Pages that one look reads at most. */
	maxPages: number;
	/** The request for a page of all rows, or of those that have this key where the service can choose them. */
	request: (page: number, size: number, key?: string) => { endpoint: Endpoint; body: string };
	/** What a row has for a key; undefined where it has none, or is no such document. */
	keyOf: (row: Row) => string | undefined;
}

/** A document that was found. */
export interface Found {
	id: string | null;
	/** What stands as `data` in the envelope of the item. */
	data: unknown;
}

/** A document that has the number, but was not sent like this. */
export interface Other {
	id: string | null;
	/** The fields in which it differs; none if JDY shows nothing to tell it by. */
	differing: readonly string[];
}

/** What one look brought: the documents found, at most one where all is well, or why JDY could not be read. */
export type LookedUp = { found: readonly Found[]; other?: Other } | { unread: ItemFailure };

/** The largest page that comes whole [1]. */
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

function foundIn(row: Row): Found {
	const { id } = row;
	return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : null, data: { data: row } };
}

/** The documents with a key; one that came twice, because pages move while they are read, counts once. */
export function matching(rows: readonly Row[], key: string, { keyOf }: Search): Found[] {
	const found = rows.filter((row) => keyOf(row) === key).map(foundIn);
	return [...new Map(found.map((entry) => [entry.id ?? stringify(entry.data), entry])).values()];
}
