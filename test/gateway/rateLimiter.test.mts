import { afterRefusal, rateAt } from '../../nodes/KingdeeJdy/gateway/rateLimit/adaptiveRate.ts';
import { AccountRateLimiter, rateLimiterFor } from '../../nodes/KingdeeJdy/gateway/rateLimit/rateLimiter.ts';
import { freezeTime } from '../helpers/time.mts';

describe('the pace', () => {
	beforeEach(() => freezeTime(1_800_000_000_000));
	afterEach(() => jest.useRealTimers());

	const time = { now: () => Date.now(), windowMs: 60_000 };
	const rateLimiters = new Map<string, AccountRateLimiter>();
	let account = 0;

	/** Takes slots as fast as the pace allows; each call takes `serviceMs`. */
	async function run(limit: number, calls: number, serviceMs: number, name = `account ${++account}`): Promise<number[]> {
		const pace = rateLimiterFor(rateLimiters, name, limit, time);
		const starts: number[] = [];
		const startedAt = Date.now();
		const done = (async () => {
			for (let call = 0; call < calls; call++) {
				const leave = await pace.acquire(undefined);
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
		const [early, late] = [rateLimiterFor(rateLimiters, name, 1, time), rateLimiterFor(rateLimiters, name, 1, time)];
		(await early.acquire(undefined))?.();
		const startedAt = Date.now();
		const waiting = late.acquire(undefined).then(() => Date.now() - startedAt);
		await jest.advanceTimersByTimeAsync(120_000);
		expect(await waiting).toBe(60_000);
	});

	it('gives no slot to an execution that has been stopped', async () => {
		const pace = rateLimiterFor(rateLimiters, `account ${++account}`, 1, time);
		expect(await pace.acquire(AbortSignal.abort())).toBeUndefined();
		expect(await pace.acquire(undefined)).toBeDefined();
	});

	it.each([
		[null, [5_000, 15_000, 35_000, 75_000, 135_000]],
		[7_000, [7_000, 14_000, 21_000, 28_000, 35_000]],
		[3_600_000, [60_000, 120_000, 180_000, 240_000, 300_000]],
	])('closes after a 429 that asks for %s ms', async (retryAfterMs, expected) => {
		const pace = rateLimiterFor(rateLimiters, `account ${++account}`, 0, time);
		const startedAt = Date.now();
		const openings: number[] = [];
		const done = (async () => {
			(await pace.acquire(undefined))?.({ retryAfterMs });
			for (let refusals = 0; refusals < 5; refusals++) {
				const leave = await pace.acquire(undefined);
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
		const pace = rateLimiterFor(rateLimiters, `account ${++account}`, 1, time);
		(await pace.acquire(undefined))?.();
		const waiting = pace.acquire(stop.signal);
		stop.abort();
		expect(await waiting).toBeUndefined();
	});

	it('opens again when the first of the calls that passed leaves the window, where that is sooner', async () => {
		const pace = rateLimiterFor(rateLimiters, `account ${++account}`, 480, time);
		const startedAt = Date.now();
		const openings: number[] = [];
		const done = (async () => {
			(await pace.acquire(undefined))?.();
			await new Promise((resolve) => setTimeout(resolve, 20_000));
			for (let refusals = 0; refusals < 5; refusals++) {
				const leave = await pace.acquire(undefined);
				openings.push(Date.now() - startedAt);
				leave?.({ retryAfterMs: null });
			}
		})();
		await jest.advanceTimersByTimeAsync(600_000);
		await done;
		expect(openings).toEqual([20_000, 25_000, 35_000, 55_000, 60_000]);
	});

	/** Calls that 8 lanes get out within each of the minutes after a refusal of the one given. */
	async function afterRefusal(limit: number, refused: number, minutes: number): Promise<number[]> {
		const pace = rateLimiterFor(rateLimiters, `account ${++account}`, limit, time);
		const calls = Array.from({ length: minutes }, () => 0);
		let [count, refusedAt] = [0, Infinity];
		const lane = async () => {
			for (;;) {
				const leave = await pace.acquire(undefined);
				await new Promise((resolve) => setTimeout(resolve, 100));
				const isRefused = ++count === refused;
				if (isRefused) refusedAt = Date.now();
				leave?.(isRefused ? { retryAfterMs: 0 } : undefined);
				const minute = Math.floor((Date.now() - refusedAt) / 60_000);
				if (minute >= minutes) return;
				if (minute >= 0 && !isRefused) calls[minute] = (calls[minute] ?? 0) + 1;
			}
		};
		const lanes = Promise.all(Array.from({ length: 8 }, lane));
		await jest.advanceTimersByTimeAsync((minutes + 3) * 60_000);
		await lanes;
		return calls;
	}

	it('is slower after a refusal, and comes back to what is set', async () => {
		const calls = await afterRefusal(480, 101, 10);
		const [first = 0, second = 0] = calls;
		expect(first).toBeGreaterThanOrEqual(70);
		expect(first).toBeLessThan(92);
		expect(second).toBeGreaterThan(first);
		expect(second).toBeLessThan(105);
		expect(calls.at(-1)).toBeGreaterThan(465);
	});

	it('is never faster than what is set', async () => {
		for (const calls of await afterRefusal(12, 10, 12)) expect(calls).toBeLessThanOrEqual(12);
	});
});

describe('the rate after a refusal', () => {
	const MINUTE = 60_000;
	const cut = afterRefusal(undefined, { rate: 480, limit: 480, done: 100 }, 0, MINUTE);

	it.each([
		[0, 70],
		[0.25, 81],
		[0.5, 92],
		[1.5, 98],
		[2.5, 110],
		[3.5, 134],
		[7.5, 854],
	])('after %f minutes is %i where 100 calls had passed', (minutes, rate) => {
		expect(rateAt(cut, minutes * MINUTE, MINUTE)).toBeCloseTo(rate);
	});

	it.each([
		['what might have gone out, where that is less than what did', { rate: 80, limit: 480, done: 100 }, 80],
		['a fifth of the limit, where a process has just begun', { rate: 480, limit: 480, done: 3 }, 96],
		['less than that, where it was cut before', { rate: 40, limit: 480, done: 3 }, 40],
		['one call, where hardly any is allowed', { rate: 2, limit: 2, done: 0 }, 1],
	])('starts from %s', (_what, state, had) => {
		expect(afterRefusal(undefined, state, 0, MINUTE).had).toBe(had);
	});

	it('starts from an eighth of the limit at a later refusal, however little went out', () => {
		expect(afterRefusal(cut, { rate: 480, limit: 480, done: 3 }, MINUTE, MINUTE).had).toBe(60);
	});

	it('is cut once a minute, and not raised until a minute was quiet', () => {
		const again = afterRefusal(cut, { rate: 92, limit: 480, done: 90 }, 0.9 * MINUTE, MINUTE);
		expect(rateAt(again, 0.9 * MINUTE, MINUTE)).toBeCloseTo(92);
		expect(rateAt(again, 1.9 * MINUTE, MINUTE)).toBeCloseTo(98);
		expect(afterRefusal(again, { rate: 98, limit: 480, done: 90 }, 1.9 * MINUTE, MINUTE).had).toBe(90);
	});

	it('rises faster for a process that has less', () => {
		const raise = (done: number) => {
			const slowdown = afterRefusal(undefined, { rate: 480, limit: 480, done }, 0, MINUTE);
			return rateAt(slowdown, 1.5 * MINUTE, MINUTE) - rateAt(slowdown, 0.5 * MINUTE, MINUTE);
		};
		expect([raise(100), raise(120), raise(240)].map((more) => Number(more.toFixed(2)))).toEqual([6, 4.17, 1.04]);
	});
});
