import type { Read } from '../ask';
import type { About, Watched } from '../changeSource';
import { entriesOf } from '../entries';
import type { Entry } from '../entries';
import { inOrder, newest } from '../order';
import { readPosition, storePosition } from './cursor';
import type { Position } from './cursor';
import { readWindow } from './readWindow';
import { startHere } from './start';
import type { Watch } from './watch';
import { MARGIN_MS } from './window';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back the newest documents are looked for. */
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS, 3650 * DAY_MS];

/** The newest documents; those of a shorter span are newer than whatever a longer one adds. */
async function newestOf({ lists, event, startedAt }: Watch, count: number): Promise<Read<Entry[]>> {
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
function withOtherFilters(position: Position): Position {
	return { ...position, fromMs: Math.max(position.fromMs, position.untilMs - MARGIN_MS) };
}

/** A list that filters by time, read in windows. */
export function watchType(watch: Watch, about: About<Position>): Watched<Position> {
	return {
		...about,
		readPosition,
		storePosition,
		start: async () => await startHere(watch),
		next: async ({ position, hasSameFilters }) => {
			const window = await readWindow(watch, hasSameFilters || about.scope.isMoving ? position : withOtherFilters(position));
			if ('failure' in window) return window;
			const { fresh, behindUntilMs, positionAfter } = window.value;
			const notes = behindUntilMs === undefined ? [] : [`There is more than one poll gives out; read up to ${new Date(behindUntilMs).toISOString()}, the next polls go on from there`];
			return { value: { fresh: inOrder(fresh, watch.event), positionAfter, notes } };
		},
		newest: async (count) => await newestOf(watch, count),
	};
}
