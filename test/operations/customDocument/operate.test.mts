import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults.mts';
import { answerWith, lost, refuse, silence, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import type { OperateShape } from '../../emulator/settings.mts';
import { appKeyCredential } from '../../helpers/credentials.mts';
import { bodiesOf, kingdeeJdy, put } from '../../helpers/kingdeeJdy.mts';
import type { NodeRun } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE, RETRY } from '../../helpers/settings.mts';

const OPERATE = '/jdy/v2/cust/operate';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, operateShape: 'ids' });
});
afterEach(async () => await emulator.stop());

const operate = (operation: string, more: IDataObject = {}) => ({ resource: 'customDocument', operation, bizType: 'ts_1', ids: '={{ $json.id }}', ...more });
const orders = (count: number) => Array.from({ length: count }, (_unused, no) => ({ no }));
const itemsOf = (ids: unknown[]) => ids.map((id) => ({ id }) as IDataObject);
const sentIds = () => bodiesOf(emulator, OPERATE).map(({ id }) => id);

/** `outcome` of each failed item, and of each of its IDs. */
function outcomes({ failed }: NodeRun): unknown[] {
	return failed.map(({ json }) => {
		const { outcome, ids } = json.error as { outcome: string; ids: Array<{ id: string; outcome: string }> };
		return [outcome, ...ids.map((part) => part.outcome)];
	});
}

/** Refuses to operate on a document with this number. */
function refuseNumber(no: number, partially: boolean): void {
	Object.assign(emulator.gateway.settings, {
		operatePartially: partially,
		operateRefuses: ({ data }: { data: IDataObject }) => (String(data.no) === String(no) ? 2016013001 : undefined),
	});
}

describe.each(['audit', 'unaudit', 'delete'])('%s', (operation) => {
	it('does it, and gives the envelope and each ID', async () => {
		const [id = ''] = put(emulator, orders(2));
		const { done } = await kingdeeJdy(emulator, { parameters: operate(operation), items: itemsOf([id]) });
		expect(done).toEqual([{ json: { ...(operation === 'delete' && { deleted: true }), errcode: 0, description: 'success', data: { data: { ids: [id] } }, ids: [{ id, outcome: 'done' }] }, pairedItem: { item: 0 } }]);
		expect(bodiesOf(emulator, OPERATE)).toEqual([{ entity_number: 'ts_1', id: [id], operate_type: operation }]);
	});
});

it('documents are audited, unaudited and gone afterwards', async () => {
	const [first = '', second = ''] = put(emulator, orders(3));
	await kingdeeJdy(emulator, { parameters: operate('audit', { ids: `${first}, ${second}` }) });
	await kingdeeJdy(emulator, { parameters: operate('unaudit', { ids: second }) });
	await kingdeeJdy(emulator, { parameters: operate('delete', { ids: second }) });
	expect(emulator.gateway.documents.all.map(({ id, isAudited }) => [id.slice(-1), isAudited])).toEqual([['1', true], ['3', false]]);
});

describe('items that ask for the same share a call', () => {
	it('of up to 100 IDs', async () => {
		const ids = put(emulator, orders(205));
		const { json } = await kingdeeJdy(emulator, { parameters: operate('audit', { options: { concurrency: 3 } }), items: itemsOf(ids) });
		expect(json).toHaveLength(205);
		expect(sentIds().map((sent) => (sent as string[]).length).sort()).toEqual([100, 100, 5]);
		expect(emulator.gateway.documents.all.every(({ isAudited }) => isAudited)).toBe(true);
	});

	it('an ID that two items ask for goes out once, and both are told', async () => {
		const [a = '', b = ''] = put(emulator, orders(2));
		const { json } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([a, [b, a], a, `${a},${a}`]) });
		expect(sentIds()).toEqual([[a, b]]);
		expect(json.map(({ ids }) => (ids as IDataObject[]).map(({ id }) => id))).toEqual([[a], [b, a], [a], [a]]);
	});

	it('unless their types, operations or options differ', async () => {
		const [a = '', b = ''] = put(emulator, orders(2));
		const [c = ''] = put(emulator, orders(1), 'ts_2');
		const parameters = operate('audit', { bizType: '={{ $json.type }}', options: { timeout: '={{ $json.timeout }}' } });
		const items = [{ id: a, type: 'ts_1', timeout: 1000 }, { id: b, type: 'ts_1', timeout: 2000 }, { id: c, type: 'ts_2', timeout: 1000 }];
		await kingdeeJdy(emulator, { parameters, items });
		expect(sentIds()).toEqual([[a], [b], [c]]);
	});

	it('one item may have more than go into one call', async () => {
		const ids = put(emulator, orders(150));
		const { json } = await kingdeeJdy(emulator, { parameters: operate('delete'), items: itemsOf([ids]) });
		expect(sentIds().map((sent) => (sent as string[]).length)).toEqual([100, 50]);
		expect([json.length, emulator.savedIds]).toEqual([1, []]);
	});
});

const NAMING: OperateShape[] = ['ids', 'idsOnce', 'idNumberMap', 'successIds', 'rows', 'list'];

describe.each(NAMING)('an answer that confirms by %s', (operateShape) => {
	const tellsRefusals = operateShape === 'successIds' || operateShape === 'rows';

	it('one outcome for each ID where some were refused', async () => {
		emulator.gateway.settings.operateShape = operateShape;
		refuseNumber(1, true);
		const ids = put(emulator, orders(3));
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids), settings: CONTINUE });
		expect(run.json.map((json) => (json.ids as IDataObject[])[0]?.id)).toEqual([ids[0], ids[2]]);
		const outcome = tellsRefusals ? 'rejected' : 'unknown';
		expect(outcomes(run)).toEqual([[outcome, outcome]]);
		expect(sentIds()).toEqual([ids]);
	});

	it('an item with several IDs is one failed item that tells each', async () => {
		emulator.gateway.settings.operateShape = operateShape;
		refuseNumber(1, true);
		const ids = put(emulator, orders(3));
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([ids]), settings: CONTINUE });
		const outcome = tellsRefusals ? 'rejected' : 'unknown';
		expect(outcomes(run)).toEqual([[outcome, 'done', outcome, 'done']]);
		expect(run.failed[0]?.json.error).toHaveProperty('message', expect.stringMatching(/^2 of 3 IDs are done; 1700000000000000002: /));
		expect((run.failed[0]?.json.error as IDataObject).description).toMatch(tellsRefusals ? /^Only a part of this was done\. / : /^It is not known /);
	});
});

describe('an answer that names no ID', () => {
	beforeEach(() => {
		emulator.gateway.settings.operateShape = 'null';
	});

	it('speaks for an ID that went alone', async () => {
		const [id = ''] = put(emulator, orders(1));
		const { json } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([id]) });
		expect(json).toMatchObject([{ data: { data: null }, ids: [{ id, outcome: 'done' }] }]);
	});

	it('confirms none of several; from then on each goes alone', async () => {
		const ids = put(emulator, orders(4));
		const first = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids.slice(0, 2)), settings: CONTINUE });
		expect(outcomes(first)).toEqual([['unknown', 'unknown'], ['unknown', 'unknown']]);
		expect(first.failed[0]?.json).toMatchObject({
			error: {
				message: 'The answer does not confirm this ID',
				description: 'It is not known whether JDY did this. It was not sent again. Look in JDY before you run it once more. JDY answered with success, but its answer does not say that this was done.',
			},
		});
		const second = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids.slice(2)), settings: CONTINUE });
		expect([second.json.length, second.failed.length]).toEqual([2, 0]);
		expect(sentIds()).toEqual([ids.slice(0, 2), [ids[2]], [ids[3]]]);
	});
});

it.each<[string, unknown, unknown[]]>([
	['both ways', { ids: ['1'], fail_ids: ['1'] }, ['unknown', 'unknown']],
	['as numbers', { ids: [1, 2] }, []],
	['under a key that says nothing', { skipped: ['1'] }, ['unknown', 'unknown']],
	['as refused, with a reason', { errors: [{ id: '1', message: 'locked' }] }, ['rejected', 'rejected']],
	['not among those that are done', { ids: [] }, ['unknown', 'unknown']],
	['by a flag as text', [{ id: '1', success: 'true' }], []],
	['as refused, by an errcode', { rows: [{ id: '1', errcode: 2016013001, message: 'locked' }] }, ['rejected', 'rejected']],
	['by a row without a flag, with a message', { rows: [{ id: '1', message: 'locked?' }] }, ['unknown', 'unknown']],
	['as not successful', { success: false }, ['unknown', 'unknown']],
	['as successful', { success: true, message: 'ok' }, []],
	['in words that nobody reads', { message: '审核失败' }, ['unknown', 'unknown']],
	['by a count alone', { success_count: 0 }, ['unknown', 'unknown']],
])('an ID that the answer tells %s', async (_name, data, expected) => {
	emulator.chooseFault = () => succeed({ data });
	const run = await kingdeeJdy(emulator, { parameters: operate('audit', { ids: '1' }), settings: CONTINUE });
	expect(outcomes(run)).toEqual(expected.length === 0 ? [] : [expected]);
});

describe('a call that is refused as a whole', () => {
	it('is taken apart, so that one bad ID does not keep the others back', async () => {
		refuseNumber(5, false);
		const ids = put(emulator, orders(8));
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids), settings: CONTINUE });
		expect(run.json).toHaveLength(7);
		expect(run.failed.map(({ json, pairedItem }) => [(json.error as IDataObject).message, pairedItem])).toEqual([['单据不允许操作', { item: 5 }]]);
		expect(outcomes(run)).toEqual([['rejected', 'rejected']]);
		expect(sentIds().map((sent) => (sent as string[]).length)).toEqual([8, 4, 4, 2, 1, 1, 2]);
	});

	it('stops at the first that fails, as if each had gone alone', async () => {
		refuseNumber(2, false);
		const ids = put(emulator, orders(4));
		const { error } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids) });
		expect(error).toMatchObject({ message: '单据不允许操作', context: { itemIndex: 2, outcome: 'rejected', doneCount: 2, ids: [{ id: ids[2], outcome: 'rejected' }] } });
		expect(error?.description).toContain(`Done before, so do not run them again: 2 items: item 0 (ts_1, ID ${ids[0]}), item 1 (ts_1, ID ${ids[1]}).`);
		expect(emulator.gateway.documents.all.map(({ isAudited }) => isAudited)).toEqual([true, true, false, false]);
	});

	it.each<[string, Fault]>([
		['the credentials', refuse(4012)],
		['the request', refuse(400, 'malformed', 400)],
	])('is not taken apart where %s are at fault', async (_name, fault) => {
		emulator.chooseFault = () => fault;
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(['1', '2', '3']), settings: CONTINUE });
		expect(outcomes(run)).toEqual(Array.from({ length: 3 }, () => ['rejected', 'rejected']));
		expect(emulator.ledger).toHaveLength(1);
	});
});

describe('lost answers', () => {
	it.each<[string, Fault]>([
		['close', lost()],
		['silence', silence()],
		['5000', answerWith(519, { errcode: 5000, description: 'internal error[GW]' }, { saves: true })],
	])('(%s) leave every ID unknown, and are never sent again', async (_name, fault) => {
		const ids = put(emulator, orders(3));
		emulator.chooseFault = () => fault;
		const run = await kingdeeJdy(emulator, { parameters: operate('delete', { options: { timeout: 300 } }), items: itemsOf(ids), settings: { ...RETRY, onError: 'continueErrorOutput' } });
		expect(outcomes(run)).toEqual(Array.from({ length: 3 }, () => ['unknown', 'unknown']));
		expect(emulator.ledger).toHaveLength(1);
		expect(emulator.savedIds).toEqual([]);
	});

	it('name what may have been done beside the failure, in stop mode', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await kingdeeJdy(emulator, { parameters: operate('delete'), items: itemsOf(['1', '2']), settings: RETRY });
		expect(error?.context).toMatchObject({ outcome: 'unknown', itemIndex: 0, unknown: [{ itemIndex: 1, bizType: 'ts_1' }] });
		expect(error?.description).toContain('may have been done; look in JDY before you run them again: item 1 (ts_1, ID 2).');
		expect(emulator.ledger).toHaveLength(1);
	});

	it('an overloaded gateway did nothing, so the call goes out again', async () => {
		const ids = put(emulator, orders(2));
		emulator.chooseFault = (_request, index) => (index === 0 ? refuse(5007) : undefined);
		const { json } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids) });
		expect([json.length, sentIds()]).toEqual([2, [ids, ids]]);
	});
});

describe('Retry On Fail', () => {
	it('sends only those that were surely not done', async () => {
		refuseNumber(1, true);
		emulator.gateway.settings.operateShape = 'rows';
		const ids = put(emulator, orders(3));
		const { error } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids), settings: RETRY });
		expect(error?.context).toMatchObject({ itemIndex: 1, doneCount: 2 });
		expect(sentIds()).toEqual([ids, [ids[1]], [ids[1]]]);
	});

	it('never sends an item again of which a part was done', async () => {
		refuseNumber(1, true);
		emulator.gateway.settings.operateShape = 'rows';
		const ids = put(emulator, orders(3));
		const { error } = await kingdeeJdy(emulator, { parameters: operate('delete'), items: itemsOf([ids]), settings: RETRY });
		expect(error?.context).toMatchObject({ outcome: 'rejected', ids: [{ outcome: 'done' }, { outcome: 'rejected' }, { outcome: 'done' }] });
		expect(sentIds()).toEqual([ids]);
	});
});

describe('refused credentials', () => {
	it('hold back what has not gone out, of the same item too', async () => {
		const ids = put(emulator, orders(150));
		emulator.chooseFault = () => refuse(4008);
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: [...itemsOf([ids]), { id: '1' }], settings: CONTINUE });
		const [[outcome, ...parts] = [], second] = outcomes(run) as string[][];
		expect([outcome, parts.indexOf('notSent'), second]).toEqual(['rejected', 100, ['notSent', 'notSent']]);
		expect(emulator.ledger).toHaveLength(1);
	});

	it('an expired token is renewed, and the call goes out again', async () => {
		const ids = put(emulator, orders(2));
		emulator.chooseFault = ({ target }, index) => (target === OPERATE && index === 1 ? refuse(4011) : undefined);
		const { json } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf(ids), credential: appKeyCredential(emulator) });
		expect([json.length, sentIds().length]).toEqual([2, 2]);
	});
});

describe('IDs', () => {
	it.each<[string, unknown, string[]]>([
		['text', '1', ['1']],
		['text with commas', ' 1, 2，3 ', ['1', '2', '3']],
		['a list', ['1', 2], ['1', '2']],
		['a number', 12, ['12']],
		['JSON, as a language model writes it', '["1", 1700000000000000001]', ['1', '1700000000000000001']],
		['lines', '1\n2', ['1', '2']],
	])('may be %s', async (_name, id, sent) => {
		emulator.chooseFault = () => succeed({ ids: sent });
		await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([id]) });
		expect(sentIds()).toEqual([sent]);
	});

	it.each<[string, unknown, string]>([
		['nothing', undefined, 'IDs must not be empty'],
		['null', null, 'IDs must not be empty'],
		['blank', ' ', 'IDs must not be empty'],
		['an empty list', [], 'IDs must not be an empty list'],
		['a gap', '1,,2', 'IDs contains an empty entry'],
		['null in a list', ['1', null], 'IDs must be text or numbers, but one is null'],
		['an object', { a: 1 }, 'IDs must be text, a number or a list, but is an object'],
		['a list of objects', [{ id: '1' }], 'IDs must be text or numbers, but one is an object'],
		['a fraction', 1.5, 'IDs contains 1.5, which is no ID'],
		['a number beyond 2^53', 1700000000000000001, 'IDs contains 1700000000000000000, a number too long to be exact, which lost digits before it came here; give it as text'],
		['a number that a spreadsheet rounded', '1.7E+18', 'IDs contains 1.7E+18, a long number that was rounded before it came here'],
		['the text undefined', 'undefined', 'IDs contains the text "undefined": its expression found nothing'],
	])('%s is refused before anything is sent', async (_name, id, message) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([id]), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${message}`]);
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'notSent', bizType: 'ts_1' });
		expect(emulator.ledger).toEqual([]);
	});

	it.each([
		['was saved before', { alreadySaved: true, data: null }, 'the item is of a document that had been saved before and was not sent again, so it names no ID. A Filter node on alreadySaved keeps such items away'],
		['was only shown', { dryRun: true }, 'the item comes from a Dry Run, which saves nothing'],
	])('a document that %s has no ID, and the error says so', async (_what, item, why) => {
		const { error } = await kingdeeJdy(emulator, { parameters: operate('audit'), items: [item] });
		expect([error?.message, emulator.ledger]).toEqual([`IDs must not be empty: ${why}`, []]);
	});

	it('an expression that is not filled in is refused', async () => {
		const { error } = await kingdeeJdy(emulator, { parameters: operate('audit', { ids: '{{ $json.id }}' }), items: itemsOf(['1']) });
		expect(error?.message).toBe('IDs holds an expression that is not filled in; switch the field from Fixed to Expression');
	});

	it('a bad one keeps those of other items from nothing', async () => {
		const ids = put(emulator, orders(2));
		const run = await kingdeeJdy(emulator, { parameters: operate('audit'), items: itemsOf([ids[0], ' ', ids[1]]), settings: CONTINUE });
		expect([run.json.length, run.failed.length, sentIds()]).toEqual([2, 1, [ids]]);
	});
});

it('a dry run shows each item the call that it would share', async () => {
	const { json } = await kingdeeJdy(emulator, { parameters: operate('delete', { options: { dryRun: true } }), items: itemsOf(['1', '2']) });
	expect(json.map(({ body }) => body)).toEqual([1, 2].map(() => ({ entity_number: 'ts_1', id: ['1', '2'], operate_type: 'delete' })));
	expect(emulator.ledger).toEqual([]);
});

it('an item with an invalid document type among others', async () => {
	const ids = put(emulator, orders(1));
	const run = await kingdeeJdy(emulator, { parameters: operate('audit', { bizType: '={{ $json.type }}' }), items: [{ id: ids[0] ?? '', type: 'ts_1' }, { id: '2', type: '' }], settings: CONTINUE });
	expect([run.json.length, (run.failed[0]?.json.error as IDataObject).message]).toEqual([1, 'Item 1: Document Type must not be empty']);
});
