import type { Failure } from './errors/failures';
import { traitsOf } from './errors/kinds';
import type { Remedy } from './errors/kinds';
import type { Endpoint } from './types';

type NextStep = { step: 'giveUp' } | { step: 'remedy'; remedy: Remedy } | { step: 'wait'; waitMs: number };

/** How far a call is: `attempt` is the one that failed, counted from 1; each remedy in `tried` has been used. */
export interface RetryProgress {
	attempt: number;
	maxAttempts: number;
	tried: ReadonlySet<Remedy>;
	effect: Endpoint['effect'];
	idempotent?: boolean | undefined;
}

const GIVE_UP: NextStep = { step: 'giveUp' };

/** Codes that a wrong router domain has shown as, and other troubles as well. [R] */
const MAY_HAVE_MOVED: ReadonlySet<number | null> = new Set([5003, 3000002000]);

/** Whether the same call may be taken a little later. */
export function isPassing(failure: { kind: string }): boolean {
	return traitsOf(failure).passes === 'refusal';
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt: what the gateway asks for, at most 60 s; otherwise a random part of a time
 * that doubles with each attempt, so that many clients do not retry at once.
 */
function waitBefore(attempt: number, retryAfterMs: number | null, random: number): number {
	if (retryAfterMs !== null) return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
	return Math.floor(random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1)));
}

/** Windows in which refusals for the rate do not count as attempts: by then the slots of all others have been released twice. */
const PATIENT_WINDOWS = 2;

/** A bound whatever the clock says: a call that waits a little longer each time is not refused as often. */
const MAX_REFUSALS = 20;

/**
 * Whether a call that was refused for the rate is sent again without using up an attempt, because others took the slots.
 * Only if it may be sent again at all.
 *
 * @param refusals for the rate so far, this one included, the first of them `waitedMs` ago
 */
export function keepsItsPlace({ kind, outcome }: Failure, maxAttempts: number, refusals: number, waitedMs: number, windowMs: number): boolean {
	const isRefusal = kind === 'rateLimited' && outcome !== 'unknown';
	return isRefusal && maxAttempts > 1 && refusals <= MAX_REFUSALS && waitedMs < PATIENT_WINDOWS * windowMs;
}

/** How long it waits, beside what the pace has all calls of the account wait: at least what the gateway asks for. */
export function waitInLine({ retryAfterMs }: Failure, refusals: number, random: number): number {
	return Math.max(waitBefore(1, retryAfterMs, 0), waitBefore(refusals, null, random));
}

/** What would put a refusal right, whether or not this call is sent again. */
export function remedyFor(failure: Failure): Remedy | null {
	return MAY_HAVE_MOVED.has(failure.errcode) ? 'router' : traitsOf(failure).remedy;
}

/**
 * Whether a call that failed may be sent again. The gateway knows no idempotency key [D], so a write is sent once more
 * only when it was surely not done, unless JDY itself refuses to do it twice.
 *
 * @param random from 0 to 1
 */
export function nextStep(failure: Failure, { attempt, maxAttempts, tried, effect, idempotent = false }: RetryProgress, random: number): NextStep {
	const isUnclear = failure.outcome === 'unknown';
	const mayBeDoneTwice = effect === 'read' || idempotent;
	// It may have been done.
	if (isUnclear && !mayBeDoneTwice) return GIVE_UP;
	// Also: no sleep after the last attempt.
	if (attempt >= maxAttempts) return GIVE_UP;
	const remedy = remedyFor(failure);
	if (remedy && !tried.has(remedy)) return { step: 'remedy', remedy };
	const passes = isPassing(failure) || (mayBeDoneTwice && traitsOf(failure).passes === 'unclear');
	if (passes) return { step: 'wait', waitMs: waitBefore(attempt, failure.retryAfterMs, random) };
	// A refusal that would be the same the next time.
	return GIVE_UP;
}
