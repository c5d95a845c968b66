import { Desk } from '../client.mts';
import { strict } from '../settings.mts';
import type { Settings } from '../settings.mts';
import { jdyCalls } from './catalogue.mts';
import { encrypt } from './privateData.mts';

const desk = new Desk();
const FREE = { callsPerMinute: Infinity, callsPerSecond: Infinity };
const start = async (settings: Partial<Settings> = {}) => await desk.start({ ...strict, seed: 'firm', ...FREE, ...settings });
beforeEach(async () => await start());
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;
const ORDERS = '/jdy/v2/scm/sal_order';

async function read(target: string): Promise<Row & { rows: Row[] }> {
	const { body } = await desk.call({ method: 'GET', target });
	expect(body).toMatchObject({ errcode: 0, description: 'success' });
	return body.data as Row & { rows: Row[] };
}

const seeded = (entity: string) => desk.emulator.gateway.records.all.filter((record) => record.entity === entity);

describe('a list of 250 orders', () => {
	it.each([
		['', { rows: 10, count: 250, page: 1, page_size: 10, total_page: 25 }],
		['?page=3&page_size=100', { rows: 50, count: 250, page: 3, page_size: 100, total_page: 3 }],
		['?page_size=1000', { rows: 100, count: 250, page: 1, page_size: 1000, total_page: 1 }],
		['?page=4&page_size=100', { rows: 0, count: 250, page: 4, page_size: 100, total_page: 3 }],
	])('asked for with "%s"', async (query, expected) => {
		const { rows, ...data } = await read(`${ORDERS}${query}`);
		expect({ rows: rows.length, ...data }).toMatchObject(expected);
	});

	it.each([
		['?bill_no=XSDD000007', ['XSDD000007']],
		['?customer_number=KH0003&page_size=100', ['XSDD000002', 'XSDD000032', 'XSDD000062', 'XSDD000092', 'XSDD000122', 'XSDD000152', 'XSDD000182', 'XSDD000212', 'XSDD000242']],
		['?start_bill_date=2026-01-03&end_bill_date=2026-01-04', ['XSDD000002', 'XSDD000003']],
		['?customer_number=nobody', []],
		['?customer_number=', undefined],
	])('filters with "%s"', async (query, numbers) => {
		const { rows, count } = await read(`${ORDERS}${query}`);
		expect(count).toBe(numbers?.length ?? 250);
		if (numbers) expect(rows.map(({ bill_no }) => bill_no)).toEqual(numbers);
	});

	it('filters by status and by the times of creation and change', async () => {
		expect((await read(`${ORDERS}?bill_status=Z`)).count).toBe(62);
		const [order] = seeded('scm.sal_order');
		const from = (await read(`${ORDERS}?modify_start_time=${desk.now - 5 * 3_600_000}`)).count;
		const to = (await read(`${ORDERS}?create_end_time=${order?.createdMs}`)).count;
		expect([from, to]).toEqual([5, 1]);
		expect(await desk.codeOf({ method: 'GET', target: `${ORDERS}?modify_start_time=2026-01-01` })).toBe(1030002006);
	});

	it.each<[string, Partial<Settings>, string, number]>([
		['JSON', {}, 'emp_id=["A","B"]', 126],
		['JSON numbers', {}, 'emp_id=[A,B]', 126],
		['a repeated name', {}, 'emp_id=A&emp_id=B', 126],
		['one text', {}, 'emp_id=A', 63],
		['JSON, where only that is understood', { arrayQueries: 'json' }, 'emp_id=["A","B"]', 126],
		['JSON, where the name is to be repeated', { arrayQueries: 'repeat' }, 'emp_id=["A","B"]', 0],
		['a repeated name, where only that is understood', { arrayQueries: 'repeat' }, 'emp_id=A&emp_id=B', 126],
	])('takes a list in its query as %s', async (_name, settings, query, count) => {
		await start(settings);
		await read(ORDERS);
		const [, first, second] = seeded('bd.emp').map(({ id }) => id);
		const wire = query.replaceAll('A', first ?? '').replaceAll('B', second ?? '').replaceAll(/[["\],]/g, encodeURIComponent);
		expect((await read(`${ORDERS}?${wire}`)).count).toBe(count);
	});

	it('refuses a list in another encoding, and a page that is no number', async () => {
		await start({ arrayQueries: 'json' });
		expect(await desk.codeOf({ method: 'GET', target: `${ORDERS}?emp_id=1` })).toBe(400);
		expect(await desk.codeOf({ method: 'GET', target: `${ORDERS}?page=x` })).toBe(1030002006);
	});
});

describe('lists in general', () => {
	const paged = jdyCalls().filter(({ kind, query }) => kind === 'list' && query.some(({ name }) => /page_size$/.test(name)));

	it('give all 250 rows in three pages', async () => {
		await start({ seed: 'none', rowsEverywhere: 250 });
		const wrong = [];
		for (const { path, query, row, firstPage = 1 } of paged) {
			const [page = '', size = ''] = [/(^|\.)page(_no)?$/, /page_size$/].map((pattern) => query.find(({ name }) => pattern.test(name))?.name);
			const required = query.filter(({ isRequired, name }) => isRequired && name !== page && name !== size).map(({ name, type }) => [name, type === 'boolean' ? 'true' : '']);
			const pages = [];
			for (const number of [0, 1, 2].map((nth) => String(firstPage + nth))) pages.push(await read(`${path}?${new URLSearchParams(Object.fromEntries([...required, [page, number], [size, '100']]) as Record<string, string>).toString()}`));
			const rows = pages.flatMap((one) => one.rows);
			const ids = new Set(rows.map((one) => JSON.stringify(one)));
			const told = pages.map((one) => Number(one.count ?? one.total_count));
			if (rows.length !== 250 || (row && row.length > 0 && ids.size !== 250) || told.some((count) => count !== 250)) wrong.push([path, rows.length, ids.size, told]);
		}
		expect(wrong).toEqual([]);
		expect(paged.length).toBeGreaterThan(115);
	});

	it('tell the total as text on some pages, as number on others', async () => {
		expect([(await read('/jdy/v2/bd/customer')).count, (await read(ORDERS)).count]).toEqual([expect.anything(), 250]);
		const asText = paged.filter(({ answer }) => answer.some(({ name, type }) => name === 'count' && type === 'string'));
		expect(asText.length).toBeGreaterThan(30);
		expect(typeof (await read(asText[0]?.path ?? '')).count).toBe('string');
	});

	it('page by page_no and by dotted keys, and give everything unpaged', async () => {
		await start({ rowsEverywhere: 30 });
		expect((await read('/jdy/v2/ls/retail_bill?page_no=1&page_size=20')).rows).toHaveLength(10);
		expect((await read('/jdy/v2/ls/formula?data.page=2&data.page_size=20')).rows).toHaveLength(10);
		expect((await read('/jdy/v2/bd/supplier?un_page=1')).rows).toHaveLength(30);
		expect((await read('/jdy/v2/fi/voucher_type')).rows).toHaveLength(30);
	});

	it('need the parameters that are required, and the module', async () => {
		await start({ missingModules: ['pm'] });
		expect((await desk.call({ method: 'GET', target: '/jdy/v2/ls/formula' })).status).toBe(400);
		expect(await desk.codeOf({ method: 'GET', target: '/jdy/v2/pm/mo_taskbill' })).toBe(1040003000);
		expect(await desk.codeOf({ target: ORDERS.replace('sal_order', 'sal_order_detail'), body: {} })).toBe(5002);
	});
});

describe('private data', () => {
	it('is encrypted as in the official example', () => {
		expect(encrypt('18599999999', '75eb3c7cd5974c3018d6934e142b5f81')).toBe('bsiV0ZrykeIH/5ZZ65lX5A==');
		expect(encrypt('18599999999', 'short')).toBe('18599999999');
	});

	it('is encrypted in rows and in entries of rows', async () => {
		const secret = 'demo-client-secret-0000000000000';
		expect((await read('/jdy/v2/bd/supplier?page_size=1')).rows).toMatchObject([{ number: 'GYS0001', bank_account: encrypt('6222000000000001', secret) }]);
		const { body } = await desk.call({ method: 'GET', target: '/jdy/v2/bd/customer_detail?number=KH0001' });
		expect(body.data).toMatchObject({ number: 'KH0001', bomentity: [{ contact_person: '李伟', mobile: encrypt('13800000001', secret) }] });
	});

	it('is encrypted in the answers that say so', async () => {
		const { body } = await desk.call({ method: 'GET', target: `${ORDERS}_detail?number=XSDD000001` });
		expect(body.data).toMatchObject({ bill_no: 'XSDD000001', contact_linkman: '李伟', contact_phone: encrypt('13800000001', 'demo-client-secret-0000000000000') });
	});
});

it('the firm has products, customers, suppliers and stock', async () => {
	for (const [path, count] of [['bd/material', 40], ['bd/customer', 31], ['bd/supplier', 12], ['scm/inventory', 80], ['scm/pur_order', 20]] as const) {
		expect(Number((await read(`/jdy/v2/${path}`)).count)).toBe(count);
	}
	const { rows } = await read('/jdy/v2/scm/inventory?page_size=1');
	expect(rows).toEqual([{ material_id: expect.stringMatching(/^\d{19}$/), material_name: '螺丝 M6 1 型', material_number: 'SP0002', material_model: 'T2', qty: '3', valid_qty: '2', stock_id: expect.any(String), stock_name: '门店仓', stock_number: 'CK02' }]);
});
