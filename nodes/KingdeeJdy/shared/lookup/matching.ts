import { stringify } from '../../gateway/json/json';
import type { Row } from '../contract/row';
import type { DocumentSearch, FoundDocument } from '../contract/search';

function foundIn(row: Row): FoundDocument {
	const { id } = row;
	return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : null, data: { data: row } };
}

/** The documents with a key; one that was returned twice, because pages move while they are read, counts once. */
export function matching(rows: readonly Row[], key: string, { keyOf }: DocumentSearch): FoundDocument[] {
	const found = rows.filter((row) => keyOf(row) === key).map(foundIn);
	return [...new Map(found.map((entry) => [entry.id ?? stringify(entry.data), entry])).values()];
}
