import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../../emulator/server.mts';
import { demoAccount } from '../../../emulator/settings.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../../helpers/processedData.mts';
import { rowsOf } from './sheet.mts';

let emulator: Emulator;

beforeEach(async () => {
	await freshStore();
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'firm' });
});
afterEach(async () => await emulator.stop());

const ERROR_OUTPUT = { onError: 'continueErrorOutput' as const };

async function saveRows(items: IDataObject[], { type = 'scm/sal_order', options = {}, settings = ERROR_OUTPUT, ...more }: IDataObject & { options?: IDataObject; settings?: object } = {}) {
	const parameters = { resource: 'record', operation: 'saveRows', type, options: { callsPerMinute: 0, maxAttempts: 1, ...options }, ...more };
	return await kingdeeJdy(emulator, { items, settings, parameters });
}

type Failed = Array<{ json: IDataObject }>;
const messages = (failed: Failed) => failed.map(({ json }) => String((json.error as IDataObject).message));
const ordersSent = () => bodiesOf(emulator, '/jdy/v2/scm/sal_order');
const idOf = (entity: string, wanted: string) => emulator.gateway.records.of(demoAccount, entity).find(({ number }) => number === wanted)?.id;

describe('the export of a shop', () => {
	it('becomes orders with lines, and what is wrong leaves with what to correct', async () => {
		const run = await saveRows(rowsOf('shop-export.csv'), { fillDown: true });
		expect(run.json).toMatchObject([
			{ order: 'WX20260305001', outcome: 'saved', rows: [1, 2] },
			{ order: 'WX20260305002', outcome: 'saved', rows: [3] },
		]);
		expect(messages(run.failed)).toEqual([
			expect.stringMatching(/^Item 3: Row 5 \(WX20260305003\): "商品编码" "00123" was not found among the products/),
			expect.stringMatching(/^Item 4: Row 5 \(WX20260305003\)/),
			expect.stringMatching(/^Item 5: Row 6 \(WX20260305004\): "客户名称" "广州百货 88" was not found among the customers/),
			expect.stringMatching(/^Item 6: Row 8 \(WX20260305005\): "单位" "各" was not found among the product units/),
			expect.stringMatching(/^Item 7: Row 8/),
		]);
		expect(run.hints('JDY').map(({ message }) => message)).toContain('Rows that belong to no document and were left out: 1 empty, 1 of sums');
		const customers = ['KH0001', 'KH0002'].map((number) => idOf('bd.customer', number));
		expect(ordersSent()).toEqual([
			{
				bill_date: '2026-03-05',
				contact_phone: '138 0000 0001',
				remark: '急单',
				customer_id: customers[0],
				emp_id: idOf('bd.emp', 'ZY01'),
				material_entity: [
					{ material_number: 'SP0001', material_id: idOf('bd.material', 'SP0001'), qty: 10, price: 1.5, unit_id: '8', stock_id: idOf('bd.store', 'CK01'), is_free: false },
					{ material_number: 'SP0002', material_id: idOf('bd.material', 'SP0002'), qty: 1000, price: 2.5, unit_id: '8', stock_id: idOf('bd.store', 'CK01'), is_free: false },
				],
			},
			expect.objectContaining({ bill_date: '2026-03-05', contact_phone: '13800000002', customer_id: customers[1], material_entity: [expect.objectContaining({ qty: 5, price: 0.8 })] }),
		]);
		// The remark of the first order belongs to it alone.
		expect(ordersSent()[1]).not.toHaveProperty('remark');
	});

	it('saves nothing twice, and what was corrected once', async () => {
		const rows = rowsOf('shop-export.csv');
		await saveRows(rows, { fillDown: true });
		const corrected = rows.map((row) => ({ ...row, 商品编码: row.商品编码 === '00123' ? 'SP0009' : row.商品编码, 商品名称: row.商品编码 === '00123' ? '' : row.商品名称, 单位: row.单位 === '各' ? '个' : row.单位, 客户名称: row.客户名称 === '广州百货 88' ? '深圳五金商行 03' : row.客户名称 }));
		const second = await saveRows(corrected, { fillDown: true });
		expect(second.json.map(({ order, outcome }) => [order, outcome])).toEqual([
			['WX20260305001', 'alreadySaved'],
			['WX20260305002', 'alreadySaved'],
			['WX20260305003', 'saved'],
			['WX20260305004', 'saved'],
			['WX20260305005', 'saved'],
		]);
		expect(ordersSent()).toHaveLength(5);
		// What was found a moment ago is remembered.
		expect(ordersSent()[2]).toMatchObject({ bill_date: '2026-03-05', remark: '第二行编码有误', material_entity: [{ qty: 12, price: 0.05 }, { material_number: 'SP0009', qty: 3 }] });
		expect(ordersSent()[4]).toMatchObject({ bill_date: '2026-03-05', material_entity: [{ qty: 2, price: 38 }, { qty: 6 }] });
	});

	it('offers to fill down where the order stands in its first row only', async () => {
		const run = await saveRows(rowsOf('shop-export.csv'));
		expect(run.json).toMatchObject([{ order: 'WX20260305002' }]);
		expect(messages(run.failed).filter((message) => message.includes('turn on Blank Cells Mean the Row Above'))).toHaveLength(6);
		expect(ordersSent()).toHaveLength(1);
	});

	it('saves nothing at all under Stop, and tells everything at once', async () => {
		const { error } = await saveRows(rowsOf('shop-export.csv'), { fillDown: true, settings: {} });
		expect(error?.message).toMatch(/^3 of 5 cannot be sent: item 3: Row 5 .*"00123".*; item 5: Row 6 .*; item 6: Row 8 /);
		expect(ordersSent()).toEqual([]);
	});

	it('is checked by Dry Run: what each column means, and what is found', async () => {
		const { json, failed } = await saveRows(rowsOf('shop-export.csv'), { fillDown: true, options: { dryRun: true } });
		expect(json).toMatchObject([{ dryRun: true, order: 'WX20260305001', rows: [1, 2], columns: { 客户名称: 'customer_name', 商品编码: 'material_entity.material_number', 数量: 'material_entity.qty' }, body: { customer_id: idOf('bd.customer', 'KH0001') } }, { order: 'WX20260305002' }]);
		expect(failed).toHaveLength(5);
		expect(ordersSent()).toEqual([]);
	});
});

it('takes number and name of a supplier side by side, with percentages and slashes', async () => {
	const run = await saveRows(rowsOf('purchase.csv'), { type: 'scm/pur_order' });
	expect(run.json).toMatchObject([{ order: 'CG-0309-1', outcome: 'saved', rows: [1, 2] }, { order: 'CG-0309-2', outcome: 'saved', rows: [3] }]);
	expect(messages(run.failed)).toEqual([expect.stringContaining('Row 4 (CG-0309-3): "供应商名称" is "武汉制造厂 02", but "GYS0003" is 西安制造厂 03 (GYS0003)')]);
	expect(bodiesOf(emulator, '/jdy/v2/scm/pur_order')[0]).toMatchObject({ bill_date: '2026-03-09', supplier_number: 'GYS0001', material_entity: [{ qty: 200, tax_price: '1.13', cess: '13', delivery_date: '2026-03-20' }, { qty: 150, tax_price: '0.904' }] });
});

const ROW = { 订单号: 'A1', 客户编码: 'KH0001', 单据日期: '2026-03-05', 商品编码: 'SP0001', 数量: '1', 单价: '2' };

describe('a column', () => {
	it('means what is chosen for it, or nothing', async () => {
		const columns = { mapping: [{ column: '我的备注', field: 'remark' }, { column: '商品名称', field: '' }] };
		const run = await saveRows([{ ...ROW, 我的备注: 'x', 商品名称: 'the title of a shop' }], { columns });
		expect(messages(run.failed)).toEqual([]);
		expect(ordersSent()).toMatchObject([{ remark: 'x' }]);
	});

	it('that is not known is left out and told', async () => {
		const run = await saveRows([{ ...ROW, 颜色代码表: 'x' }]);
		expect(run.json).toHaveLength(1);
		expect(run.hints('JDY').map(({ message }) => message)).toContainEqual(expect.stringContaining('"颜色代码表"'));
	});

	it.each([
		['a number that may be read as two', { 数量: '1.000,5' }, /"数量" is "1\.000,5", which can be read as more than one number/],
		['a percentage of pieces', { 数量: '13%' }, /"数量" is "13%", but takes no percentage/],
		['two columns of one field that differ', { 下单日期: '2026-03-06', 单据日期: '2026-03-05', 下单时间: '2026-03-07' }, /means the same field/],
	])('is refused with its row: %s', async (_what, cells, said) => {
		const run = await saveRows([{ ...ROW, ...cells }]);
		expect(messages(run.failed)).toEqual([expect.stringMatching(said)]);
		expect(messages(run.failed)[0]).toContain('Row 1 (A1): ');
		expect(ordersSent()).toEqual([]);
	});
});

it('makes a document of every row where no column names an order', async () => {
	const run = await saveRows([{ 客户编码: 'KH0901', 客户名称: '广州百货 88', 联系人: '陈小姐', 手机: '13911112222' }], { type: 'bd/customer' });
	expect(messages(run.failed)).toEqual([]);
	expect(run.json).toMatchObject([{ outcome: 'saved', rows: [1] }]);
	expect(bodiesOf(emulator, '/jdy/v2/bd/customer')).toMatchObject([{ number: 'KH0901', name: '广州百货 88', contact_persons: [{ contact_person: '陈小姐', mobile: '13911112222' }] }]);
});

it.each(['ID', ' ID', 'Id'])('a column called "%s" counts the rows of a sheet, and is no ID of JDY', async (column) => {
	const run = await saveRows([{ [column]: '7', ...ROW }]);
	expect(messages(run.failed)).toEqual([]);
	expect(run.json).toHaveLength(1);
	expect(JSON.stringify(ordersSent())).not.toContain('"id"');
});

it('an error of a run that stops says what the hints would have said, and 买家 is a customer', async () => {
	const row = (no: string, product: string) => ({ 订单编号: no, 下单时间: '2026-03-05', 买家: '上海五金商行 01', 店铺专属标语: 'x', 商品编码: product, 数量: '1', 单价: '2' });
	const { error } = await saveRows([row('WX1', 'SP0001'), row('WX2', '00123')], { settings: {} });
	expect(error).toMatchObject({ message: expect.stringContaining('Row 2 (WX2): "商品编码" "00123" was not found among the products'), description: expect.stringContaining('Columns that are not known and were left out: "店铺专属标语"') });
	expect(error?.description).not.toContain('买家');
	expect(ordersSent()).toEqual([]);
});
