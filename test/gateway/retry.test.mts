import { failureOf } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import type { Remedy } from '../../nodes/KingdeeJdy/gateway/errors/kinds.ts';
import { keepsItsPlace, nextStep, waitInLine } from '../../nodes/KingdeeJdy/gateway/retry.ts';
import { overloaded, tooMany } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { credentialFor } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';
import { refusal } from '../helpers/judged.mts';

const NONE: ReadonlySet<Remedy> = new Set();

describe('the next step after a failure', () => {
	it.each([
		['a stop', failureOf('cancelled', 'notSent', '')],
		['no token', failureOf('tokenUnavailable', 'notSent', '')],
	])('after %s never goes out again', (_name, failure) => {
		expect(nextStep(failure, { attempt: 1, maxAttempts: 10, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
	});

	it('stops at the last attempt, without a sleep', () => {
		expect(nextStep(refusal(500), { attempt: 3, maxAttempts: 3, tried: NONE, effect: 'write', idempotent: true }, 0.5)).toEqual({ step: 'giveUp' });
		expect(nextStep(refusal(429), { attempt: 3, maxAttempts: 3, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
		expect(nextStep(refusal(519, 4011), { attempt: 1, maxAttempts: 1, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
	});

	it('uses each remedy once', () => {
		expect(nextStep(refusal(519, 4011), { attempt: 2, maxAttempts: 9, tried: new Set<Remedy>(['token']), effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
		expect(nextStep(refusal(519, 4006), { attempt: 2, maxAttempts: 9, tried: new Set<Remedy>(['token']), effect: 'write' }, 0.5)).toEqual({ step: 'remedy', remedy: 'clock' });
	});

	it('doubles the range of the backoff up to 30 s and takes any part of it', () => {
		const waits = (random: number) => [1, 2, 3, 7, 8, 9].map((attempt) => (nextStep(refusal(503), { attempt: attempt, maxAttempts: 99, tried: NONE, effect: 'write' }, random) as { waitMs: number }).waitMs);
		expect(waits(0)).toEqual([0, 0, 0, 0, 0, 0]);
		expect(waits(0.999999)).toEqual([499, 999, 1999, 29_999, 29_999, 29_999]);
	});
});

describe('a refusal for the rate', () => {
	it.each([
		['the first', refusal(429), 3, 1, 0, true],
		['as errcode', refusal(519, 429), 3, 1, 0, true],
		['the 20th', refusal(429), 3, 20, 119_999, true],
		['the 21st', refusal(429), 3, 21, 119_999, false],
		['two minutes after the first', refusal(429), 3, 5, 120_000, false],
		['where a call is sent once only', refusal(429), 1, 1, 0, false],
		['that may have been done', refusal(500, 429), 3, 1, 0, false],
		['of an overloaded gateway', refusal(503), 3, 1, 0, false],
	])('%s uses up no attempt: %s', (_name, failure, maxAttempts, refusals, waitedMs, expected) => {
		expect(keepsItsPlace(failure, maxAttempts, refusals, waitedMs, 60_000)).toBe(expected);
	});

	it.each([
		[undefined, 1, 250],
		[undefined, 5, 4000],
		['7', 1, 7000],
		['1', 5, 4000],
		['3600', 1, 60_000],
	])('with Retry-After %s, the %i. waits %i ms', (retryAfter, refusals, waitMs) => {
		const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
		expect(waitInLine(refusal(429, undefined, headers), refusals, 0.5)).toBe(waitMs);
	});
});

describe('sending again', () => {
	let emulator: Emulator;
	beforeEach(async () => {
		emulator = await Emulator.start();
	});
	afterEach(async () => await emulator.stop());

	it('signs every attempt anew and saves once', async () => {
		emulator.chooseFault = (_request, index) => (index < 2 ? overloaded('0') : undefined);
		const { saved } = await save(emulator, { items: [{}] });
		expect(saved).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(1);
		for (const header of ['x-api-nonce', 'x-api-signature']) expect(new Set(emulator.ledger.map(({ headers }) => headers[header])).size).toBe(3);
	});

	it.each([1, 2, 5])('sends at most %i times', async (maxAttempts) => {
		emulator.chooseFault = () => overloaded('0');
		const { error } = await save(emulator, { items: [{}], parameters: { options: { maxAttempts } } });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 5007 });
		expect(emulator.ledger).toHaveLength(maxAttempts);
	});

	it('goes on after more refusals for the rate than it has attempts: others took the slots', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.01);
		emulator.chooseFault = (_request, index) => (index < 6 ? tooMany('0') : undefined);
		const { saved } = await save(emulator, { items: [{}], parameters: { options: { callsPerMinute: 0 } } });
		jest.restoreAllMocks();
		expect([saved.length, emulator.ledger.length, emulator.savedIds.length]).toEqual([1, 7, 1]);
	});

	it('is not sent again after a refusal for the rate either where it is to be sent once', async () => {
		emulator.chooseFault = () => tooMany('0');
		const { error } = await save(emulator, { items: [{}], parameters: { options: { maxAttempts: 1 } } });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: null });
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([
		['appToken', -600_000],
		['appToken', 600_000],
		['appKey', 600_000],
		['instance', -600_000],
	] as const)('learns the clock of the gateway, with %s and %i ms off', async (way, offset) => {
		await emulator.stop();
		emulator = await Emulator.start({ now: () => Date.now() + offset });
		const credential = credentialFor[way](emulator);
		const { saved } = await save(emulator, { items: [{}, {}, {}], credential });
		expect(saved).toHaveLength(3);
		// One refusal, whichever call met it; the offset is kept for all that follow.
		expect(emulator.ledger.filter(({ status }) => status === 519)).toHaveLength(1);
		expect(callsOf(emulator).save).toBe(way === 'appToken' ? 4 : 3);
	});

	it('stops waiting when the user stops the execution', async () => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = () => {
			setTimeout(() => stop(), 50);
			return overloaded('1');
		};
		const { error } = await save(emulator, { items: [{}], onStart: (cancel) => (stop = cancel) });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 5007 });
		expect(emulator.ledger).toHaveLength(1);
	});
});
