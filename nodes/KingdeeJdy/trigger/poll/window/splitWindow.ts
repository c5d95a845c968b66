import type { PollResult } from '../ask';
import type { Heads, TimedLists } from './timedLists';
import { secondBetween } from './window';
import type { Span } from './window';

/** What a part up to the end of a span is filled with at least: the more, the later it has to be shortened again. */
const LEAST_FILLED = 0.9;

/**
 * The longest part of a span, from its start, that has no more rows than wanted; a second is taken whole, however many it has.
 * Each step halves what is uncertain, so a year takes about 25 calls.
 *
 * @param heads of the span, which has more
 */
export async function firstPart(lists: TimedLists, { span }: Heads, maxRows: number): Promise<PollResult<Span>> {
	let tooLong = span;
	let fits: Span | undefined;
	for (;;) {
		const untilMs = secondBetween(fits?.untilMs ?? span.fromMs - 1, tooLong.untilMs);
		if (untilMs === undefined) return { value: fits ?? tooLong };
		const tried = { fromMs: span.fromMs, untilMs };
		const heads = await lists.head(tried);
		if ('failure' in heads) return heads;
		const { total = 0 } = heads.value;
		if (total > maxRows) tooLong = tried;
		else fits = tried;
		// Good enough: what is left is in the next window.
		if (total <= maxRows && total > maxRows / 2) return { value: tried };
	}
}

/**
 * The part of a span up to its end that has no more rows than wanted, and not much fewer.
 *
 * @param heads of the span, which has more
 * @param latestFromMs where it begins at the latest, however many rows it has from there on
 */
export async function lastPart(lists: TimedLists, { span }: Heads, maxRows: number, latestFromMs: number): Promise<PollResult<Heads>> {
	let tooEarlyMs = span.fromMs;
	let fromMs = latestFromMs;
	let fits: Heads | undefined;
	for (;;) {
		const beforeMs = secondBetween(tooEarlyMs, fromMs - 1);
		if (beforeMs === undefined) return fits ? { value: fits } : await lists.head({ ...span, fromMs });
		const heads = await lists.head({ ...span, fromMs: beforeMs + 1 });
		if ('failure' in heads) return heads;
		const { total = 0 } = heads.value;
		if (total > maxRows) tooEarlyMs = beforeMs + 1;
		else {
			fits = heads.value;
			fromMs = beforeMs + 1;
			if (total > LEAST_FILLED * maxRows) return heads;
		}
	}
}
