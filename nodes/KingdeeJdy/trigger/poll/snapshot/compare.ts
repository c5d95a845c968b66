import { readDigests } from '../entries';
import type { Entry } from '../entries';
import type { Event } from '../filters';
import type { Shown } from './readPages';
import { isGreater, numericIdOf } from './snapshot';
import type { Snapshot } from './snapshot';

/** Whether the conditions are those of the last reading, have moved because they hold an expression, or were edited. */
export type Conditions = 'same' | 'moved' | 'edited';

/**
 * Tells new documents without an ID from those that only moved to a page that is read, by their position: those move in next to
 * the pages that are not read, behind all known documents of the first pages and before all known ones of the last pages.
 */
function placeRule({ entries, frontCount, total }: Shown, before: Snapshot): (index: number) => boolean {
	const back = new Set(before.backKeys);
	const isKnown = entries.map((entry) => numericIdOf(entry) === undefined && Object.hasOwn(before.digests, entry.key));
	const lastFront = entries.findLastIndex(({ key }, index) => isKnown[index] && !back.has(key));
	const firstBack = entries.findIndex(({ key }, index) => isKnown[index] && (before.isWhole || back.has(key)));
	// If no known document is left on the pages of one end, new ones have pushed them off, unless documents were deleted.
	const hasGrown = total !== undefined && before.total !== undefined && total > before.total;
	const isFilled = (index: number) => hasGrown && (index < frontCount ? lastFront === -1 : firstBack === -1 && back.size > 0);
	return (index) => index < lastFront || (firstBack !== -1 && index > firstBack) || isFilled(index);
}

/**
 * Documents that are new, or changed, since the pages were last read. If those did not show all documents, or by other
 * conditions, one that was not seen before may have been there: then its ID shows whether it is new, or else its position.
 */
export function compare(shown: Shown, before: Snapshot, event: Event, conditions: Conditions): Entry[] {
	const isNewByPlace = placeRule(shown, before);
	const [seenId = ''] = before.greatestIds;
	const isNew = (entry: Entry, index: number): boolean => {
		if (before.isWhole && conditions === 'same') return true;
		const id = numericIdOf(entry);
		if (id !== undefined) return isGreater(id, seenId);
		return conditions !== 'edited' && isNewByPlace(index);
	};
	return shown.entries.flatMap((entry, index) => {
		const text = Object.hasOwn(before.digests, entry.key) ? before.digests[entry.key] : undefined;
		if (text === undefined) return isNew(entry, index) ? [entry] : [];
		const known = readDigests(text);
		return event === 'changed' && known.digest !== entry.digest ? [{ ...entry, documentBefore: known.document }] : [];
	});
}
