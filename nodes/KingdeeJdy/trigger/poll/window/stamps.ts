import type { PollResult } from '../ask';
import { UNSURE_MS } from '../clock';
import type { Entry } from '../entries';
import type { Watch } from './watch';
import { AHEAD_MS, MARGIN_MS, lastSecond } from './window';

/** How often the end of the current second is looked for, if answers take longer than a second. */
const MAX_TRIES = 5;

/** Keys of documents that are stamped later than the last second that has surely passed. */
export interface Ahead {
	/** In the current second: they may change once more without a trace in their rows. */
	near: ReadonlySet<string>;
	nearUntilMs: number;
	/** By a clock that is ahead. */
	far: ReadonlySet<string>;
	farUntilMs: number;
	/** Those whose creation is stamped so: that list shows them again. */
	byCreation: ReadonlySet<string>;
}

function keysOf(entries: readonly Entry[]): Set<string> {
	return new Set(entries.map(({ key }) => key));
}

/** @param endMs the last second that has surely passed */
export async function readAhead({ lists, now }: Watch, endMs: number): Promise<PollResult<Ahead>> {
	const farUntilMs = endMs + AHEAD_MS;
	const created = await lists.readByCreation({ fromMs: endMs + 1, untilMs: farUntilMs });
	if ('failure' in created) return created;
	const byCreation = keysOf(created.value);
	const ahead = await lists.readByEvent({ fromMs: endMs + 1, untilMs: farUntilMs });
	if ('failure' in ahead) return ahead;
	if (ahead.value.length === 0) return { value: { near: new Set(), nearUntilMs: endMs, far: new Set(), farUntilMs, byCreation } };
	for (let tries = 1; ; tries++) {
		const nearUntilMs = lastSecond(now()) + 2 * UNSURE_MS;
		const later = await lists.readByEvent({ fromMs: nearUntilMs + 1, untilMs: farUntilMs });
		if ('failure' in later) return later;
		const far = keysOf(later.value);
		const near = new Set(ahead.value.flatMap(({ key }) => (far.has(key) ? [] : [key])));
		if (now() <= nearUntilMs || tries === MAX_TRIES) return { value: { near, nearUntilMs, far, farUntilMs, byCreation } };
	}
}

/**
 * Those of the doubtful ones that JDY has stamped anew since they were emitted, as they are by now.
 *
 * @param doubtful by the time up to which they were stamped when they were emitted
 */
export async function changedSince({ lists }: Watch, doubtful: ReadonlyMap<number, Entry[]>, endMs: number, untilMs: number): Promise<PollResult<Entry[]>> {
	const changed: Entry[] = [];
	let stamped: ReadonlySet<string> | undefined;
	for (const [emittedUntilMs, entries] of [...doubtful].sort(([a], [b]) => a - b)) {
		// What is not stamped later than an earlier time is not stamped later than this one.
		const isLater = stamped === undefined || entries.some(({ key }) => stamped?.has(key));
		if (emittedUntilMs >= endMs || !isLater) continue;
		const since = await lists.readByEvent({ fromMs: emittedUntilMs + 1, untilMs });
		if ('failure' in since) return since;
		const known = new Map(entries.map((entry) => [entry.key, entry]));
		for (const entry of since.value) {
			const before = known.get(entry.key);
			if (before) changed.push({ ...entry, documentBefore: before.documentBefore });
		}
		stamped = keysOf(since.value);
	}
	return { value: changed };
}

/**
 * Keys of those that may have been changed between the reading of the list and that of the whole document. Their change lies in
 * a window that may be read much later, when this one is long forgotten.
 */
export async function changedMeanwhile({ lists, startedAt, now }: Watch, emitted: readonly Entry[]): Promise<PollResult<ReadonlySet<string>>> {
	if (emitted.every(({ document }) => document === undefined)) return { value: new Set() };
	const recent = await lists.readByEvent({ fromMs: startedAt() - MARGIN_MS, untilMs: now() + MARGIN_MS });
	return 'failure' in recent ? recent : { value: keysOf(recent.value) };
}
