import type { Fields } from '../../calls.mts';

/** What `search` of a list looks at [D]. */
export type Searched = 'names' | 'numbers' | 'namesAndNumbers' | 'numbersAndRemarks';

const NAMES_ONLY = ['bd.aux_info', 'bd.space', 'sys.country_load', 'bd.currency', 'bd.customer', 'bd.customer_group', 'bd.department', 'bd.emp', 'bd.income_type', 'bd.income_categorization', 'bd.label', 'bd.label_group', 'bd.logistics_company', 'bd.outside_material', 'bd.payout_type', 'bd.pay_out_type_group', 'bd.material', 'bd.material_group', 'bd.material_unit', 'bd.settlement_account', 'bd.settlement_type', 'bd.settling_term', 'bd.supplier', 'bd.supplier_group', 'bd.store', 'bd.store_group'];

/** Their pages have the text of documents [D]. */
const NUMBERS_AND_REMARKS = ['fi.fa_card', 'fi.fa_altermode', 'fi.fa_group', 'fi.fa_location', 'fi.tax_category_data', 'sys.user'];

export function searchedIn(entity: string): Searched {
	if (NAMES_ONLY.includes(entity)) return 'names';
	if (entity === 'bd.bom') return 'numbers';
	return NUMBERS_AND_REMARKS.includes(entity) ? 'numbersAndRemarks' : 'namesAndNumbers';
}

/** Filters that speak of a field by another name than the save does [D]. */
const FILTERS: Record<string, Record<string, string>> = {
	'bd.space': { groupid: 'stock_id' },
	'bd.aux_info': { group: 'group_id' },
	'bd.aux_info_type': { parent: 'parent_id' },
	// Number and name speak of the type, not of the value.
	'bd.aux_attribute': { number: 'group_number', name: 'group_name' },
	'bd.material': { parent: 'parent_id' },
	'bd.material_group': { parent: 'parent_id' },
	'bd.material_brand': { parent: 'parent_id' },
	'bd.material_label': { parent: 'parent_id' },
	'bd.customer': { group: 'group_id', c_level: 'c_level_id' },
	'bd.customer_group': { parent: 'parent_id' },
	'bd.supplier': { group: 'group_id' },
	'bd.emp': { dept_id: 'department_id' },
	'bd.department': { parent_id: 'parent_org_id' },
	'bd.payout_type': { group: 'group_id' },
	'bd.store': { groupid: 'group_id' },
	'bd.store_group': { parent: 'parent_id' },
};

/** The field that a filter is about where it has another name. */
export function filteredField(entity: string, filter: string): string | undefined {
	return FILTERS[entity]?.[filter];
}

/** Lists of master data whose filters `number` and `name` are not said to be exact. */
const LOOSE = ['bd.customer_group', 'bd.aux_info', 'bd.aux_attribute', 'ls.store', 'ls.member', 'ls.mb_level', 'fi.virtual_type'];

export function isLooseFilter(entity: string, filter: string): boolean {
	return LOOSE.includes(entity) && (filter === 'number' || filter === 'name');
}

/** Kinds of which no answer shows a number [D]. */
const NUMBERLESS = ['bd.settlement_type', 'bd.settling_term', 'bd.material_brand_group', 'bd.material_unit', 'fi.virtual_type', 'sys.division', 'sys.division_load'];

export function isNumberless(entity: string): boolean {
	return NUMBERLESS.includes(entity);
}

/** Lists that leave out what is disabled unless `enable` says otherwise [D]. */
export const HIDES_DISABLED = ['bd.material', 'bd.income_categorization', 'bd.pay_out_type_group'];

/** Lists whose `un_page` gives a page of 100 rows, not all of them [D]. */
export const UNPAGED_TO_100 = ['sys.country_load', 'bd.label', 'bd.label_group', 'bd.income_categorization'];

/** Details that document an ID as required: whether a number alone does is [?]. */
export const DETAIL_BY_ID = ['bd.customer'];

/** What is saved under one name and shown under another [D]. */
const SHOWN: Record<string, Record<string, string>> = {
	'bd.space': { stock_id: 'group_id', stock_number: 'group_number', stock_name: 'group_name' },
	'bd.aux_info': { group_id: 'group' },
	'bd.aux_attribute': { parent_id: 'parent' },
	'bd.store_group': { parent_id: 'parent' },
	'bd.department': { parent_org_id: 'parent_id', parent_org_number: 'parent_number', parent_org_name: 'parent_name' },
	'fi.assist_type': { id: 'flex_fie_id' },
	'ls.coupons': { id: 'coupons_id', number: 'coupons_no', name: 'schema_name' },
	'sys.user': { id: 'uid' },
};

/** A record with its fields under the names that rows show them by, too; a field of such a name stays. */
export function withShownNames(entity: string, data: Fields): Fields {
	const names = Object.entries(SHOWN[entity] ?? {}).filter(([saved]) => data[saved] !== undefined);
	return names.length === 0 ? data : { ...Object.fromEntries(names.map(([saved, shown]) => [shown, data[saved]])), ...data };
}
