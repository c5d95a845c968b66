const REAL = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

/** From now on `Date` stands still until it is moved; timers stay real. */
export function freezeDate(): void {
	jest.useFakeTimers({ now: Date.now(), doNotFake: [...REAL] });
}

export function moveDate(ms: number): void {
	jest.setSystemTime(Date.now() + ms);
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
