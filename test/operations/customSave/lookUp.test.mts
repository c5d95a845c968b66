import type { IDataObject } from 'n8n-workflow';

import { lookUpState } from '../../../nodes/KingdeeJdy/shared/lookup/lookUpState.ts';
import type { Fault } from '../../emulator/faults.mts';
import { answerWith, arrivingLate, lost, refuse, silence, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import type { ListShape, Settings } from '../../emulator/settings.mts';
import { stateOf, save } from '../../helpers/jdy.mts';
import type { SaveOptions } from '../../helpers/jdy.mts';
import { freshStore } from '../../helpers/processedData.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const BIZ_TYPE = 'ts_45465632434343';
const LIST = '/jdy/v2/cust/list';
const SAVE = '/jdy/v2/cust/save';
/** The node waits 5, 15 and 30 s; here time runs 100 times as fast. */
const FAST = 100;
const TIMES_MS = [0, 5_000, 15_000, 30_000].map((ms) => ms / FAST);

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;

async function start(settings: Partial<Settings> = {}): Promise<void> {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, ...settings });
	lookUpState(stateOf(emulator)).timesMs = TIMES_MS;
}
beforeEach(async () => {
	store = await freshStore();
});
afterEach(async () => await emulator.stop());

const orders = (...numbers: string[]): IDataObject[] => numbers.map((no) => ({ no }));

async function looking(items: IDataObject[], { options, ...more }: Partial<SaveOptions> & { options?: IDataObject } = {}) {
	const parameters = { deduplicationKey: '={{ $json.no }}', options: { lookUpField: 'no', callsPerMinute: 0, maxAttempts: 1, ...options } };
	return await save(emulator, { items, settings: CONTINUE, ...more, parameters: { ...parameters, ...more.parameters } });
}

/** What becomes of each save, by its number, once. */
function strike(faults: Record<string, Fault>): void {
	emulator.chooseFault = ({ target, body }) => {
		if (target !== SAVE) return undefined;
		const { no } = (JSON.parse(body) as { data: { no: string } }).data;
		const fault = faults[no];
		delete faults[no];
		return fault;
	};
}

/** Documents that stand in the books already. */
function fill(count: number, dataOf: (index: number) => Record<string, unknown> = (index) => ({ no: `old ${index}` })): void {
	const [account] = emulator.gateway.settings.accounts;
	if (!account) throw new Error('No account');
	for (let index = 0; index < count; index++) emulator.gateway.documents.save(account, { biz_type: BIZ_TYPE, data: dataOf(index) });
}

const listCalls = () => emulator.ledger.filter(({ path }) => path === LIST);
const booked = () => emulator.gateway.documents.all.map(({ data }) => data.no);
const idOf = (no: string) => emulator.gateway.documents.all.find(({ data }) => data.no === no)?.id;
/** The marks of keys; beside each of a saved key stands one of its data. */
const marks = () => [...store.lists.values()].flat().filter((mark) => !mark.startsWith('data:')).sort();

function envelopeOf(no: string): IDataObject {
	return {
		errcode: 0,
		description: 'saved: the answer was lost, and the document was found in JDY',
		data: { data: { no, id: idOf(no), check: false } },
		lookedUp: true,
		deduplicationKey: no,
		details: { outcome: 'saved', lookedUp: true, id: idOf(no) },
	};
}

describe('a save whose answer was lost', () => {
	const SHAPES: ListShape[] = ['rows', 'list', 'bareTwice', 'bareOnce', 'rowsOnce', 'countAsText', 'noTotal'];
	const cases = SHAPES.flatMap((listShape) => (['ignored', 'equality'] as const).flatMap((listFilters) => (['oldest', 'newest'] as const).map((listOrder) => ({ listShape, listFilters, listOrder }))));

	it.each(cases)('ends as saved, with its ID: $listShape, filters $listFilters, $listOrder first', async (settings) => {
		await start(settings);
		fill(130);
		strike({ B: lost() });
		const { saved, failed } = await looking(orders('A', 'B', 'C'));
		expect(failed).toEqual([]);
		expect(saved[1]).toEqual({ json: envelopeOf('B'), pairedItem: { item: 1 } });
		expect(booked().filter((no) => no === 'B')).toHaveLength(1);
		expect(marks()).toEqual(['A', 'B', 'C'].map((no) => `seen:${BIZ_TYPE}:${no}`));
	});

	it.each([
		['newest', 2500],
		['oldest', 2500],
	] as const)('is found where the newest of 2500 documents stand, %s first, within 10 pages', async (listOrder, count) => {
		await start({ listOrder });
		fill(count);
		strike({ A: lost() });
		const { saved } = await looking(orders('A'));
		expect(saved[0]?.json).toEqual(envelopeOf('A'));
		expect(listCalls()).toHaveLength(10);
	});

	it('is not found beyond the pages that the user allows, and stays unknown', async () => {
		await start({ listShape: 'noTotal' });
		fill(350);
		strike({ A: lost() });
		const { failed } = await looking(orders('A'), { options: { lookUpPages: 3 } });
		expect(failed[0]?.json).toMatchObject({ error: { outcome: 'unknown', lookedUp: true, foundIds: [] } });
		expect(listCalls()).toHaveLength(4 * 3);
		expect((await looking(orders('A'), { options: { lookUpPages: 4 } })).saved[0]?.json).toMatchObject({ alreadySaved: true, lookedUp: true });
	});

	it.each([
		['Data Only', 'data', (no: string) => ({ no, id: idOf(no), check: false })],
		['Simplified', 'simplified', (no: string) => ({ id: idOf(no), outcome: 'saved', documentType: BIZ_TYPE, lookedUp: true, no })],
	])('is shown as %s', async (_name, output, expected) => {
		await start();
		strike({ A: lost() });
		expect((await looking(orders('A'), { options: { output } })).saved[0]?.json).toEqual(expected('A'));
	});

	it('does not stop a run in stop mode', async () => {
		await start();
		strike({ B: lost() });
		const { saved, error } = await looking(orders('A', 'B', 'C'), { settings: {} });
		expect(error).toBeUndefined();
		expect(saved).toHaveLength(3);
	});

	it('gives its ID to the items with the same key', async () => {
		await start();
		strike({ A: lost() });
		const { saved } = await looking(orders('A', 'A'), { options: { output: 'simplified' } });
		expect(saved.map(({ json }) => [json.id, json.outcome])).toEqual([[idOf('A'), 'saved'], [idOf('A'), 'alreadySaved']]);
	});

	it('is found by a field within an object', async () => {
		await start();
		emulator.chooseFault = ({ target }) => (target === SAVE ? lost() : undefined);
		const parameters = { dataMode: 'json', dataJson: '={ "head": { "no": "{{ $json.no }}" } }' };
		const { saved } = await looking(orders('A'), { parameters: { ...parameters, options: { lookUpField: 'head.no' } } });
		expect(saved[0]?.json).toMatchObject({ lookedUp: true, data: { data: { head: { no: 'A' } } } });
	});
});

describe('a save that did not arrive', () => {
	it('stays unknown, never not saved, after it was looked for four times', async () => {
		await start();
		fill(5);
		strike({ A: lost(false) });
		const { failed } = await looking(orders('A'));
		expect(failed[0]?.json).toMatchObject({
			error: {
				message: 'The connection broke before the whole answer came back',
				description: expect.stringMatching(/^It is not known whether this document was saved.*has looked for it and not found it, but it may still arrive/),
				outcome: 'unknown', lookedUp: true, foundIds: [], deduplicationKey: 'A',
			},
		});
		expect(listCalls().length).toBeGreaterThanOrEqual(4);
		expect(marks()).toEqual([`open:${BIZ_TYPE}:A`, `seen:${BIZ_TYPE}:A`]);
	});

	it.each([
		['another value', { no: 'A ' }],
		['other digits', { no: '0' }],
		['an object', { no: { A: 1 } }],
		['another field', { number: 'A' }],
		['another type', { no: 'A', biz_type: 'ts_other' }],
	])('is not taken for a document with %s', async (_what, data) => {
		await start();
		fill(1, () => data);
		strike({ A: lost(false) });
		expect((await looking(orders('A'))).failed[0]?.json.error).toMatchObject({ outcome: 'unknown', foundIds: [] });
	});

	it('stays unknown where two documents have its key, and tells both IDs', async () => {
		await start();
		fill(2, () => ({ no: 'A' }));
		strike({ A: lost(false) });
		const { failed } = await looking(orders('A'));
		const ids = emulator.savedIds;
		expect(failed[0]?.json).toMatchObject({ error: { outcome: 'unknown', lookedUp: true, foundIds: ids } });
		expect((failed[0]?.json.error as IDataObject).description).toContain(`JDY has 2 documents with this key: ID ${ids.join(', ID ')}.`);
		expect((await looking(orders('A'), { parameters: { resendUnknown: true } })).failed[0]?.json.error).toMatchObject({ outcome: 'unknown', foundIds: ids });
		expect(booked()).toEqual(['A', 'A']);
	});

	it('stops the run in stop mode, once it was looked for', async () => {
		await start();
		strike({ A: lost(false) });
		const { error } = await looking(orders('A', 'B'), { settings: {} });
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'unknown', lookedUp: true });
		expect(booked()).toEqual([]);
	});
});

describe('a document that comes to the books late', () => {
	it.each([
		['after 4 s', 4_000, 'saved'],
		['after 20 s', 20_000, 'saved'],
		['after 90 s', 90_000, 'unknown'],
	])('%s', async (_when, afterMs, outcome) => {
		await start();
		strike({ A: arrivingLate(lost(), afterMs / FAST) });
		const { saved, failed } = await looking(orders('A', 'B'));
		expect(saved.length + failed.length).toBe(2);
		if (outcome === 'saved') expect(saved[0]?.json).toEqual(envelopeOf('A'));
		else expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		await emulator.settled();
		// The next run knows it in any case, and nothing is sent twice.
		expect((await looking(orders('A', 'B'))).saved.map(({ json }) => json.alreadySaved)).toEqual([true, true]);
		expect(booked().toSorted()).toEqual(['A', 'B']);
	});

	it('does not keep the other items waiting', async () => {
		await start();
		strike({ A: arrivingLate(lost(), 20_000 / FAST), B: arrivingLate(lost(), 20_000 / FAST) });
		const { saved, failed } = await looking(orders('A', 'B', 'C', 'D'));
		expect(failed).toEqual([]);
		expect(saved.map(({ json }) => json.deduplicationKey)).toEqual(['A', 'B', undefined, undefined]);
		expect(booked().slice(0, 2)).toEqual(['C', 'D']);
	});
});

describe('a key that an earlier run left unknown', () => {
	const leave = async (fault: Fault, no = 'A') => {
		strike({ [no]: fault });
		await save(emulator, { items: orders(no), settings: CONTINUE, parameters: { deduplicationKey: '={{ $json.no }}' } });
	};

	it('is saved when JDY has it, and known as such from then on', async () => {
		await start();
		await leave(lost());
		const { saved } = await looking(orders('A'));
		expect(saved[0]?.json).toEqual({ ...envelopeOf('A'), description: 'already saved by an earlier run', alreadySaved: true });
		expect(marks()).toEqual([`seen:${BIZ_TYPE}:A`]);
		// Nobody looks any more.
		const before = listCalls().length;
		const later = await save(emulator, { items: orders('A'), parameters: { deduplicationKey: '={{ $json.no }}' } });
		expect([later.saved[0]?.json.alreadySaved, listCalls().length]).toEqual([true, before]);
	});

	it('stays unknown when JDY does not have it', async () => {
		await start();
		await leave(lost(false));
		const { failed } = await looking(orders('A'));
		expect(failed[0]?.json).toMatchObject({ error: { message: 'An earlier run may have saved this document', outcome: 'unknown', foundIds: [] } });
		expect(marks()).toEqual([`open:${BIZ_TYPE}:A`, `seen:${BIZ_TYPE}:A`]);
	});

	it.each([
		['is sent again where the user says so and JDY does not have it', false, ['A']],
		['is not sent again where JDY has it, whatever the user says', true, ['A']],
	])('%s', async (_name, saves, expected) => {
		await start();
		await leave(lost(saves));
		const { saved } = await looking(orders('A'), { parameters: { resendUnknown: true } });
		expect(saved[0]?.json.alreadySaved ?? false).toBe(saves);
		expect(booked()).toEqual(expected);
	});

	it('tells that it was saved with other data', async () => {
		await start();
		await leave(lost());
		const { saved } = await looking([{ no: 'A', amount: 1 }]);
		expect(saved[0]?.json).toMatchObject({ alreadySaved: true, dataDiffers: true, lookedUp: true });
		// What is remembered is what was sent, not what this run would have sent.
		expect((await looking([{ no: 'A' }])).saved[0]?.json.dataDiffers).toBeUndefined();
		expect((await looking([{ no: 'A', amount: 1 }])).saved[0]?.json.dataDiffers).toBe(true);
	});
});

describe('an item that was saved before', () => {
	it.each(['ignored', 'equality'] as const)('tells its ID, filters %s', async (listFilters) => {
		await start({ listFilters });
		await looking(orders('A', 'B', 'C'));
		const { saved } = await looking(orders('A', 'B', 'C'), { options: { output: 'simplified' } });
		expect(saved.map(({ json }) => [json.id, json.outcome])).toEqual(['A', 'B', 'C'].map((no) => [idOf(no), 'alreadySaved']));
		// One page holds them all, unless the service chooses the rows.
		expect(listCalls()).toHaveLength(listFilters === 'equality' ? 3 : 2);
	});

	it('is no less saved where JDY no longer has it, or cannot be read', async () => {
		await start();
		await looking(orders('A', 'B'));
		emulator.gateway.documents.all.shift();
		expect((await looking(orders('A'))).saved[0]?.json).toEqual({ errcode: 0, description: 'already saved by an earlier run', data: null, alreadySaved: true, deduplicationKey: 'A' });
		emulator.chooseFault = ({ target }) => (target === LIST ? refuse(4012) : undefined);
		expect((await looking(orders('B'))).saved[0]?.json).toMatchObject({ alreadySaved: true, data: null });
	});
});

describe('a list that cannot be read', () => {
	it.each([
		['the app may not read', refuse(4012), 1],
		['the credentials are refused', refuse(4008), 1],
		['too many calls', answerWith(429, { errcode: 429 }, { headers: { 'Retry-After': '0' } }), 4],
		['the type is refused, with conditions and without', refuse(1030002003), 5],
		['a list in a shape that nobody knows', succeed({ data: 7 }, { saves: false }), 4],
		['no answer', lost(false), 4],
	])('leaves the outcome unknown: %s', async (_why, fault, calls) => {
		await start();
		// A look is left out where the time of the next has come, so a busy machine must not be that late.
		lookUpState(stateOf(emulator)).timesMs = [0, 400, 800, 1_200];
		emulator.chooseFault = ({ target, body }) => (target === LIST ? fault : body.includes('"A"') ? lost() : undefined);
		const { saved, failed } = await looking(orders('A', 'B', 'C'));
		expect(failed.map(({ json }) => json.error)).toEqual([expect.objectContaining({ outcome: 'unknown', lookedUp: false })]);
		expect((failed[0]?.json.error as IDataObject).description).toMatch(/could not look for it: /);
		// The others are saved as ever.
		expect(saved).toHaveLength(2);
		expect(listCalls()).toHaveLength(calls);
	});

	it('is asked once for all that wait, not once for each', async () => {
		await start({ serviceMs: 20 });
		emulator.chooseFault = ({ target }) => (target === LIST ? lost(false) : lost());
		const numbers = Array.from({ length: 30 }, (_unused, index) => `N${index}`);
		const { failed } = await looking(orders(...numbers), { options: { concurrency: 10 } });
		expect(failed).toHaveLength(30);
		expect(listCalls().length).toBeLessThan(numbers.length);
	});

	it('may refuse conditions: then all rows are read', async () => {
		await start();
		strike({ A: lost() });
		const faultOfSave = emulator.chooseFault;
		emulator.chooseFault = (arrived, index) => (arrived.target === LIST && arrived.body.includes('"data":{"no"') ? refuse(1030002001) : faultOfSave(arrived, index));
		expect((await looking(orders('A'))).saved[0]?.json).toEqual(envelopeOf('A'));
	});
});

describe('the user', () => {
	it('stops the run while it waits: what was looked for stays unknown, at once', async () => {
		await start();
		lookUpState(stateOf(emulator)).timesMs = [0, 60_000];
		strike({ A: lost(false) });
		let stop: () => void = () => undefined;
		emulator.onAnswered = ({ path }) => {
			if (path === LIST) setTimeout(() => stop(), 50);
		};
		const startedAt = Date.now();
		const { error, run } = await looking(orders('A'), { settings: {}, onStart: (cancel) => (stop = cancel) });
		expect(Date.now() - startedAt).toBeLessThan(5_000);
		expect(error?.context ?? run.status).toMatchObject({ outcome: 'unknown' });
	});

	it('is told where a field to look up is set, and no key', async () => {
		await start();
		const { hints } = await looking(orders('A'), { parameters: { deduplicationKey: '' } });
		expect(hints('Save').map(({ message }) => message)).toEqual(['Look Up Field is set, but no Deduplication Key: nothing is looked for']);
	});

	it.each([
		['Look Up Field holds an expression that is not filled in; switch the field from Fixed to Expression', { lookUpField: '{{ $json.no }}' }],
		['Look Up Field must be the name of a field', { lookUpField: '  ' }],
		['Look Up Pages must be a whole number from 1 to 100', { lookUpPages: 0 }],
	])('hears: %s', async (complaint, options) => {
		await start();
		expect((await looking(orders('A'), { options, settings: {} })).error?.message).toBe(complaint);
		expect(emulator.connections).toBe(0);
	});
});

it('a timeout is looked for as well', async () => {
	await start();
	strike({ A: silence() });
	expect((await looking(orders('A'), { options: { timeout: 200 } })).saved[0]?.json).toEqual(envelopeOf('A'));
});
