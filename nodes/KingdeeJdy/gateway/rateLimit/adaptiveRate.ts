/** The multiplicative decrease, with CUBIC's beta: what is left of a rate at once when a call has been refused for it. */
const CUT = 0.7;

/** What it is restored to within so many windows, before it is raised further. */
const SETTLED = 0.92;
const SETTLING = 0.5;

/**
 * What is added in the first quiet window, each one after adding twice as much as the one before: the less a process has,
 * the more by far, so that one that starts late catches up. 6 where it has 100, 1 where it has 240, but never more than half of
 * what it has.
 */
const RAISE = 60_000;
const MAX_RAISE = 1 / 2;

/**
 * What part of the limit a process counts as its own at least, however few calls it has made lately: at its first refusal,
 * when it may have started late on an account that others use up, and at later ones.
 */
const FIRST_SHARE = 1 / 5;
const LEAST_SHARE = 1 / 8;

/** An account's rate after the gateway has refused a call for it. */
export interface AdaptiveRate {
	/** When it began. */
	atMs: number;
	/** Calls a window that this process had then. */
	had: number;
	/** Since when nothing has been refused. */
	quietSinceMs: number;
}

/**
 * Calls per window that may be sent now: reduced at once, nearly restored after half a window, and from then on raised by more and
 * more, until it is what the user has set or a call is refused again. Processes that share an account know nothing of each
 * other; because all are cut in proportion and those with less are raised by more, their shares become equal in time.
 */
export function rateAt({ atMs, had, quietSinceMs }: AdaptiveRate, nowMs: number, windowMs: number): number {
	const settledAtMs = atMs + SETTLING * windowMs;
	const settled = had * SETTLED;
	if (nowMs < settledAtMs) return settled - had * (SETTLED - CUT) * ((settledAtMs - nowMs) / (SETTLING * windowMs));
	const quietWindows = (nowMs - Math.max(settledAtMs, quietSinceMs)) / windowMs;
	return settled + Math.min(RAISE / had ** 2, had * MAX_RAISE) * (2 ** quietWindows - 1);
}

/**
 * What a refusal makes of the rate. What counts is not what a process might have sent but what it did send: that was its
 * share of an account whose limit is now used up. Within a window of the last cut it says nothing new.
 *
 * @param rate calls a window that it might have sent
 * @param done calls of the last window that were not refused
 */
export function afterRefusal(
	adaptiveRate: AdaptiveRate | undefined,
	{ rate, limit, done }: { rate: number; limit: number; done: number },
	nowMs: number,
	windowMs: number,
): AdaptiveRate {
	if (adaptiveRate && nowMs - adaptiveRate.atMs < windowMs) return { ...adaptiveRate, quietSinceMs: nowMs };
	const least = limit * (adaptiveRate ? LEAST_SHARE : FIRST_SHARE);
	return { atMs: nowMs, had: Math.min(rate, Math.max(done, least, 1)), quietSinceMs: nowMs };
}
