import type { Failure, FailureKind } from './failures';

/** What can be put right, so that the same document may go out once more. */
export type Remedy = 'token' | 'router' | 'clock';

export type NextStep = { step: 'giveUp' } | { step: 'remedy'; remedy: Remedy } | { step: 'wait'; waitMs: number };

const GIVE_UP: NextStep = { step: 'giveUp' };

const REMEDIES: Partial<Record<FailureKind, Remedy>> = {
	tokenInvalid: 'token',
	tokenExpired: 'token',
	router: 'router',
	timestamp: 'clock',
};

/** Refusals that pass by themselves. */
const PASSING: ReadonlySet<FailureKind> = new Set(['notConnected', 'rateLimited', 'unavailable']);

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt: what the gateway asks for, at most 60 s; otherwise a random part of a time
 * that doubles with each attempt, so that many clients do not come back at once.
 */
function waitBefore(attempt: number, retryAfterMs: number | null, random: number): number {
	if (retryAfterMs !== null) return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
	return Math.floor(random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1)));
}

/**
 * Whether a call that failed may go out again. A save has no idempotency key [D], so only what was surely not saved is
 * ever sent once more.
 *
 * @param attempt the attempt that failed, counted from 1
 * @param tried remedies that this call has used; each works once
 * @param random from 0 to 1
 */
export function nextStep(failure: Failure, attempt: number, maxAttempts: number, tried: ReadonlySet<Remedy>, random: number): NextStep {
	// It may have been saved.
	if (failure.outcome === 'unknown') return GIVE_UP;
	// Also: no sleep after the last attempt.
	if (attempt >= maxAttempts) return GIVE_UP;
	const remedy = REMEDIES[failure.kind];
	if (remedy) return tried.has(remedy) ? GIVE_UP : { step: 'remedy', remedy };
	if (PASSING.has(failure.kind)) return { step: 'wait', waitMs: waitBefore(attempt, failure.retryAfterMs, random) };
	// A refusal that would be the same the next time.
	return GIVE_UP;
}
