import type { Parameter } from '../types';

/** How a column names what an ID parameter refers to; `numberOrName`: it does not say which of the two it holds. */
export type By = 'number' | 'name' | 'barcode' | 'id' | 'numberOrName';

/** Things whose rows have no number of their own [D]. */
const WITHOUT_NUMBER: ReadonlySet<string> = new Set([
	'assist_type', 'brand_group', 'check_task', 'member', 'outside_bill_type', 'product_unit', 'region', 'settlement_type', 'settling_term', 'user', 'voucher_attachment',
]);

/** Things whose rows have no name [D]. */
const WITHOUT_NAME: ReadonlySet<string> = new Set(['account_type', 'bom']);

/** Things that stand in no list [D]. */
const NOT_LISTED: ReadonlySet<string> = new Set(['recharge_rule']);

/** What a row of a thing can be found by. */
function keysOf(to: string): Array<'number' | 'name' | 'barcode'> {
	if (NOT_LISTED.has(to)) return [];
	if (to === 'product') return ['number', 'name', 'barcode'];
	return [...(WITHOUT_NUMBER.has(to) ? [] : ['number' as const]), ...(WITHOUT_NAME.has(to) ? [] : ['name' as const])];
}

/** The readable keys of an ID parameter. */
export interface ReadableKeys {
	/** `customer` of `customer_id`, `dept` of `dept_ids`; a name that ends otherwise is its own stem. */
	stem: string;
	keys: Array<'number' | 'name' | 'barcode'>;
	/** The documented parameter beside it that holds the number of the same thing. */
	documentedNumber?: Parameter | undefined;
}

/**
 * By which keys the ID of a parameter can be found; undefined where it refers to nothing that is looked up. A key that the
 * documentation gives to a parameter of its own is none: what `account_name` means in such a call, that parameter says.
 *
 * @param level the parameter and those beside it
 */
export function readableKeys({ name, reference }: Parameter, level: readonly Parameter[]): ReadableKeys | undefined {
	if (reference?.holds !== 'id' || reference.to === undefined) return undefined;
	const { to } = reference;
	const stem = name.replace(/_ids?$/, '');
	const beside = (key: string) => level.find((other) => other.name === `${stem}_${key}`);
	const isOfSame = (other: Parameter | undefined) => other?.reference?.holds === 'number' && other.reference.to === to;
	const keys = keysOf(to).filter((key) => beside(key) === undefined || (key === 'number' && isOfSame(beside('number'))));
	return keys.length === 0 ? undefined : { stem, keys, documentedNumber: keys.includes('number') ? beside('number') : undefined };
}
