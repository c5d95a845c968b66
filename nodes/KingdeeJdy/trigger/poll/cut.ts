import type { Head, Read, TimedList } from './timedList';
import { secondBetween } from './window';
import type { Span } from './window';

/**
 * The longest part of a span, from its start, that has no more rows than wanted; a second is taken whole, however many it has.
 * Each step halves what is uncertain, so a year takes about 25 calls.
 *
 * @param head of the span, which has more
 */
export async function cut(list: TimedList, { span }: Head, maxRows: number): Promise<Read<Span>> {
	let tooLong = span;
	let fits: Span | undefined;
	for (;;) {
		const untilMs = secondBetween(fits?.untilMs ?? span.fromMs - 1, tooLong.untilMs);
		if (untilMs === undefined) return { value: fits ?? tooLong };
		const tried = { fromMs: span.fromMs, untilMs };
		const head = await list.head(tried);
		if ('failure' in head) return head;
		const { total = 0 } = head.value;
		if (total > maxRows) tooLong = tried;
		else fits = tried;
		// Good enough: what is left comes with the next window.
		if (total <= maxRows && total > maxRows / 2) return { value: tried };
	}
}
