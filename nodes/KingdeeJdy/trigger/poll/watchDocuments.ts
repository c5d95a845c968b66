import { compare, noteGiven, readPages, snapshotOf } from './comparison';
import type { AskPage, Snapshot } from './comparison';
import type { Entry } from './entries';
import type { Event } from './given';
import { newest } from './order';
import { isSnapshot } from './state';
import type { About, Watched } from './watched';

/** Custom documents, whose list does not filter by time: its pages are compared with what they were. */
export function watchDocuments(
	{ ask, event, maxPages }: { ask: AskPage; event: Event; maxPages: number },
	about: About<Snapshot>,
): Watched<Snapshot> {
	return {
		...about,
		isPosition: isSnapshot,
		start: async () => {
			const shown = await readPages(ask, maxPages);
			return 'failure' in shown ? shown : { value: snapshotOf(shown.value) };
		},
		next: async ({ position, hasSameFilters }) => {
			// What other conditions did not show may have been there.
			const before = { ...position, isWhole: position.isWhole && hasSameFilters };
			const shown = await readPages(ask, maxPages);
			if ('failure' in shown) return shown;
			const notes = shown.value.isWhole ? [] : [`The type has more than the ${maxPages} pages that are compared; what changes on the others is not noticed`];
			const positionAfter = async (given: readonly Entry[], isAll: boolean) => ({
				value: noteGiven(isAll ? snapshotOf(shown.value, before) : before, given),
			});
			return { value: { fresh: compare(shown.value, before, event), positionAfter, notes } };
		},
		newest: async (count) => {
			const shown = await readPages(ask, Math.min(maxPages, 3));
			return 'failure' in shown ? shown : { value: newest(shown.value.entries, event, count) };
		},
	};
}
