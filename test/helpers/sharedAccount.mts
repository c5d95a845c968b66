import { call } from '../../nodes/KingdeeJdy/gateway/call.ts';
import { readCredential } from '../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import type { CallResult } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import { rateLimiterFor } from '../../nodes/KingdeeJdy/gateway/rateLimit/rateLimiter.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import type { Endpoint, SendResult, WireRequest } from '../../nodes/KingdeeJdy/gateway/types.ts';
import type { Random } from '../faults/random.mts';
import { MINUTE_MS } from './time.mts';
import type { VirtualTime } from './virtualTime.mts';

/** What an account takes a minute [D], and how it may count them: nobody knows. [?] */
const LIMIT = 500;
export const COUNTERS = {
	'the last 60 s': () => {
		const taken: number[] = [];
		return (nowMs: number) => {
			while (taken[0] !== undefined && nowMs - taken[0] >= MINUTE_MS) taken.shift();
			return taken.length < LIMIT && taken.push(nowMs) > 0;
		};
	},
	'the last 60 s, refused ones too': () => {
		const seen: number[] = [];
		return (nowMs: number) => {
			while (seen[0] !== undefined && nowMs - seen[0] >= MINUTE_MS) seen.shift();
			return seen.push(nowMs) <= LIMIT;
		};
	},
	'each minute': (offsetMs: number) => {
		let [minute, count] = [-1, 0];
		return (nowMs: number) => {
			const current = Math.floor((nowMs + offsetMs) / MINUTE_MS);
			if (current !== minute) [minute, count] = [current, 0];
			return count < LIMIT && (count += 1) > 0;
		};
	},
} as const;

/** One n8n process that has more documents for the account than it can send. */
export interface Worker {
	/** @default 0 */
	fromMs?: number;
	/** @default Infinity */
	untilMs?: number;
	/** @default 1 */
	concurrency?: number;
	/** @default 480 */
	callsPerMinute?: number;
	/** What it waits after each document, as a workflow that brings few. @default 0 */
	restMs?: number;
}

/** How calls travel and how they are refused. */
export interface Traffic {
	/** From sending to the answer, at least. @default 20 */
	minMs?: number;
	/** @default 100 */
	maxMs?: number;
	/** `Retry-After` of a refusal, in seconds. */
	retryAfter?: string;
}

/** A call as it arrived at the gateway. */
interface Arrival {
	atMs: number;
	worker: number;
	isRefused: boolean;
}

export interface Outcome {
	arrivals: Arrival[];
	/** How often each document is in the books, by its text. */
	booked: Map<string, number>;
	/** How the call of each document ended, by its text. */
	ended: Map<string, CallResult>;
}

const ENDPOINT: Endpoint = { method: 'POST', path: '/jdy/v2/cust/save', effect: 'write' };
const CREDENTIAL = { authentication: 'appToken', clientId: 'c', clientSecret: 'a-secret-of-nobody', appToken: 'a-token-of-nobody', routerDomain: 'https://tf.jdy.com', gatewayUrl: 'https://api.kingdee.com' };

function answerOf(isRefused: boolean, retryAfter: string | undefined): SendResult {
	const headers: Record<string, string> = isRefused && retryAfter !== undefined ? { 'retry-after': retryAfter } : {};
	return { type: 'answer', answer: { status: isRefused ? 429 : 200, headers, text: JSON.stringify({ errcode: isRefused ? 429 : 0, data: { data: null } }) } };
}

/**
 * Workers that know nothing of each other send documents to one account, each with the package's own `call` and a memory of
 * its own, until `endMs`; then they finish what they have begun.
 *
 * @param mayPass the account's counter
 */
export async function simulate(
	time: VirtualTime,
	random: Random,
	mayPass: (nowMs: number) => boolean,
	workers: Worker[],
	endMs: number,
	{ minMs = 20, maxMs = 100, retryAfter }: Traffic = {},
): Promise<Outcome> {
	const outcome: Outcome = { arrivals: [], booked: new Map(), ended: new Map() };
	let nonce = 0;

	async function work(worker: number, { fromMs = 0, untilMs = Infinity, concurrency = 1, callsPerMinute = 480, restMs = 0 }: Worker): Promise<void> {
		const send = async ({ body }: WireRequest): Promise<SendResult> => {
			const oneWayMs = (minMs + random.next() * (maxMs - minMs)) / 2;
			await time.pause(oneWayMs);
			const isRefused = !mayPass(time.nowMs);
			outcome.arrivals.push({ atMs: time.nowMs, worker, isRefused });
			if (!isRefused) outcome.booked.set(String(body), (outcome.booked.get(String(body)) ?? 0) + 1);
			await time.pause(oneWayMs);
			return answerOf(isRefused, retryAfter);
		};
		const state = createState();
		const clock = { now: () => time.nowMs, nonce: () => String(++nonce), random: () => random.next() };
		const rateLimiter = rateLimiterFor(state.rateLimiters, 'account', callsPerMinute, { now: () => time.nowMs, windowMs: state.windowMs });
		const gateway = { credential: readCredential(CREDENTIAL), state, clock, send, rateLimiter };
		const until = Math.min(untilMs, endMs);
		let documents = 0;
		const lane = async () => {
			await time.pause(fromMs + random.next() * 10);
			while (time.nowMs < until) {
				const document = JSON.stringify({ worker, no: ++documents });
				outcome.ended.set(document, await call(gateway, ENDPOINT, document, { timeoutMs: 30_000, maxAttempts: 3 }));
				if (restMs > 0) await time.pause(restMs);
			}
		};
		await Promise.all(Array.from({ length: concurrency }, lane));
	}

	const working = Promise.all(workers.map(async (worker, index) => await work(index, worker)));
	await time.run();
	await working;
	return outcome;
}

export interface Figures {
	/** Refused calls among all. */
	refusedShare: number;
	/** Calls that passed, as a part of what the account takes. */
	limitUsed: number;
	/** What each worker got, as a part of its fair share of what passed. */
	fairness: number[];
}

/** What happened from one moment to another. */
export function figuresOf({ arrivals }: Outcome, workers: number, fromMs: number, toMs: number): Figures {
	const within = arrivals.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
	const passed = within.filter(({ isRefused }) => !isRefused);
	return {
		refusedShare: 1 - passed.length / within.length,
		limitUsed: passed.length / (LIMIT * ((toMs - fromMs) / MINUTE_MS)),
		fairness: Array.from({ length: workers }, (_unused, index) => (passed.filter(({ worker }) => worker === index).length * workers) / passed.length),
	};
}
