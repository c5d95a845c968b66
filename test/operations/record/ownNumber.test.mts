import type { IDataObject } from 'n8n-workflow';

import { lookUpState } from '../../../nodes/KingdeeJdy/shared/lookup/lookUpState.ts';
import type { Fault } from '../../emulator/faults.mts';
import { arrivingLate, lost, refuse, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import { stateOf } from '../../helpers/jdy.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import type { NodeOptions } from '../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../helpers/processedData.mts';
import { CONTINUE, RETRY } from '../../helpers/settings.mts';

/** The node looks at once and after 5, 15 and 30 s; here time runs 100 times as fast. */
const TIMES_MS = [0, 50, 150, 300];
const FAR_TOO_LATE_MS = 1_000;

let emulator: Emulator;

async function start(settings: Partial<Settings> = {}): Promise<void> {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, ...settings });
	lookUpState(stateOf(emulator)).timesMs = TIMES_MS;
}
beforeEach(async () => {
	await freshStore();
	await start();
});
afterEach(async () => await emulator.stop());

const LINES = [
	{ material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false, delivery_date: '2026-03-31' },
	{ material_id: '11', unit_id: '30', qty: '3.0', price: 4, is_free: false, delivery_date: '2026-03-31' },
];
const order = (no: string, more: IDataObject = {}): IDataObject => ({ bill_no: no, bill_date: '2026-03-01', customer_id: '1', remark: ' by hand ', material_entity: LINES, ...more });
const SAVE = { type: 'scm/sal_order', dataMode: 'inputItem' };

async function save(items: IDataObject[], { parameters = {}, options = {}, ...more }: Partial<NodeOptions> & { options?: IDataObject } = {}) {
	const fixed = { resource: 'record', operation: 'save', ...SAVE, options: { output: 'envelope', callsPerMinute: 0, maxAttempts: 1, ...options } };
	return await kingdeeJdy(emulator, { items, settings: CONTINUE, ...more, parameters: { ...fixed, ...parameters } });
}

/** What becomes of the saves, one after the other; those that come later are served. */
function strike(...faults: Array<Fault | undefined>): void {
	emulator.chooseFault = ({ method }) => (method === 'POST' ? faults.shift() : undefined);
}

const booked = (entity = 'scm.sal_order') => emulator.gateway.records.of(demoAccount, entity);
const looks = () => emulator.ledger.filter(({ method, path }) => method === 'GET' && path.endsWith('_detail')).length;
const put = (more: IDataObject = {}, no = 'A') => emulator.gateway.records.add(demoAccount, emulator.gateway.records.make(demoAccount, 'scm.sal_order', order(no, more), no));
const errorOf = ({ json }: { json: IDataObject }) => json.error as IDataObject;

describe('a save with a number of its own whose answer was lost', () => {
	const TYPES: Array<[type: string, entity: string, document: IDataObject]> = [
		['scm/sal_order', 'scm.sal_order', order('A')],
		['scm/pur_inbound', 'scm.pur_inbound', { bill_no: 'A', bill_date: '2026-03-01', trans_type: '2', supplier_id: '1', material_entity: [{ material_id: '1', qty: 2, unit_id: '3', stock_id: '4', price: 1.5 }] }],
		['bd/customer', 'bd.customer', { number: 'A', name: 'Shenzhen Trading', remark: 'x' }],
		['bd/supplier', 'bd.supplier', { number: 'A', name: 'Shanghai Cables' }],
	];

	it.each(TYPES)('ends as saved, with its ID: %s', async (type, entity, document) => {
		strike(lost());
		const { json, failed } = await save([document], { parameters: { type } });
		expect(failed).toEqual([]);
		const [{ id = '' } = {}] = booked(entity);
		expect(booked(entity)).toHaveLength(1);
		expect(json).toEqual([
			{
				errcode: 0,
				description: 'saved: the answer was lost, and the document was found in JDY',
				data: { ids: [id], id_number_map: { [id]: 'A' } },
				lookedUp: true,
				details: { outcome: 'saved', lookedUp: true, id },
			},
		]);
	});

	it('is shown as Simplified', async () => {
		strike(lost());
		const { json } = await save([order('A')], { options: { output: 'simplified' } });
		expect(json).toMatchObject([{ id: booked()[0]?.id, number: 'A', outcome: 'saved', lookedUp: true }]);
	});

	it('does not stop a run in stop mode', async () => {
		strike(undefined, lost());
		const { json, error } = await save([order('A'), order('B'), order('C')], { settings: {} });
		expect([error, json.length, booked().length]).toEqual([undefined, 3, 3]);
	});

	it.each([
		['4 s', 40, 'saved'],
		['20 s', 200, 'saved'],
		['100 s', FAR_TOO_LATE_MS, 'unknown'],
	])('and that comes to the books after %s, while the others go on', async (_when, afterMs, outcome) => {
		strike(arrivingLate(lost(), afterMs));
		const { json, failed } = await save([order('A'), order('B')]);
		expect(json.length).toBe(outcome === 'saved' ? 2 : 1);
		if (outcome === 'unknown') expect(errorOf(failed[0] ?? { json: {} })).toMatchObject({ outcome, lookedUp: true, foundIds: [] });
		await emulator.settled();
		expect(booked().map(({ number }) => number).sort()).toEqual(['A', 'B']);
	});

	it('that makes one document of several items', async () => {
		const { material_entity: _lines, ...head } = order('A');
		const items = LINES.map((line) => ({ ...head, ...line }));
		strike(lost());
		const { json, failed } = await save(items, { parameters: { lines: 'groupItems', groupBy: 'bill_no' } });
		expect([json.length, failed, booked().length]).toEqual([1, [], 1]);
		expect(json[0]).toMatchObject({ lookedUp: true });
	});
});

describe('a document with that number which is not the one that was sent', () => {
	const OTHERS: Array<[what: string, stored: IDataObject, differing: string[]]> = [
		['another customer', { customer_id: '2' }, ['customer_id']],
		['another day', { bill_date: '2026-03-02' }, ['bill_date']],
		['another quantity in a line', { material_entity: [LINES[0] ?? {}, { ...LINES[1], qty: 30 }] }, ['material_entity']],
		['another price in a line', { material_entity: [{ ...LINES[0], price: 12.51 }, LINES[1] ?? {}] }, ['material_entity']],
		['another product in a line', { material_entity: [{ ...LINES[0], material_id: '1' }, LINES[1] ?? {}] }, ['material_entity']],
		['a line more', { material_entity: [...LINES, LINES[1] ?? {}] }, ['material_entity']],
		['the first line twice', { material_entity: [LINES[0] ?? {}, LINES[0] ?? {}] }, ['material_entity']],
		['another remark', { remark: 'x' }, ['remark']],
		['no remark', { remark: '' }, ['remark']],
	];

	it.each(OTHERS)('%s: the outcome stays unknown, and says what differs', async (_what, stored, differing) => {
		const { id } = put(stored);
		strike(lost(false));
		const { failed } = await save([order('A')]);
		expect(failed.map(errorOf)).toEqual([expect.objectContaining({ outcome: 'unknown', lookedUp: true, foundIds: [id] })]);
		expect(errorOf(failed[0] ?? { json: {} }).description).toContain(`JDY has a document with this number, ID ${id}, but not with what was sent: ${differing.join(', ')}.`);
		expect(looks()).toBe(1);
	});

	it.each<[string, IDataObject]>([
		['lines in another order', { material_entity: LINES.toReversed() }],
		['numbers and yes and no written in another way', { material_entity: [{ ...LINES[0], price: 12.5, qty: '2.0000', is_free: 0 }, { ...LINES[1], qty: 3 }] }],
		['a day with its midnight', { bill_date: '2026-03-01 00:00:00' }],
	])('but %s is the same', async (_what, stored) => {
		put(stored);
		strike(lost(false));
		expect((await save([order('A')])).json).toMatchObject([{ lookedUp: true }]);
	});

	it.each<[what: string, sent: IDataObject, shown: IDataObject, differing: string]>([
		['a customer without the zeros in front', { customer_number: '007' }, { customer_number: '7' }, 'customer_number'],
		['a customer without the zero at the end', { customer_number: '1.10' }, { customer_number: '1.1' }, 'customer_number'],
		['a product without the zero at the end', { material_entity: [{ material_number: '1.10', qty: 2 }] }, { material_entity: [{ material_number: '1.1', qty: 2 }] }, 'material_entity'],
		['another product of 19 digits', { material_entity: [{ material_id: '1234567890123456789', qty: 2 }] }, { material_entity: [{ material_id: '1234567890123456788', qty: 2 }] }, 'material_entity'],
		['another price, by its last decimal', { material_entity: [{ material_id: '10', price: 59.97 }] }, { material_entity: [{ material_id: '10', price: 59.9700000001 }] }, 'material_entity'],
		['another remark that means the same', { remark: 'true' }, { remark: '1' }, 'remark'],
		['lines of which it shows nothing that was sent', { material_entity: [{ material_number: 'SP1', qty: 2 }] }, { material_entity: [{ id: '1', amount: 5 }] }, 'material_entity'],
		['no lines', {}, { material_entity: [] }, 'material_entity'],
		['null in place of the lines', {}, { material_entity: null }, 'material_entity'],
	])('%s, as JDY shows it: the outcome stays unknown', async (_what, sent, shown, differing) => {
		emulator.chooseFault = ({ method }) => (method === 'POST' ? lost(false) : succeed({ ...order('A', { ...sent, ...shown }), id: '7' }, { saves: false }));
		const { failed } = await save([order('A', sent)], { options: { references: 'asGiven' } });
		expect(failed.map(errorOf)).toMatchObject([{ outcome: 'unknown', foundIds: ['7'], description: expect.stringContaining(`not with what was sent: ${differing}.`) }]);
	});

	const PRICED = { material_id: '10', qty: 2, price: 5 };
	it.each<[what: string, sent: IDataObject, shown: IDataObject]>([
		['lines of which one is like two', { material_entity: [{ material_id: '10', qty: 2 }, PRICED] }, { material_entity: [PRICED, { ...PRICED, price: 3 }] }],
		['fields that JDY fills in', {}, { material_entity: LINES.map((line, seq) => ({ id: `${seq}`, seq, cess: '13.00', ...line })), emp_id: '9', bill_status: 'Z' }],
		['prices and yes and no as text', { material_entity: [{ ...PRICED, is_free: true }] }, { material_entity: [{ material_id: '10', qty: '2.0000', price: '5.00', is_free: '1' }] }],
		['a price with the noise of binary fractions', { material_entity: [{ ...PRICED, qty: 1.1 * 3, price: 4.35 * 100 }] }, { material_entity: [{ ...PRICED, qty: '3.3000', price: 435 }] }],
		['another status and other times, which JDY writes itself,', { bill_status: 'C', create_time: '2026-01-01 00:00:00' }, { bill_status: 'Z', create_time: '2026-03-01 10:00:00' }],
		['zero where JDY shows nothing', { material_entity: [{ ...PRICED, dis_rate: '0' }] }, { material_entity: [{ ...PRICED, dis_rate: null }] }],
		['custom fields, and more of them', { custom_field: { custom_field__1__a: '1' } }, { custom_field: { custom_field__1__a: '1', custom_field__1__b: '' } }],
		['no custom field, where one was sent empty', { custom_field: { custom_field__1__a: '' } }, { custom_field: {} }],
	])('but %s is the same', async (_what, sent, shown) => {
		emulator.chooseFault = ({ method }) => (method === 'POST' ? lost(false) : succeed({ ...order('A', { ...sent, ...shown }), id: '7' }, { saves: false }));
		expect((await save([order('A', sent)])).json).toMatchObject([{ lookedUp: true, data: { ids: ['7'] } }]);
	});

	it.each([
		['its number alone', { id: '7', bill_no: 'A' }],
		['all but its number', { ...order('', { bill_no: undefined }), id: '7' }],
	])('is not told by %s', async (_what, shown) => {
		emulator.chooseFault = ({ method }) => (method === 'POST' ? lost(false) : succeed(shown, { saves: false }));
		const { failed } = await save([order('A')]);
		expect(errorOf(failed[0] ?? { json: {} })).toMatchObject({ outcome: 'unknown', foundIds: ['7'], description: expect.stringContaining('shows nothing to tell whether it is this one') });
	});

	it('is not taken for it where JDY answers with another one', async () => {
		emulator.chooseFault = ({ method }) => (method === 'POST' ? lost(false) : succeed({ ...order('B'), id: '7' }, { saves: false }));
		expect((await save([order('A')])).failed.map(errorOf)).toMatchObject([{ outcome: 'unknown', foundIds: [] }]);
	});
});

describe('a type that has the number of another document as well', () => {
	const JOURNAL = { number: 'RJ1', bill_no: 'XSDD1', remark: 'x' };
	const priorResults = async (document: IDataObject) => {
		emulator.chooseFault = ({ method, target }) => (method === 'POST' ? lost(false) : succeed(target.includes('number=RJ1') ? { ...JOURNAL, id: '7' } : null, { saves: false }));
		return await save([document], { parameters: { type: 'fi/journal' } });
	};

	it('is found by its own', async () => {
		expect((await priorResults(JOURNAL)).json).toMatchObject([{ lookedUp: true, data: { ids: ['7'], id_number_map: { 7: 'RJ1' } } }]);
	});

	it('is not looked for by that of the other', async () => {
		const { failed } = await priorResults({ bill_no: 'XSDD1', remark: 'x' });
		expect(errorOf(failed[0] ?? { json: {} })).not.toHaveProperty('lookedUp');
		expect(looks()).toBe(0);
	});
});

describe('nobody looks', () => {
	it.each<[string, IDataObject]>([
		['without a number of its own', order('A', { bill_no: '' })],
		['by a number that the type does not document', order('A', { bill_no: undefined, number: 'A' })],
		['by such a number that is no text', order('A', { bill_no: undefined, number: 1234567 })],
		['where a document is changed, which had its number before', order('A', { id: '1800000000000000009' })],
	])('%s', async (_what, document) => {
		strike(lost());
		const { failed } = await save([document]);
		expect(failed.map(errorOf)).toMatchObject([{ outcome: 'unknown' }]);
		expect(errorOf(failed[0] ?? { json: {} })).not.toHaveProperty('lookedUp');
		expect(looks()).toBe(0);
	});

	it('for what JDY has answered', async () => {
		strike(refuse(1030002000, '缺少必填字段'));
		const { json, failed } = await save([order('A'), order('B')]);
		expect([json.length, failed.map((item) => errorOf(item).outcome), looks()]).toEqual([1, ['rejected'], 0]);
	});
});

it.each([
	['the app may not read', refuse(4012), 1],
	['no answer', lost(false), TIMES_MS.length],
])('a detail that cannot be read leaves the outcome unknown: %s', async (_why, fault, count) => {
	lookUpState(stateOf(emulator)).timesMs = [0, 300, 600, 900];
	emulator.chooseFault = ({ method, body }) => (method === 'GET' ? fault : body.includes('"A"') ? lost() : undefined);
	const { json, failed } = await save([order('A'), order('B')]);
	expect(json).toHaveLength(1);
	expect(failed.map(errorOf)).toMatchObject([{ outcome: 'unknown', lookedUp: false, description: expect.stringContaining('could not look for it: ') }]);
	expect(looks()).toBe(count);
});

it('as a tool it looks at once and once more', async () => {
	strike(lost(false));
	const { error } = await save([order('A')], { settings: {}, isTool: true });
	expect([error?.context?.outcome, looks()]).toEqual(['unknown', 2]);
});

describe('on the next try of Retry On Fail', () => {
	it.each<[string, IDataObject]>([
		['without a key', {}],
		['with a key', { deduplicationKey: '={{ $json.bill_no }}' }],
	])('a document is found that came in between, and is not sent again: %s', async (_what, parameters) => {
		lookUpState(stateOf(emulator)).timesMs = [0];
		strike(arrivingLate(lost(), 30));
		const { json, error } = await save([order('A'), order('B')], { parameters, settings: { ...RETRY, waitBetweenTries: 200 } });
		expect([error, json.length]).toEqual([undefined, 2]);
		expect(json[0]).toMatchObject({ lookedUp: true, ...('deduplicationKey' in parameters && { deduplicationKey: 'A' }) });
		expect(booked().map(({ number }) => number).sort()).toEqual(['A', 'B']);
	});

	it('one that did not arrive stays unknown', async () => {
		strike(lost(false));
		const { error } = await save([order('A')], { settings: RETRY });
		expect([error?.context?.outcome, booked()]).toEqual(['unknown', []]);
	});
});

describe('with a Deduplication Key', () => {
	const KEY = { deduplicationKey: '={{ $json.bill_no }}' };
	const again = async (document: IDataObject, more: IDataObject = {}) => await save([document], { parameters: { ...KEY, ...more } });

	/** An earlier run whose looks found nothing. */
	async function leave(fault: Fault): Promise<void> {
		lookUpState(stateOf(emulator)).timesMs = [0];
		strike(fault);
		expect((await again(order('A'))).failed.map(errorOf)).toMatchObject([{ outcome: 'unknown' }]);
		await emulator.settled();
	}

	it('a later run finds the document, and takes it for saved from then on', async () => {
		await leave(arrivingLate(lost(), 100));
		expect((await again(order('A'))).json).toMatchObject([{ alreadySaved: true, lookedUp: true, deduplicationKey: 'A', data: { ids: [booked()[0]?.id] } }]);
		const before = looks();
		expect((await again(order('A'))).json).toMatchObject([{ alreadySaved: true }]);
		expect([looks(), booked().length]).toEqual([before, 1]);
	});

	it('one that is not there is sent again by Resend Unknown only', async () => {
		await leave(lost(false));
		expect((await again(order('A'))).failed.map(errorOf)).toMatchObject([{ outcome: 'unknown', foundIds: [] }]);
		expect((await again(order('A'), { resendUnknown: true })).json).toMatchObject([{ errcode: 0, data: { ids: [booked()[0]?.id] } }]);
		expect(booked()).toHaveLength(1);
	});

	it('a resend that JDY refuses because of its number is already saved, if JDY has this very document', async () => {
		await leave(lost(false));
		// It arrives between the look and the resend.
		let isThere = false;
		emulator.chooseFault = ({ method }) => {
			if (method === 'POST' && !isThere) put();
			isThere ||= method === 'POST';
			return undefined;
		};
		expect((await again(order('A'), { resendUnknown: true })).json).toMatchObject([{ alreadySaved: true, data: { ids: [booked()[0]?.id] } }]);
		expect(booked()).toHaveLength(1);
	});

	const PURCHASE = { bill_no: 'A', bill_date: '2026-03-01', supplier_id: '1', material_entity: [{ material_id: '10', unit_id: '30', qty: 2, price: '1' }] };
	it('so is one that goes out again because JDY checks the key itself, and is refused because of its number', async () => {
		const run = async () => await save([PURCHASE], { parameters: { ...KEY, type: 'scm/pur_order' } });
		lookUpState(stateOf(emulator)).timesMs = [0];
		strike(arrivingLate(lost(), 100));
		expect((await run()).failed.map(errorOf)).toMatchObject([{ outcome: 'unknown' }]);
		await emulator.settled();
		strike(refuse(1030002001, '组合值与其他表单重复'));
		expect((await run()).json).toMatchObject([{ alreadySaved: true, data: { ids: [booked('scm.pur_order')[0]?.id] } }]);
		expect((await run()).json).toMatchObject([{ alreadySaved: true }]);
		expect(booked('scm.pur_order')).toHaveLength(1);
	});

	it('and rejected, if the number is that of another', async () => {
		await leave(lost(false));
		put({ customer_id: '2' });
		const { failed } = await again(order('A'), { resendUnknown: true });
		expect(failed.map(errorOf)).toMatchObject([{ message: expect.stringContaining('组合值与其他表单重复'), outcome: 'rejected' }]);
		expect(booked()).toHaveLength(1);
	});
});
