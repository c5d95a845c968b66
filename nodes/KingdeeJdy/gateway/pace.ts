import { pause } from './transport/timing';

/** Ended calls that may pile up before those outside the window are thrown away. */
const MAX_STALE = 1000;

/**
 * At most so many calls in any window of time, wherever on their way the other side counts them: a slot is held from
 * sending until a whole window after the answer.
 */
export class SlidingWindow {
	private underWay = 0;

	/** When calls ended, ascending; those before `head` have left the window. */
	private endedAtMs: number[] = [];

	private head = 0;

	private readonly windowMs: number;

	constructor(windowMs: number) {
		this.windowMs = windowMs;
	}

	/** How long until a call may start; at least this long while all slots are held by calls under way. */
	waitMs(limit: number, nowMs: number): number {
		this.forget(nowMs);
		const held = this.underWay + this.endedAtMs.length - this.head;
		if (held < limit) return 0;
		// So many have to leave the window that one slot is free; those under way leave a whole window from now at the earliest.
		const decisive = this.endedAtMs[this.head + held - limit];
		return decisive === undefined ? this.windowMs : decisive + this.windowMs - nowMs;
	}

	/** Takes a slot; the function given back is called when the answer has come. */
	enter(): (nowMs: number) => void {
		this.underWay += 1;
		return (nowMs) => {
			this.underWay -= 1;
			this.endedAtMs.push(nowMs);
			this.forget(nowMs);
		};
	}

	isIdle(nowMs: number): boolean {
		this.forget(nowMs);
		return this.underWay === 0 && this.head === this.endedAtMs.length;
	}

	private forget(nowMs: number): void {
		const hasLeft = (endedAtMs: number | undefined) => endedAtMs !== undefined && nowMs - endedAtMs >= this.windowMs;
		while (hasLeft(this.endedAtMs[this.head])) this.head += 1;
		if (this.head < MAX_STALE) return;
		this.endedAtMs = this.endedAtMs.slice(this.head);
		this.head = 0;
	}
}

const MINUTE_MS = 60_000;
const FIRST_CLOSURE_MS = 5_000;
const MAX_CLOSURE_MS = 60_000;

/** The calls of one account, for all executions of this process. */
export class AccountPace {
	readonly window = new SlidingWindow(MINUTE_MS);

	private closedUntilMs = -Infinity;

	private nextClosureMs = FIRST_CLOSURE_MS;

	/** How long until a call may start; a limit of 0 means none, but a closed window stays closed. */
	waitMs(limit: number, nowMs: number): number {
		const untilOpen = Math.max(0, this.closedUntilMs - nowMs);
		return Math.max(untilOpen, limit === 0 ? 0 : this.window.waitMs(limit, nowMs));
	}

	/** The gateway called it too many: nobody goes on before the time it asks for, or 5 s, doubling. */
	close(retryAfterMs: number | null, nowMs: number): void {
		const isClosed = nowMs < this.closedUntilMs;
		if (retryAfterMs !== null) this.closedUntilMs = Math.max(this.closedUntilMs, nowMs + Math.min(retryAfterMs, MAX_CLOSURE_MS));
		// Calls that were under way together are refused together: that counts once.
		if (isClosed) return;
		if (retryAfterMs === null) this.closedUntilMs = nowMs + this.nextClosureMs;
		this.nextClosureMs = Math.min(this.nextClosureMs * 2, MAX_CLOSURE_MS);
	}

	reopen(): void {
		this.nextClosureMs = FIRST_CLOSURE_MS;
	}

	isIdle(nowMs: number): boolean {
		return nowMs >= this.closedUntilMs && this.window.isIdle(nowMs);
	}
}

/** How fast one caller sends to one account. */
export interface Pace {
	/** Waits for a slot; undefined when the signal aborted first. */
	enter: (signal: AbortSignal | undefined) => Promise<Leave | undefined>;
}

/** Gives the slot back when the call has ended; `tooMany` where the gateway refused it for the rate. */
export type Leave = (tooMany?: { retryAfterMs: number | null }) => void;

/**
 * @param paces of all accounts that the process remembers
 * @param account what names the account, the same for every execution
 * @param callsPerMinute 0: no limit
 * @param now milliseconds on a clock that nobody sets
 */
export function paceOf(paces: Map<string, AccountPace>, account: string, callsPerMinute: number, now = () => performance.now()): Pace {
	for (const [key, pace] of paces) if (pace.isIdle(now())) paces.delete(key);
	return {
		enter: async (signal) => {
			while (!signal?.aborted) {
				// Looked up anew each time: an idle one may have been forgotten meanwhile, and all have to share one.
				const pace = paces.get(account) ?? new AccountPace();
				paces.set(account, pace);
				const waitMs = pace.waitMs(callsPerMinute, now());
				if (waitMs <= 0) {
					const leave = pace.window.enter();
					return (tooMany) => {
						leave(now());
						if (tooMany) pace.close(tooMany.retryAfterMs, now());
						else pace.reopen();
					};
				}
				await pause(waitMs, signal);
			}
			return undefined;
		},
	};
}
