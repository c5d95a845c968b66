import { readAnswer } from '../../nodes/KingdeeJdy/gateway/envelope.ts';
import { failureOf } from '../../nodes/KingdeeJdy/gateway/failures.ts';
import type { Failure } from '../../nodes/KingdeeJdy/gateway/failures.ts';
import { maskOf } from '../../nodes/KingdeeJdy/gateway/mask.ts';
import { keepsItsPlace, nextStep, waitInLine } from '../../nodes/KingdeeJdy/gateway/retry.ts';
import type { Remedy } from '../../nodes/KingdeeJdy/gateway/retry.ts';
import { Emulator } from '../emulator/server.mts';
import { credentialFor } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';

function refusalOf(status: number, errcode?: number, headers: Record<string, string> = {}): Failure {
	const outcome = readAnswer({ status, headers, text: errcode === undefined ? '' : JSON.stringify({ errcode }) }, maskOf([]));
	if (outcome.type === 'done') throw new Error('a success');
	return outcome.failure;
}

const NONE: ReadonlySet<Remedy> = new Set();

describe('the next step after a failure', () => {
	it.each([
		['an expired token', refusalOf(519, 4011), { step: 'remedy', remedy: 'token' }],
		['an invalid token', refusalOf(519, 4010), { step: 'remedy', remedy: 'token' }],
		['an expired JWT', refusalOf(401, 1000202001), { step: 'remedy', remedy: 'token' }],
		['a timestamp', refusalOf(519, 4006), { step: 'remedy', remedy: 'clock' }],
		['No Route', refusalOf(404), { step: 'remedy', remedy: 'router' }],
		['API not found', refusalOf(519, 5001), { step: 'remedy', remedy: 'router' }],
		['429', refusalOf(429), { step: 'wait', waitMs: 250 }],
		['429 as errcode', refusalOf(519, 429), { step: 'wait', waitMs: 250 }],
		['503', refusalOf(503), { step: 'wait', waitMs: 250 }],
		['5003', refusalOf(519, 5003), { step: 'wait', waitMs: 250 }],
		['5006', refusalOf(519, 5006), { step: 'wait', waitMs: 250 }],
		['5007', refusalOf(519, 5007), { step: 'wait', waitMs: 250 }],
		['no connection', failureOf('notConnected', 'notSent', ''), { step: 'wait', waitMs: 250 }],
		['Retry-After', refusalOf(429, undefined, { 'retry-after': '7' }), { step: 'wait', waitMs: 7000 }],
		['Retry-After of an hour', refusalOf(503, undefined, { 'retry-after': '3600' }), { step: 'wait', waitMs: 60_000 }],
		['Retry-After that is a date', refusalOf(429, undefined, { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }), { step: 'wait', waitMs: 250 }],
	])('after %s goes out again', (_name, failure, expected) => {
		expect(nextStep(failure, { attempt: 1, maxAttempts: 3, tried: NONE, effect: 'write' }, 0.5)).toEqual(expected);
	});

	it.each([
		...[500, 502, 504, 302, 301, 418, 200, 202].map((status): [string, Failure] => [`HTTP ${status}`, refusalOf(status)]),
		...[5000, 5004, 5005, 2000002000, 77].map((code): [string, Failure] => [String(code), refusalOf(519, code)]),
		...[4001, 4002, 4003, 4004, 4005, 4007, 4008, 4012, 1020002008, 1030002000, 1040002000, 2016013001, 5002].map((code): [string, Failure] => [String(code), refusalOf(519, code)]),
		...[400, 401, 403].map((status): [string, Failure] => [`HTTP ${status}`, refusalOf(status)]),
		['a stop', failureOf('cancelled', 'notSent', '')],
		['no token', failureOf('tokenUnavailable', 'notSent', '')],
	])('after %s never goes out again', (_name, failure) => {
		expect(nextStep(failure, { attempt: 1, maxAttempts: 10, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
	});

	it.each([500, 502, 504].map((status) => refusalOf(status)))('after $code a write that JDY does once only goes out again', (failure) => {
		expect(nextStep(failure, { attempt: 1, maxAttempts: 3, tried: NONE, effect: 'write', idempotent: true }, 0.5)).toEqual({ step: 'wait', waitMs: 250 });
		expect(nextStep(failure, { attempt: 3, maxAttempts: 3, tried: NONE, effect: 'write', idempotent: true }, 0.5)).toEqual({ step: 'giveUp' });
	});

	it('stops at the last attempt, without a sleep', () => {
		expect(nextStep(refusalOf(429), { attempt: 3, maxAttempts: 3, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
		expect(nextStep(refusalOf(519, 4011), { attempt: 1, maxAttempts: 1, tried: NONE, effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
	});

	it('uses each remedy once', () => {
		expect(nextStep(refusalOf(519, 4011), { attempt: 2, maxAttempts: 9, tried: new Set<Remedy>(['token']), effect: 'write' }, 0.5)).toEqual({ step: 'giveUp' });
		expect(nextStep(refusalOf(519, 4006), { attempt: 2, maxAttempts: 9, tried: new Set<Remedy>(['token']), effect: 'write' }, 0.5)).toEqual({ step: 'remedy', remedy: 'clock' });
	});

	it('doubles the range of the backoff up to 30 s and takes any part of it', () => {
		const waits = (random: number) => [1, 2, 3, 7, 8, 9].map((attempt) => (nextStep(refusalOf(503), { attempt: attempt, maxAttempts: 99, tried: NONE, effect: 'write' }, random) as { waitMs: number }).waitMs);
		expect(waits(0)).toEqual([0, 0, 0, 0, 0, 0]);
		expect(waits(0.999999)).toEqual([499, 999, 1999, 29_999, 29_999, 29_999]);
	});
});

describe('a refusal for the rate', () => {
	it.each([
		['the first', refusalOf(429), 3, 1, 0, true],
		['as errcode', refusalOf(519, 429), 3, 1, 0, true],
		['the 20th', refusalOf(429), 3, 20, 119_999, true],
		['the 21st', refusalOf(429), 3, 21, 119_999, false],
		['two minutes after the first', refusalOf(429), 3, 5, 120_000, false],
		['where a call is sent once only', refusalOf(429), 1, 1, 0, false],
		['that may have been done', refusalOf(500, 429), 3, 1, 0, false],
		['of an overloaded gateway', refusalOf(503), 3, 1, 0, false],
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
		expect(waitInLine(refusalOf(429, undefined, headers), refusals, 0.5)).toBe(waitMs);
	});
});

describe('sending again', () => {
	let emulator: Emulator;
	beforeEach(async () => {
		emulator = await Emulator.start();
	});
	afterEach(async () => await emulator.stop());

	const overloaded = { type: 'answer', reply: { status: 519, headers: { 'Retry-After': '0' }, body: '{"errcode":5007,"description":"busy"}' } } as const;

	it('signs every attempt anew and saves once', async () => {
		emulator.chooseFault = (_request, index) => (index < 2 ? overloaded : undefined);
		const { saved } = await save(emulator, { items: [{}] });
		expect(saved).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(1);
		for (const header of ['x-api-nonce', 'x-api-signature']) expect(new Set(emulator.ledger.map(({ headers }) => headers[header])).size).toBe(3);
	});

	it.each([1, 2, 5])('sends at most %i times', async (maxAttempts) => {
		emulator.chooseFault = () => overloaded;
		const { error } = await save(emulator, { items: [{}], parameters: { options: { maxAttempts } } });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 5007 });
		expect(emulator.ledger).toHaveLength(maxAttempts);
	});

	const taken = { type: 'answer', reply: { status: 429, headers: { 'Retry-After': '0' }, body: '' } } as const;

	it('goes on after more refusals for the rate than it has attempts: others took the slots', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.01);
		emulator.chooseFault = (_request, index) => (index < 6 ? taken : undefined);
		const { saved } = await save(emulator, { items: [{}], parameters: { options: { callsPerMinute: 0 } } });
		jest.restoreAllMocks();
		expect([saved.length, emulator.ledger.length, emulator.savedIds.length]).toEqual([1, 7, 1]);
	});

	it('is not sent again after a refusal for the rate either where it is to be sent once', async () => {
		emulator.chooseFault = () => taken;
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
			return { ...overloaded, reply: { ...overloaded.reply, headers: { 'Retry-After': '1' } } };
		};
		const { error } = await save(emulator, { items: [{}], onStart: (cancel) => (stop = cancel) });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 5007 });
		expect(emulator.ledger).toHaveLength(1);
	});
});

describe('the error of stop mode', () => {
	it('says what was saved before it', async () => {
		const emulator = await Emulator.start({ callsPerSecond: Infinity });
		emulator.chooseFault = (_request, index) => (index === 52 ? { type: 'answer', reply: { status: 200, headers: {}, body: '{"errcode":1030002000,"description":"missing"}' } } : undefined);
		const { error } = await save(emulator, { items: Array.from({ length: 60 }, (_unused, no) => ({ no })) });
		await emulator.stop();
		const { savedCount, saved } = error?.context as { savedCount: number; saved: unknown[] };
		expect([savedCount, saved.length]).toEqual([52, 50]);
		expect(saved[1]).toEqual({ itemIndex: 1, bizType: 'ts_45465632434343', id: '1700000000000000002' });
		expect(error?.description).toMatch(/Saved before, so do not send them again: 52 documents: item 0 \(ts_45465632434343, ID 1700000000000000001\), item 1 .* and 2 more\.$/);
	});
});
