import { AccountPace, paceOf } from '../../nodes/KingdeeJdy/gateway/pace.ts';
import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { save } from '../helpers/jdy.mts';
import { freshStore } from '../helpers/processedData.mts';

const items = (count: number) => Array.from({ length: count }, (_unused, no) => ({ no }));
const CONTINUE = { onError: 'continueErrorOutput' } as const;

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** How many saves were under way at once, at most. */
function watch(): () => number {
	let [underWay, most] = [0, 0];
	emulator.chooseFault = () => {
		most = Math.max(most, (underWay += 1));
		return undefined;
	};
	emulator.onAnswered = () => void (underWay -= 1);
	emulator.gateway.settings.serviceMs = 10;
	return () => most;
}

describe('several documents at once', () => {
	it.each([1, 4, 10])('%i at once keep the order of the input', async (concurrency) => {
		const most = watch();
		const { saved } = await save(emulator, { items: items(40), parameters: { options: { concurrency } } });
		expect(saved.map(({ json, pairedItem }) => [(json.data as { data: { no: number } }).data.no, pairedItem])).toEqual(items(40).map(({ no }) => [no, { item: no }]));
		expect(most()).toBe(concurrency);
	});

	it('an error stops new sends at once, waits for those under way, and tells of the lowest index', async () => {
		emulator.gateway.settings.serviceMs = 30;
		emulator.chooseFault = ({ body }) => (/"no":(5|7)}/.test(body) ? { type: 'answer', reply: { status: 200, headers: {}, body: '{"errcode":1030002000,"description":"missing"}' } } : undefined);
		const { error } = await save(emulator, { items: items(100), parameters: { options: { concurrency: 10 } } });
		expect(error?.context).toMatchObject({ itemIndex: 5, errcode: 1030002000 });
		const { savedCount, saved } = error?.context as { savedCount: number; saved: Array<{ itemIndex: number }> };
		expect(savedCount).toBe(emulator.savedIds.length);
		expect(emulator.ledger.length).toBeLessThan(30);
		expect(saved.map(({ itemIndex }) => itemIndex)).toEqual(saved.map(({ itemIndex }) => itemIndex).toSorted((a, b) => a - b));
	});

	it('refused credentials hold back what has not started', async () => {
		emulator.gateway.settings.serviceMs = 10;
		emulator.chooseFault = ({ body }) => (/"no":3}/.test(body) ? { type: 'answer', reply: { status: 519, headers: {}, body: '{"errcode":4008,"description":"refused"}' } } : undefined);
		const { saved, failed } = await save(emulator, { items: items(50), parameters: { options: { concurrency: 5 } }, settings: CONTINUE });
		expect(saved.length + failed.length).toBe(50);
		expect(emulator.ledger.length).toBeLessThan(15);
	});

	it('work with the duplicate guard and with equal keys', async () => {
		await freshStore();
		const orders = items(60).map(({ no }) => ({ no: no % 50 }));
		const parameters = { options: { concurrency: 10, deduplicationKey: '={{ $json.no }}' } };
		const first = await save(emulator, { items: orders, parameters, settings: CONTINUE });
		expect(first.saved.filter(({ json }) => json.alreadySaved)).toHaveLength(10);
		const second = await save(emulator, { items: orders, parameters, settings: CONTINUE });
		expect(second.saved.filter(({ json }) => !json.alreadySaved).map(({ json }) => json)).toEqual([]);
		expect(emulator.savedIds).toHaveLength(50);
	});
});

describe('the pace', () => {
	beforeEach(() => jest.useFakeTimers({ now: 1_800_000_000_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime'] }));
	afterEach(() => jest.useRealTimers());

	const now = () => Date.now();
	const paces = new Map<string, AccountPace>();
	let account = 0;

	/** Takes slots as fast as the pace allows; each call takes `serviceMs`. */
	async function run(limit: number, calls: number, serviceMs: number, name = `account ${++account}`): Promise<number[]> {
		const pace = paceOf(paces, name, limit, now);
		const starts: number[] = [];
		const startedAt = Date.now();
		const done = (async () => {
			for (let call = 0; call < calls; call++) {
				const leave = await pace.enter(undefined);
				starts.push(Date.now() - startedAt);
				if (serviceMs > 0) await new Promise((resolve) => setTimeout(resolve, serviceMs));
				leave?.();
			}
		})();
		await jest.advanceTimersByTimeAsync(600_000);
		await done;
		return starts;
	}

	it('lets a small batch go at full speed', async () => {
		expect(await run(5, 5, 0)).toEqual([0, 0, 0, 0, 0]);
	});

	it('lets a long one go exactly at the limit', async () => {
		expect(await run(2, 6, 0)).toEqual([0, 0, 60_000, 60_000, 120_000, 120_000]);
	});

	it('holds a slot until 60 s after the answer', async () => {
		expect(await run(2, 4, 100)).toEqual([0, 100, 60_100, 60_200]);
	});

	it('has no limit at 0', async () => {
		expect(await run(0, 1000, 0)).toEqual(Array.from({ length: 1000 }, () => 0));
	});

	it('is shared by all who send to one account, and by nobody else', async () => {
		const both = await Promise.all([run(4, 4, 0, 'shared'), run(4, 4, 0, 'shared')]);
		expect(both.flat().sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 60_000, 60_000, 60_000, 60_000]);
		expect(await run(4, 4, 0)).toEqual([0, 0, 0, 0]);
	});

	it('is one for an account even where somebody opened it and sends only later', async () => {
		const name = `account ${++account}`;
		const [early, late] = [paceOf(paces, name, 1, now), paceOf(paces, name, 1, now)];
		(await early.enter(undefined))?.();
		const startedAt = Date.now();
		const waiting = late.enter(undefined).then(() => Date.now() - startedAt);
		await jest.advanceTimersByTimeAsync(120_000);
		expect(await waiting).toBe(60_000);
	});

	it('gives no slot to an execution that has been stopped', async () => {
		const pace = paceOf(paces, `account ${++account}`, 1, now);
		expect(await pace.enter(AbortSignal.abort())).toBeUndefined();
		expect(await pace.enter(undefined)).toBeDefined();
	});

	it.each([
		[null, [5_000, 15_000, 35_000, 75_000, 135_000]],
		[7_000, [7_000, 14_000, 21_000, 28_000, 35_000]],
		[3_600_000, [60_000, 120_000, 180_000, 240_000, 300_000]],
	])('closes after a 429 that asks for %s ms', async (retryAfterMs, expected) => {
		const pace = paceOf(paces, `account ${++account}`, 0, now);
		const startedAt = Date.now();
		const openings: number[] = [];
		const done = (async () => {
			(await pace.enter(undefined))?.({ retryAfterMs });
			for (let refusals = 0; refusals < 5; refusals++) {
				const leave = await pace.enter(undefined);
				openings.push(Date.now() - startedAt);
				leave?.({ retryAfterMs });
			}
		})();
		await jest.advanceTimersByTimeAsync(600_000);
		await done;
		expect(openings).toEqual(expected);
	});

	it('stops waiting when the user stops the execution', async () => {
		const stop = new AbortController();
		const pace = paceOf(paces, `account ${++account}`, 1, now);
		(await pace.enter(undefined))?.();
		const waiting = pace.enter(stop.signal);
		stop.abort();
		expect(await waiting).toBeUndefined();
	});
});

describe('the log', () => {
	it('tells every 10 s how far a long run is', async () => {
		jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
		emulator.onAnswered = () => jest.setSystemTime(Date.now() + 4000);
		const { logs } = await save(emulator, { items: items(8), credential: tokenCredential(emulator) });
		jest.useRealTimers();
		const told = logs.filter((line) => line.startsWith('Kingdee JDY Custom Save:'));
		expect(told.map((line) => line.trim())).toEqual([
			'Kingdee JDY Custom Save: 3 saved, 0 failed, 5 left, 15 calls a minute',
			'Kingdee JDY Custom Save: 6 saved, 0 failed, 2 left, 15 calls a minute',
		]);
	});
});
