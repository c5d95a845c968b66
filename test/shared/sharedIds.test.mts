import type { IDataObject } from 'n8n-workflow';

import { answerWith, succeed } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { bodiesOf, kingdeeJdy } from '../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../helpers/settings.mts';

const OPERATE = '/jdy/v2/sys/common_operate';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const audit = (more: IDataObject = {}) => ({ resource: 'record', operation: 'audit', type: 'scm/sal_order', by: 'id', keys: '={{ $json.keys }}', ...more });

function put(count: number, numberOf: (index: number) => string | undefined = () => undefined): string[] {
	const { records } = emulator.gateway;
	return Array.from({ length: count }, (_unused, index) => records.add(demoAccount, records.make(demoAccount, 'scm.sal_order', {}, numberOf(index))).id);
}

const outcomesOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => (json.error as IDataObject).outcome);

describe('an ID that several items ask for is sent once', () => {
	const spans: Array<[name: string, spans: Array<[from: number, to: number]>, calls: number[]]> = [
		['of two items with more than 100', [[0, 60], [50, 120]], [100, 20]],
		['of one item within another of more than 100', [[0, 150], [90, 110]], [100, 50]],
		['of an item that holds two others together', [[0, 90], [100, 190], [80, 110]], [100, 90]],
		['of a chain of items', [[0, 40], [30, 70], [60, 100], [95, 130]], [100, 30]],
		['of items apart from others that share nothing', [[0, 60], [200, 300], [50, 90]], [90, 100]],
	];

	it.each(spans)('%s', async (_name, items, calls) => {
		const ids = put(300);
		const { json, error } = await kingdeeJdy(emulator, { parameters: audit({ options: { concurrency: 3 } }), items: items.map(([from, to]) => ({ keys: ids.slice(from, to) })) });
		expect(error).toBeUndefined();
		const sent = bodiesOf(emulator, OPERATE).map((body) => body.ids as string[]);
		expect(sent.flat()).toHaveLength(new Set(sent.flat()).size);
		expect(sent.map(({ length }) => length).sort()).toEqual([...calls].sort());
		expect(json.map((item) => (item.ids as IDataObject[]).map(({ id }) => id))).toEqual(items.map(([from, to]) => ids.slice(from, to)));
	});

	it('and a dry run shows each item a call of at most 100', async () => {
		const ids = put(120);
		const { json } = await kingdeeJdy(emulator, { parameters: audit({ options: { dryRun: true } }), items: [{ keys: ids.slice(0, 60) }, { keys: ids.slice(50) }, { keys: ids.slice(110) }] });
		expect(json.map(({ body }) => (body as { ids: string[] }).ids)).toEqual([ids.slice(0, 100), ids.slice(0, 100), ids.slice(100)]);
	});
});

/** The IDs or numbers that are asked for, the data of an answer, and what becomes of each. */
const ANSWERS: Array<[name: string, by: 'id' | 'number', asked: string[], data: object, outcomes: unknown[]]> = [
	['a number that equals another asked ID', 'id', ['1001', '1002'], { ids: ['1001'], id_number_map: { '1001': '1002' } }, ['done', 'unknown']],
	['a number of a row that equals an asked ID', 'id', ['1001', '1002'], { rows: [{ id: '1001', number: '1002', success: true }] }, ['done', 'unknown']],
	['a bill_no of a row without an ID', 'id', ['1002'], { rows: [{ bill_no: '1002', success: true }] }, ['unknown']],
	['a list of numbers', 'id', ['1001', '1002'], { ids: ['1001'], numbers: ['1002'] }, ['done', 'unknown']],
	['an ID that equals another asked number', 'number', ['SO1', '1002'], { ids: ['1002'], id_number_map: { '1002': 'SO1' } }, ['done', 'unknown']],
	['an ID of a row that equals an asked number', 'number', ['SO1', '1002'], { rows: [{ id: '1002', number: 'SO1', success: true }] }, ['done', 'unknown']],
	['IDs alone', 'number', ['1002'], { ids: ['1002'] }, ['unknown']],
	['IDs beside success: false', 'id', ['1001'], { success: false, ids: ['1001'], id_number_map: { '1001': 'SO1' } }, ['unknown']],
	['IDs beside success: "false"', 'id', ['1001'], { success: 'false', ids: ['1001'] }, ['unknown']],
	['IDs beside success: 0', 'id', ['1001'], { success: 0, ids: ['1001'] }, ['unknown']],
	['IDs beside is_success: false, with a reason', 'id', ['1001'], { is_success: false, message: '单据已审核', ids: ['1001'] }, ['unknown']],
	['IDs beside an errcode', 'id', ['1001'], { errcode: 2016013001, ids: ['1001'] }, ['unknown']],
	['IDs nested beside success: false', 'id', ['1001'], { data: { success: false, ids: ['1001'] } }, ['unknown']],
	['numbers beside success: false', 'number', ['SO1'], { success: false, ids: ['1001'], id_number_map: { '1001': 'SO1' } }, ['unknown']],
	['rows of their own beside success: false', 'id', ['1001', '1002'], { success: false, rows: [{ id: '1001', success: true }, { id: '1002', success: false, message: 'no' }] }, ['done', 'rejected']],
	['IDs beside success: true', 'id', ['1001'], { success: true, ids: ['1001'] }, ['done']],
	['an ID in a list of another name', 'id', ['1001'], { success_ids: ['1001'] }, ['unknown']],
	['an ID in a list of refusals of another name', 'id', ['1001'], { fail_ids: ['1001'] }, ['unknown']],
	['an ID both ways', 'id', ['1001', '1002'], { ids: ['1001', '1002'], fail_ids: ['1002'] }, ['done', 'unknown']],
	['an ID that has a text', 'id', ['1001'], { '1001': '库存不足' }, ['unknown']],
	['an ID that is true', 'id', ['1001'], { data: { '1001': true } }, ['unknown']],
	['rows that do not say whether they were done', 'id', ['1001'], { rows: [{ id: '1001' }] }, ['unknown']],
	['rows in a list of another name', 'id', ['1001'], { list: [{ id: '1001', success: true }] }, ['unknown']],
	['a row against the list', 'id', ['1001'], { ids: ['1001'], rows: [{ id: '1001', success: false }] }, ['unknown']],
	['both as documented, nested twice', 'id', ['1001'], { data: { ids: ['1001'], id_number_map: { '1001': 'SO1' } } }, ['done']],
	['the map alone', 'id', ['1001'], { id_number_map: { '1001': 'SO1' } }, ['done']],
	['both as documented', 'id', ['1001'], { ids: ['1001'], id_number_map: { '1001': 'SO1' } }, ['done']],
	['numbers as documented', 'number', ['SO1'], { ids: ['1001'], id_number_map: { '1001': 'SO1' } }, ['done']],
];

it.each(ANSWERS)('an answer with %s, by %s', async (_name, by, asked, data, outcomes) => {
	emulator.chooseFault = () => succeed(data, { saves: false });
	const { json, failed } = await kingdeeJdy(emulator, { parameters: audit({ by }), items: [{ keys: asked }], settings: CONTINUE });
	const parts = (failed[0]?.json.error as IDataObject | undefined)?.ids ?? json[0]?.ids;
	expect((parts as IDataObject[]).map(({ outcome }) => outcome)).toEqual(outcomes);
});

const ORDER = { bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '10', unit_id: '30', qty: 2, price: 12.5, is_free: false }] };
const DENIED = { success: false, message: '库存不足', ids: ['1001'], id_number_map: { '1001': 'SO1' } };

/** Writes, each of which is told with errcode 0 that it did not succeed. */
const WRITES: Array<[name: string, parameters: IDataObject]> = [
	['Audit', audit({ keys: '1001' })],
	['Push Down', audit({ operation: 'pushDown', keys: '1001', targetType: 'scm/sal_out_bound' })],
	['Save', audit({ operation: 'save', dataMode: 'json', dataJson: JSON.stringify(ORDER) })],
	['an API call', { resource: 'api', operation: 'call', call: 'POST /jdy/v2/scm/sal_order', inputMode: 'json', bodyJson: JSON.stringify(ORDER) }],
	['Audit of a custom document', { resource: 'customDocument', operation: 'audit', bizType: 'ts_1', ids: '1001' }],
];

it.each(WRITES)('%s is unknown if errcode 0 stands beside success: false', async (_name, parameters) => {
	const answers = [succeed(DENIED), succeed({ data: DENIED }), answerWith(200, { errcode: 0, description: 'success', success: false, data: { ids: ['1001'] } })];
	for (const answer of answers) {
		emulator.chooseFault = () => answer;
		const { json, failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect([json, outcomesOf(failed)]).toEqual([[], ['unknown']]);
	}
});

it('a custom document may have a field called success', async () => {
	emulator.chooseFault = () => succeed({ data: { id: '1', success: false } });
	const { json } = await kingdeeJdy(emulator, { parameters: { resource: 'api', operation: 'call', call: 'POST /jdy/v2/cust/save', inputMode: 'json', bodyJson: '{"biz_type":"ts_1","data":{"success":false}}' } });
	expect(json).toMatchObject([{ errcode: 0 }]);
});
