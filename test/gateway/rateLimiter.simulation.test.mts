import { Random } from '../faults/random.mts';
import { COUNTERS, figuresOf, simulate } from '../helpers/sharedAccount.mts';
import type { Figures, Outcome, Traffic, Worker } from '../helpers/sharedAccount.mts';
import { MINUTE_MS } from '../helpers/time.mts';
import { VirtualTime } from '../helpers/virtualTime.mts';

let time = new VirtualTime();

jest.mock('../../nodes/KingdeeJdy/gateway/waiting/timing.ts', () => ({
	...jest.requireActual<object>('../../nodes/KingdeeJdy/gateway/waiting/timing.ts'),
	pause: async (ms: number, signal?: AbortSignal) => await time.pause(ms, signal),
}));

type Counter = keyof typeof COUNTERS;
const counters = Object.keys(COUNTERS) as Counter[];
const MINUTES = 10;

async function run(counter: Counter, workers: Worker[], fromMinute: number, traffic: Traffic = {}, seed = 1): Promise<Figures & { outcome: Outcome }> {
	time = new VirtualTime();
	const random = new Random(seed);
	const mayPass = COUNTERS[counter](random.below(MINUTE_MS));
	const outcome = await simulate(time, random, mayPass, workers, MINUTES * MINUTE_MS, traffic);
	return { outcome, ...figuresOf(outcome, workers.length, fromMinute * MINUTE_MS, MINUTES * MINUTE_MS) };
}

/** Every document that was begun is in the books once. */
function expectEachOnce({ booked, ended }: Outcome): void {
	expect([...ended.values()].filter(({ type }) => type !== 'done')).toEqual([]);
	expect([...booked.values()].filter((times) => times !== 1)).toEqual([]);
	expect(booked.size).toBe(ended.size);
}

/** Many processes at the same settings. */
const alike = (count: number, worker: Worker = {}) => Array.from({ length: count }, () => ({ concurrency: 10, ...worker }));

describe.each(counters)('workers that know nothing of each other, where the gateway counts %s', (counter) => {
	it.each([1, 2, 3, 4, 5])('%i share an account fairly and use it up', async (count) => {
		const { refusedShare, limitUsed, fairness, outcome } = await run(counter, alike(count), 1);
		expect(refusedShare).toBeLessThanOrEqual(0.02);
		expect(limitUsed).toBeGreaterThanOrEqual(0.9);
		expect(Math.min(...fairness)).toBeGreaterThanOrEqual(0.5);
		expectEachOnce(outcome);
	});

	it('one that comes late to four gets its share as well', async () => {
		const { refusedShare, limitUsed, fairness, outcome } = await run(counter, [...alike(4), { concurrency: 10, fromMs: 2 * MINUTE_MS }], 3);
		expect(refusedShare).toBeLessThanOrEqual(0.02);
		expect(limitUsed).toBeGreaterThanOrEqual(0.9);
		expect(Math.min(...fairness)).toBeGreaterThanOrEqual(0.5);
		expectEachOnce(outcome);
	});

	it.each([30_000, 60_000])('one that comes to two %i ms later is not left with little', async (fromMs) => {
		const worker = { concurrency: 5 };
		for (let seed = 1; seed <= 8; seed++) {
			const { outcome } = await run(counter, [worker, worker, { ...worker, fromMs }], 1, { minMs: 75, maxMs: 120 }, seed);
			const { fairness } = figuresOf(outcome, 3, fromMs + MINUTE_MS, 5.5 * MINUTE_MS);
			// Where minutes are counted one by one, two may find nothing left in the first and take the later one's for theirs.
			expect(Math.min(...fairness)).toBeGreaterThanOrEqual(counter === 'each minute' ? 0.25 : 0.4);
			expectEachOnce(outcome);
		}
	});

	it('when others leave, those that stay take what they had', async () => {
		const { limitUsed, refusedShare } = await run(counter, [...alike(2), ...alike(3, { untilMs: 2 * MINUTE_MS })], 7);
		expect(limitUsed).toBeGreaterThanOrEqual(0.85);
		expect(refusedShare).toBeLessThanOrEqual(0.02);
	});

	it('one that sends little is not held up by those that send much', async () => {
		const { fairness, outcome } = await run(counter, [...alike(2), { restMs: 2000 }], 1);
		// A document each 2 s and a little is 27 or so a minute, of 160 that were fair.
		expect(fairness[2]).toBeGreaterThan(0.15);
		expectEachOnce(outcome);
	});

	it.each([
		['that answers slowly', { minMs: 300, maxMs: 2000 }],
		['that asks for 10 s', { retryAfter: '10' }],
		['that asks for less than it takes', { retryAfter: '1' }],
		['that asks for no time at all', { retryAfter: '0' }],
	] as Array<[string, Traffic]>)('five bear with a gateway %s', async (_what, traffic) => {
		const { refusedShare, limitUsed, fairness, outcome } = await run(counter, alike(5), 1, traffic);
		expect(refusedShare).toBeLessThanOrEqual(0.02);
		expect(limitUsed).toBeGreaterThanOrEqual(0.9);
		expect(Math.min(...fairness)).toBeGreaterThanOrEqual(0.5);
		expectEachOnce(outcome);
	});
});
