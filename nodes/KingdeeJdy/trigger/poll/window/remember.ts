import { written } from '../entries';
import type { Entry } from '../entries';
import type { Emitted, EmittedDocument } from './cursor';

/** Documents that are remembered at most. */
export const MAX_REMEMBERED = 20_000;

/** Tells, for the log, that a window begins later than wanted. */
export function tooMany(fromMs: number): string {
	const since = new Date(fromMs).toISOString();
	return `More than ${MAX_REMEMBERED} documents within Look Back Minutes: those since ${since} are remembered, and what appears later with an earlier time is not noticed`;
}

/** Windows in which a document may be missing before it is forgotten: lists leave one out now and then [R]. */
const MISSED_WINDOWS = 2;

/** What a window has shown. */
export interface Observed {
	/** Keys of its documents. */
	shown: ReadonlySet<string>;
	/** Keys of those that are known to be as they were emitted. */
	unchanged: ReadonlySet<string>;
	/** None of them is stamped later, by JDY's own clocks. */
	unchangedUntilMs: number;
	/** Whether the window shows everything from its beginning on, so that what it does not show has passed, or was left out. */
	isOpen: boolean;
	/** Whether the window was shortened: what precedes it is never shown again. */
	isShortened: boolean;
}

/** What is still to be remembered after a window. */
export function keep(emitted: Emitted, { shown, unchanged, unchangedUntilMs, isOpen, isShortened }: Observed): Map<string, EmittedDocument> {
	const kept = new Map<string, EmittedDocument>();
	for (const [key, document] of emitted) {
		if (shown.has(key)) {
			kept.set(key, { ...document, missed: 0, untilMs: unchanged.has(key) ? Math.max(document.untilMs, unchangedUntilMs) : document.untilMs });
			continue;
		}
		const missed = isOpen ? document.missed + 1 : document.missed;
		if (missed <= MISSED_WINDOWS && !isShortened) kept.set(key, { ...document, missed });
	}
	return kept;
}

/** Remembers a document that is emitted now. */
export function note(emitted: Map<string, EmittedDocument>, entry: Entry, times: Pick<EmittedDocument, 'untilMs' | 'keepUntilMs'>): void {
	emitted.set(entry.key, { digests: written(entry), missed: 0, ...times });
}

function lastMs({ untilMs, keepUntilMs = untilMs }: EmittedDocument): number {
	return keepUntilMs;
}

/**
 * Forgets what no window from there on can show again, and the oldest if there are too many.
 *
 * @param readUntilMs what is read next begins there at the latest
 * @returns from where on everything is remembered
 */
export function forget(emitted: Map<string, EmittedDocument>, fromMs: number, readUntilMs: number): number {
	for (const [key, document] of emitted) if (lastMs(document) < fromMs) emitted.delete(key);
	if (emitted.size <= MAX_REMEMBERED) return fromMs;
	const oldest = [...emitted].sort(([, a], [, b]) => lastMs(a) - lastMs(b)).slice(0, emitted.size - MAX_REMEMBERED);
	for (const [key] of oldest) emitted.delete(key);
	return oldest.reduce((latest, [, { untilMs }]) => Math.max(latest, Math.min(untilMs, readUntilMs) + 1), fromMs);
}
