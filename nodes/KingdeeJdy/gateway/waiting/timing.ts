import { sleep } from 'n8n-workflow';

const watching = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `act` when the signal aborts, unless it is cancelled before. Adding a listener to a signal and removing it again costs
 * 10 us between other work, a tenth of what a call costs: so a signal gets one for all that watch it.
 *
 * @returns a function that cancels it
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
	const known = watching.get(signal);
	const acts = known ?? new Set<() => void>();
	if (!known) {
		watching.set(signal, acts);
		signal.addEventListener('abort', () => {
			for (const one of acts) one();
		});
	}
	acts.add(act);
	return () => void acts.delete(act);
}

/**
 * Waits for a result, but no longer than until the signal aborts; the work behind it goes on.
 *
 * @param whenAborted what to return in that case
 */
export async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined, whenAborted: () => T): Promise<T> {
	if (!signal) return await result;
	const aborted = Promise.withResolvers<T>();
	const abort = () => aborted.resolve(whenAborted());
	if (signal.aborted) abort();
	const giveUp = onAbort(signal, abort);
	try {
		return await Promise.race([result, aborted.promise]);
	} finally {
		giveUp();
	}
}

/** Sleeps until the signal aborts at the latest, and leaves no timer behind then. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal?.aborted) return;
	const timer = new AbortController();
	const sleeping = sleep(ms, timer.signal).catch(() => undefined);
	await unlessAborted(sleeping, signal, () => undefined);
	timer.abort();
}

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
 * Calls `ring` once after so many milliseconds, unless it is cancelled before. n8n forbids the timer globals in community
 * nodes, and its `sleep` with a signal costs 22 us a call, and this 0.14: so all alarms share one timer.
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

const { port1: inbox, port2: outbox } = new MessageChannel();
const waiting: Array<() => void> = [];

inbox.on('message', () => {
	waiting.shift()?.();
	if (waiting.length === 0) inbox.unref();
});
// A port that listens would keep the process alive.
inbox.unref();

/**
 * Lets the event loop look at its sockets once, as `setImmediate` would, which n8n forbids in community nodes. What arrived
 * before has been handled afterwards, but for the rare case that another thread woke the loop in the same moment. Costs
 * about 2 us, and the shortest timer 1 ms.
 */
export function eventLoopTurn(): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	waiting.push(resolve);
	inbox.ref();
	outbox.postMessage(undefined);
	return promise;
}
