import type { Endpoint } from '../../gateway/types';
import type { ItemFailure } from './outcomes';
import type { Row } from './row';

/** How the documents that have a key are found in a list. */
export interface DocumentSearch {
	/** Equal where the same list is read in the same way: then one reading serves several keys. */
	list: string;
	/** Names what the list would be filtered by: equal for the same list and the same field. */
	filter: string;
	/** Pages that one look reads at most. */
	maxPages: number;
	/** The request for a page of all rows, or of those that have this key where the service can choose them. */
	request: (page: number, size: number, key?: string) => { endpoint: Endpoint; body: string };
	/** What a row has for a key; undefined if it has none, or is no such document. */
	keyOf: (row: Row) => string | undefined;
}

/** A document that was found. */
export interface FoundDocument {
	id: string | null;
	/** What stands as `data` in the envelope of the item. */
	data: unknown;
}

/** A document that has the number, but was not sent like this. */
interface DifferingDocument {
	id: string | null;
	/** The fields in which it differs; none if JDY shows nothing to tell it by. */
	differing: readonly string[];
}

/** What one look brought: the documents found, at most one where all is well, or why JDY could not be read. */
export type LookUpResult = { found: readonly FoundDocument[]; other?: DifferingDocument } | { unread: ItemFailure };
