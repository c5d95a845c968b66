import type { PollResult } from '../ask';
import { UNSURE_MS } from '../clock';
import { firstPart, lastPart } from './splitWindow';
import type { Heads, Listed } from './timedLists';
import type { Watch } from './watch';
import { AHEAD_MS, lastSecond } from './window';

/** The window that a poll reads. */
export interface Chosen extends Listed {
	heads: Heads;
	/** The last second that had surely passed when the poll started. */
	endMs: number;
	/** Whether there is more behind it. */
	isBehind: boolean;
	/** Whether it begins later than wanted, because it has too many rows to be remembered. */
	isShortened: boolean;
}

/** What decides about a window. */
interface Wanted {
	/** Where it begins, by the last second that has surely passed. */
	fromMs: (endMs: number) => number;
	/** Up to where everything was read before. */
	readUntilMs: number;
	/** How many documents can be remembered. */
	maxRemembered: number;
}

type Unread = Omit<Chosen, keyof Listed>;

/** All up to now and beyond. The answer may show another time there than was assumed. */
async function headOfAll(watch: Watch, { fromMs }: Wanted): Promise<PollResult<{ heads: Heads; endMs: number }>> {
	for (let tries = 1; ; tries++) {
		const endMs = lastSecond(watch.startedAt());
		const heads = await watch.lists.head({ fromMs: fromMs(endMs), untilMs: endMs + AHEAD_MS });
		if ('failure' in heads) return heads;
		if (tries === 2 || Math.abs(lastSecond(watch.startedAt()) - endMs) <= UNSURE_MS) return { value: { heads: heads.value, endMs } };
	}
}

function unreadFrom(fromMs: number, endMs: number, { readUntilMs }: Wanted): number {
	return Math.max(fromMs, Math.min(readUntilMs + 1, endMs));
}

/** All up to now and beyond, or else a part that has something which was not read yet, and not too much of that. */
async function choose(watch: Watch, wanted: Wanted): Promise<PollResult<Unread>> {
	const { lists, maxRows } = watch;
	const whole = await headOfAll(watch, wanted);
	if ('failure' in whole) return whole;
	const { heads, endMs } = whole.value;
	const { total = 0, span } = heads;
	const all: Unread = { heads, endMs, isBehind: false, isShortened: false };
	if (total <= Math.min(maxRows, wanted.maxRemembered)) return { value: all };
	// What was read before does not count: it is remembered.
	const unreadFromMs = unreadFrom(span.fromMs, endMs, wanted);
	const unread = await lists.head({ fromMs: unreadFromMs, untilMs: endMs });
	if ('failure' in unread) return unread;
	if ((unread.value.total ?? 0) > maxRows) {
		const part = await firstPart(lists, unread.value, maxRows);
		if ('failure' in part) return part;
		const partHeads = await lists.head({ ...span, untilMs: part.value.untilMs });
		return 'failure' in partHeads ? partHeads : { value: { ...all, heads: partHeads.value, isBehind: true } };
	}
	if (total <= wanted.maxRemembered || unreadFromMs === span.fromMs) return { value: all };
	const part = await lastPart(lists, heads, wanted.maxRemembered, unreadFromMs);
	return 'failure' in part ? part : { value: { ...all, heads: part.value, isShortened: true } };
}

/** Reads the window of a poll; if its lists together show too many documents to be remembered, a shorter one. */
export async function readChosen(watch: Watch, wanted: Wanted): Promise<PollResult<Chosen>> {
	for (let { maxRemembered } = wanted; ; ) {
		const chosen = await choose(watch, { ...wanted, maxRemembered });
		if ('failure' in chosen) return chosen;
		const { heads, endMs, isBehind } = chosen.value;
		const read = await watch.lists.read(heads);
		if ('failure' in read) return read;
		const count = read.value.entries.length;
		const isLeast = isBehind || heads.span.fromMs >= unreadFrom(heads.span.fromMs, endMs, wanted);
		if (count <= wanted.maxRemembered || isLeast) return { value: { ...chosen.value, ...read.value } };
		maxRemembered = Math.floor((0.9 * maxRemembered * wanted.maxRemembered) / count);
	}
}
