import { Desk } from '../../client.mts';
import { demoAccount } from '../../settings.mts';
import { jdyCallsAt } from '../catalogue.mts';
import { recordsOf } from './derived.mts';
import type { MasterData } from './seeding.mts';
import { TRAPS } from './traps.mts';

const desk = new Desk();
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const rowsOf = async (call: string) => ((await desk.call({ method: 'GET', target: `/jdy/v2/${call}` })).body.data as { rows: Row[] }).rows;

/** What documents refer to: kind, list, and the fields of a row that hold ID, number and name; '' where rows have none. */
const TARGETS: Array<[entity: string, list: string, id: string, number: string, name: string]> = [
	['fi.account', 'fi/account', 'id', 'number', 'name'],
	['fi.account_type', 'fi/account_type', 'id', 'number', ''],
	['fi.fa_card', 'fi/fa_card', 'id', 'number', 'name'],
	['fi.fa_altermode', 'fi/fa_altermode', 'id', 'number', 'name'],
	['fi.fa_modegroup', 'fi/fa_modegroup', 'id', 'number', 'name'],
	['fi.fa_group', 'fi/fa_group', 'id', 'number', 'name'],
	['fi.fa_location', 'fi/fa_location', 'id', 'number', 'name'],
	['fi.assist_type', 'fi/assist_type_list', 'flex_fie_id', '', 'name'],
	['bd.aux_attribute', 'bd/aux_attribute', 'id', 'number', 'name'],
	['bd.aux_type', 'bd/aux_type', 'id', 'number', 'name'],
	['bd.aux_info', 'bd/aux_info', 'id', 'number', 'name'],
	['bd.aux_info_type', 'bd/aux_info_type', 'id', 'number', 'name'],
	['bd.space', 'bd/spaces', 'id', 'number', 'name'],
	['bd.bom', 'bd/bom?start_date=2020-01-01&end_date=2030-01-01', 'id', 'number', ''],
	['bd.material_brand', 'bd/material_brand', 'id', 'number', 'name'],
	['bd.material_brand_group', 'bd/material_brand_group', 'id', '', 'name'],
	['sys.country_load', 'sys/country_load', 'id', 'number', 'name'],
	['ls.coupons', 'ls/coupons?member_id=1', 'coupons_id', 'coupons_no', 'schema_name'],
	['ls.coupon_center', 'ls/coupon_center', 'id', 'number', 'name'],
	['bd.currency', 'bd/currency', 'id', 'number', 'name'],
	['bd.customer', 'bd/customer', 'id', 'number', 'name'],
	['bd.customer_group', 'bd/customer_group', 'id', 'number', 'name'],
	['bd.department', 'bd/department', 'id', 'number', 'name'],
	['bd.emp', 'bd/emp', 'id', 'number', 'name'],
	['bd.income_type', 'bd/income_type', 'id', 'number', 'name'],
	['bd.income_categorization', 'bd/income_categorization', 'id', 'number', 'name'],
	['bd.label', 'bd/label?base_data_use_id=1', 'id', 'number', 'name'],
	['bd.label_group', 'bd/label_group?base_data_use_id=1', 'id', 'number', 'name'],
	['bd.logistics_company', 'bd/logistics_company', 'id', 'number', 'name'],
	['bd.measure_unit', 'bd/measure_unit', 'id', 'number', 'name'],
	['ls.member', 'ls/member?page=1&page_size=10', 'id', '', 'name'],
	['ls.mb_level', 'ls/mb_level?page=1&page_size=10', 'id', 'number', 'name'],
	['fi.virtual_type', 'fi/virtual_type', 'id', '', 'name'],
	['bd.outside_material', 'bd/outside_material', 'id', 'number', 'name'],
	['bd.payout_type', 'bd/payout_type', 'id', 'number', 'name'],
	['bd.pay_out_type_group', 'bd/pay_out_type_group_list', 'id', 'number', 'name'],
	['bd.material', 'bd/material', 'id', 'number', 'name'],
	['bd.material_group', 'bd/material_group', 'id', 'number', 'name'],
	['bd.material_label', 'bd/material_label', 'id', 'number', 'name'],
	['sys.division', 'sys/division_load', 'id', '', 'name'],
	['ls.store', 'ls/store?page=1&page_size=10', 'id', 'number', 'name'],
	['fi.sa_item', 'fi/sa_item', 'id', 'number', 'name'],
	['bd.settlement_account', 'bd/settlement_account', 'id', 'number', 'name'],
	['bd.settlement_type', 'bd/settlement_type', 'id', '', 'name'],
	['bd.settling_term', 'bd/settling_term', 'id', '', 'name'],
	['bd.supplier', 'bd/supplier', 'id', 'number', 'name'],
	['bd.supplier_group', 'bd/supplier_group', 'id', 'number', 'name'],
	['fi.tax_category_data', 'fi/tax_category_data', '', 'number', 'name'],
	['sys.user', 'sys/user_list', 'uid', '', 'name'],
	['fi.voucher_attachment', 'fi/voucher_attachment?period=202601', 'id', '', 'name'],
	['fi.voucher_type', 'fi/voucher_type', 'id', 'number', 'name'],
	['bd.store', 'bd/store', 'id', 'number', 'name'],
	['bd.store_group', 'bd/store_group', 'id', 'number', 'name'],
];

describe('every kind that documents refer to can be put into the books and is listed', () => {
	beforeAll(async () => await desk.start({ masterData: TARGETS.map(([entity]) => ({ entity, id: '77', number: 'N77', name: '七七' })) }));

	it.each(TARGETS)('%s by %s', async (_entity, list, id, number, name) => {
		const rows = await rowsOf(list);
		expect(rows).toHaveLength(1);
		const expected = [[id, '77'], [number, 'N77'], [name, '七七']].filter(([field]) => field !== '');
		expect(rows[0]).toMatchObject(Object.fromEntries(expected));
		if (number === '') expect(rows[0]).not.toHaveProperty('number');
	});

	it('each list is a documented one', () => {
		expect(TARGETS.filter(([, list]) => !jdyCallsAt(`/jdy/v2/${list.replace(/\?.*/, '')}`).some(({ method, row }) => method === 'GET' && row))).toEqual([]);
	});
});

it('the card of a member stands in the detail alone', async () => {
	await desk.start({ masterData: [{ entity: 'ls.member', id: '5', number: 'HY1', name: 'A', card_id: '66', card_no: 'C66' }] });
	const books = { records: desk.emulator.gateway.records, account: demoAccount };
	expect(recordsOf(books, 'ls.member_card')).toMatchObject([{ id: '66', number: 'C66' }]);
	expect((await desk.call({ method: 'GET', target: '/jdy/v2/ls/member_detail?id=5' })).body.data).toMatchObject({ id: '5', card_id: '66', card_no: 'C66' });
});

describe('a row that names others', () => {
	it.each<[string, MasterData[], object]>([
		['by number', [{ entity: 'bd.store', number: 'CK1', name: 'A' }, { entity: 'bd.space', number: 'P1', name: 'P', stock_number: 'CK1' }], { stock_number: 'CK1', stock_name: 'A' }],
		['by name', [{ entity: 'bd.department', number: 'D1', name: 'A' }, { entity: 'bd.department', number: 'D2', name: 'B', parent_org_name: 'A' }], { parent_org_number: 'D1', parent_org_name: 'A' }],
		['by a name whose rows have no numbers', [{ entity: 'bd.settling_term', name: 'T' }, { entity: 'bd.customer', number: 'K', name: 'K', setting_term_name: 'T' }], { setting_term_name: 'T' }],
	])('%s', async (_name, masterData, data) => {
		await desk.start();
		const [first, second] = desk.emulator.seed(masterData);
		expect(second?.data).toMatchObject(data);
		expect(Object.values(second?.data ?? {})).toContain(first?.id);
	});
});

it('the traps are what they are called', () => {
	const of = (entity: string, wanted: keyof MasterData, value: unknown) => TRAPS.filter((row) => row.entity === entity && row[wanted] === value).map(({ number, enable = true }) => [number, enable]);
	expect(of('bd.customer', 'name', '北京百货')).toEqual([['KH0004', true], ['KH0005', true]]);
	expect(of('bd.customer', 'name', '深圳电子')).toEqual([['KH0006', false], ['KH0007', true]]);
	expect(of('bd.material', 'barcode', '6901234567946')).toEqual([['SP0010', true], ['SP0011', true]]);
	expect(of('bd.space', 'number', 'A01')).toEqual([['A01', true], ['A01', true]]);
});
