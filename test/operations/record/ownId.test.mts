import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const ORDER = '/jdy/v2/scm/sal_order';
const LINE = { material_id: '10', unit_id: '30', qty: 2, price: 12.5, is_free: false };
const DOCUMENT = { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] };
const save = (more: IDataObject): IDataObject => ({ resource: 'record', operation: 'save', type: 'scm/sal_order', ...more });
const form = (value: IDataObject, more: IDataObject = {}) => ({ mappingMode: 'defineBelow', value: { ...DOCUMENT, ...value }, ...more });

const EMPTY = 'Field "id" is empty, so a new document would be saved instead of the one that is meant; leave the field out for a new document';
const says = (text: string) => `Field "id" is the text "${text}": its expression found nothing`;

const NO_ID: Array<[name: string, id: unknown, message: string]> = [
	['an empty text', '', EMPTY],
	['blanks', '  ', EMPTY],
	['null', null, EMPTY],
	['undefined', undefined, EMPTY],
	['the text undefined', 'undefined', says('undefined')],
	['the text null', 'null', says('null')],
];

const WAYS: Array<[way: string, parameters: IDataObject]> = [
	['the form', save({ dataMode: 'fields', fields: form({ id: '={{ $json.id }}' }) })],
	['the input item', save({ dataMode: 'inputItem' })],
	['an object of an expression', save({ dataMode: 'json', dataJson: '={{ $json }}' })],
	['JSON', save({ dataMode: 'json', dataJson: '={{ JSON.stringify({ ...$json, id: $json.id ?? null }) }}' })],
	['an API call', { resource: 'api', call: `POST ${ORDER}`, inputMode: 'fields', parameters: form({ id: '={{ $json.id }}' }) }],
];

describe.each(WAYS)('an ID that says nothing, by %s', (_way, parameters) => {
	it.each(NO_ID)('%s: is refused, and a document without an ID is saved', async (_name, id, message) => {
		const { failed } = await kingdeeJdy(emulator, { parameters, items: [{ ...DOCUMENT, id } as IDataObject], settings: CONTINUE });
		expect(failed.map(({ json }) => json.error)).toEqual([expect.objectContaining({ message: `Item 0: ${message}`, outcome: 'notSent' })]);
		expect(emulator.ledger).toEqual([]);
	});
});

it('an ID within the wrapper of a body is seen as well', async () => {
	const voucher = { id: '', date: '2026-03-01', group_id: '1', entry_list: [{ account_id: '1', dc: '1', explanation: 'x', amount_for: '1', currency_id: '1' }] };
	for (const data of [voucher, { items: [voucher] }]) {
		const { failed } = await kingdeeJdy(emulator, { parameters: save({ type: 'fi/voucher', dataMode: 'json', dataJson: JSON.stringify(data) }), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${EMPTY}`]);
	}
});

it.each<[string, IDataObject, IDataObject]>([
	['no ID', save({ dataMode: 'inputItem' }), DOCUMENT],
	['null for a field of the form that is not shown', save({ dataMode: 'fields', fields: form({ id: null }, { schema: [{ id: 'id', removed: true }] }) }), {}],
	['an empty ID of a line', save({ dataMode: 'inputItem' }), { ...DOCUMENT, material_entity: [{ ...LINE, id: '' }] }],
	['an empty ID where JDY documents none', save({ type: 'ls/member', dataMode: 'json', dataJson: '{"id":"","name":"A","mobile":"13800000001"}' }), {}],
])('%s makes a new document', async (_name, parameters, item) => {
	const { json, error } = await kingdeeJdy(emulator, { parameters, items: [item] });
	expect([error?.message, json[0]?.outcome]).toEqual([undefined, 'saved']);
});

it('an ID changes the document', async () => {
	await kingdeeJdy(emulator, { parameters: save({ dataMode: 'inputItem' }), items: [DOCUMENT] });
	const id = emulator.gateway.records.all[0]?.id ?? '';
	await kingdeeJdy(emulator, { parameters: save({ dataMode: 'inputItem' }), items: [{ ...DOCUMENT, id, remark: 'x' }] });
	expect(bodiesOf(emulator, ORDER)).toMatchObject([{}, { id, remark: 'x' }]);
	expect(emulator.gateway.records.all).toHaveLength(1);
});

describe('rows that make one document', () => {
	const grouped = save({ dataMode: 'inputItem', lines: 'groupItems', groupBy: 'no', linesField: 'material_entity' });
	const row = (no: string, more: IDataObject) => ({ no, bill_date: '2026-03-01', customer_id: '1', ...LINE, ...more });

	it.each(['', null, undefined])('are refused if none has an ID (%j)', async (id) => {
		const items = [row('A', { id } as IDataObject), row('A', { id } as IDataObject), row('B', {})];
		const { json, failed } = await kingdeeJdy(emulator, { parameters: grouped, items, settings: CONTINUE });
		expect([json.length, new Set(failed.map((item) => (item.json.error as IDataObject).outcome)), bodiesOf(emulator, ORDER).length]).toEqual([1, new Set(['notSent']), 1]);
		expect((failed[0]?.json.error as IDataObject).message).toContain(EMPTY);
	});

	it('are one document with the ID that the first of them has', async () => {
		emulator.gateway.settings.referencesExist = false;
		await kingdeeJdy(emulator, { parameters: grouped, items: [row('A', { id: '7' }), row('A', { id: '' })], settings: CONTINUE });
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ id: '7', material_entity: [{}, {}] }]);
	});
});
