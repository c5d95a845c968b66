import { UNSURE_MS } from '../clock';

/** A part of JDY's time, both ends included. */
export interface Span {
	fromMs: number;
	untilMs: number;
}

/** JDY's own clocks may differ by so much from the one that is known here. */
const CLOCKS_APART_MS = 90_000;

/** For times in whole seconds, and for the time that a call takes. */
const CALL_MS = 20_000;

/** How far a window goes back beyond how late documents may appear. */
export const MARGIN_MS = CLOCKS_APART_MS + CALL_MS;

/**
 * How far the last window reaches beyond now. A list that is asked until now misses a document now and then [R]; that an end
 * may be left out is not documented.
 */
export const AHEAD_MS = 24 * 60 * 60 * 1000;

const SECOND_MS = 1000;

/**
 * The last moment of the last second that has surely passed at the gateway: whether JDY compares milliseconds or seconds then
 * makes no difference.
 */
export function lastSecond(nowMs: number): number {
	return Math.floor((nowMs - UNSURE_MS) / SECOND_MS) * SECOND_MS - 1;
}

/** The first moment of a second: what is stamped in whole seconds is then in the same windows as what is stamped in ms. */
export function startOfSecond(ms: number): number {
	return Math.floor(ms / SECOND_MS) * SECOND_MS;
}

/** From where a window up to `endMs` is read. A clock that was set back must not stop all reading until it has caught up. */
export function startOf(fromMs: number, endMs: number): number {
	return fromMs <= endMs ? fromMs : endMs - MARGIN_MS;
}

/** The end of a second about halfway between two moments; undefined if no second ends between them. */
export function secondBetween(lowMs: number, highMs: number): number | undefined {
	const first = Math.floor((lowMs + 1) / SECOND_MS) + 1;
	const last = Math.ceil((highMs + 1) / SECOND_MS) - 1;
	return first > last ? undefined : Math.floor((first + last) / 2) * SECOND_MS - 1;
}
