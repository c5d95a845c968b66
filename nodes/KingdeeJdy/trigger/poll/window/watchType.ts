import type { PollResult } from '../ask';
import type { ChangeSource, SourceDescription } from '../changeSource';
import { entriesOf } from '../entries';
import type { Entry } from '../entries';
import { inOrderOfChange, newest } from '../order';
import { readCursor, storeCursor } from './cursor';
import type { Cursor } from './cursor';
import { readWindow } from './readWindow';
import { startHere } from './start';
import type { Watch } from './watch';
import { MARGIN_MS } from './window';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back the newest documents are looked for. */
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS, 3650 * DAY_MS];

/** The newest documents; those of a shorter span are newer than whatever a longer one adds. */
async function newestOf({ lists, event, startedAt }: Watch, count: number): Promise<PollResult<Entry[]>> {
	const untilMs = startedAt() + DAY_MS;
	const found = new Map<string, Entry>();
	for (const backMs of LOOK_BACK_MS) {
		const heads = await lists.head({ fromMs: startedAt() - backMs, untilMs });
		if ('failure' in heads) return heads;
		for (const entry of newest(entriesOf(lists.firstRows(heads.value)), event, count)) if (!found.has(entry.key)) found.set(entry.key, entry);
		if (found.size >= count) break;
	}
	return { value: [...found.values()].slice(0, count) };
}

/** Filters that were edited show documents of before: they are not news, so the window goes back no further than clocks may differ. */
function withOtherFilters(cursor: Cursor): Cursor {
	return { ...cursor, fromMs: Math.max(cursor.fromMs, cursor.untilMs - MARGIN_MS) };
}

/** A list that filters by time, read in windows. */
export function watchType(watch: Watch, about: SourceDescription<Cursor>): ChangeSource<Cursor> {
	return {
		...about,
		readCursor,
		storeCursor,
		start: async () => await startHere(watch),
		next: async ({ cursor, hasSameFilters }) => {
			const window = await readWindow(watch, hasSameFilters || about.scope.isMoving ? cursor : withOtherFilters(cursor));
			if ('failure' in window) return window;
			const { fresh, behindUntilMs, cursorAfter } = window.value;
			const notes = behindUntilMs === undefined ? [] : [`There is more than one poll gives out; read up to ${new Date(behindUntilMs).toISOString()}, the next polls go on from there`];
			return { value: { fresh: inOrderOfChange(fresh, watch.event), cursorAfter, notes } };
		},
		newest: async (count) => await newestOf(watch, count),
	};
}
