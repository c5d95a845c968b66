import { failureOf, whyAborted } from '../errors/failures';
import type { Failure } from '../errors/failures';
import type { RequestContext } from '../request';
import type { SendOptions } from '../types';
import { pause } from '../waiting/timing';

const TELL_EVERY_MS = 10_000;
const WAITING = 'waiting for a token, because two token calls a minute are allowed for an app key';

/** The right to make calls for a token until a certain moment. */
export interface TokenRateLimit {
	context: RequestContext;
	options: SendOptions;
	/** In epoch ms. */
	deadlineMs: number;
}

/**
 * Who can wait in line waits longer than for an answer: other processes take token calls of the same app key, so that the
 * fifth of five that start together gets its own only minutes later.
 */
export function tokenRateLimitFor(context: RequestContext, options: SendOptions): TokenRateLimit {
	return { context, options, deadlineMs: context.clock.now() + (context.patience?.upToMs ?? options.timeoutMs) };
}

/**
 * How long to wait after the gateway has refused a call for a token because of too many: a whole window, because it may
 * count refused calls as well [?], and a random time that grows with each refusal, so that those who were refused together
 * do not meet again. A `Retry-After` is over by then.
 *
 * @param refusals so far, from 1
 */
function waitAfter(refusals: number, random: number, windowMs: number): number {
	return windowMs + random * windowMs * refusals;
}

/** Sleeps, and reports it at once and every 10 s; returns the failure of a caller that is stopped meanwhile. */
async function wait({ context, options: { signal } }: TokenRateLimit, untilMs: number): Promise<Failure | undefined> {
	const leftMs = () => untilMs - context.clock.now();
	for (let ms = leftMs(); ms > 0; ms = leftMs()) {
		// A timer may end a little early: the rest is not worth a line.
		if (ms >= 1000) context.patience?.log(`Kingdee JDY: ${WAITING}; the next try is in ${Math.ceil(ms / 1000)} s`);
		await pause(Math.min(ms, TELL_EVERY_MS), signal);
		if (signal?.aborted) return whyAborted(signal);
	}
	return undefined;
}

/**
 * Makes a call for a token when it may be made, and again after each refusal for too many.
 *
 * @param waitMs how long this process itself has to wait
 */
export async function withinTokenLimit<T extends object>(
	limit: TokenRateLimit,
	waitMs: () => number,
	attempt: () => Promise<T | { failure: Failure }>,
): Promise<T | { failure: Failure }> {
	const { context, deadlineMs } = limit;
	const { clock, state } = context;
	let notBeforeMs = -Infinity;
	for (let refusals = 0; ; ) {
		const startMs = () => Math.max(notBeforeMs, clock.now() + waitMs());
		for (let atMs = startMs(); atMs > clock.now(); atMs = startMs()) {
			if (atMs > deadlineMs) {
				const message = `Kingdee JDY allows two token calls a minute, and the next one is possible in ${Math.ceil((atMs - clock.now()) / 1000)} s`;
				return { failure: failureOf('tokenLimit', 'notSent', message) };
			}
			const failure = await wait(limit, atMs);
			if (failure) return { failure };
		}
		const result = await attempt();
		if (!('failure' in result) || result.failure.kind !== 'tokenLimit') return result;
		refusals += 1;
		notBeforeMs = clock.now() + waitAfter(refusals, clock.random(), state.windowMs);
	}
}
