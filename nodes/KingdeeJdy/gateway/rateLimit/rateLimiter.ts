import { pause } from '../waiting/timing';
import { afterRefusal, rateAt } from './adaptiveRate';
import type { AdaptiveRate } from './adaptiveRate';
import { SlidingWindow } from './slidingWindow';

/** How long an account stays closed after a first refusal, as a part of the window: 5 s of a minute. */
const FIRST_CLOSURE = 1 / 12;

/** The time in which the gateway counts calls: it allows so many a minute. [D] */
export const MINUTE_MS = 60_000;

/** The calls of one account, for all executions of this process. */
export class AccountRateLimiter {
	private readonly windowMs: number;

	private readonly window: SlidingWindow;

	/** Calls that the gateway has not refused for the rate. */
	private readonly done: SlidingWindow;

	private closedUntilMs = -Infinity;

	private nextClosureMs: number;

	private adaptiveRate: AdaptiveRate | undefined;

	/** What was set when the rate was cut. */
	private limitThen = 0;

	private nextStartMs = -Infinity;

	constructor(windowMs: number) {
		this.windowMs = windowMs;
		this.window = new SlidingWindow(windowMs);
		this.done = new SlidingWindow(windowMs);
		this.nextClosureMs = windowMs * FIRST_CLOSURE;
	}

	/** How long until a call may start; a limit of 0 means none, but a closed window stays closed. */
	waitMs(limit: number, nowMs: number): number {
		const untilOpen = Math.max(0, this.closedUntilMs - nowMs);
		if (limit === 0) return untilOpen;
		const untilNext = this.rate(limit, nowMs) < limit ? this.nextStartMs - nowMs : 0;
		return Math.max(untilOpen, untilNext, this.window.waitMs(limit, nowMs));
	}

	/** Takes a slot; call the function that is returned when the call has ended. */
	start(limit: number, startedAtMs: number): (nowMs: number, tooMany?: RateRefusal) => void {
		// Calls of a slowed account are spread evenly, so that no burst uses it up for others. One call that is late is caught up with.
		const spacingMs = limit === 0 ? 0 : this.windowMs / this.rate(limit, startedAtMs);
		this.nextStartMs = Math.max(this.nextStartMs, startedAtMs - spacingMs) + spacingMs;
		const release = this.window.acquire();
		return (nowMs, tooMany) => {
			release(nowMs);
			if (tooMany) {
				this.reduceRate(limit, startedAtMs, nowMs);
				this.close(tooMany.retryAfterMs, nowMs);
			} else {
				this.done.acquire()(nowMs);
				this.nextClosureMs = this.windowMs * FIRST_CLOSURE;
			}
		};
	}

	/** Calls under way, and those that ended within the last window. */
	recentCalls(nowMs: number): number {
		return this.window.held(nowMs);
	}

	isIdle(nowMs: number): boolean {
		return nowMs >= this.closedUntilMs && this.window.isIdle(nowMs) && this.rate(this.limitThen, nowMs) >= this.limitThen;
	}

	/** Calls per window that may be sent: what is set, or less after a refusal. */
	private rate(limit: number, nowMs: number): number {
		return this.adaptiveRate ? Math.min(limit, rateAt(this.adaptiveRate, nowMs, this.windowMs)) : limit;
	}

	private reduceRate(limit: number, startedAtMs: number, nowMs: number): void {
		// Calls that were under way together are refused together: that counts once.
		if (limit === 0 || (this.adaptiveRate && startedAtMs < this.adaptiveRate.atMs)) return;
		const state = { rate: this.rate(limit, nowMs), limit, done: this.done.held(nowMs) };
		this.adaptiveRate = afterRefusal(this.adaptiveRate, state, nowMs, this.windowMs);
		this.limitThen = limit;
	}

	/**
	 * The gateway answered 429: no call is made before the time it asks for, or 5 s, doubling up to a minute, but not
	 * beyond the moment when the first of the calls that it has counted leaves the window.
	 */
	private close(retryAfterMs: number | null, nowMs: number): void {
		const isClosed = nowMs < this.closedUntilMs;
		if (retryAfterMs !== null) this.closedUntilMs = Math.max(this.closedUntilMs, nowMs + Math.min(retryAfterMs, this.windowMs));
		if (isClosed) return;
		const leavesMs = (this.done.nextLeaveMs(nowMs) ?? Infinity) - nowMs;
		const enoughMs = Math.max(leavesMs, this.windowMs * FIRST_CLOSURE);
		if (retryAfterMs === null) this.closedUntilMs = nowMs + Math.min(this.nextClosureMs, enoughMs);
		this.nextClosureMs = Math.min(this.nextClosureMs * 2, this.windowMs);
	}
}

/** The gateway refused a call for the rate, and may have said how long to wait. */
interface RateRefusal {
	retryAfterMs: number | null;
}

/** How fast one caller sends to one account. */
export interface RateLimiter {
	/** Takes a slot if one is free. */
	tryAcquire: () => Release | undefined;
	/** Waits for a slot; undefined when the signal aborted first. */
	acquire: (signal: AbortSignal | undefined) => Promise<Release | undefined>;
	/** Calls of the account in the last minute, those of all callers in this process. */
	recentCalls: () => number;
}

/** Releases the slot when the call has ended; `tooMany` if the gateway refused it for the rate. */
type Release = (tooMany?: RateRefusal) => void;

/** The clock of the rate limiters of a process; `windowMs` is a minute except in tests. */
interface RateLimiterClock {
	/** Milliseconds on a monotonic clock. */
	now: () => number;
	windowMs: number;
}

/**
 * @param paces of all accounts that the process remembers
 * @param account what names the account, the same for every execution
 * @param callsPerMinute 0: no limit
 */
export function rateLimiterFor(
	rateLimiters: Map<string, AccountRateLimiter>,
	account: string,
	callsPerMinute: number,
	{ now, windowMs }: RateLimiterClock = { now: () => performance.now(), windowMs: MINUTE_MS },
): RateLimiter {
	for (const [key, limiter] of rateLimiters) if (limiter.isIdle(now())) rateLimiters.delete(key);
	// Looked up anew each time: an idle one may have been forgotten meanwhile, and all have to share one.
	const current = (): AccountRateLimiter => {
		const limiter = rateLimiters.get(account) ?? new AccountRateLimiter(windowMs);
		rateLimiters.set(account, limiter);
		return limiter;
	};
	const tryAcquire = (): Release | undefined => {
		const limiter = current();
		const nowMs = now();
		if (limiter.waitMs(callsPerMinute, nowMs) > 0) return undefined;
		const release = limiter.start(callsPerMinute, nowMs);
		return (tooMany) => release(now(), tooMany);
	};
	return {
		tryAcquire,
		acquire: async (signal) => {
			while (!signal?.aborted) {
				const release = tryAcquire();
				if (release) return release;
				await pause(current().waitMs(callsPerMinute, now()), signal);
			}
			return undefined;
		},
		recentCalls: () => current().recentCalls(now()),
	};
}
