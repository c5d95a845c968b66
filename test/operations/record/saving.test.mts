import type { IDataObject } from 'n8n-workflow';

import { answerWith, lost, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../helpers/processedData.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

const ORDER = '/jdy/v2/scm/sal_order';
const PURCHASE = '/jdy/v2/scm/pur_order';
const save = (value: string, more: IDataObject) => ({ resource: 'record', operation: 'save', type: { __rl: true, mode: 'list', value }, ...more });
const LINE = { material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false };
const DOCUMENT = { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] };
const PURCHASE_LINE = { delivery_date: '2026-03-31', material_id: '1', material_number: 'P1', qty: 2, unit_id: '3', unit_number: 'pcs' };
const purchase = (more: IDataObject = {}) => ({ bill_date: '2026-03-01', supplier_id: '1', supplier_number: 'S1', material_entity: [PURCHASE_LINE], ...more });
const records = (entity: string) => emulator.gateway.records.all.filter((record) => record.entity === entity);

describe('a save', () => {
	it('takes a form with custom fields, and a list of lines', async () => {
		const value = { ...DOCUMENT, material_entity: JSON.stringify([LINE]), remark: null, 'custom_field.custom_field__1__a': 'x', 'custom_field.custom_field__3__b': '2026-03-31T00:00:00' };
		const schema = [{ id: 'custom_field.custom_field__3__b', type: 'dateTime' }];
		const { json } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { fields: { mappingMode: 'defineBelow', value, schema } }) });
		expect(bodiesOf(emulator, ORDER)).toEqual([
			{ bill_date: '2026-03-01', customer_id: '1', material_entity: [{ ...LINE, price: 12.5 }], custom_field: { custom_field__1__a: 'x', custom_field__3__b: '2026-03-31' } },
		]);
		expect(json).toMatchObject([{ id: expect.any(String), outcome: 'saved' }]);
	});

	it.each([
		['data', { ids: ['1800000000000000001'], id_number_map: { '1800000000000000001': 'SAL_ORDER-000001' } }],
		[undefined, { id: '1800000000000000001', number: 'SAL_ORDER-000001', outcome: 'saved', type: 'scm/sal_order' }],
		['simplified', { id: '1800000000000000001', number: 'SAL_ORDER-000001', outcome: 'saved', type: 'scm/sal_order' }],
		['envelope', { errcode: 0, description: 'success', data: { ids: ['1800000000000000001'], id_number_map: { '1800000000000000001': 'SAL_ORDER-000001' } } }],
	])('gives out %s', async (output, expected) => {
		const { json } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem', options: output === undefined ? {} : { output } }), items: [DOCUMENT] });
		expect(json).toEqual([expected]);
	});

	it('keeps every digit of JSON', async () => {
		const text = JSON.stringify(DOCUMENT).replace('"customer_id":"1"', '"customer_id":1234567890123456789').replace('"12.50"', '12345678901234567.5');
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'json', dataJson: text }) });
		expect(emulator.ledger[0]?.body).toContain('"customer_id":"1234567890123456789"');
		expect(emulator.ledger[0]?.body).toContain('"price":12345678901234567.5');
	});

	it('changes what has an ID', async () => {
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem' }), items: [DOCUMENT] });
		const [order] = records('scm.sal_order');
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem' }), items: [{ ...DOCUMENT, id: order?.id ?? '', remark: 'x' }] });
		expect(records('scm.sal_order')).toMatchObject([{ id: order?.id, data: { remark: 'x' } }]);
	});

	it('leaves to JDY what is not as documented, and says so once', async () => {
		const line = { ...LINE, qty: 'two', valid_date: '180' };
		const items = [{ ...DOCUMENT, material_entity: [line] }, { ...DOCUMENT, material_entity: [LINE, line] }];
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem' }), items, settings: CONTINUE });
		expect(bodiesOf(emulator, ORDER).map(({ material_entity }) => (material_entity as IDataObject[]).at(-1))).toMatchObject([{ qty: 'two', valid_date: '180' }, { qty: 'two', valid_date: '180' }]);
		expect(hints('JDY').map(({ message }) => message)).toContain('These fields are not what JDY documents, and were sent as given: material_entity.qty (a number), material_entity.valid_date (a date, e.g. 2026-03-31)');
	});

	const refused: Array<[item: IDataObject, complaint: string]> = [
		[{ ...DOCUMENT, customer_id: '' }, 'Field "customer_id" (Customer ID) is required'],
		[{ ...DOCUMENT, material_entity: [] }, 'Field "material_entity" (Product Lines) is required'],
		[{ ...DOCUMENT, customer_id: '', material_entity: [LINE, { ...LINE, qty: '' }] }, 'Fields "customer_id" (Customer ID), "material_entity"[1] > "qty" (Quantity) are required'],
		[{ ...DOCUMENT, bill_date: 'soon' }, 'Field "bill_date" (Bill Date) must be a date, e.g. 2026-03-31, but is string "soon"'],
	];

	it.each(refused)('%j is refused, and nothing is sent', async (item, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem', options: { missing: 'refuse' } }), items: [item], settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('rows of a spreadsheet', () => {
	const row = (order: string, customer: string, material: string) => ({ order, bill_date: '2026-03-01', customer_id: customer, material_id: material, unit_id: '3', qty: 1, price: 2, is_free: 'false' });
	const grouped = (more: IDataObject = {}) => save('scm/sal_order', { dataMode: 'inputItem', lines: 'groupItems', groupBy: 'order', linesField: 'material_entity', ...more });

	it('that share a value become one document, paired with all of them', async () => {
		const items = [row('A', '1', '10'), row('B', '2', '20'), row('A', '1', '11')];
		const { done } = await kingdeeJdy(emulator, { parameters: grouped(), items });
		expect(bodiesOf(emulator, ORDER).map(({ customer_id, material_entity }) => [customer_id, (material_entity as IDataObject[]).map(({ material_id }) => material_id)])).toEqual([['1', ['10', '11']], ['2', ['20']]]);
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }]);
	});

	it('may be grouped by an expression, and take the list of lines that is usual', async () => {
		const items = [row('A', '1', '10'), row('a', '1', '11')].map(({ order, ...rest }) => ({ no: order, ...rest }));
		const { json } = await kingdeeJdy(emulator, { parameters: grouped({ groupBy: '={{ $json.no.toUpperCase() }}', linesField: '' }), items });
		expect(json).toHaveLength(1);
	});

	it('may be mapped by a form', async () => {
		const value = { bill_date: '={{ $json.date }}', customer_id: '1', 'material_entity.material_id': '={{ $json.m }}', 'material_entity.unit_id': '3', 'material_entity.qty': '1', 'material_entity.price': '2', 'material_entity.is_free': false };
		const items = [{ order: 'A', date: '2026-03-01', m: '10' }, { order: 'A', date: '2026-03-01', m: '11' }];
		await kingdeeJdy(emulator, { parameters: grouped({ dataMode: 'fields', fields: { mappingMode: 'defineBelow', value } }), items });
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ customer_id: '1', material_entity: [{ material_id: '10', qty: 1 }, { material_id: '11', qty: 1 }] }]);
	});

	it('that do not agree are named, and the others go out', async () => {
		const items = [row('A', '1', '10'), row('B', '2', '20'), row('A', '3', '11')];
		const { done, failed } = await kingdeeJdy(emulator, { parameters: grouped(), items, settings: CONTINUE });
		expect(failed.map(({ json, pairedItem }) => [(json.error as IDataObject).message, pairedItem])).toEqual([0, 2].map((item) => [`Item ${item}: Field "customer_id" (Customer ID) is "1" in item 0, but "3" in item 2, and both belong to "A"`, { item }]));
		expect(done).toHaveLength(1);
	});

	it('are no document without a row that cannot be read', async () => {
		const items = [row('A', '1', '10'), { ...row('A', '1', '11'), json: '{' }];
		const { failed } = await kingdeeJdy(emulator, { parameters: grouped({ dataMode: 'json', dataJson: '={{ $json.json ?? JSON.stringify($json) }}' }), items, settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([expect.stringMatching(/^Item 0: Item 1 cannot be used: JSON is not valid/), expect.stringMatching(/^Item 1: JSON is not valid/)]);
		expect(emulator.ledger).toEqual([]);
	});

	it.each([
		[{ groupBy: 'nothing' }, 'Group By names the field "nothing", which is empty or missing in this item'],
		[{ linesField: 'nothing' }, 'Lines Field must be a list of the document: material_entity, attachments_url, cus_bear_fee_entry, payment_entry'],
	])('%j is refused', async (more, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: grouped(more), items: [row('A', '1', '10')], settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
	});
});

describe('a Deduplication Key', () => {
	const keyed = (more: IDataObject = {}) => save('scm/pur_order', { dataMode: 'inputItem', deduplicationKey: '={{ $json.bill_no }}', ...more });

	it('stands in the field that JDY checks, and such a save goes out again after an answer that was lost', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
		const { json, error } = await kingdeeJdy(emulator, { parameters: keyed(), items: [purchase({ bill_no: 'PO-1' })] });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ id: null, number: 'PO-1', outcome: 'alreadySaved', type: 'scm/pur_order', deduplicationKey: 'PO-1', alreadySaved: true }]);
		expect(bodiesOf(emulator, PURCHASE).map(({ outside_pk_id }) => outside_pk_id)).toEqual(['PO-1', 'PO-1']);
		expect(records('scm.pur_order')).toHaveLength(1);
	});

	it('lets a later run send again what an earlier one left unknown, without being told', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
		const [first, second] = [await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-2', options: { maxAttempts: 1 } }), items: [purchase()], settings: CONTINUE }), await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-2' }), items: [purchase()] })];
		expect([first.failed[0]?.json.error, second.json[0]?.alreadySaved]).toMatchObject([{ outcome: 'unknown' }, true]);
		expect(records('scm.pur_order')).toHaveLength(1);
	});

	it('does not go out again with other data, which might change what an earlier run saved', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
		await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-3', options: { maxAttempts: 1 } }), items: [purchase()], settings: CONTINUE });
		const { failed } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-3' }), items: [purchase({ remark: 'new' })], settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		expect(bodiesOf(emulator, PURCHASE)).toHaveLength(1);
	});

	it('stays unknown where the second save is refused for another reason', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
		await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-4', options: { maxAttempts: 1 } }), items: [purchase()], settings: CONTINUE });
		emulator.gateway.settings.refusesRow = () => '单据已审核，不允许修改';
		const { failed } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'PO-4' }), items: [purchase()], settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: expect.stringContaining('单据已审核，不允许修改'), outcome: 'unknown' } });
		expect(records('scm.pur_order')).toHaveLength(1);
	});

	it.each([
		['借贷不平', { error: { message: expect.stringContaining('借贷不平'), outcome: 'unknown' } }],
		['外部唯一标识已存在', { alreadySaved: true }],
	])('of a voucher that is refused behind errcode 0 the second time: %s', async (message, expected) => {
		const refusals = JSON.stringify({ errcode: 0, description: 'success', data: { errors: [message], ids: [] } });
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : answerWith(200, refusals, { saves: false }));
		const voucher = { date: '2026-03-01', group_id: '1', entry_list: [{ account_id: '1', dc: '1', explanation: 'x', amount_for: '1', currency_id: '1' }] };
		const parameters = save('fi/voucher', { dataMode: 'json', dataJson: JSON.stringify(voucher), deduplicationKey: 'V1' });
		const { json, failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect([...json, ...failed.map((item) => item.json)]).toMatchObject([expected]);
		expect(emulator.ledger).toHaveLength(2);
	});

	it('is not taken for the key where the number exists already', async () => {
		emulator.gateway.settings.numberOnce = true;
		await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'K1' }), items: [purchase({ bill_no: 'PO-1' })] });
		const { failed } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'K2' }), items: [purchase({ bill_no: 'PO-1' })], settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: '单据编号PO-1：组合值与其他表单重复', outcome: 'rejected', errcode: 1030002002, deduplicationKey: 'K2' } });
	});

	it.each(['第3行K1已存在', '自定义字段K1已存在', '外部商品编码K1已存在'])('is neither taken for saved nor remembered after %s, and the document goes out in the next run', async (message) => {
		emulator.chooseFault = (_request, index) => (index === 0 ? refuse(1030002002, message) : undefined);
		const document = purchase({ material_entity: [{ ...PURCHASE_LINE, outside_material_number: 'K1' }] });
		const { failed } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'K1' }), items: [document], settings: CONTINUE });
		expect(JSON.stringify(failed[0]?.json)).toContain('"outcome":"rejected"');
		const { json } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'K1' }), items: [document] });
		expect(json).toMatchObject([{ id: expect.any(String), outcome: 'saved' }]);
		expect(records('scm.pur_order')).toHaveLength(1);
	});

	it('leaves another value in that field alone, and then sends once', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
		const { failed } = await kingdeeJdy(emulator, { parameters: keyed({ deduplicationKey: 'K3' }), items: [purchase({ outside_pk_id: 'mine' })], settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		expect(bodiesOf(emulator, PURCHASE)).toMatchObject([{ outside_pk_id: 'mine' }]);
	});

	it('must be the same for all rows of a document', async () => {
		const line = { delivery_date: '2026-03-31', material_id: '1', material_number: 'P1', qty: 2, unit_id: '3', unit_number: 'pcs' };
		const items = ['K1', 'K2'].map((key) => ({ order: 'A', key, bill_date: '2026-03-01', supplier_id: '1', supplier_number: 'S1', ...line }));
		const parameters = keyed({ lines: 'groupItems', groupBy: 'order', linesField: '', deduplicationKey: '={{ $json.key }}' });
		const { failed } = await kingdeeJdy(emulator, { parameters, items, settings: CONTINUE });
		expect(failed[0]?.json.error).toHaveProperty('message', 'Item 0: Deduplication Key must be the same for all items of a document, but is K1 and K2');
	});
});

describe('a refusal behind errcode 0', () => {
	const voucher = { date: '2026-03-01', group_id: '1', entry_list: [{ account_id: '1', dc: '1', explanation: 'x', amount_for: '1', currency_id: '1' }] };

	it('is one', async () => {
		emulator.gateway.settings.refusesRow = () => '借贷不平';
		const { failed } = await kingdeeJdy(emulator, { parameters: save('fi/voucher', { dataMode: 'json', dataJson: JSON.stringify(voucher) }), settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: '借贷不平', outcome: 'rejected', type: 'fi/voucher' } });
	});

	it('is told row by row for a call with several', async () => {
		emulator.gateway.settings.refusesRow = ({ remark }) => (remark === 'bad' ? '缺货' : undefined);
		const line = { material_id: '1', unit_id: '1', stock_id: '1', qty: 1, price: 1 };
		const data = ['good', 'bad', 'good'].map((remark) => ({ bill_date: '2026-03-01', customer_id: '1', remark, material_entity: [line] }));
		const parameters = { resource: 'api', call: 'POST /jdy/v2/scm/sal_out_bound_batch', inputMode: 'fields', parameters: { mappingMode: 'defineBelow', value: { data } } };
		const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({
			error: {
				message: '2 of 3 are done; 缺货',
				outcome: 'rejected', ids: [{ id: '0', outcome: 'done' }, { id: '1', outcome: 'rejected', message: '缺货' }, { id: '2', outcome: 'done' }],
			},
		});
	});
});

describe('text that cannot be an ID', () => {
	const says = (label: string, text: string) => `Field ${label} must be the ID that JDY gave, which has digits only, but is "${text}"; a number belongs into `;
	const customer = '"customer_id" (Customer ID)';
	const json = { dataMode: 'json', dataJson: '={{ JSON.stringify($json) }}' };
	const form = { dataMode: 'fields', fields: { mappingMode: 'defineBelow', value: { bill_date: '2026-03-01', customer_id: '={{ $json.customer_id }}', material_entity: '={{ $json.material_entity }}' } } };
	const filter = { resource: 'record', operation: 'getMany', type: 'scm/sal_order', filterMode: 'json', filtersJson: '{"dept_id":["1","销售部"]}' };

	it.each<[string, IDataObject, IDataObject, string]>([
		['the input item', save('scm/sal_order', { dataMode: 'inputItem' }), { ...DOCUMENT, customer_id: 'Shenzhen Trading' }, says(customer, 'Shenzhen Trading')],
		['JSON', save('scm/sal_order', json), { ...DOCUMENT, customer_id: 'Shenzhen Trading' }, says(customer, 'Shenzhen Trading')],
		['the form', save('scm/sal_order', form), { ...DOCUMENT, customer_id: 'Shenzhen Trading' }, says(customer, 'Shenzhen Trading')],
		['a line', save('scm/sal_order', json), { ...DOCUMENT, material_entity: [LINE, { ...LINE, unit_id: '箱' }] }, says('"material_entity"[1] > "unit_id" (Unit ID)', '箱')],
		['rows that are grouped', save('scm/sal_order', { dataMode: 'inputItem', lines: 'groupItems', groupBy: 'no' }), { no: 'A', bill_date: '2026-03-01', customer_id: '1', ...LINE, unit_id: '箱' }, says('"material_entity"[0] > "unit_id" (Unit ID)', '箱')],
		['a filter', filter, {}, says('"dept_id" (Department ID)', '销售部')],
	])('is refused in %s, and nothing is sent', async (_where, parameters, item, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters, items: [item], settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ message: expect.stringContaining(`Item 0: ${complaint}`), outcome: 'notSent' });
		expect(emulator.ledger).toEqual([]);
	});

	it('goes without the blanks around it', async () => {
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'inputItem' }), items: [{ ...DOCUMENT, customer_id: ' 1486132453218684928\n' }] });
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ customer_id: '1486132453218684928' }]);
	});

	it('is refused by the emulated JDY as well', async () => {
		await kingdeeJdy(emulator, { parameters: { resource: 'api', call: 'POST /jdy/v2/scm/sal_order', inputMode: 'json', bodyJson: JSON.stringify({ ...DOCUMENT, customer_id: 'Shenzhen Trading', material_entity: [{ ...LINE, price: 1 }] }) }, settings: CONTINUE });
		expect([emulator.ledger.length, records('scm.sal_order')]).toEqual([1, []]);
	});
});
