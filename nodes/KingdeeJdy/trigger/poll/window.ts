import { UNSURE_MS } from './clock';

/** A part of JDY's time, both ends included. */
export interface Span {
	fromMs: number;
	untilMs: number;
}

/** A document may come to a list so long after the time that it was stamped with. */
const LATEST_MS = 90_000;

/** JDY's own clocks may differ by so much from the one that is known here. */
const CLOCKS_APART_MS = 90_000;

/** For times that are told in whole seconds, and for the time that a call takes. */
const MARGIN_MS = 20_000;

/**
 * How far each window goes back behind the end of the one before. What a reading does not show yet was changed less than
 * 90 s before it, and is stamped up to 90 s earlier still where the clocks differ: so it stands in the next window.
 */
export const OVERLAP_MS = LATEST_MS + CLOCKS_APART_MS + MARGIN_MS;

const SECOND_MS = 1000;

/**
 * The last moment of the last second that has surely passed at the gateway: whether JDY compares milliseconds or seconds then
 * makes no difference.
 */
export function lastSecond(nowMs: number): number {
	return Math.floor((nowMs - UNSURE_MS) / SECOND_MS) * SECOND_MS - 1;
}

/** Where the next window begins after one that ended at `untilMs`; from there on nothing is settled yet. */
export function nextFrom(untilMs: number, nowMs: number): number {
	return Math.min(untilMs, nowMs - OVERLAP_MS);
}

/** From where a window up to `endMs` is read. A clock that was set back must not end all reading until it is there again. */
export function startOf(fromMs: number, endMs: number): number {
	return fromMs <= endMs ? fromMs : endMs - OVERLAP_MS;
}

/** The end of a second about halfway between two moments; undefined where no second ends between them. */
export function secondBetween(lowMs: number, highMs: number): number | undefined {
	const first = Math.floor((lowMs + 1) / SECOND_MS) + 1;
	const last = Math.ceil((highMs + 1) / SECOND_MS) - 1;
	return first > last ? undefined : Math.floor((first + last) / 2) * SECOND_MS - 1;
}
