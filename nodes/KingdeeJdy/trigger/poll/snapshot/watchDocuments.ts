import type { ChangeSource, SourceDescription } from '../changeSource';
import type { Entry } from '../entries';
import type { Event } from '../filters';
import { newest } from '../order';
import { compare } from './compare';
import { readPages } from './readPages';
import type { AskPage } from './readPages';
import { noteEmitted, readSnapshot, snapshotOf } from './snapshot';
import type { Snapshot } from './snapshot';

/** Custom documents, whose list does not filter by time: its pages are compared with what they were. */
export function watchDocuments({ ask, event, maxPages }: { ask: AskPage; event: Event; maxPages: number }, about: SourceDescription<Snapshot>): ChangeSource<Snapshot> {
	return {
		...about,
		readCursor: readSnapshot,
		storeCursor: (snapshot) => snapshot,
		start: async () => {
			const shown = await readPages(ask, maxPages);
			return 'failure' in shown ? shown : { value: { cursor: snapshotOf(shown.value), warnings: [] } };
		},
		next: async ({ cursor: before, hasSameFilters }) => {
			const shown = await readPages(ask, maxPages);
			if ('failure' in shown) return shown;
			const notes = shown.value.isWhole ? [] : [`The type has more than the ${maxPages} pages that are compared; what changes on the others is not noticed`];
			const cursorAfter = async (emitted: readonly Entry[], isAll: boolean) => ({
				value: { cursor: noteEmitted(isAll ? snapshotOf(shown.value, before) : before, emitted), warnings: [] },
			});
			const conditions = hasSameFilters ? 'same' : about.scope.isMoving ? 'moved' : 'edited';
			return { value: { fresh: compare(shown.value, before, event, conditions), cursorAfter, notes } };
		},
		newest: async (count) => {
			const shown = await readPages(ask, Math.min(maxPages, 3));
			return 'failure' in shown ? shown : { value: newest(shown.value.entries, event, count) };
		},
	};
}
