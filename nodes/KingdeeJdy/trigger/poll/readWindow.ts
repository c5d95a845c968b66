import { cut } from './cut';
import { entriesOf } from './entries';
import type { Entry } from './entries';
import { remember, sift } from './given';
import type { Event, Given } from './given';
import type { Head, Read, TimedList } from './timedList';
import { UNSURE_MS } from './clock';
import { OVERLAP_MS, lastSecond, nextFrom, startOf } from './window';
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
	/** What counts once these have been given out: all that is fresh, or only some. */
	positionAfter: (given: readonly Entry[], isAll: boolean) => Promise<Read<Position>>;
	/** Where the window ended, if there is more that happened before now. */
	behindUntilMs: number | undefined;
}

export interface Watch {
	list: TimedList;
	event: Event;
	/** Rows that one window has at most, those aside that were given out before. */
	maxRows: number;
	/** When the poll started, on the gateway's clock: each answer tells how late it is there. */
	startedAt: () => number;
	/** Now, on the same clock. */
	now: () => number;
}

/** All entries of a span. */
export async function readSpan(list: TimedList, span: Span, known?: Head): Promise<Read<Entry[]>> {
	const head = known ? { value: known } : await list.head(span);
	if ('failure' in head) return head;
	const rows = await list.read(head.value);
	return 'failure' in rows ? rows : { value: entriesOf(rows.value) };
}

/** Where the next window begins, by the clock as it is known now. */
export function positionAfter(span: Span, { startedAt }: Watch): Omit<Position, 'given'> {
	const nowMs = startedAt();
	const untilMs = Math.min(span.untilMs, lastSecond(nowMs));
	return { fromMs: nextFrom(untilMs, nowMs), untilMs };
}

/** Whether an answer has told that it is another time at the gateway than it was taken for. */
export function wasWrong({ startedAt }: Watch, untilMs: number): boolean {
	return Math.abs(lastSecond(startedAt()) - untilMs) > UNSURE_MS;
}

/** Those of the doubtful ones that JDY has stamped anew since they were given out. */
async function changedSince(list: TimedList, doubtful: ReadonlyMap<number, Entry[]>, untilMs: number): Promise<Read<Entry[]>> {
	const changed: Entry[] = [];
	for (const [givenUntilMs, entries] of doubtful) {
		if (givenUntilMs >= untilMs) continue;
		const since = await readSpan(list, { fromMs: givenUntilMs + 1, untilMs });
		if ('failure' in since) return since;
		const keys = new Set(entries.map(({ key }) => key));
		// As they are by now: they may have been changed since the first reading.
		changed.push(...since.value.filter(({ key }) => keys.has(key)));
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
 * Those that may have been changed between the reading of the list and that of the whole document. Their change lies in a
 * window that may come much later, when this one is long forgotten.
 */
async function changedMeanwhile({ list, startedAt, now }: Watch, given: readonly Entry[]): Promise<Read<Entry[]>> {
	if (given.every(({ document }) => document === undefined)) return { value: [] };
	const recent = await readSpan(list, { fromMs: startedAt() - OVERLAP_MS, untilMs: now() + OVERLAP_MS });
	if ('failure' in recent) return recent;
	const keys = new Set(recent.value.map(({ key }) => key));
	return { value: given.filter(({ key }) => keys.has(key)) };
}

/**
 * Reads the next window of a list: everything in it that was not given out before. Nothing is changed by that; the position
 * that comes with it counts once what is fresh has been given out.
 */
export async function readWindow(watch: Watch, before: Position, isFirstTry = true): Promise<Read<Window>> {
	const endMs = lastSecond(watch.startedAt());
	const whole = { fromMs: startOf(before.fromMs, endMs), untilMs: endMs };
	const chosen = await spanOf(watch, whole, before);
	if ('failure' in chosen) return chosen;
	if (isFirstTry && wasWrong(watch, endMs)) return await readWindow(watch, before, false);
	const { span, head } = chosen.value;
	const entries = await readSpan(watch.list, span, head);
	if ('failure' in entries) return entries;
	const { fresh, doubtful } = sift(entries.value, before.given, watch.event);
	const changed = await changedSince(watch.list, doubtful, span.untilMs);
	if ('failure' in changed) return changed;
	fresh.push(...changed.value);
	const isBehind = span.untilMs < whole.untilMs;
	const after: Window['positionAfter'] = async (given, isAll) => {
		const next = isAll ? positionAfter(span, watch) : before;
		const again = isBehind ? await changedMeanwhile(watch, given) : { value: [] };
		if ('failure' in again) return again;
		const others = given.filter((entry) => !again.value.includes(entry));
		const remembered = remember(before.given, others, { untilMs: span.untilMs }, next.fromMs);
		const kept = { untilMs: span.untilMs, keepUntilMs: watch.now() + OVERLAP_MS };
		return { value: { ...next, given: remember(remembered, again.value, kept, next.fromMs) } };
	};
	return { value: { fresh, positionAfter: after, behindUntilMs: isBehind ? span.untilMs : undefined } };
}
