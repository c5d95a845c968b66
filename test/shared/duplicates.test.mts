import type { IDataObject } from 'n8n-workflow';

import { deduplicationState } from '../../nodes/KingdeeJdy/shared/deduplication/deduplicationState.ts';
import type { Fault } from '../emulator/faults.mts';
import { drip, lost, refuse, silence } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { Random } from '../faults/random.mts';
import { stateOf, save } from '../helpers/jdy.mts';
import type { SaveOptions, SaveRun } from '../helpers/jdy.mts';
import { keyed } from '../helpers/keyed.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;
beforeEach(async () => {
	// What comes twice is saved twice: nothing but the node keeps it from that.
	emulator = await Emulator.start({ callsPerSecond: Infinity, nonceOnce: false });
	store = await freshStore();
});
afterEach(async () => {
	const { keyLocks, concurrentRuns } = deduplicationState(stateOf(emulator));
	expect([keyLocks.size, concurrentRuns.size]).toEqual([0, 0]);
	await emulator.stop();
});

function orders(count: number, from = 1): IDataObject[] {
	return Array.from({ length: count }, (_unused, index) => ({ no: `SO${from + index}` }));
}

async function keep(items: IDataObject[], options: IDataObject = {}, more: Partial<SaveOptions> = {}): Promise<SaveRun> {
	return await save(emulator, { items, parameters: keyed('={{ $json.no }}', { maxAttempts: 1, callsPerMinute: 0, ...options }), settings: CONTINUE, ...more });
}

function booked(): string[] {
	return emulator.gateway.documents.all.map(({ data }) => String(data.no));
}

function marks(kind: string): string[] {
	return [...store.lists.values()].flat().filter((mark) => mark.startsWith(`${kind}:`));
}

/** Documents that stand in the books more than once. */
function savedTwice(): string[] {
	return booked().filter((no, index) => booked().indexOf(no) !== index);
}

function shuffled(items: IDataObject[], random: Random): IDataObject[] {
	return items.map((item) => ({ item, at: random.next() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

function outcomes({ failed }: SaveRun): unknown[] {
	return failed.map(({ json }) => (json.error as IDataObject).outcome);
}

/** Fails the test where something waits for ever. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('The executions wait for each other')), ms);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

describe('executions at once with equal keys', () => {
	it.each(Array.from({ length: 12 }, (_unused, seed) => seed))('in any order neither wait for ever nor save anything twice (seed %i)', async (seed) => {
		const random = new Random(seed);
		store.latencyMs = () => random.below(4);
		emulator.gateway.settings.serviceMs = 1;
		emulator.chooseFault = () => [refuse(1030002000), lost(true), lost(false)][random.below(60)];
		const runs = Array.from({ length: 3 }, () => keep(shuffled(orders(60), random), { concurrency: 1 + random.below(6), resendUnknown: random.coin() }));
		const ended = await within(60_000, Promise.all(runs));
		for (const { saved, failed } of ended) expect(saved.length + failed.length).toBe(60);
		expect(savedTwice()).toEqual([]);
		// What nobody called refused or unknown stands in the books, and its mark is closed.
		const unclear = new Set(ended.flatMap(({ failed }) => failed.map(({ json }) => json.no)));
		expect(orders(60).filter(({ no }) => !unclear.has(no) && !booked().includes(String(no)))).toEqual([]);
		expect(marks('open').filter((mark) => !unclear.has(mark.split(':').at(-1)))).toEqual([]);
	}, 90_000);

	it.each(Array.from({ length: 6 }, (_unused, seed) => seed))('and the same where the store fails at times, before or after it has written (seed %i)', async (seed) => {
		const random = new Random(seed);
		store.latencyMs = () => {
			if (random.below(8) === 0) store.failNext = { [['record', 'remove', 'committed', 'count'][random.below(4)] ?? 'record']: 1 + random.below(3) };
			return random.below(3);
		};
		emulator.gateway.settings.serviceMs = 1;
		const runs = Array.from({ length: 3 }, () => keep(shuffled(orders(60), random), { concurrency: 1 + random.below(6), resendUnknown: random.coin() }));
		const ended = await within(60_000, Promise.all(runs));
		for (const { saved, failed } of ended) expect(saved.length + failed.length).toBe(60);
		expect(savedTwice()).toEqual([]);
		const unclear = new Set(ended.flatMap(({ failed }) => failed.map(({ json }) => json.no)));
		expect(orders(60).filter(({ no }) => !unclear.has(no) && !booked().includes(String(no)))).toEqual([]);
		store.latencyMs = undefined;
		store.failNext = {};
		await keep(orders(60));
		expect(savedTwice()).toEqual([]);
	}, 90_000);

	it.each<[name: string, settings: object, hit: (stop: () => void) => Fault | undefined]>([
		['the user stops one of them', CONTINUE, (stop) => void setTimeout(stop, 5)],
		['one of them stops at a refusal', {}, () => refuse(1030002000)],
		['one of them stops at an unknown outcome', {}, () => lost(true)],
	])('%s in the middle: the other one saves what is left, and nothing is saved twice', async (_name, settings, hit) => {
		let stop: () => void = () => undefined;
		store.latencyMs = () => 3;
		emulator.gateway.settings.serviceMs = 2;
		emulator.chooseFault = ({ body }) => (body.includes('"SO30"') && emulator.savedIds.length < 50 ? hit(() => stop()) : undefined);
		const ends = keep(orders(60), { concurrency: 5 }, { settings, onStart: (cancel) => (stop = cancel) });
		const goesOn = keep([...orders(10, 101), ...orders(60)], { concurrency: 5 });
		const [, { saved, failed }] = await within(60_000, Promise.all([ends, goesOn]));
		expect(saved.length + failed.length).toBe(70);
		expect(savedTwice()).toEqual([]);
		const third = await keep(orders(60));
		expect(savedTwice()).toEqual([]);
		expect(new Set([...booked(), ...third.failed.map(({ json }) => json.no)]).size).toBe(70);
	}, 90_000);

	it('a key that is given back goes out only once its marks are gone', async () => {
		// The left run holds SO1 to SO20 and meets X, which the right one sends slowly; SO2 is asked for meanwhile.
		store.latencyMs = () => 15;
		emulator.chooseFault = ({ body }) => (body.includes('"X"') ? drip(4) : undefined);
		const right = keep([{ no: 'X' }]);
		await new Promise((resolve) => setTimeout(resolve, 25));
		const left = keep([{ no: 'SO0' }, { no: 'X' }, ...orders(30)], { concurrency: 3 });
		const others = [keep(orders(30).toReversed(), { concurrency: 3 }), keep(orders(30), { concurrency: 2 })];
		await within(60_000, Promise.all([left, right, ...others]));
		expect(savedTwice()).toEqual([]);
		expect((await keep(orders(30))).saved.every(({ json }) => json.alreadySaved === true)).toBe(true);
		expect(savedTwice()).toEqual([]);
		expect(marks('seen')).toHaveLength(32);
	}, 90_000);
});

describe('Resend Unknown in executions at once', () => {
	it.each([1, 5])('saves once what an earlier run left unknown (concurrency %i)', async (concurrency) => {
		emulator.chooseFault = () => lost(false);
		expect(outcomes(await keep(orders(30)))).toEqual(orders(30).map(() => 'unknown'));
		emulator.chooseFault = () => undefined;
		const again = { resendUnknown: true, concurrency };
		const [left, right] = await Promise.all([keep(orders(30), again), keep(orders(30), again)]);
		expect(booked()).toHaveLength(30);
		expect([...left.failed, ...right.failed]).toEqual([]);
	});

	it.each([1, 5])('sends nothing that the other one has just left unknown (concurrency %i)', async (concurrency) => {
		emulator.chooseFault = () => lost(true);
		emulator.gateway.settings.serviceMs = 2;
		const again = { resendUnknown: true, concurrency };
		const [left, right] = await Promise.all([keep(orders(30), again), keep(orders(30), again)]);
		expect(booked()).toHaveLength(30);
		expect([...outcomes(left), ...outcomes(right)]).toEqual(Array.from({ length: 60 }, () => 'unknown'));
		const words = [...left.failed, ...right.failed].map(({ json }) => (json.error as IDataObject).message);
		expect(words.filter((error) => error === 'Another execution may have saved this document just now')).toHaveLength(30);
		// Now the user can have looked.
		emulator.chooseFault = () => undefined;
		expect((await keep(orders(30), again)).failed).toEqual([]);
	});

	it('sends again what the other one was refused', async () => {
		emulator.chooseFault = () => lost(false);
		await keep(orders(3));
		emulator.chooseFault = (_request, index) => (index < 6 ? refuse(1030002000) : undefined);
		emulator.gateway.settings.serviceMs = 2;
		const runs = await Promise.all([keep(orders(3), { resendUnknown: true }), keep(orders(3), { resendUnknown: true })]);
		expect(booked().length).toBe(runs.flatMap(({ saved }) => saved).filter(({ json }) => !json.alreadySaved).length);
		expect(new Set(booked()).size).toBe(booked().length);
	});
});

describe('a run that closes while another one sends the same key', () => {
	it('leaves its mark', async () => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = () => silence(true);
		const sending = keep(orders(1), { timeout: 600 });
		await new Promise((resolve) => setTimeout(resolve, 100));
		const waiting = keep([...orders(1), { no: 'Y' }], {}, { settings: {}, onStart: (cancel) => (stop = cancel) });
		await new Promise((resolve) => setTimeout(resolve, 100));
		stop();
		expect((await waiting).error?.message).toBe('The execution was stopped');
		expect(marks('open')).toHaveLength(1);
		expect(outcomes(await sending)).toEqual(['unknown']);
		emulator.chooseFault = () => undefined;
		expect(outcomes(await keep(orders(1)))).toEqual(['unknown']);
		expect(booked()).toEqual(['SO1']);
	});
});

describe('a store that commits and then fails', () => {
	it.each([1, 2])('calls nothing unknown that was never sent (%i times)', async (committed) => {
		store.failNext.committed = committed;
		const { saved, failed } = await keep(orders(30));
		expect(failed).toEqual([]);
		expect(saved).toHaveLength(30);
		expect(marks('open')).toEqual([]);
		expect((await keep(orders(30))).saved.every(({ json }) => json.alreadySaved === true)).toBe(true);
	});

	it('sends nothing whose marks are unclear, and says so', async () => {
		await keep(orders(2));
		store.failNext.committed = 1;
		const { saved, failed } = await keep(orders(25));
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual(orders(20).map(() => 'The database of n8n failed while the key was written, so it is not clear what it holds'));
		expect(outcomes({ failed } as SaveRun)).toEqual(orders(20).map(() => 'notSent'));
		expect(saved).toHaveLength(5);
		expect(booked()).toHaveLength(7);
	});

	it('blames one item at a time where it cannot be written, whatever the concurrency', async () => {
		store.failNext.record = 2;
		const { saved, failed } = await keep(orders(25), { concurrency: 5 });
		expect(failed.map(({ json }) => json.no)).toEqual(['SO1']);
		expect(saved).toHaveLength(24);
	});

	it('cannot save anything twice where what was saved could not be written', async () => {
		store.failNext.remove = 99;
		const runs = await Promise.all([keep(orders(5), { resendUnknown: true }), keep(orders(5), { resendUnknown: true })]);
		expect(booked()).toHaveLength(5);
		expect(runs.flatMap(({ saved }) => saved)).toHaveLength(5);
	});
});
