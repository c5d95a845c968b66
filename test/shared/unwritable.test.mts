import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import { bodiesOf, kingdeeJdy } from '../helpers/kingdeeJdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

const fail = (): never => {
	throw new Error('no such thing');
};

function circular(): unknown {
	const loop: Record<string, unknown> = {};
	loop.again = loop;
	return loop;
}

function revoked(): unknown {
	const { proxy, revoke } = Proxy.revocable({}, {});
	revoke();
	return proxy;
}

/** What stands in one field of one item, made anew for each run. */
const UNWRITABLE: Array<[name: string, make: () => unknown]> = [
	['an object that contains itself', circular],
	['a toJSON that throws', () => ({ toJSON: fail })],
	['a toJSON that throws in a list', () => [[{ toJSON: fail }]]],
	['a getter that throws', () => Object.defineProperty({}, 'price', { enumerable: true, get: fail })],
	['a Proxy that throws', () => new Proxy({}, { ownKeys: fail, get: fail })],
	['a revoked Proxy', revoked],
	['a bigint of 2,000 digits', () => 10n ** 2000n],
	['a symbol', () => Symbol('x')],
	['a function', () => fail],
	['an invalid date', () => new Date(NaN)],
	['NaN', () => NaN],
];

const LINE = { material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false };
const ORDER = { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] };
const row = (no: number, remark: unknown = 'fine') => ({ order: `A${no}`, no, bill_date: '2026-03-01', customer_id: '1', ...LINE, remark }) as IDataObject;

const record = (more: IDataObject): IDataObject => ({ resource: 'record', operation: 'save', type: 'scm/sal_order', dataMode: 'inputItem', ...more });
const whole = { dataMode: 'json', dataJson: '={{ ({ bill_date: $json.bill_date, customer_id: "1", material_entity: [{ material_id: "10", unit_id: "30", qty: 2, price: 1, is_free: false }], remark: $json.remark }) }}' };
const grouped = { lines: 'groupItems', groupBy: 'order', linesField: 'material_entity' };

/** Ways in which such a value may reach the node Kingdee JDY. */
const WAYS: Array<[way: string, parameters: IDataObject]> = [
	['the input item', record({})],
	['JSON', record(whole)],
	['the form', record({ dataMode: 'fields', fields: { mappingMode: 'defineBelow', value: { bill_date: '2026-03-01', customer_id: '1', remark: '={{ $json.remark }}', material_entity: [LINE] } } })],
	['a custom field', record({ dataMode: 'json', dataJson: whole.dataJson.replace('remark: $json.remark', 'custom_field: { custom_field__1__a: $json.remark }') })],
	['a field that nobody knows', record({ dataMode: 'json', dataJson: whole.dataJson.replace('remark:', 'colour:') })],
	['grouped rows', record(grouped)],
	['grouped rows, in a line', record({ ...grouped, dataMode: 'json', dataJson: '={{ ({ ...$json, comment: $json.remark, remark: undefined }) }}' })],
	['grouped rows, in a field that nobody knows', record({ ...grouped, dataMode: 'json', dataJson: '={{ ({ ...$json, colour: $json.remark, remark: undefined }) }}' })],
	['the field that groups', record({ ...grouped, groupBy: 'remark' })],
	['the value that groups', record({ ...grouped, groupBy: '={{ $json.remark === "fine" ? $json.order : $json.remark }}' })],
	['a key', record({ ...whole, deduplicationKey: '={{ $json.remark === "fine" ? $json.order : $json.remark }}' })],
	['a key of grouped rows', record({ ...grouped, deduplicationKey: '={{ $json.remark === "fine" ? $json.order : $json.remark }}' })],
	['the type', record({ type: '={{ $json.remark === "fine" ? "scm/sal_order" : $json.remark }}' })],
	['the IDs to audit', { resource: 'record', operation: 'audit', type: 'scm/sal_order', by: 'id', keys: '={{ $json.remark === "fine" ? "1" : $json.remark }}' }],
	['the IDs of custom documents', { resource: 'customDocument', operation: 'audit', bizType: 'ts_1', ids: '={{ $json.remark === "fine" ? "1" : $json.remark }}' }],
	['a condition', { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', conditionsMode: 'json', conditionsJson: '={{ ({ no: $json.remark }) }}' }],
	['a filter', { resource: 'record', operation: 'getMany', type: 'scm/sal_order', filterMode: 'json', filtersJson: '={{ ({ bill_no: $json.remark }) }}' }],
	['the filter of a report', { resource: 'report', operation: 'getMany', report: 'scm/inventory', filterMode: 'json', filtersJson: '={{ ({ material_number: $json.remark }) }}' }],
	['the ID to read', { resource: 'record', operation: 'get', type: 'scm/sal_order', by: 'number', key: '={{ $json.remark }}' }],
	['a body', { resource: 'api', operation: 'call', call: 'POST /jdy/v2/bd/brand', inputMode: 'json', bodyJson: '={{ ({ name: $json.remark }) }}' }],
	['an option', record({ ...whole, options: { account: '={{ $json.remark === "fine" ? "" : $json.remark }}' } })],
];

const outcomeOf = ({ error }: IDataObject) => (error as IDataObject | undefined)?.outcome;

/** Each of them stands between items that nothing is wrong with. */
const among = () => [row(0), ...UNWRITABLE.flatMap(([, make], index) => [row(2 * index + 1, make()), row(2 * index + 2)])];

describe.each(WAYS)('items that cannot be written as JSON, by %s', (_way, parameters) => {
	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)('fail alone and say so, under %s', async (onError) => {
		const { done, failed, error } = await kingdeeJdy(emulator, { parameters, items: among(), settings: { onError } });
		expect(error).toBeUndefined();
		const outcomes = new Map([...done, ...failed].map(({ json, pairedItem }) => [(pairedItem as { item: number }).item, outcomeOf(json)]));
		expect(UNWRITABLE.flatMap(([name], index) => (outcomes.get(2 * index + 1) === 'notSent' ? [] : [name]))).toEqual([]);
		expect([...outcomes.values()].filter((outcome) => outcome === 'unknown')).toEqual([]);
	});
});

it.each(UNWRITABLE)('%s in one row of a document: the document fails, and the others are saved', async (_name, make) => {
	const items = [row(1), row(2), { ...row(3, make()), order: 'A2' }, row(4)];
	const { json, failed } = await kingdeeJdy(emulator, { parameters: record(grouped), items, settings: CONTINUE });
	expect([json.length, new Set(failed.map((item) => outcomeOf(item.json)))]).toEqual([2, new Set(['notSent'])]);
	expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toHaveLength(2);
});

it.each(['inputItem', 'json', 'fields'])('Custom Save, by %s: they fail alone', async (dataMode) => {
	const parameters = {
		dataMode,
		dataJson: '={{ ({ no: $json.no, remark: $json.remark }) }}',
		fields: '={{ ({ assignments: [{ id: "1", name: "no", type: "number", value: $json.no }, { id: "2", name: "remark", type: "string", value: $json.remark }] }) }}',
	};
	const { saved, failed } = await save(emulator, { parameters, items: among(), settings: CONTINUE });
	expect(saved).toHaveLength(UNWRITABLE.length + 1);
	expect(failed.map(({ json }) => outcomeOf(json))).toEqual(UNWRITABLE.map(() => 'notSent'));
});

it('what was saved is saved, also if a field of its input item cannot be read', async () => {
	const item = Object.defineProperty({ ...row(1) }, 'remark', { enumerable: true, get: fail });
	const { json } = await kingdeeJdy(emulator, { parameters: record({ ...whole, dataJson: JSON.stringify(ORDER), options: { output: 'simplified', includeInput: true } }), items: [item] });
	expect(json).toMatchObject([{ outcome: 'saved', order: 'A1' }]);
});

it('a bigint goes out with all its digits', async () => {
	const items = [row(1, 1234567890123456789n), row(1, 1234567890123456789n)];
	await kingdeeJdy(emulator, { parameters: record({ ...grouped, deduplicationKey: '={{ $json.remark }}' }), items });
	expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ remark: '1234567890123456789', material_entity: [{}, {}] }]);
});
