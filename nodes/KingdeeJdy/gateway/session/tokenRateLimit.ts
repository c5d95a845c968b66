import { failureOf, whyAborted } from '../errors/failures';
import type { Failure } from '../errors/failures';
import type { Line } from '../request';
import type { SendOptions } from '../types';
import { pause } from '../waiting/timing';

const TELL_EVERY_MS = 10_000;
const WAITING = 'waiting for a token, because two token calls a minute are allowed for an app key';

/** The right to make calls for a token until a certain moment. */
export interface Turn {
	line: Line;
	options: SendOptions;
	/** In epoch ms. */
	deadlineMs: number;
}

/**
 * Who can wait in line waits longer than for an answer: other processes take token calls of the same app key, so that the
 * fifth of five that start together gets its own only minutes later.
 */
export function turnOf(line: Line, options: SendOptions): Turn {
	return { line, options, deadlineMs: line.clock.now() + (line.patience?.upToMs ?? options.timeoutMs) };
}

/**
 * How long to wait after the gateway has refused a call for a token because of too many: a whole window, because it may
 * count refused calls as well [?], and a random time that grows with each refusal, so that those who were refused together
 * do not meet again. A `Retry-After` is over by then.
 *
 * @param refusals so far, from 1
 */
export function waitAfter(refusals: number, random: number, windowMs: number): number {
	return windowMs + random * windowMs * refusals;
}

/** Sleeps, and tells of it at once and every 10 s; gives back the failure of a caller that is stopped meanwhile. */
async function wait({ line, options: { signal } }: Turn, untilMs: number): Promise<Failure | undefined> {
	const leftMs = () => untilMs - line.clock.now();
	for (let ms = leftMs(); ms > 0; ms = leftMs()) {
		// A timer may end a little early: the rest is not worth a line.
		if (ms >= 1000) line.patience?.log(`Kingdee JDY: ${WAITING}; the next try is in ${Math.ceil(ms / 1000)} s`);
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
export async function inTurn<T extends object>(
	turn: Turn,
	waitMs: () => number,
	attempt: () => Promise<T | { failure: Failure }>,
): Promise<T | { failure: Failure }> {
	const { line, deadlineMs } = turn;
	const { clock, memory } = line;
	let notBeforeMs = -Infinity;
	for (let refusals = 0; ; ) {
		const startMs = () => Math.max(notBeforeMs, clock.now() + waitMs());
		for (let atMs = startMs(); atMs > clock.now(); atMs = startMs()) {
			if (atMs > deadlineMs) {
				const message = `Kingdee JDY allows two token calls a minute, and the next one is possible in ${Math.ceil((atMs - clock.now()) / 1000)} s`;
				return { failure: failureOf('tokenLimit', 'notSent', message) };
			}
			const failure = await wait(turn, atMs);
			if (failure) return { failure };
		}
		const result = await attempt();
		if (!('failure' in result) || result.failure.kind !== 'tokenLimit') return result;
		refusals += 1;
		notBeforeMs = clock.now() + waitAfter(refusals, clock.random(), memory.windowMs);
	}
}
