import type { IDataObject } from 'n8n-workflow';

import { lost, refuse, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { instanceCredential } from '../../helpers/credentials.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE, RETRY } from '../../helpers/settings.mts';

const OPERATE = '/jdy/v2/sys/common_operate';
const PUSH = '/jdy/v2/sys/bill_push';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const operate = (operation: string, more: IDataObject = {}, type = 'scm/sal_order') => ({ resource: 'record', operation, type: { __rl: true, mode: 'list', value: type }, by: 'id', ...more });

function put(count: number, entity = 'scm.sal_order') {
	const { records } = emulator.gateway;
	return Array.from({ length: count }, () => records.add(demoAccount, records.make(demoAccount, entity, {})));
}

describe('an operation', () => {
	it.each([
		['audit', 'audit'],
		['unaudit', 'unaudit'],
		['delete', 'delete'],
		['close', 'close_donothing'],
	])('%s of several items is one call', async (operation, operateType) => {
		const orders = put(3);
		for (const order of orders) order.isAudited = operation === 'unaudit';
		const ids = orders.map(({ id }) => id);
		const { done } = await kingdeeJdy(emulator, { parameters: operate(operation, { keys: '={{ $json.id }}' }), items: ids.map((id) => ({ id })) });
		expect(bodiesOf(emulator, OPERATE)).toEqual([{ entity_number: 'sal_bill_order', ids, operate_type: operateType }]);
		expect(done.map(({ json, pairedItem }) => [json.ids, pairedItem])).toEqual(ids.map((id, item) => [[{ id, outcome: 'done' }], { item }]));
	});

	it.each(['audit', 'delete'])('%s takes a number unless it is told otherwise', async (operation) => {
		const [order] = put(1);
		const { done } = await kingdeeJdy(emulator, { parameters: { ...operate(operation, { keys: order?.number ?? '' }), by: undefined } });
		expect(bodiesOf(emulator, OPERATE)).toEqual([{ entity_number: 'sal_bill_order', numbers: [order?.number], operate_type: operation }]);
		expect(done.map(({ json }) => json.ids)).toEqual([[{ id: order?.number, outcome: 'done' }]]);
	});

	it('takes numbers as well, and 100 in a call', async () => {
		const numbers = put(120).map(({ number }) => number);
		await kingdeeJdy(emulator, { parameters: operate('audit', { by: 'number', keys: '={{ $json.keys }}', options: { ignoreWarnings: true } }), items: [{ keys: numbers }] });
		expect(bodiesOf(emulator, OPERATE).map(({ numbers: sent, ignore_warn }) => [(sent as string[]).length, ignore_warn])).toEqual([[100, true], [20, true]]);
	});

	it('that is done in part is unknown for what the answer does not confirm', async () => {
		const [first, second] = put(2);
		emulator.gateway.settings.operateRefuses = ({ id }) => (id === second?.id ? 2016013001 : undefined);
		const { done, failed } = await kingdeeJdy(emulator, { parameters: operate('audit', { keys: '={{ $json.id }}' }), items: [{ id: first?.id ?? '' }, { id: second?.id ?? '' }], settings: CONTINUE });
		expect(done).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ error: { message: 'The answer does not confirm this ID', outcome: 'unknown', type: 'scm/sal_order', ids: [{ id: second?.id, outcome: 'unknown' }] } });
	});

	it('whose answer is empty is not taken for done', async () => {
		const [order] = put(1);
		emulator.chooseFault = () => succeed(null, { saves: false });
		const { failed } = await kingdeeJdy(emulator, { parameters: operate('audit', { keys: order?.id ?? '' }), settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
	});

	it.each([
		[operate('close', { keys: '1' }, 'scm/sal_out_bound'), 'Operation Close cannot be used with Sales Outbound (销售出库单), which has Get Many, Get, Save, Audit, Unaudit, Delete and Push Down'],
		[operate('audit', { keys: '={{ $json.none }}' }), 'IDs must not be empty'],
		[operate('pushDown', { keys: '1', targetType: { __rl: true, mode: 'list', value: '={{ $json.none }}' } }), 'Target Type must not be empty'],
		[operate('pushDown', { keys: '1', targetType: { __rl: true, mode: 'list', value: 'ebx/reimb_detail' } }), 'Target Type "ebx/reimb_detail" has no code for this operation'],
	])('%j is refused, and nothing is sent', async (parameters, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
		expect(emulator.ledger).toEqual([]);
	});

	it.each(['audit', 'pushDown', 'get'])('%s of a document that was only shown says so', async (operation) => {
		const more = { targetType: { __rl: true, mode: 'list', value: 'scm/sal_out_bound' }, key: '={{ $json.id }}' };
		const { error } = await kingdeeJdy(emulator, { parameters: operate(operation, { keys: '={{ $json.id }}', ...more }), items: [{ dryRun: true }] });
		expect(error?.message).toMatch(/^IDs? must not be empty: the item comes from a Dry Run, which saves nothing$/);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('pushing down', () => {
	const push = (keys: string, more: IDataObject = {}) => operate('pushDown', { keys, targetType: { __rl: true, mode: 'list', value: 'scm/sal_out_bound' }, ...more });

	it('makes a document from each', async () => {
		const ids = put(2).map(({ id }) => id);
		const { json } = await kingdeeJdy(emulator, { parameters: push(ids.join(',')) });
		expect(bodiesOf(emulator, PUSH)).toEqual(ids.map((id) => ({ id, source_bill: 'sal_bill_order', target_bill: 'sal_bill_outbound' })));
		const made = emulator.gateway.records.of(demoAccount, 'scm.sal_out_bound').map(({ id, number }) => [id, number]);
		expect(json).toEqual([{ errcode: 0, description: 'success', data: { ids: made.map(([id]) => id), id_number_map: Object.fromEntries(made) as object } }]);
	});

	it('makes one document from all, by the code of the target', async () => {
		const ids = put(2).map(({ id }) => id);
		await kingdeeJdy(emulator, { parameters: push(ids.join(','), { mergePush: true, targetType: { __rl: true, mode: 'path', value: 'sal_bill_outbound' } }) });
		expect(bodiesOf(emulator, PUSH)).toEqual([{ id: ids.join(','), source_bill: 'sal_bill_order', target_bill: 'sal_bill_outbound', merge_push: true }]);
	});

	it('tells what was done of several, and sends nothing after a failure', async () => {
		const [order, last] = put(2);
		const { failed } = await kingdeeJdy(emulator, { parameters: push(`${order?.id},9,${last?.id}`), settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({
			error: {
				message: '1 of 3 IDs are pushed down; 单据或资料不存在',
				outcome: 'rejected', ids: [{ id: order?.id, outcome: 'done' }, { id: '9', outcome: 'rejected' }, { id: last?.id, outcome: 'notSent' }],
			},
		});
		expect(emulator.ledger).toHaveLength(2);
	});

	it('is unknown where the answer names no new document', async () => {
		emulator.chooseFault = () => succeed({ ids: [] }, { saves: false });
		const { failed } = await kingdeeJdy(emulator, { parameters: push('1'), settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: 'The answer names no new document', outcome: 'unknown' } });
	});
});

describe('an ID that several items push down makes one document', () => {
	const OUTBOUND = { __rl: true, mode: 'list', value: 'scm/sal_out_bound' };
	const push = (more: IDataObject = {}) => operate('pushDown', { keys: '={{ $json.keys }}', targetType: OUTBOUND, ...more });
	const made = () => emulator.gateway.records.of(demoAccount, 'scm.sal_out_bound');
	const outcomeOf = ({ error }: IDataObject) => (error as IDataObject).outcome;

	const SAME: Array<[name: string, keysOf: (ids: string[]) => unknown[], equal: [number, number], count: number, more?: IDataObject]> = [
		['as text', ([a]) => [a, a], [0, 1], 1],
		['with blanks around', ([a]) => [a, ` ${a} `, `${a},${a}`], [0, 2], 1],
		['in a list', ([a]) => [[a], a], [0, 1], 1],
		['with another item between', ([a, b]) => [a, b, a, b], [1, 3], 2],
		['of several, in another order', ([a, b]) => [[a, b], [b, a]], [0, 1], 2],
		['all into one document', ([a, b]) => [[a, b], [b, a]], [0, 1], 1, { mergePush: true }],
	];

	it.each(SAME)('%s', async (_name, keysOf, [one, other], count, more = {}) => {
		for (const concurrency of [1, 3]) {
			const before = made().length;
			const items = keysOf(put(2).map(({ id }) => id)).map((keys) => ({ keys }) as IDataObject);
			const { json, hints } = await kingdeeJdy(emulator, { parameters: push({ ...more, options: { concurrency } }), items });
			expect([json.length, made().length - before]).toEqual([items.length, count]);
			expect(json[one]).toEqual(json[other]);
			expect(hints('JDY').map(({ message }) => message)).toContainEqual(expect.stringMatching(/^\d of \d items ask for what an earlier one asks for/));
		}
	});

	it.each([CONTINUE, {}])('and an item that has others beside it is refused: %j', async (settings) => {
		const [a = '', b = '', c = ''] = put(3).map(({ id }) => id);
		const { json, failed, error } = await kingdeeJdy(emulator, { parameters: push(), items: [{ keys: a }, { keys: [a, b] }, { keys: c }], settings });
		const message = `ID ${a} is in item 0 as well, which has not the same IDs; give each ID in one item only`;
		if (error) expect([error.message, made().length]).toEqual([message, 0]);
		else expect([json.length, failed[0]?.json.error, made().length]).toEqual([2, expect.objectContaining({ message: `Item 1: ${message}`, outcome: 'notSent' }), 2]);
	});

	it.each(['serviceId', 'appKey'] as const)('also where they name one account by accountId and by %s', async (name) => {
		const [a = ''] = put(1).map(({ id }) => id);
		const items = [demoAccount.accountId, demoAccount[name]].map((account) => ({ keys: a, account }));
		const { json } = await kingdeeJdy(emulator, { parameters: push({ options: { account: '={{ $json.account }}' } }), items, credential: instanceCredential(emulator) });
		expect([json.length, json[1], made().length]).toEqual([2, json[0], 1]);
	});

	it('but one for each type of target', async () => {
		const [a = ''] = put(1).map(({ id }) => id);
		await kingdeeJdy(emulator, { parameters: push({ targetType: { __rl: true, mode: 'path', value: '={{ $json.target }}' } }), items: [{ keys: a, target: 'sal_bill_outbound' }, { keys: a, target: 'pur_bill_order' }] });
		expect(bodiesOf(emulator, PUSH).map((body) => body.target_bill)).toEqual(['sal_bill_outbound', 'pur_bill_order']);
	});

	it('also on the next try of Retry On Fail', async () => {
		const [a = '', b = ''] = put(2).map(({ id }) => id);
		let refusals = 1;
		emulator.chooseFault = ({ body }) => (body.includes(b) && refusals-- > 0 ? refuse(2016013001, '库存不足') : undefined);
		const { json } = await kingdeeJdy(emulator, { parameters: push(), items: [{ keys: a }, { keys: b }, { keys: a }], settings: RETRY });
		expect([json.length, made().length]).toEqual([3, 2]);
	});

	it.each([
		['rejected', refuse(2016013001, '库存不足')],
		['unknown', lost()],
	])('that is %s for all of them', async (outcome, fault) => {
		emulator.chooseFault = () => fault;
		const { failed } = await kingdeeJdy(emulator, { parameters: push(), items: [{ keys: '1' }, { keys: '1' }], settings: CONTINUE });
		expect([failed.map(({ json }) => outcomeOf(json)), emulator.ledger.length]).toEqual([[outcome, outcome], 1]);
	});

	it('and a dry run shows each', async () => {
		const { json } = await kingdeeJdy(emulator, { parameters: push({ options: { dryRun: true } }), items: [{ keys: '1' }, { keys: '1' }] });
		expect(json.map(({ dryRun }) => dryRun)).toEqual([true, true]);
	});
});
