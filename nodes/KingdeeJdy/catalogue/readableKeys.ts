import type { Parameter, Reference } from './types';

/** A parameter that takes an ID or a number of master data, and the keys that people can give instead. */
export interface ReferenceKeys {
	parameter: Parameter;
	reference: Reference & { to: string };
	/** The name of the parameter without `_id`, `_ids`, `_number`. */
	stem: string;
	/** Key that takes a number; undefined if JDY calls something else so, or the parameter takes the number itself. */
	number?: string;
	/** Whether JDY documents that key for the call: then it is sent as well. */
	isNumberDocumented: boolean;
	/** Key that takes a name; undefined if JDY documents a parameter of that name. */
	name?: string;
	/** Key that takes the barcode of a product. */
	barcode?: string;
	/** Whether rows of its kind have numbers in JDY. */
	hasNumbers: boolean;
	/** Whether they have names. */
	hasNames: boolean;
	/** Whether JDY lists its kind, so that rows can be looked up. */
	isListed: boolean;
	/** Key that takes what a sheet calls by no more than the thing: a name, otherwise a number. */
	nameOrNumber: string;
}

/** Kinds whose rows have names only, as their lists are documented [D]. */
const WITHOUT_NUMBERS = new Set(['assist_type', 'brand_group', 'member', 'outside_bill_type', 'region', 'settlement_type', 'settling_term', 'user']);

/** Kinds whose rows have numbers only [D]. */
const WITHOUT_NAMES = new Set(['account_type', 'bom']);

/** Kinds that no list and no detail shows by more than IDs [D]. */
const NOT_LISTED = new Set(['check_task', 'coupon', 'coupon_scheme', 'label_group', 'member_card', 'recharge_rule', 'tax_category', 'voucher_attachment']);

/** Which of the keys a value stands in. */
export const READABLE_BY = ['number', 'barcode', 'nameOrNumber', 'name'] as const;

export type ReadableBy = (typeof READABLE_BY)[number];

/** The names of all readable keys of a parameter. */
export function readableNames(keys: ReferenceKeys): string[] {
	return READABLE_BY.flatMap((by) => keys[by] ?? []);
}

function refersTo({ reference }: Parameter): (Reference & { to: string }) | undefined {
	const { to } = reference ?? {};
	return reference && to !== undefined ? { ...reference, to } : undefined;
}

function keysOf(parameter: Parameter, level: ReadonlyMap<string, Parameter>): ReferenceKeys | undefined {
	const reference = refersTo(parameter);
	if (!reference) return undefined;
	const isId = reference.holds === 'id';
	const stem = parameter.name.replace(isId ? /_ids?$/ : /_numbers?$/, '');
	const idBeside = ['id', 'ids'].some((end) => level.has(`${stem}_${end}`));
	if (!isId && (idBeside || stem === parameter.name)) return undefined;
	const [number, name, barcode] = [`${stem}_number`, `${stem}_name`, `${stem}_barcode`];
	const beside = level.get(number);
	const isSame = beside?.reference?.to === reference.to && beside.reference.holds === 'number';
	return {
		parameter,
		reference,
		stem,
		...(isId && (!beside || isSame) && { number }),
		isNumberDocumented: isId && beside !== undefined && isSame,
		...(!level.has(name) && { name }),
		...(reference.to === 'product' && !level.has(barcode) && { barcode }),
		hasNumbers: !WITHOUT_NUMBERS.has(reference.to),
		hasNames: !WITHOUT_NAMES.has(reference.to),
		isListed: !NOT_LISTED.has(reference.to),
		nameOrNumber: `${stem}_nameOrNumber`,
	};
}

const known = new WeakMap<readonly Parameter[], ReferenceKeys[]>();

/** The parameters of a level that take IDs or numbers of master data, each with its readable keys. */
export function readableKeysOf(parameters: readonly Parameter[]): ReferenceKeys[] {
	const before = known.get(parameters);
	if (before) return before;
	const level = new Map(parameters.map((parameter) => [parameter.name, parameter]));
	const keys = parameters.flatMap((parameter) => keysOf(parameter, level) ?? []);
	known.set(parameters, keys);
	return keys;
}

const WORDS: Record<ReadableBy, string> = { number: 'Number', name: 'Name', barcode: 'Barcode', nameOrNumber: 'Name or Number' };

/** The label of a readable key: *Customer Number* of *Customer ID*. */
export function readableLabel({ parameter: { label } }: ReferenceKeys, by: ReadableBy): string {
	const word = ` ${WORDS[by]}`;
	const isNamed = / (?:IDs?|Numbers?)\b/;
	return isNamed.test(label) ? label.replace(isNamed, word) : label + word;
}

const WORDS_ZH: Record<ReadableBy, string> = { number: '编码', name: '名称', barcode: '条形码', nameOrNumber: '' };

/** Its Chinese label, 客户编码 of 客户; empty if the documentation has no term. */
export function readableLabelZh({ parameter: { name, labelZh } }: ReferenceKeys, by: ReadableBy): string {
	return labelZh === name ? '' : labelZh.replace(/(?:编码|编号|ID)$/, '') + WORDS_ZH[by];
}
