import { call } from '../../nodes/KingdeeJdy/gateway/call.ts';
import { readCredential } from '../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import { failureOf } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import type { CallResult } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import { rateLimiterFor } from '../../nodes/KingdeeJdy/gateway/rateLimit/rateLimiter.ts';
import { tokenRateLimitFor, withinTokenLimit } from '../../nodes/KingdeeJdy/gateway/session/tokenRateLimit.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import type { SendResult, WireRequest } from '../../nodes/KingdeeJdy/gateway/types.ts';
import { Gateway } from '../emulator/gateway.mts';
import { defaults, demoAccount, demoClient } from '../emulator/settings.mts';
import { Random } from '../faults/random.mts';
import { MINUTE_MS } from '../helpers/time.mts';
import { VirtualTime } from '../helpers/virtualTime.mts';

let time = new VirtualTime();

jest.mock('../../nodes/KingdeeJdy/gateway/waiting/timing.ts', () => ({
	...jest.requireActual<object>('../../nodes/KingdeeJdy/gateway/waiting/timing.ts'),
	pause: async (ms: number, signal?: AbortSignal) => await time.pause(ms, signal),
}));

const STARTED_AT = 1_800_000_000_000;
const PATIENCE_MS = 10 * MINUTE_MS;
const TOKEN_PATH = '/jdyconnector/app_management/kingdee_auth_token';
const SAVE = { method: 'POST', path: '/jdy/v2/cust/save', effect: 'write' } as const;
const { clientId, clientSecret } = demoClient;
const common = { clientId, clientSecret, gatewayUrl: 'https://api.kingdee.com' };

interface Start {
	ended: CallResult[];
	/** When the last worker had its first document saved. */
	lastMs: number;
	logs: string[];
	/** When token calls were answered with a token. */
	granted: number[];
}

/** Processes that begin within 2 s of each other, each with a memory of its own and a few documents. */
async function startCold(workers: number, way: 'appKey' | 'instance', seed: number, upToMs: number | null = PATIENCE_MS, signal?: AbortSignal): Promise<Start> {
	time = new VirtualTime();
	const random = new Random(seed);
	const account = { ...demoAccount };
	const now = () => STARTED_AT + Math.floor(time.nowMs);
	const gateway = new Gateway({ ...defaults, accounts: [account], now, callsPerSecond: Infinity });
	const start: Start = { ended: [], lastMs: 0, logs: [], granted: [] };
	const { appKey, domain: routerDomain, outerInstanceId } = account;
	const credential = readCredential(
		way === 'appKey' ? { ...common, authentication: way, appKey, appSecret: gateway.tokens.appSecret(account), routerDomain } : { ...common, authentication: way, outerInstanceId, accountId: '' },
	);
	const send = async ({ method, url, headers, body }: WireRequest): Promise<SendResult> => {
		await time.pause(20 + random.next() * 60);
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const { reply } = gateway.handle({ method, target: url.slice(common.gatewayUrl.length), headers: lower, body: String(body), bytes: Buffer.from(body) }, 'now');
		if (url.includes(TOKEN_PATH) && reply.status === 200) start.granted.push(time.nowMs);
		return { type: 'answer', answer: { status: reply.status, headers: {}, text: String(reply.body) } };
	};
	let nonce = 1;
	const working = Array.from({ length: workers }, async (_unused, worker) => {
		await time.pause(random.next() * 2000);
		const state = createState();
		const clock = { now, nonce: () => String(nonce++), random: () => random.next() };
		const pace = rateLimiterFor(state.rateLimiters, 'account', 480, { now: () => time.nowMs, windowMs: state.windowMs });
		const patience = { upToMs: upToMs ?? 0, log: (message: string) => void start.logs.push(message) };
		const line = { credential, state, clock, send, rateLimiter: pace, ...(upToMs === null ? {} : { patience }) };
		for (let no = 0; no < 3; no++) {
			const body = JSON.stringify({ biz_type: 'ts_1', data: { worker, no } });
			start.ended.push(await call(line, SAVE, body, { timeoutMs: 30_000, maxAttempts: 3, signal }));
			start.lastMs = Math.max(start.lastMs, time.nowMs);
		}
	});
	await time.run();
	await Promise.all(working);
	expect(gateway.documents.all).toHaveLength(start.ended.filter(({ type }) => type === 'done').length);
	return start;
}

const failuresOf = ({ ended }: Start) => ended.flatMap((end) => (end.type === 'failed' ? [end.failure] : []));

describe('workers that start without a token at once', () => {
	it.each(['appKey', 'instance'] as const)('five all get one within 5 minutes, and no document fails, with %s', async (way) => {
		for (let seed = 1; seed <= 100; seed++) {
			const start = await startCold(5, way, seed);
			expect(failuresOf(start)).toEqual([]);
			expect(start.granted).toHaveLength(5);
			expect(start.lastMs).toBeLessThanOrEqual(5 * MINUTE_MS + 3000);
		}
	});

	it('eight do so within 10 minutes', async () => {
		for (let seed = 1; seed <= 20; seed++) expect(failuresOf(await startCold(8, 'appKey', seed))).toEqual([]);
	});

	it('the wait is told every 10 s', async () => {
		const { logs } = await startCold(3, 'appKey', 1);
		const seconds = logs.map((line) => Number(/^Kingdee JDY: waiting for a token, because two token calls a minute are allowed for an app key; the next try is in (\d+) s$/.exec(line)?.[1]));
		expect(seconds.length).toBeGreaterThan(5);
		seconds.forEach((left, index) => index > 0 && expect((seconds[index - 1] ?? 0) - left).toBe(10));
	});

	it('one that has waited long enough says why', async () => {
		const failures = failuresOf(await startCold(3, 'appKey', 1, MINUTE_MS / 2));
		expect(failures[0]).toMatchObject({ kind: 'tokenLimit', outcome: 'notSent', message: expect.stringMatching(/^Kingdee JDY allows two token calls a minute, and the next one is possible in \d+ s$/) });
	});

	it('one that cannot wait in line is told at once', async () => {
		const start = await startCold(3, 'instance', 1, null);
		expect(failuresOf(start)[0]).toMatchObject({ kind: 'tokenLimit', outcome: 'notSent' });
		expect(start.lastMs).toBeLessThan(5000);
		expect(start.logs).toEqual([]);
	});

	it('one that is stopped waits no longer', async () => {
		const stop = new AbortController();
		const starting = startCold(3, 'appKey', 1, PATIENCE_MS, stop.signal);
		void time.pause(20_000).then(() => stop.abort());
		const start = await starting;
		expect(failuresOf(start)[0]).toMatchObject({ kind: 'cancelled', outcome: 'notSent' });
		expect(start.granted).toHaveLength(2);
	});
});

describe('the wait after a refused token call', () => {
	it.each([
		[1, 0, 60_000],
		[1, 0.5, 90_000],
		[3, 0.5, 150_000],
	])('after the %i. and with a random number of %f is %i ms', async (refusals, random, waitMs) => {
		time = new VirtualTime();
		const attemptedAtMs: number[] = [];
		const clock = { now: () => STARTED_AT + time.nowMs, nonce: () => '1', random: () => random };
		const send = async () => await Promise.reject(new Error('the attempt sends nothing'));
		const limit = tokenRateLimitFor({ send, clock, state: createState(), patience: { upToMs: PATIENCE_MS, log: () => undefined } }, { timeoutMs: 1 });
		const attempt = async () => {
			attemptedAtMs.push(time.nowMs);
			return await Promise.resolve(attemptedAtMs.length > refusals ? { token: 'x' } : { failure: failureOf('tokenLimit', 'notSent', 'too many') });
		};
		const result = withinTokenLimit(limit, () => 0, attempt);
		await time.run();
		expect(await result).toEqual({ token: 'x' });
		expect((attemptedAtMs[refusals] ?? NaN) - (attemptedAtMs[refusals - 1] ?? NaN)).toBe(waitMs);
	});
});
