import { Desk } from '../client.mts';
import type { Settings } from '../settings.mts';

/** What real accounts do, [R] in docs/protocol.md, where the documentation says otherwise or nothing. */
const desk = new Desk();
const FREE = { seed: 'firm', callsPerMinute: Infinity, callsPerSecond: Infinity } as const;
const start = async (settings: Partial<Settings> = {}) => await desk.start({ ...FREE, ...settings });
beforeEach(async () => await start());
afterAll(async () => await desk.stop());

const post = async (call: string, body: unknown) => await desk.call({ target: `/jdy/v2/${call}`, body });
const get = async (call: string) => (await desk.call({ method: 'GET', target: `/jdy/v2/${call}` })).body as { errcode: number; data: { count: string; rows: Array<Record<string, unknown>> } };
const numbersOf = async (call: string) => (await get(call)).data.rows.map(({ number, bill_no }) => bill_no ?? number);
const idOf = async (call: string) => String(((await get(call)).data as unknown as { id: string }).id);

const line = { material_number: 'SP0001', qty: '2', price: 1.5, unit_id: '8', stock_number: 'CK01' };
const outbound = { bill_date: '2026-09-16', trans_type: '2', customer_number: 'KH0001', material_entity: [line] };

describe('saves that real accounts took', () => {
	it.each([
		['scm/pur_inbound', { bill_date: '2026-09-16', trans_type: '2', remark: 'x', supplier_number: 'GYS0001', material_entity: [line] }],
		['scm/sal_out_bound', outbound],
		['scm/sal_out_bound', { bill_date: '2026-09-16', customer_number: 'KH0001', emp_number: 'ZY01', material_entity: [{ material_number: 'SP0001', tax_price: 1.7, qty: 2, stock_number: 'CK01', unit_number: 'DW01', cess: 13 }] }],
		['scm/pur_order', { bill_date: '2026-09-16', remark: 'x', supplier_number: 'GYS0001', material_entity: [{ material_number: 'SP0001', qty: '2', price: '0.39', cess: '13', unit_id: '8' }] }],
		['bd/supplier', { number: 'GYS0100', name: '新供应商' }],
	])('%s %#', async (call, body) => {
		expect((await post(call, body)).body).toMatchObject({ errcode: 0, data: { ids: [expect.stringMatching(/^\d{19}$/)] } });
	});

	it('are drafts, and lists show the partner and the sum', async () => {
		await post('scm/sal_out_bound', outbound);
		expect((await get('scm/sal_out_bound?customer_id=')).data.rows).toMatchObject([{ bill_status: 'Z', customer_name: '上海五金商行 01', customer_number: 'KH0001', total_amount: '3' }]);
	});
});

describe('a save is refused', () => {
	const lines = (more: object) => ({ ...outbound, material_entity: [line, { ...line, ...more }] });
	it.each([
		['for a unit that a line lacks', 'scm/sal_out_bound', lines({ unit_id: '' }), 200, '第2行基础资料"unit"字段不能为空'],
		['for a product that does not exist', 'scm/sal_out_bound', lines({ material_number: '00123' }), 200, '参数number[00123]不存在'],
		['for a customer ID that does not exist', 'scm/sal_out_bound', { ...outbound, customer_id: '7' }, 200, '字段customer_id的值7不存在'],
		['for a number in a text field', 'scm/pur_order', { bill_date: '2026-09-16', supplier_number: 'GYS0001', material_entity: [{ ...line, price: 0.39 }] }, 400, 'proto: invalid value for string type: 0.39'],
		['for a truth in an integer field', 'scm/pur_inbound', { bill_date: '2026-09-16', supplier_number: 'GYS0001', material_entity: [{ ...line, is_free: true }] }, 400, 'proto: invalid value for int32 type: true'],
		['for a name that is there', 'bd/customer', { number: 'KH0100', name: '上海五金商行 01' }, 200, '名称上海五金商行 01已存在'],
		['for a number that is there', 'bd/supplier', { number: 'GYS0001', name: 'A' }, 200, '编码GYS0001已存在'],
		['for a source that does not exist', 'scm/sal_out_bound', lines({ src_bill_type_id: 'sal_bill_order', src_inter_id: '77' }), 200, '源单77已被删除'],
	])('%s', async (_name, call, body, status, description) => {
		expect(await post(call, body)).toMatchObject({ status, body: { description } });
		expect(desk.emulator.savedIds).toEqual([]);
	});

	it('for a bill_no that its type has', async () => {
		await post('scm/sal_out_bound', { ...outbound, bill_no: 'CK-1' });
		expect((await post('scm/sal_out_bound', { ...outbound, bill_no: 'CK-1' })).body.description).toContain('组合值与其他表单重复');
		expect((await post('scm/pur_inbound', { bill_no: 'CK-1', bill_date: '2026-09-16', supplier_number: 'GYS0001', material_entity: [line] })).body.errcode).toBe(0);
	});

	it('for a line without a product whose source is there', async () => {
		const id = await idOf('scm/sal_order_detail?number=XSDD000001');
		expect((await post('scm/sal_out_bound', lines({ src_bill_type_id: 'sal_bill_order', src_inter_id: id }))).body.description).toBe('商品跟源单的数据不一致');
	});

	it('once a sandbox has 100 documents', async () => {
		await start({ maxDocuments: 1 });
		expect((await post('scm/sal_out_bound', outbound)).body.errcode).toBe(2019013001);
	});
});

describe('0 and 1 are truths', () => {
	it.each([0, 1, true])('%p', async (is_free) => {
		expect((await post('scm/sal_out_bound', { ...outbound, material_entity: [{ ...line, is_free }] })).body.errcode).toBe(0);
	});
});

describe('lists', () => {
	it('of master data leave out what is disabled, unless all are asked for', async () => {
		const customers = async (more = '') => Number((await get(`bd/customer?page_size=100${more}`)).data.count);
		expect([await customers(), await customers('&enable=-1'), await customers('&enable=0'), await customers('&enable=1')]).toEqual([30, 31, 1, 30]);
	});

	it('answer everything to a filter that they do not know', async () => {
		expect((await get('bd/material?number=SP0001')).data.count).toBe('40');
		expect(await numbersOf('scm/sal_order?bill_no=XSDD000007')).toEqual(['XSDD000007']);
	});

	it.each([
		['repeats', ['KH0001', 'KH0002', 'KH0001'], '30'],
		['omits', ['KH0001', 'KH0002'], '30'],
	] as const)('where a page %s a row count it still', async (slip, numbers, count) => {
		await start({ listSlip: ({ page }) => (page === 1 ? slip : undefined) });
		expect([await numbersOf('bd/customer?page_size=3'), (await get('bd/customer?page_size=3')).data.count]).toEqual([numbers, count]);
	});
});

describe('reports', () => {
	it('of sales take six months, and tell their pages on the first only', async () => {
		await start({ rowsEverywhere: 30 });
		const sales = async (query: string) => await get(`sal/sal_summary_rpt_ims?filter_summary_field=customerid${query}`);
		expect((await sales('&start_date=2026-01-01&end_date=2026-07-01')).errcode).not.toBe(0);
		expect([(await sales('&page=1&page_size=10')).data, (await sales('&page=2&page_size=10')).data]).toMatchObject([{ total_page: 3 }, { total_page: 0 }]);
	});

	it('of receivables are cut at 100 rows without a filter', async () => {
		await start({ rowsEverywhere: 130 });
		expect((await get('arap/ar_report?start_date=2026-01-01&end_date=2026-02-01')).data.count).toBe('100');
	});

	it('of balances refuse a period without a hyphen', async () => {
		expect((await get('fi/account_balance_report?start_period=202601&end_Period=202602')).errcode).toBe(1030002006);
	});
});

describe('the gateway', () => {
	const ROUTERS: Array<[name: string, domain: string | undefined, errcode: number]> = [
		['no router domain', undefined, 0],
		['a slash at its end', 'https://tf.jdy.com/', 0],
		['http', 'http://tf.jdy.com', 0],
		['another domain', 'https://vip1-hz.jdy.com', 404],
	];
	it.each(ROUTERS)('answers a call with %s', async (_name, domain, errcode) => {
		const { body } = await desk.call({ method: 'GET', target: '/jdy/v2/bd/customer', headers: { 'X-GW-Router-Addr': domain } });
		expect(body.errcode).toBe(errcode);
	});

	it('refuses modules that the edition lacks', async () => {
		await start({ missingModules: ['pm'] });
		expect(await desk.call({ method: 'GET', target: '/jdy/v2/pm/mo_taskbill' })).toMatchObject({ status: 519, body: { errcode: 5001 } });
	});
});
