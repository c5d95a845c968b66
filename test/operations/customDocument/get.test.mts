import type { IDataObject } from 'n8n-workflow';

import { lost, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { bodiesOf, kingdeeJdy, put } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const DETAIL = '/jdy/v2/cust/detail';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const get = (name: string, value: string) => ({
	resource: 'customDocument',
	operation: 'get',
	bizType: 'ts_1',
	conditions: { assignments: [{ name, type: 'string', value }] },
});

it.each([
	['id', '1700000000000000002'],
	['number', 'B'],
])('gives the document that %s names', async (name, value) => {
	put(emulator, [{ number: 'A' }, { number: 'B' }]);
	const { done } = await kingdeeJdy(emulator, { parameters: get(name, '={{ $json.key }}'), items: [{ key: value }] });
	expect(done).toEqual([{ json: { number: 'B', id: '1700000000000000002', check: false }, pairedItem: { item: 0 } }]);
	expect(bodiesOf(emulator, DETAIL)).toEqual([{ biz_type: 'ts_1', data: { [name]: value }, page_no: '1', page_size: '1' }]);
});

it('what does not exist is told in the words of JDY', async () => {
	const { error } = await kingdeeJdy(emulator, { parameters: get('id', '1') });
	expect(error).toMatchObject({ message: '单据不存在', context: { errcode: 1030002003, outcome: 'rejected', bizType: 'ts_1' } });
});

it.each<[string, unknown]>([
	['null', null],
	['null, nested twice', { data: null }],
	['an empty object', { data: {} }],
	['an empty list', { data: [] }],
	['no rows', { data: { rows: [], count: 0 } }],
])('an answer with %s finds nothing', async (_name, data) => {
	emulator.chooseFault = () => succeed(data);
	const { failed } = await kingdeeJdy(emulator, { parameters: get('id', '1'), settings: CONTINUE });
	expect(failed[0]?.json).toMatchObject({ error: { message: 'No document was found', outcome: 'rejected', bizType: 'ts_1' } });
});

it.each<[string, unknown]>([
	['nested once', { id: '1', no: 'A' }],
	['nested twice', { data: { id: '1', no: 'A' } }],
	['in a bare list', { data: [{ id: '1', no: 'A' }] }],
	['among rows', { data: { rows: [{ id: '1', no: 'A' }], count: 1 } }],
	['in a list', { list: [{ id: '1', no: 'A' }] }],
])('a document is found %s', async (_name, data) => {
	emulator.chooseFault = () => succeed(data);
	expect((await kingdeeJdy(emulator, { parameters: get('id', '1') })).json).toEqual([{ id: '1', no: 'A' }]);
});

it('a document that has rows of its own stays one document', async () => {
	emulator.chooseFault = () => succeed({ data: { id: '1', list: [{ line: 1 }, { line: 2 }] } });
	expect((await kingdeeJdy(emulator, { parameters: get('id', '1') })).json).toEqual([{ id: '1', list: [{ line: 1 }, { line: 2 }] }]);
});

it('another document than that which was asked for is none', async () => {
	emulator.chooseFault = () => succeed({ data: { id: '2', no: 'A' } });
	const { error } = await kingdeeJdy(emulator, { parameters: get('id', '1') });
	expect(error).toMatchObject({ message: 'JDY gave another document than the conditions name', context: { outcome: 'rejected' } });
});

const DRAGGED = 'JDY gave a document without a field "data.data.id", so it may be any; check the name of the field in the conditions';
const OTHER = 'JDY gave another document than the conditions name';
const HINT = 'No document has a field "with": JDY may have ignored the condition and given any document. Check the name of the field.';

it.each<[string, IDataObject, IDataObject, string | undefined, string[]]>([
	['without the field of the condition', { data: { data: { id: '1' } } }, { id: '1', no: 'A' }, DRAGGED, []],
	['with another value of a field', { no: 'B' }, { id: '1', no: 'A' }, OTHER, []],
	['with another value within an object', { customer: { id: 2 } }, { id: '1', customer: { id: 1 } }, OTHER, []],
	['with the value of a field', { no: 'A' }, { id: '1', no: 'A' }, undefined, []],
	['with the day of a field', { day: '2026-08-01' }, { id: '1', day: '2026-08-01 00:00:00' }, undefined, []],
	['with the ID, and without a field', { id: '1', with: 'lines' }, { id: '1' }, undefined, [HINT]],
])('a document %s', async (_name, conditions, document, message, told) => {
	emulator.chooseFault = () => succeed({ data: document });
	const parameters = { ...get('id', ''), conditionsMode: 'json', conditionsJson: JSON.stringify(conditions) };
	const { json, error, hints } = await kingdeeJdy(emulator, { parameters });
	expect([error?.message, json, message === undefined ? hints('JDY').map((hint) => hint.message) : []]).toEqual([message, message === undefined ? [document] : [], told]);
});

it('several documents are none', async () => {
	emulator.chooseFault = () => succeed({ data: [{ id: '1' }, { id: '2' }] });
	const { error } = await kingdeeJdy(emulator, { parameters: get('id', '1') });
	expect(error?.message).toBe('2 documents were found; the conditions must name one');
});

it.each<[string, IDataObject]>([
	['no fields', { conditions: {} }],
	['empty JSON', { conditionsMode: 'json', conditionsJson: ' { } ' }],
	['no JSON', { conditionsMode: 'json', conditionsJson: '' }],
])('%s: nothing names the document', async (_name, more) => {
	const { error } = await kingdeeJdy(emulator, { parameters: { ...get('id', '1'), ...more } });
	expect([error?.message, emulator.ledger.length]).toEqual(['Conditions must have at least one field that names the document, for example id', 0]);
});

it('a lost answer is asked for again', async () => {
	put(emulator, [{ no: 'A' }]);
	emulator.chooseFault = (_request, index) => (index === 0 ? lost() : undefined);
	const { json } = await kingdeeJdy(emulator, { parameters: get('id', '1700000000000000001') });
	expect([json.length, emulator.ledger.length]).toEqual([1, 2]);
});
