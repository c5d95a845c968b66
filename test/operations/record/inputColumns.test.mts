import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'firm' });
});
afterEach(async () => await emulator.stop());

async function save(item: IDataObject, more: IDataObject = {}) {
	const parameters = { resource: 'record', operation: 'save', type: 'bd/customer', dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1 }, ...more };
	const run = await kingdeeJdy(emulator, { items: [item], settings: CONTINUE, parameters });
	const sent = emulator.ledger.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as IDataObject);
	return { run, sent, said: run.hints('JDY').map(({ message }) => message), failed: run.failed.map(({ json }) => String((json.error as IDataObject).message)) };
}

it.each<[what: string, item: IDataObject, sent: IDataObject]>([
	['wire names', { number: 'N1', name: 'Acme', remark: 'x' }, { number: 'N1', name: 'Acme', remark: 'x' }],
	['Chinese names', { 客户编码: 'N1', 客户名称: 'Acme', 备注: 'x', 联系人: '陈小姐', 手机: '13911112222' }, { number: 'N1', name: 'Acme', remark: 'x', contact_persons: [{ contact_person: '陈小姐', mobile: '13911112222' }] }],
	['numbers as people write them', { number: 'N1', name: 'Acme', 信用额度: '￥1,000.50' }, { number: 'N1', name: 'Acme', credit_limit: 1000.5 }],
	['what is empty', { number: 'N1', name: 'Acme', 备注: '' }, { number: 'N1', name: 'Acme' }],
])('an input item is taken by %s', async (_what, item, wanted) => {
	const { sent, failed } = await save(item);
	expect([failed, sent]).toEqual([[], [wanted]]);
});

it('what means nothing in the document stays out, and is told', async () => {
	const { sent, said } = await save({ number: 'N1', name: 'Acme', toolCallId: 'x', 客户编号码: 'y', ID: '7' });
	expect(sent).toEqual([{ number: 'N1', name: 'Acme' }]);
	expect(said[0]).toMatch(/^Left out, because no field of the document is called so: toolCallId.*客户编号码 \(nearest: .*客户编码.*ID/);
});

it('lines take their columns where items are grouped', async () => {
	const item = { 订单: 'A', 单据日期: '2026-03-05', 客户编码: 'KH0001', 商品编码: 'SP0001', 数量: '1,000', 单价: '2', is_free: false };
	const { sent, failed } = await save(item, { type: 'scm/sal_order', lines: 'groupItems', groupBy: '订单' });
	expect(failed).toEqual([]);
	expect(sent).toMatchObject([{ bill_date: '2026-03-05', customer_number: 'KH0001', material_entity: [{ material_number: 'SP0001', qty: 1000, price: 2, is_free: false }] }]);
});

it('Create or Update takes the columns as well', async () => {
	const { sent, run } = await save({ 客户编码: 'KH0003', 客户名称: '深圳五金商行 03', 详细地址: '深圳市南山区' }, { operation: 'upsert' });
	expect(run.json).toMatchObject([{ action: 'updated', number: 'KH0003' }]);
	expect(sent).toMatchObject([{ number: 'KH0003', addr: '深圳市南山区', id: expect.stringMatching(/^\d+$/) }]);
});

it.each<[what: string, item: IDataObject, sent: IDataObject[], said: RegExp | undefined]>([
	['the filled one, if the other is empty', { number: '', 客户编码: 'N1', name: 'Acme' }, [{ number: 'N1', name: 'Acme' }], undefined],
	['either, if both say the same', { number: 'N1', 客户编码: ' N1', name: 'Acme' }, [{ number: 'N1', name: 'Acme' }], undefined],
	['neither, if they differ', { number: 'N1', 客户编码: 'N2', name: 'Acme' }, [], /"客户编码" is "N2", but "number" .* is "N1"/],
])('of two columns for one field %s is taken', async (_what, item, wanted, said) => {
	const { sent, failed } = await save(item);
	expect(sent).toEqual(wanted);
	expect(failed).toEqual(said === undefined ? [] : [expect.stringMatching(said)]);
});
