interface Alarm {
	/** On the clock of `performance.now()`. */
	atMs: number;
	ring: () => void;
}

const alarms = new Set<Alarm>();

/** When the one timer of this file ends; alarms that are due later need no timer of their own yet. */
let timerEndsAtMs = Infinity;

/** Timers may end this much before the clock says so. */
const EARLY_MS = 1;

function setTimer(atMs: number, nowMs: number): void {
	timerEndsAtMs = atMs;
	AbortSignal.timeout(Math.max(1, Math.ceil(atMs - nowMs))).addEventListener('abort', () => {
		// An earlier alarm has set a timer of its own meanwhile, which looks after all of them.
		if (timerEndsAtMs === atMs) ringDue();
	});
}

function ringDue(): void {
	const nowMs = performance.now();
	timerEndsAtMs = Infinity;
	let nextAtMs = Infinity;
	for (const alarm of alarms) {
		if (alarm.atMs <= nowMs + EARLY_MS) {
			alarms.delete(alarm);
			alarm.ring();
		} else nextAtMs = Math.min(nextAtMs, alarm.atMs);
	}
	if (nextAtMs < timerEndsAtMs) setTimer(nextAtMs, nowMs);
}

/**
 * Calls `ring` once after so many milliseconds, unless it is cancelled before. All alarms share one timer, because a
 * timer for each call would stay in memory for the whole timeout of calls that have long been answered.
 *
 * @returns cancels the alarm
 */
export function alarmAfter(ms: number, ring: () => void): () => void {
	const nowMs = performance.now();
	const alarm = { atMs: nowMs + ms, ring };
	alarms.add(alarm);
	if (alarm.atMs < timerEndsAtMs) setTimer(alarm.atMs, nowMs);
	return () => void alarms.delete(alarm);
}
