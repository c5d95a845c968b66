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
		const held = this.held(nowMs);
		if (held < limit) return 0;
		// So many have to leave the window that one slot is free; those under way leave a whole window from now at the earliest.
		const decisive = this.endedAtMs[this.head + held - limit];
		return decisive === undefined ? this.windowMs : decisive + this.windowMs - nowMs;
	}

	/** Slots that are held, by calls under way and by those that ended less than a window ago. */
	held(nowMs: number): number {
		this.forget(nowMs);
		return this.underWay + this.endedAtMs.length - this.head;
	}

	/** When the oldest of the calls that ended leaves the window; undefined if none is in it. */
	nextLeaveMs(nowMs: number): number | undefined {
		this.forget(nowMs);
		const oldest = this.endedAtMs[this.head];
		return oldest === undefined ? undefined : oldest + this.windowMs;
	}

	/** Takes a slot; call the function that is returned when the answer has arrived. */
	acquire(): (nowMs: number) => void {
		this.underWay += 1;
		return (nowMs) => {
			this.underWay -= 1;
			this.endedAtMs.push(nowMs);
			this.forget(nowMs);
		};
	}

	isIdle(nowMs: number): boolean {
		return this.held(nowMs) === 0;
	}

	private forget(nowMs: number): void {
		const hasLeft = (endedAtMs: number | undefined) => endedAtMs !== undefined && nowMs - endedAtMs >= this.windowMs;
		while (hasLeft(this.endedAtMs[this.head])) this.head += 1;
		if (this.head < MAX_STALE) return;
		this.endedAtMs = this.endedAtMs.slice(this.head);
		this.head = 0;
	}
}
