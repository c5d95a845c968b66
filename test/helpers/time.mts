/** What sockets need to go on. */
const SOCKETS = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const;
const TIMERS = ['clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

/** From now on `Date` and timers stand still until they are moved; sockets go on. */
export function freezeTime(now = Date.now()): void {
	jest.useFakeTimers({ now, doNotFake: [...SOCKETS] });
}

/** From now on `Date` stands still until it is moved; timers stay real. */
export function freezeDate(): void {
	jest.useFakeTimers({ now: Date.now(), doNotFake: [...SOCKETS, ...TIMERS] });
}

export function moveDate(ms: number): void {
	jest.setSystemTime(Date.now() + ms);
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
