import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../helpers/processedData.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

/** What Agent 3 lays over the input of the agent. */
const CHAT = { text: 'Please save it', chatInput: 'Please save it', sessionId: 's-1', action: 'sendMessage', toolCallId: 'call_1' };

const CUSTOM = '/jdy/v2/cust/save';
const ORDER = '/jdy/v2/scm/sal_order';

const assignments = (...rows: Array<[name: string, value: string]>): IDataObject => ({ dataMode: 'fields', fields: { assignments: rows.map(([name, value], id) => ({ id: String(id), name, type: 'string', value })) } });
const json = (dataJson: string): IDataObject => ({ dataMode: 'json', dataJson });
const ask = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

describe('Custom Save as a tool', () => {
	it.each<[what: string, parameters: IDataObject, item: IDataObject, data: IDataObject]>([
		['a field without an answer is left out', assignments(['no', ask('no')], ['remark', ask('remark')]), { no: 'A' }, { no: 'A' }],
		['so is one that is null, or empty', assignments(['no', ask('no')], ['a', ask('a')], ['b', ask('b')]), { no: 'A', a: null, b: '' }, { no: 'A' }],
		['a fixed field stays', assignments(['no', ask('no')], ['source', 'agent']), { no: 'A' }, { no: 'A', source: 'agent' }],
		['JSON of an expression', json("={{ JSON.stringify({ no: $fromAI('no'), remark: $fromAI('remark') ?? null, lines: [{ a: $fromAI('a') ?? null }] }) }}"), { no: 'A' }, { no: 'A' }],
		['JSON with expressions within', json(`={"no": "{{ $fromAI('no') }}", "remark": "{{ $fromAI('remark') }}", "status": "" }`), { no: 'A' }, { no: 'A', status: '' }],
		['JSON of the model itself', json("={{ $fromAI('data', '', 'json') }}"), { data: { no: 'A', remark: null, lines: [{ qty: 1, note: null }] } }, { no: 'A', lines: [{ qty: 1 }] }],
		['the input item has nothing of the agent', { dataMode: 'inputItem' }, { no: 'A', remark: null, ...CHAT }, { no: 'A' }],
		['unless the node asks for a field that is called so', { dataMode: 'inputItem', deduplicationKey: "={{ $fromAI('text') }}" }, { ...CHAT, text: 'A' }, { text: 'A' }],
		['automatic mapping has nothing of the agent', { dataMode: 'mapper', mapper: { mappingMode: 'autoMapInputData', value: null, schema: [] } }, { no: 'A', ...CHAT }, { no: 'A' }],
		['an empty document, where that is allowed', { dataMode: 'inputItem', options: { allowEmpty: true } }, CHAT, {}],
	])('%s', async (_what, parameters, item, data) => {
		const { error, saved } = await save(emulator, { items: [item], parameters, isTool: true });
		expect([error?.message, saved.length]).toEqual([undefined, 1]);
		expect(bodiesOf(emulator, CUSTOM)).toEqual([{ biz_type: 'ts_45465632434343', data }]);
	});

	it.each<[what: string, parameters: IDataObject, item: IDataObject, message: string]>([
		['nothing but the prompt', { dataMode: 'inputItem' }, CHAT, 'Input item must have at least one field'],
		['automatic mapping of nothing but the prompt', { dataMode: 'mapper', mapper: { mappingMode: 'autoMapInputData', value: null, schema: [] } }, CHAT, 'Fields must have at least one field'],
		['no answer for any field', assignments(['no', ask('no')]), {}, 'Fields must have at least one field'],
		['no data', json("={{ $fromAI('data', '', 'json') }}"), { data: null }, 'JSON must have at least one field'],
		['an ID that was not given', json("={{ JSON.stringify({ id: $fromAI('id') ?? null, no: $fromAI('no') }) }}"), { no: 'A' }, 'Field "id" is empty'],
		['no Deduplication Key', { ...assignments(['no', ask('no')]), deduplicationKey: ask('key') }, { no: 'A' }, 'Deduplication Key must not be blank'],
		['no type', { bizType: ask('type'), ...assignments(['no', ask('no')]) }, { no: 'A' }, 'Document Type must not be'],
	])('saves nothing: %s', async (_what, parameters, item, message) => {
		const { error } = await save(emulator, { items: [item], parameters, isTool: true });
		expect(error?.message).toContain(`Not saved: ${message}`);
		expect(emulator.ledger).toEqual([]);
	});

	it('is a step of a workflow otherwise, which sends what the item has', async () => {
		await save(emulator, { items: [{ no: null, ...CHAT }], parameters: { dataMode: 'inputItem' } });
		expect(bodiesOf(emulator, CUSTOM)).toEqual([{ biz_type: 'ts_45465632434343', data: { no: null, ...CHAT } }]);
	});

	it('does not give the prompt back', async () => {
		const { saved } = await save(emulator, { items: [{ no: 'A', ...CHAT }], parameters: { dataMode: 'inputItem', options: { output: 'simplified' } }, isTool: true });
		expect(saved.map((item) => item.json)).toEqual([{ id: emulator.savedIds[0], outcome: 'saved', documentType: 'ts_45465632434343', no: 'A' }]);
	});
});

describe('a document as a tool', () => {
	const type = { __rl: true, mode: 'list', value: 'scm/sal_order' };
	const order = async (parameters: IDataObject, item: IDataObject) => await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'save', type, ...parameters }, items: [item], isTool: true });
	const form = (value: IDataObject): IDataObject => ({ fields: { mappingMode: 'defineBelow', value, schema: [] } });
	const LINE = { material_id: '10', unit_id: '30', qty: 2 };

	it.each<[what: string, parameters: IDataObject, item: IDataObject, sent: IDataObject]>([
		['a form', form({ bill_date: ask('date'), customer_id: ask('customer'), remark: ask('remark') }), { date: '2026-03-01', customer: '1' }, { bill_date: '2026-03-01', customer_id: '1' }],
		['also where empty fields are cleared', { ...form({ bill_date: ask('date'), customer_id: '1', remark: ask('remark') }), options: { emptyFields: 'clear' } }, { date: '2026-03-01', remark: null }, { bill_date: '2026-03-01', customer_id: '1' }],
		['lines of the model', { dataMode: 'json', dataJson: "={{ JSON.stringify({ bill_date: '2026-03-01', customer_id: '1', remark: $fromAI('remark') ?? null, material_entity: $fromAI('lines', '', 'json') }) }}" }, { lines: [{ ...LINE, price: null }] }, { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] }],
		['an input item with columns as people call them', { dataMode: 'inputItem' }, { bill_date: '2026-03-01', 客户编码: null, customer_id: '1', material_entity: [LINE], ...CHAT }, { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] }],
	])('sends only what was said: %s', async (_what, parameters, item, sent) => {
		const { error } = await order({ ...parameters }, item);
		expect(error?.message ?? '').not.toContain('Not saved: Item');
		expect(bodiesOf(emulator, ORDER)[0]).toEqual(sent);
	});

	it.each<[what: string, parameters: IDataObject, item: IDataObject, message: string]>([
		['nothing but the prompt', { dataMode: 'inputItem' }, CHAT, 'Fields must have at least one field'],
		['an empty object', { dataMode: 'json', dataJson: "={{ $fromAI('data', '', 'json') }}" }, {}, 'Fields must have at least one field'],
		['an ID that was not given', form({ id: ask('id'), remark: ask('remark') }), { remark: 'x' }, 'Field "id" is empty'],
	])('saves nothing: %s', async (_what, parameters, item, message) => {
		const { error } = await order(parameters, item);
		expect(error?.message).toContain(`Not saved: ${message}`);
		expect(emulator.ledger).toEqual([]);
	});

	it('finds nothing by a key that was not given', async () => {
		const { error } = await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'get', type, key: ask('number') }, items: [{}], isTool: true });
		expect(error?.message).toContain('Not read: Number must not be empty');
		const deleted = await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'delete', type, keys: ask('numbers') }, items: [{ numbers: null }], isTool: true });
		expect(deleted.error?.message).toContain('Not done: ');
		expect(emulator.ledger).toEqual([]);
	});
});
