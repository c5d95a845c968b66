import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../../emulator/server.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../../helpers/processedData.mts';

let emulator: Emulator;
beforeEach(async () => {
	await freshStore();
	emulator = await Emulator.start({
		callsPerSecond: Infinity,
		callsPerMinute: Infinity,
		seed: 'firm',
		masterData: [{ entity: 'bd.customer', number: 'TOTAL', name: 'Total' }, { entity: 'bd.material', number: 'SUM', name: '合计', base_unit_name: '个' }],
	});
});
afterEach(async () => await emulator.stop());

async function saveRows(items: IDataObject[], more: IDataObject = {}) {
	const parameters = { resource: 'record', operation: 'saveRows', type: 'scm/sal_order', options: { callsPerMinute: 0, maxAttempts: 1 }, ...more };
	return await kingdeeJdy(emulator, { items, settings: { onError: 'continueErrorOutput' }, parameters });
}
const orders = () => bodiesOf(emulator, '/jdy/v2/scm/sal_order');
const messages = ({ failed }: { failed: Array<{ json: IDataObject }> }) => failed.map(({ json }) => String((json.error as IDataObject).message));

const LINE = { 商品编码: 'SP0001', 单位: '个', 数量: '1', 单价: '2' };

describe('a row that begins like a sum', () => {
	it('is a document where texts stand beside it', async () => {
		const run = await saveRows([{ 客户名称: 'Total', 单据日期: '2026-03-05', ...LINE }]);
		expect(messages(run)).toEqual([]);
		expect(orders()).toHaveLength(1);
	});

	it('is a line of the order above, as a product of that name', async () => {
		const head = { 客户名称: 'Total', 单据日期: '2026-03-05' };
		const rows = [{ 订单号: 'A1', 商品名称: '合计', 单位: '个', 数量: 1, 单价: 2, ...head }, { 订单号: '', 商品名称: '合计', 单位: '个', 数量: 3, 单价: 2, 客户名称: '', 单据日期: '' }];
		const run = await saveRows(rows, { fillDown: true });
		expect(messages(run)).toEqual([]);
		expect(orders()).toMatchObject([{ material_entity: [{ qty: 1 }, { qty: 3 }] }]);
	});

	it('is left out with figures only, and what means no field', async () => {
		const rows = [{ 序号: '1', 订单号: 'A1', 客户名称: 'Total', 单据日期: '2026-03-05', ...LINE }, { 序号: '合计', 订单号: '', 客户名称: '', 单据日期: '', 商品编码: '', 单位: '', 数量: '1', 单价: '￥2.00', 大写说明: '贰元整' }];
		const run = await saveRows(rows, { fillDown: true });
		expect(messages(run)).toEqual([]);
		expect(orders()).toMatchObject([{ material_entity: [{ qty: 1 }] }]);
	});
});

const ROW = { 订单号: 'A1', 客户编码: 'KH0001', 单据日期: '2026-03-05', ...LINE };

it.each(['1.48613E+18', '1E+19', 1486130000000000000000])('orders whose number a spreadsheet has shortened are not taken for one: %s', async (number) => {
	const run = await saveRows([{ ...ROW, 订单号: number }, { ...ROW, 订单号: number }, ROW]);
	expect(run.json).toMatchObject([{ order: 'A1' }]);
	expect(messages(run)).toHaveLength(2);
	expect(orders()).toHaveLength(1);
});

it('a heading with blanks around it is the column that is named', async () => {
	const { 订单号: order, ...row } = ROW;
	const run = await saveRows([{ ...row, 'ref ': order, ' 我的备注 ': 'x' }, { ...row, 'ref ': order, ' 我的备注 ': 'x' }], { groupBy: 'ref', columns: { mapping: [{ column: '我的备注', field: 'remark' }] } });
	expect(messages(run)).toEqual([]);
	expect(orders()).toMatchObject([{ remark: 'x', material_entity: [{ qty: 1 }, { qty: 1 }] }]);
});

it('a column that is to mean two fields is refused', async () => {
	const columns = { mapping: [{ column: '备注', field: 'remark' }, { column: '备注', field: '' }] };
	const run = await saveRows([{ ...ROW, 备注: 'x' }], { columns });
	expect(messages(run)).toEqual([expect.stringContaining('"备注" is there more than once')]);
	expect(orders()).toEqual([]);
});
