import { ValidationError } from '../../gateway/errors/validationError';
import type { Endpoint } from '../../gateway/types';
import { buildFromFields } from '../../shared/data/fields';
import { isEmptyObject, writeJson } from '../../shared/data/object';
import { writePlain } from '../../shared/data/plainData';
import { checkedType } from '../../shared/parameters/documentType';
import { readIds } from '../../shared/parameters/ids';
import type { Operating, Query } from './parameters';

/** POST /jdy/v2/cust/… [D] */
export const ENDPOINTS = {
	list: { method: 'POST', path: '/jdy/v2/cust/list', effect: 'read' },
	detail: { method: 'POST', path: '/jdy/v2/cust/detail', effect: 'read' },
	operate: { method: 'POST', path: '/jdy/v2/cust/operate', effect: 'write' },
} as const satisfies Record<string, Endpoint>;

/**
 * The conditions of a query as JSON.
 *
 * @throws ValidationError naming the field
 */
export function writeConditions({ conditionsMode, conditions }: Pick<Query, 'conditionsMode' | 'conditions'>): string {
	const isEmpty = typeof conditions === 'string' && conditions.trim() === '';
	if (conditionsMode === 'json') return isEmpty ? '{}' : writeJson(conditions, 'Conditions');
	return writePlain('Conditions', buildFromFields(isEmpty ? {} : conditions));
}

/**
 * Writes what asks for a page of documents: `{ biz_type, data, page_no, page_size }`, all four required [D].
 *
 * @throws (the call itself, not the function it gives) ValidationError naming the parameter or the field
 */
export function pageRequest(query: Query): (page: number, size: number) => string {
	return pagesOf(query.bizType, writeConditions(query));
}

/** The same of conditions that are JSON already. */
export function pagesOf(bizType: unknown, conditions: string): (page: number, size: number) => string {
	const start = `{"biz_type":${JSON.stringify(checkedType(bizType))},"data":${conditions}`;
	return (page, size) => `${start},"page_no":"${page}","page_size":"${size}"}`;
}

/**
 * Writes what asks for one document; its conditions name it.
 *
 * @throws ValidationError naming the parameter or the field
 */
export function customDetailRequest(query: Query): string {
	if (isEmptyObject(writeConditions(query))) throw new ValidationError('Conditions', 'must have at least one field that names the document, for example id');
	return pageRequest(query)(1, 1);
}

/** @throws ValidationError naming the parameter */
export function operatedIdsOf({ ids, input }: Operating): string[] {
	return readIds(ids, 'IDs', input);
}

/**
 * Writes `{ entity_number, id[], operate_type }` [D].
 *
 * @throws ValidationError naming the parameter
 */
export function operateRequest(operation: string, { bizType }: Operating, ids: readonly string[]): string {
	return JSON.stringify({ entity_number: checkedType(bizType), id: ids, operate_type: operation });
}
