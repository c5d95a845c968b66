import type { MasterData } from './seeding.mts';

/** Kinds that stand on their own; each before those that name it. */
const KINDS = [
	...['bd.measure_unit', 'bd.currency', 'bd.department', 'bd.emp', 'bd.customer_group', 'bd.supplier_group', 'bd.material_group', 'bd.store_group', 'bd.material_brand_group', 'bd.material_brand', 'bd.label_group', 'bd.label', 'bd.material_label'],
	...['bd.aux_info_type', 'bd.aux_type', 'bd.aux_attribute', 'bd.income_categorization', 'bd.income_type', 'bd.pay_out_type_group', 'bd.payout_type', 'bd.settlement_account', 'bd.settlement_type', 'bd.settling_term', 'bd.logistics_company', 'bd.bom'],
	...['bd.customer', 'bd.supplier', 'bd.outside_material', 'bd.store', 'sys.country_load', 'sys.user'],
	...['fi.account_type', 'fi.account', 'fi.voucher_type', 'fi.voucher_attachment', 'fi.assist_type', 'fi.fa_card', 'fi.fa_altermode', 'fi.fa_modegroup', 'fi.fa_group', 'fi.fa_location', 'fi.sa_item', 'fi.tax_category_data', 'fi.virtual_type'],
	...['ls.store', 'ls.mb_level', 'ls.member', 'ls.coupons', 'ls.coupon_center'],
];

/**
 * Rows of one kind that only care tells apart: 甲 (0012) beside 12 and 甲 二, which `search` finds as well; 丙 twice; 丁 disabled and
 * enabled; 戊 disabled only; a name with spaces around.
 */
export function easilyMistaken(entity: string, more: Partial<MasterData> = {}): MasterData[] {
	return [
		// The neighbour comes first, so that the first row found is not the right one.
		{ entity, number: 'N3', name: '甲 二', ...more },
		{ entity, number: '12', name: '乙', ...more },
		{ entity, number: '0012', name: '甲', ...more },
		{ entity, number: 'N4', name: '丙', ...more },
		{ entity, number: 'N5', name: '丙', ...more },
		{ entity, number: 'N6', name: '丁', enable: false, ...more },
		{ entity, number: 'N7', name: '丁', ...more },
		{ entity, number: 'N8', name: '戊', enable: false, ...more },
		{ entity, number: 'N9', name: ' 己 ', ...more },
	];
}

const district = { name: '甲', children: ['甲', '乙'] };

/**
 * Every kind that documents refer to with the rows of `easilyMistaken`. Each product is counted in 乙 and, by the dozen, in 甲; bins have
 * the same numbers and names in the warehouses 0012 and 12, auxiliary data in each group, cities and districts everywhere.
 */
export const EVERY_KIND: MasterData[] = [
	...KINDS.flatMap((entity) => easilyMistaken(entity)),
	...easilyMistaken('bd.material', { base_unit_number: '12', units: [['甲', 12]], skus: [['甲', '0012'], ['乙', '12']] }),
	...['12', '0012'].flatMap((stock_number) => easilyMistaken('bd.space', { stock_number })),
	...['1', '2', '3', '4', '5'].flatMap((group_id) => easilyMistaken('bd.aux_info', { group_id })),
	...['乙', '甲'].map((name) => ({ entity: 'sys.division', name, children: [{ name: '乙', children: ['甲'] }, district] })),
];
