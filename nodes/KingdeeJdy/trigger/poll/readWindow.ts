import { cut } from './cut';
import { entriesOf } from './entries';
import type { Entry } from './entries';
import { remember, sift } from './given';
import type { Event, Given } from './given';
import type { Head, Read, TimedList } from './timedList';
import { endOfSecond, nextFrom, startOf } from './window';
import type { Span } from './window';

/** How far a list has been read, on the gateway's clock. */
export interface Position {
	/** Where the next window begins. */
	fromMs: number;
	/** Where the last one ended. */
	untilMs: number;
	given: Given[];
}

/** What one window brought. */
export interface Window {
	fresh: Entry[];
	/** What counts once all of it has been given out. */
	position: Position;
	/** What counts once these have been given out, and the others of the window have not. */
	partly: (given: readonly Entry[]) => Position;
	/** There is more that happened before now: the next window takes it up. */
	isBehind: boolean;
}

export interface Watch {
	list: TimedList;
	event: Event;
	/** Rows that one window has at most, those aside that were given out before. */
	maxRows: number;
	/** When the poll started, on the gateway's clock: each answer tells how late it is there. */
	startedAt: () => number;
}

async function readSpan(list: TimedList, span: Span, known?: Head): Promise<Read<Entry[]>> {
	const head = known ? { value: known } : await list.head(span);
	if ('failure' in head) return head;
	const rows = await list.read(head.value);
	return 'failure' in rows ? rows : { value: entriesOf(rows.value) };
}

/** Where the next window begins, by the clock as it is known now. */
function positionAfter(span: Span, given: (fromMs: number) => Given[], { startedAt }: Watch): Position {
	const nowMs = startedAt();
	const untilMs = Math.min(span.untilMs, endOfSecond(nowMs));
	const fromMs = nextFrom(untilMs, nowMs);
	return { fromMs, untilMs, given: given(fromMs) };
}

/** Where the reading of a list that was never read before starts: what it shows by now has been there before. */
export async function startHere(watch: Watch): Promise<Read<Position>> {
	const read = async (): Promise<Read<Position>> => {
		const untilMs = endOfSecond(watch.startedAt());
		const span = { fromMs: startOf(Infinity, untilMs), untilMs };
		const entries = await readSpan(watch.list, span);
		if ('failure' in entries) return entries;
		return { value: positionAfter(span, () => remember([], entries.value, untilMs, -Infinity), watch) };
	};
	const first = await read();
	// The answer may have told that it is later at the gateway than here.
	return 'value' in first && endOfSecond(watch.startedAt()) > first.value.untilMs ? await read() : first;
}

/** Those of the doubtful ones that JDY has stamped anew since they were given out. */
async function changedSince(list: TimedList, doubtful: ReadonlyMap<number, Entry[]>, untilMs: number): Promise<Read<Entry[]>> {
	const changed: Entry[] = [];
	for (const [givenUntilMs, entries] of doubtful) {
		if (givenUntilMs >= untilMs) continue;
		const since = await readSpan(list, { fromMs: givenUntilMs + 1, untilMs });
		if ('failure' in since) return since;
		const keys = new Set(since.value.map(({ key }) => key));
		changed.push(...entries.filter(({ key }) => keys.has(key)));
	}
	return { value: changed };
}

/** The whole window where it has few enough rows; else a part of it, and always one with something that was not read yet. */
async function spanOf({ list, maxRows }: Watch, whole: Span, before: Position): Promise<Read<{ span: Span; head?: Head }>> {
	const head = await list.head(whole);
	if ('failure' in head) return head;
	if ((head.value.total ?? 0) <= maxRows) return { value: { span: whole, head: head.value } };
	// What was read before does not count: it is in the memory of what was given out.
	const unreadFromMs = Math.max(whole.fromMs, Math.min(before.untilMs + 1, whole.untilMs));
	const unread = unreadFromMs > whole.fromMs ? await list.head({ ...whole, fromMs: unreadFromMs }) : head;
	if ('failure' in unread) return unread;
	if ((unread.value.total ?? 0) <= maxRows) return { value: { span: whole, head: head.value } };
	const part = await cut(list, unread.value, maxRows);
	return 'failure' in part ? part : { value: { span: { ...whole, untilMs: part.value.untilMs } } };
}

/**
 * Reads the next window of a list: everything in it that was not given out before. Nothing is changed by that; the position
 * that comes with it counts once what is fresh has been given out.
 */
export async function readWindow(watch: Watch, before: Position): Promise<Read<Window>> {
	const endMs = endOfSecond(watch.startedAt());
	const whole = { fromMs: startOf(before.fromMs, endMs), untilMs: endMs };
	const chosen = await spanOf(watch, whole, before);
	if ('failure' in chosen) return chosen;
	const { span, head } = chosen.value;
	const entries = await readSpan(watch.list, span, head);
	if ('failure' in entries) return entries;
	const { fresh, doubtful } = sift(entries.value, before.given, watch.event);
	const changed = await changedSince(watch.list, doubtful, span.untilMs);
	if ('failure' in changed) return changed;
	fresh.push(...changed.value);
	const position = positionAfter(span, (fromMs) => remember(before.given, fresh, span.untilMs, fromMs), watch);
	const partly = (given: readonly Entry[]) => ({ ...before, given: remember(before.given, given, span.untilMs, before.fromMs) });
	return { value: { fresh, position, partly, isBehind: span.untilMs < whole.untilMs } };
}
