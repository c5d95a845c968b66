import type { IDataObject } from 'n8n-workflow';

import { Changes } from '../../emulator/changes.mts';
import { Emulator } from '../../emulator/server.mts';
import { PolledWorkflow } from '../../helpers/polledWorkflow.mts';
import { MINUTE_MS, freezeDate, moveDate } from '../../helpers/time.mts';

const ORDERS = 'scm.sal_order';
const BIZ_TYPE = 'ts_position';

const fixed = { callsPerMinute: 0, maxAttempts: 1 };
const ofType = (more: IDataObject = {}): IDataObject => ({ resource: 'record', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, event: 'changed', options: fixed, ...more });
const ofDocuments = (more: IDataObject = {}): IDataObject => ({ resource: 'customDocument', bizType: BIZ_TYPE, event: 'changed', options: fixed, ...more });
const form = (value: IDataObject): IDataObject => ({ filterMode: 'fields', filters: { mappingMode: 'defineBelow', value } });
const conditions = (value: string): IDataObject => ({ conditionsMode: 'fields', conditions: { assignments: [{ id: '1', name: 'since', type: 'string', value }] } });

let emulator: Emulator;
let workflow: PolledWorkflow;
let changes: Changes;
beforeEach(async () => {
	freezeDate();
	emulator = await Emulator.start({ callsPerMinute: Infinity, callsPerSecond: Infinity });
	workflow = new PolledWorkflow(emulator);
	changes = new Changes(emulator.gateway);
});
afterEach(async () => {
	jest.useRealTimers();
	await emulator.stop();
});

/** The next poll, a minute later. */
async function poll(name = 'Trigger'): Promise<unknown[]> {
	moveDate(MINUTE_MS);
	return (await workflow.poll(name)).map(({ id }) => id);
}

/** What happened since the last poll comes, once. */
async function expectGoesOn(kind: string, name = 'Trigger'): Promise<void> {
	const { id } = changes.create(kind, { customer_name: 'v1', bill_date: '2026-03-05' });
	expect(await poll(name)).toEqual([id]);
	expect(await poll(name)).toEqual([]);
	changes.change(kind, id, { customer_name: 'v2' });
	expect(await poll(name)).toEqual([id]);
	expect(await poll(name)).toEqual([]);
}

describe('filters choose, and the position stays', () => {
	it.each([
		['a date that moves', ofType(form({ start_bill_date: "={{ $now.minus({ years: 2, days: $now.minute }).toISODate() }}" })), ORDERS],
		['the same as JSON', ofType({ filterMode: 'json', filtersJson: '={{ { start_bill_date: $now.minus({ years: 2, days: $now.minute }).toISODate() } }}' }), ORDERS],
		['conditions with the time of the poll', ofDocuments(conditions('={{ $now.toMillis() }}')), BIZ_TYPE],
		['conditions as JSON', ofDocuments({ conditionsMode: 'json', conditionsJson: '={{ { since: $now.toMillis() } }}' }), BIZ_TYPE],
	])('%s', async (_case, parameters, kind) => {
		changes.create(kind, { customer_name: 'v0' });
		workflow.activate({ name: 'Trigger', parameters });
		expect(await poll()).toEqual([]);
		await expectGoesOn(kind);
	});

	it.each([
		['another filter', ofType(), ofType(form({ customer_name: 'v1' })), ORDERS],
		['other conditions', ofDocuments(), ofDocuments(conditions('v1')), BIZ_TYPE],
		['other pages to compare', ofDocuments(), ofDocuments({ options: { ...fixed, pages: 20 } }), BIZ_TYPE],
		['details', ofType(), ofType({ details: true }), ORDERS],
	])('%s', async (_case, before, after, kind) => {
		workflow.activate({ name: 'Trigger', parameters: before });
		changes.create(kind, { customer_name: 'v0' });
		expect(await poll()).toEqual([]);
		const { id } = changes.create(kind, { customer_name: 'v1', since: 'v1' });
		workflow.activate({ name: 'Trigger', parameters: after });
		expect(await poll()).toEqual([id]);
		expect(await poll()).toEqual([]);
	});

	it.each([
		['another event', ofType({ event: 'created' })],
		['another type', ofType({ type: { __rl: true, mode: 'list', value: 'scm/pur_order' } })],
		['another resource', ofDocuments()],
	])('%s starts anew', async (_case, after) => {
		workflow.activate({ name: 'Trigger', parameters: ofType() });
		expect(await poll()).toEqual([]);
		for (const kind of [ORDERS, 'scm.pur_order', BIZ_TYPE]) changes.create(kind, { customer_name: 'v1' });
		workflow.activate({ name: 'Trigger', parameters: after });
		expect(await poll()).toEqual([]);
	});
});

describe('a trigger that was renamed', () => {
	it.each([
		['goes on', ofType(), ORDERS],
		['goes on with custom documents', ofDocuments(), BIZ_TYPE],
	])('%s', async (_case, parameters, kind) => {
		const before = changes.create(kind, { customer_name: 'v0' });
		workflow.activate({ name: 'Trigger', parameters });
		expect(await poll()).toEqual([]);
		changes.change(kind, before.id, { customer_name: 'v1' });
		expect(await poll()).toEqual([before.id]);
		const { id } = changes.create(kind, { customer_name: 'v1' });
		workflow.activate({ name: 'Orders', parameters });
		expect(await poll('Orders')).toEqual([id]);
		expect(await poll('Orders')).toEqual([]);
		workflow.activate({ name: 'Orders of today', parameters });
		await expectGoesOn(kind, 'Orders of today');
	});

	it('starts anew where it watches something else by then', async () => {
		workflow.activate({ name: 'Trigger', parameters: ofType() });
		expect(await poll()).toEqual([]);
		changes.create(ORDERS, { customer_name: 'v1' });
		workflow.activate({ name: 'Orders', parameters: ofType({ event: 'created' }) });
		expect(await poll('Orders')).toEqual([]);
		await workflow.poll('Orders');
	});

	it('starts anew where it has another ID: it is another trigger', async () => {
		workflow.activate({ name: 'Trigger', parameters: ofType() });
		expect(await poll()).toEqual([]);
		changes.create(ORDERS, { customer_name: 'v1' });
		workflow.activate({ name: 'Trigger1', id: 'other', parameters: ofType() });
		expect(await poll('Trigger1')).toEqual([]);
	});

	it.each([
		['nothing of use', 'text'],
		['nothing for a node', { trigger: null }],
		['nothing that has a time', { trigger: { Trigger: { data: {} } } }],
	])('starts anew where code in the workflow has left %s in its static data', async (_case, left) => {
		workflow.stored = { global: { kingdeeJdyTriggers: left, others: 1 } };
		changes.create(ORDERS, { customer_name: 'v0' });
		workflow.activate({ name: 'Trigger', parameters: ofType() });
		expect(await poll()).toEqual([]);
		await expectGoesOn(ORDERS);
		expect(workflow.stored.global).toEqual(expect.objectContaining({ others: 1 }));
	});

	it('leaves nothing of triggers that were deleted long ago', async () => {
		workflow.activate({ name: 'Trigger', parameters: ofType() });
		await poll();
		workflow.activate({ name: 'Another', id: 'another', parameters: ofType() });
		moveDate(100 * 24 * 60 * MINUTE_MS);
		await poll('Another');
		expect(Object.keys((workflow.stored.global as { kingdeeJdyTriggers: IDataObject }).kingdeeJdyTriggers)).toEqual(['another']);
	});
});

describe('two triggers with one ID', () => {
	it.each([
		['of one type', ofType(), ofType({ details: true }), ORDERS],
		['of two events', ofType(), ofType({ event: 'created' }), ORDERS],
		['of custom documents', ofDocuments(), ofDocuments(), BIZ_TYPE],
	])('%s give both', async (_case, one, other, kind) => {
		workflow.activate({ name: 'One', parameters: one }, { name: 'Other', parameters: other });
		expect(await poll('One')).toEqual([]);
		expect(await poll('Other')).toEqual([]);
		const { id } = changes.create(kind, { customer_name: 'v1' });
		moveDate(MINUTE_MS);
		// Both at once, as n8n polls them.
		const both = await Promise.all([workflow.poll('One'), workflow.poll('Other')]);
		expect(both.map((items) => items.map((json) => json.id))).toEqual([[id], [id]]);
		expect(await poll('One')).toEqual([]);
		expect(await poll('Other')).toEqual([]);
	});

	it('keep a position each where one of them is renamed', async () => {
		workflow.activate({ name: 'One', parameters: ofType() }, { name: 'Other', parameters: ofType({ event: 'created' }) });
		await poll('One');
		await poll('Other');
		const { id } = changes.create(ORDERS, { customer_name: 'v1' });
		workflow.activate({ name: 'One', parameters: ofType() }, { name: 'Third', parameters: ofType({ event: 'created' }) });
		expect(await poll('Third')).toEqual([id]);
		expect(await poll('One')).toEqual([id]);
	});
});
