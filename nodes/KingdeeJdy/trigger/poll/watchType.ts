import type { About, Watched } from './watched';
import { entriesOf } from './entries';
import type { Entry } from './entries';
import { inOrder, newest } from './order';
import { readWindow } from './readWindow';
import type { Position, Watch } from './readWindow';
import { startHere } from './start';
import { readPosition } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back the newest documents are looked for. */
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS, 3650 * DAY_MS];

/** A list that filters by time, read in windows. */
export function watchType(watch: Watch, about: About<Position>): Watched<Position> {
	const { list, event } = watch;
	return {
		...about,
		readPosition,
		start: async () => await startHere(watch),
		next: async ({ position: before }) => {
			const window = await readWindow(watch, before);
			if ('failure' in window) return window;
			const { fresh, behindUntilMs, positionAfter } = window.value;
			const notes = behindUntilMs === undefined ? [] : [`There is more than one poll gives out; read up to ${new Date(behindUntilMs).toISOString()}, the next polls go on from there`];
			return { value: { fresh: inOrder(fresh, event), positionAfter, notes } };
		},
		newest: async (count) => {
			const untilMs = watch.startedAt() + DAY_MS;
			const found = new Map<string, Entry>();
			for (const backMs of LOOK_BACK_MS) {
				const head = await list.head({ fromMs: watch.startedAt() - backMs, untilMs });
				if ('failure' in head) return head;
				// Those of a shorter span are newer than whatever a longer one adds.
				for (const entry of newest(entriesOf(list.firstRows(head.value)), event, count)) if (!found.has(entry.key)) found.set(entry.key, entry);
				if (found.size >= count) break;
			}
			return { value: [...found.values()].slice(0, count) };
		},
	};
}
