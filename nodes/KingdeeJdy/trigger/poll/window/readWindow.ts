import type { PollResult } from '../ask';
import type { CursorUpdate } from '../changeSource';
import type { Entry } from '../entries';
import { readChosen } from './chooseSpan';
import type { Chosen } from './chooseSpan';
import type { Cursor, EmittedDocument } from './cursor';
import { MAX_REMEMBERED, forget, keep, note, tooMany } from './remember';
import type { Observed } from './remember';
import { sift } from './sift';
import { changedMeanwhile, changedSince, readAhead } from './stamps';
import type { Ahead } from './stamps';
import type { Watch } from './watch';
import { AHEAD_MS, MARGIN_MS, startOf, startOfSecond } from './window';

/** What one window brought. */
export interface Window {
	fresh: Entry[];
	/** What counts once these have been emitted: all that is fresh, or only some. */
	cursorAfter: (emitted: readonly Entry[], isAll: boolean) => Promise<PollResult<CursorUpdate<Cursor>>>;
	/** Where the window ended, if there is more that happened before now. */
	behindUntilMs: number | undefined;
}

/** A window, and what became of its documents. */
interface Looked {
	chosen: Chosen;
	fresh: Entry[];
	unchanged: ReadonlySet<string>;
	/** Keys of the documents that a clock stamped that is ahead, when they were changed and when they were created. */
	far: ReadonlySet<string>;
	farByCreation: ReadonlySet<string>;
}

/** No document of a window that is closed, or of its part up to now, is stamped later. */
function checkedUntil({ isBehind, heads, endMs }: Chosen): number {
	return isBehind ? heads.span.untilMs : endMs;
}

/**
 * Keys of new documents that are left to a later window: those of the second that has not passed yet, and, if this window is
 * closed, those that only their creation shows in it, although they have been modified since the poll started.
 */
async function later(watch: Watch, { isBehind, byCreation, endMs }: Chosen, news: readonly Entry[]): Promise<PollResult<Pick<Ahead, 'near' | 'far' | 'byCreation'>>> {
	const none = { near: new Set<string>(), far: new Set<string>(), byCreation: new Set<string>() };
	if (watch.event === 'created') return { value: none };
	if (!isBehind) return news.length === 0 ? { value: none } : await readAhead(watch, endMs);
	if (!news.some(({ key }) => byCreation.has(key))) return { value: none };
	const modified = await watch.lists.readByEvent({ fromMs: endMs + 1, untilMs: endMs + AHEAD_MS });
	if ('failure' in modified) return modified;
	return { value: { ...none, near: new Set(modified.value.flatMap(({ key }) => (byCreation.has(key) ? [key] : []))) } };
}

/** Tells what is new in a window. */
async function look(watch: Watch, chosen: Chosen, { emitted }: Cursor): Promise<PollResult<Looked>> {
	const { entries, heads } = chosen;
	const { fresh, doubtful } = sift(entries, emitted, watch.event);
	const changed = await changedSince(watch, doubtful, checkedUntil(chosen), heads.span.untilMs);
	if ('failure' in changed) return changed;
	const news = [...fresh, ...changed.value];
	const left = await later(watch, chosen, news);
	if ('failure' in left) return left;
	const { near, far, byCreation: farByCreation } = left.value;
	const newKeys = new Set(changed.value.map(({ key }) => key));
	const same = [...doubtful.values()].flat().filter(({ key }) => !newKeys.has(key));
	return { value: { chosen, fresh: news.filter(({ key }) => !near.has(key)), unchanged: new Set(same.map(({ key }) => key)), far, farByCreation } };
}

/** Up to when a document is surely stamped that is emitted now. */
function stampedUntil({ key }: Entry, { chosen: { isBehind, byCreation, heads, endMs }, far }: Looked, event: Watch['event']): number {
	// One that only its creation shows may have been modified at any time since.
	if (isBehind) return byCreation.has(key) ? endMs : heads.span.untilMs;
	return event === 'created' || far.has(key) ? endMs + AHEAD_MS : endMs;
}

/** Up to when it may be stamped all the same; undefined if no later than that. */
function keptUntil({ key }: Entry, { chosen: { isBehind, heads, endMs }, farByCreation }: Looked, again: ReadonlySet<string>, nowMs: number): number | undefined {
	if (!isBehind) return farByCreation.has(key) ? endMs + AHEAD_MS : undefined;
	// What changes while it is read, and what was created by a clock that is ahead, lies in a later window.
	return Math.max(heads.span.untilMs + AHEAD_MS, again.has(key) ? nowMs + MARGIN_MS : 0);
}

/** Where the next window begins, and how far this one has read. */
function timesAfter({ startedAt, lookBackMs }: Watch, { heads: { span }, endMs }: Chosen, before: Cursor): Omit<Cursor, 'emitted'> {
	// Everything is read twice at least, because lists leave a document out now and then [R]: what the window before had read.
	const fromMs = Math.max(span.fromMs, startOfSecond(Math.min(before.untilMs, before.readAtMs - lookBackMs - MARGIN_MS)));
	return { fromMs, untilMs: Math.min(span.untilMs, endMs), readAtMs: startedAt() };
}

async function cursorAfter(watch: Watch, looked: Looked, before: Cursor, { emitted, isAll }: { emitted: readonly Entry[]; isAll: boolean }): Promise<PollResult<CursorUpdate<Cursor>>> {
	const { chosen, unchanged } = looked;
	const { isBehind, isShortened, heads, entries } = chosen;
	const again = isBehind ? await changedMeanwhile(watch, emitted) : { value: new Set<string>() };
	if ('failure' in again) return again;
	const shown = new Set(entries.map(({ key }) => key));
	// A change may be stamped by a clock that is behind.
	const observed: Observed = { shown, unchanged, unchangedUntilMs: checkedUntil(chosen) - MARGIN_MS, isOpen: !isBehind, isShortened };
	const documents: Map<string, EmittedDocument> = keep(before.emitted, observed);
	for (const entry of emitted) {
		note(documents, entry, { untilMs: stampedUntil(entry, looked, watch.event), keepUntilMs: keptUntil(entry, looked, again.value, watch.now()) });
	}
	const times = isAll ? timesAfter(watch, chosen, before) : { ...before, fromMs: isShortened ? heads.span.fromMs : before.fromMs };
	const fromMs = forget(documents, times.fromMs, times.untilMs);
	const warnings = isShortened || fromMs > times.fromMs ? [tooMany(fromMs)] : [];
	return { value: { cursor: { ...times, fromMs, emitted: documents }, warnings } };
}

/**
 * Reads the next window of a list: everything in it that was not emitted before. Nothing is changed by that; the cursor that
 * is returned with it counts once what is fresh has been emitted.
 */
export async function readWindow(watch: Watch, before: Cursor): Promise<PollResult<Window>> {
	const chosen = await readChosen(watch, { fromMs: (endMs) => startOf(before.fromMs, endMs), readUntilMs: before.untilMs, maxRemembered: MAX_REMEMBERED });
	if ('failure' in chosen) return chosen;
	const { heads, isBehind } = chosen.value;
	const looked = await look(watch, chosen.value, before);
	if ('failure' in looked) return looked;
	return {
		value: {
			fresh: looked.value.fresh,
			cursorAfter: async (emitted, isAll) => await cursorAfter(watch, looked.value, before, { emitted, isAll }),
			behindUntilMs: isBehind ? heads.span.untilMs : undefined,
		},
	};
}
