import type { Endpoint } from '../../gateway/types';
import { customFilter } from '../../shared/accountFacts/accountFacts';
import type { Row } from '../../shared/contract/row';
import type { DocumentSearch } from '../../shared/contract/search';
import { valueAt } from '../../shared/data/object';
import type { LookUpSettings } from './key';

/** POST /jdy/v2/cust/list [D] */
const LIST: Endpoint = { method: 'POST', path: '/jdy/v2/cust/list', effect: 'read' };

/** Only these are compared with a key, exactly as text; digits that a number would lose have come as text. */
function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

const TYPE_NAMES = ['biz_type', 'bizType'];

/** The request for a page of a type's documents; all four are required, the numbers as text [D]. */
export function listRequest(bizType: string, conditions: object, page: number, size: number): { endpoint: Endpoint; body: string } {
	return { endpoint: LIST, body: JSON.stringify({ biz_type: bizType, data: conditions, page_no: String(page), page_size: String(size) }) };
}

/** How documents of a type are found by the field that holds their key. Whether `data` chooses rows is not documented [?]. */
export function searchFor(bizType: string, { field, pages }: LookUpSettings): DocumentSearch {
	const isOfType = (row: Row) => TYPE_NAMES.every((name) => row[name] === undefined || row[name] === null || row[name] === bizType);
	return {
		list: JSON.stringify([bizType, field, pages]),
		filter: customFilter(bizType, field),
		maxPages: pages,
		request: (page, size, key) => listRequest(bizType, key === undefined ? {} : { [field]: key }, page, size),
		keyOf: (row) => (isOfType(row) ? textOf(valueAt(row, field)) : undefined),
	};
}
