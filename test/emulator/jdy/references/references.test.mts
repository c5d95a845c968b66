import { Desk } from '../../client.mts';
import { demoAccount } from '../../settings.mts';
import { jdyCalls } from '../catalogue.mts';
import type { Field } from '../schema.mts';
import { referencesOf, savesWithReferences } from './notation.mts';

const desk = new Desk();
beforeEach(async () => await desk.start({ seed: 'traps', callsPerSecond: Infinity, callsPerMinute: Infinity }));
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const get = async (call: string) => (await desk.call({ method: 'GET', target: `/jdy/v2/${encodeURI(call)}` })).body.data as Row & { rows: Row[] };
const post = async (call: string, body: unknown) => (await desk.call({ target: `/jdy/v2/${call}`, body })).body;

/** The ID of a row by its number, or its name; of one within others by both: `bd.space A01 CK02`. */
function idOf(written: string): string {
	const [entity = '', name, within] = written.split(' ');
	const fits = desk.emulator.gateway.records.of(demoAccount, entity).filter((record) => record.number === name || record.data.name === name);
	const found = within === undefined ? fits[0] : fits.find(({ data }) => Object.values(data).includes(within));
	if (!found) throw new Error(`There is no ${written}`);
	return found.id;
}

/** Texts such as `@bd.customer KH0001` become IDs. */
const withIds = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === 'string' && one.startsWith('@') ? idOf(one.slice(1)) : one));

const line = { material_id: '@bd.material SP0001', unit_id: '9', stock_id: '@bd.store CK01', qty: 1, price: '1', tax_price: '1', delivery_date: '2026-01-01', is_free: false };
const order = { bill_date: '2026-01-01', customer_id: '@bd.customer KH0001', material_entity: [line] };
const withLine = (more: object) => ({ ...order, material_entity: [line, { ...line, ...more }] });

describe('a sales order is taken', () => {
	it.each([
		['with the units of its product', withLine({ unit_id: '10' })],
		['with a unit by its number', withLine({ unit_id: undefined, unit_number: 'DW02' })],
		['with a product by its number, and its unit', withLine({ material_id: undefined, material_number: 'SP0003', unit_id: '11' })],
		['with a bin of its warehouse', withLine({ sp_id: '@bd.space A02' })],
		['with a bin by the number that another warehouse has as well', withLine({ sp_id: '@bd.space A01 CK01' })],
		['with a combination of its product', withLine({ material_id: '@bd.material SP0004', unit_id: '8', aux_prop_id: 'SKU' })],
		['with a district of its city', { ...order, contact_province_id: '@sys.division 浙江省', contact_city_id: '@sys.division 杭州市', contact_district_id: '@sys.division 西湖区' }],
		['with a way of delivery', { ...order, delivery_type_id: '6' }],
		['with what was paid', { ...order, payment_entry: [{ settle_account_id: '@bd.settlement_account ZH01', pay_type_id: '@bd.settlement_type 微信', paid_amount: 1 }] }],
	])('%s', async (_name, body) => {
		const [sku] = (await get('bd/material_detail?number=SP0004')).aux_entity as Row[];
		const text = JSON.stringify(withIds(body)).replace('"SKU"', JSON.stringify(sku?.sku_id));
		expect(await post('scm/sal_order', text)).toMatchObject({ errcode: 0 });
	});
});

describe('a sales order is refused', () => {
	it.each<[string, object, string]>([
		['a customer that does not exist', { ...order, customer_id: '7' }, '字段customer_id的值7不存在'],
		['a number in place of an ID', { ...order, customer_id: 'KH0001' }, '字段customer_id的值KH0001不存在'],
		['a number of 19 digits that is the ID of nobody', { ...order, customer_id: '1234567890123456789' }, '字段customer_id的值1234567890123456789不存在'],
		['an ID of another kind', { ...order, customer_id: '@bd.supplier GYS0001' }, '字段customer_id的值'],
		['a unit that the product does not have', withLine({ unit_id: '11' }), '字段unit_id的值11不存在'],
		['a unit by number that the product does not have', withLine({ unit_id: undefined, unit_number: 'DW04' }), '参数number[DW04]不存在'],
		['a unit of another product than that of the number', withLine({ material_id: undefined, material_number: 'SP0003', unit_id: '9' }), '字段unit_id的值9不存在'],
		['the row of a unit in place of the unit', withLine({ unit_id: 'ROW' }), '字段unit_id的值9'],
		['a bin of another warehouse', withLine({ sp_id: '@bd.space B01' }), '字段sp_id的值'],
		['a bin of the same number in another warehouse', withLine({ sp_id: '@bd.space A01 CK02' }), '字段sp_id的值'],
		['a combination of another product', withLine({ aux_prop_id: 'SKU' }), '字段aux_prop_id的值'],
		['a city of another province', { ...order, contact_province_id: '@sys.division 浙江省', contact_city_id: '@sys.division 深圳市' }, '字段contact_city_id的值'],
		['a district of another city', { ...order, contact_city_id: '@sys.division 杭州市', contact_district_id: '@sys.division 天河区' }, '字段contact_district_id的值'],
		['a city in place of a province', { ...order, contact_province_id: '@sys.division 深圳市' }, '字段contact_province_id的值'],
		['auxiliary data of another group', { ...order, delivery_type_id: '13' }, '字段delivery_type_id的值13不存在'],
		['an account in place of a way of paying', { ...order, payment_entry: [{ settle_account_id: '@bd.settlement_account ZH01', pay_type_id: '@bd.settlement_account ZH01', paid_amount: 1 }] }, '字段pay_type_id的值'],
		['an employee who is none', { ...order, emp_number: 'ZY99' }, '参数number[ZY99]不存在'],
	])('with %s', async (_name, body, description) => {
		const [sku] = (await get('bd/material_detail?number=SP0004')).aux_entity as Row[];
		const [row] = (await get(`bd/material_unit?material_id=["${idOf('bd.material SP0001')}"]`)).rows;
		const text = JSON.stringify(withIds(body)).replace('"SKU"', JSON.stringify(sku?.sku_id)).replace('"ROW"', JSON.stringify(row?.id));
		expect(await post('scm/sal_order', text)).toMatchObject({ errcode: 1030002003, description: expect.stringContaining(description) });
		expect(desk.emulator.gateway.records.all.filter(({ entity }) => entity === 'scm.sal_order')).toEqual([]);
	});
});

it('a save shows later what it refers to', async () => {
	await post('scm/sal_order', withIds({ ...order, bill_no: 'XS1', emp_id: '@bd.emp ZY01', payment_entry: [{ settle_account_id: '@bd.settlement_account ZH01', pay_type_id: '@bd.settlement_type 微信', paid_amount: 1 }] }));
	const detail = await get('scm/sal_order_detail?number=XS1');
	expect(detail).toMatchObject({ customer_number: 'KH0001', customer_name: '上海五金商行', emp_name: '王芳' });
	expect(detail.material_entity).toMatchObject([{ material_number: 'SP0001', material_name: '螺丝 M4', unit_id: '9', unit_number: 'DW02', unit_name: '盒', stock_name: '主仓' }]);
	expect(detail.payment_entry).toMatchObject([{ settle_account_number: 'ZH01', pay_type_name: '微信' }]);
	expect((detail.payment_entry as Row[])[0]).not.toHaveProperty('pay_type_number');
	expect((await get('scm/sal_order?customer_number=KH0001')).rows).toMatchObject([{ bill_no: 'XS1', customer_name: '上海五金商行' }]);
});

describe('other saves', () => {
	const assist = (more: object) => ({ items: [{ date: '2026-01-01', group_id: '@fi.voucher_type 记', entry_list: [{ account_id: '@fi.account 1001', explanation: 'x', dc: '1', debit_amount: '1', amount_for: '1', currency_id: '@bd.currency RMB', ...more }] }] });
	it.each<[string, string, object, number]>([
		['stock goes out with a type of the going out', 'scm/inv_other_out', { bill_date: '2026-01-01', trans_type_id: '14', material_entity: [line] }, 0],
		['but not with one of the coming in', 'scm/inv_other_out', { bill_date: '2026-01-01', trans_type_id: '12', material_entity: [line] }, 1030002003],
		['a customer takes a level', 'bd/customer', { number: 'N1', name: 'N1', c_level_id: '2' }, 0],
		['but no way of delivery as level', 'bd/customer', { number: 'N1', name: 'N1', c_level_id: '6' }, 1030002003],
		['currencies in one text', 'bd/settlement_account', { number: 'N1', name: 'N1', currency_number: 'RMB,USD' }, 0],
		['of which one is none', 'bd/settlement_account', { number: 'N1', name: 'N1', currency_number: 'RMB,EUR' }, 1030002003],
	])('%s', async (_name, call, body, errcode) => expect(await post(call, withIds(body))).toMatchObject({ errcode }));

	it('a voucher names a kind of master data, and one of it', async () => {
		const saved = async (more: object) => ((await post('fi/voucher', withIds(assist(more)))).data as { ids: string[] }).ids.length;
		expect(await saved({ assist_list: [{ type: 'bd_customer', id: '@bd.customer KH0001' }] })).toBe(1);
		expect(await saved({ assist_list: [{ type: 'bd_customer', id: '@bd.supplier GYS0001' }] })).toBe(0);
		expect(await saved({ account_id: '@bd.settlement_account ZH01' })).toBe(0);
	});

	it('a voucher has entries of the last accounts alone', async () => {
		const errorsOf = async (account: string) => ((await post('fi/voucher', withIds(assist({ account_id: `@fi.account ${account}` })))).data as { errors: string[] }).errors;
		expect([await errorsOf('1002'), await errorsOf('100201')]).toEqual([['科目1002不是末级科目'], []]);
	});

	it('a receipt names a delivery that is there', async () => {
		await post('scm/sal_out_bound', withIds({ ...order, bill_no: 'CK1' }));
		const { id } = await get('scm/sal_out_bound_detail?number=CK1');
		const receipt = (src_bill_id: unknown) => withIds({ bill_date: '2026-01-01', customer_id: '@bd.customer KH0001', pay_entry_list: [{ settle_account_id: '@bd.settlement_account ZH01', amount: '1' }], source_bill_entry_list: [{ src_bill_id, src_bill_type_id: 'sal_bill_outbound', cur_settle_amount: '1' }] });
		expect([await post('arap/ar_credit', receipt(id)), await post('arap/ar_credit', receipt('77'))]).toMatchObject([{ errcode: 0 }, { description: '源单77已被删除' }]);
	});
});

it('an account without anything of a kind takes any ID of it', async () => {
	await desk.start({ masterData: [{ entity: 'bd.customer', id: '5', number: 'K1', name: 'A' }] });
	const lone = { bill_date: '2026-01-01', material_entity: [{ ...line, material_id: '1', unit_id: '2', stock_id: '3' }] };
	expect([await post('scm/sal_order', { ...lone, customer_id: '5' }), await post('scm/sal_order', { ...lone, customer_id: '6' })]).toMatchObject([{ errcode: 0 }, { errcode: 1030002003 }]);
});

it('every path stands in the body of its save', () => {
	const at = (fields: Field[], path: string): boolean => fields.some((field) => field.name === path || (field.fields !== undefined && path.startsWith(`${field.name}.`) && at(field.fields, path.slice(field.name.length + 1))));
	const wrong = savesWithReferences().flatMap((call) => {
		const save = jdyCalls().find(({ path, kind, partial }) => path === `/jdy/v2/${call}` && (kind === 'save' || partial));
		const [only, ...others] = save?.body ?? [];
		const body = only?.fields && others.length === 0 ? only.fields : (save?.body ?? []);
		return [...referencesOf(call).keys()].filter((path) => !at(body, path)).map((path) => `${call} ${path}`);
	});
	expect(wrong).toEqual([]);
	expect(savesWithReferences().length).toBe(88);
});
