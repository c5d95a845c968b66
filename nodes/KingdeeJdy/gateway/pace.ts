interface Slot {
	/** Undefined while the call is under way. */
	endedAtMs: number | undefined;
}

/**
 * At most `limit` calls in any window of time, wherever on their way the other side counts them: a slot is held from
 * sending until a whole window after the answer.
 */
export class SlidingWindow {
	private slots: Slot[] = [];

	private readonly limit: number;

	private readonly windowMs: number;

	constructor(limit: number, windowMs: number) {
		this.limit = limit;
		this.windowMs = windowMs;
	}

	/** How long until a call may start; at least this long while all slots are held by calls under way. */
	waitMs(nowMs: number): number {
		this.slots = this.slots.filter(({ endedAtMs }) => endedAtMs === undefined || nowMs - endedAtMs < this.windowMs);
		if (this.slots.length < this.limit) return 0;
		const ended = this.slots.flatMap(({ endedAtMs }) => (endedAtMs === undefined ? [] : [endedAtMs]));
		return ended.length === 0 ? this.windowMs : Math.min(...ended) + this.windowMs - nowMs;
	}

	/** Takes a slot; the function given back is called when the answer has come. */
	enter(): (nowMs: number) => void {
		const slot: Slot = { endedAtMs: undefined };
		this.slots.push(slot);
		return (nowMs) => {
			slot.endedAtMs = nowMs;
		};
	}

	isIdle(nowMs: number): boolean {
		return this.waitMs(nowMs) === 0 && this.slots.length === 0;
	}
}
