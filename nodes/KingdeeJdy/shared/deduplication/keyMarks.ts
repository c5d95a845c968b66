import type { Deduplication } from '../contract/operation';
import type { MarkChange } from './keyStore';

/** What the store holds of a key before it is sent. */
export type EarlierState = 'nothing' | 'unknown' | 'savedEarlier' | 'savedOtherData';

/** How a key that was admitted ended; `savedEarlier` if it was found in JDY. */
export type Settlement = 'saved' | 'savedEarlier' | 'notSaved' | 'unknown';

/** `seen` is written first, so that it is also the first to be forgotten: `open` alone still means unknown. */
const seen = (mark: string) => `seen:${mark}`;
const open = (mark: string) => `open:${mark}`;
/** Key and data belonged together. */
const data = (mark: string, digest: string) => `data:${mark}:${digest}`;

/** The key as it is called now, and as earlier builds may have called it. */
const namesOf = ({ mark, earlierMarks }: Deduplication) => [mark, ...earlierMarks];

/** The marks of a key in the store before its document is sent; a name can only be looked up by writing its marks. */
export function marksOf(deduplication: Deduplication): string[] {
	return namesOf(deduplication).flatMap((mark) => [seen(mark), open(mark), data(mark, deduplication.digest)]);
}

/** Whether the run that marked a key had the same data for it. */
export function hasSameData(deduplication: Deduplication, before: ReadonlySet<string>): boolean {
	return namesOf(deduplication).some((mark) => before.has(data(mark, deduplication.digest)));
}

/** @param before the marks that were there before this run wrote its own */
export function earlierStateOf(deduplication: Deduplication, before: ReadonlySet<string>): EarlierState {
	const names = namesOf(deduplication);
	const isSaved = names.some((mark) => before.has(seen(mark)) && !before.has(open(mark)));
	if (isSaved) return hasSameData(deduplication, before) ? 'savedEarlier' : 'savedOtherData';
	return names.some((mark) => before.has(open(mark))) ? 'unknown' : 'nothing';
}

/** Takes back the marks just made for a key that is not sent; what it was before it stays. */
export function untouched(deduplication: Deduplication, before: ReadonlySet<string>): MarkChange {
	const marks = marksOf(deduplication);
	return {
		record: [],
		remove: marks.filter((mark) => !before.has(mark)),
		keep: marks.filter((mark) => before.has(mark)),
		isSaved: ['savedEarlier', 'savedOtherData'].includes(earlierStateOf(deduplication, before)),
	};
}

/** What a key that has ended leaves in the store: its own marks, and of its earlier names what stood there. */
export function changeFor(deduplication: Deduplication, settlement: Settlement, before: ReadonlySet<string>): MarkChange {
	const [own, known] = [data(deduplication.mark, deduplication.digest), earlierStateOf(deduplication, before)];
	const [isSaved, isUnknown] = [settlement === 'saved' || settlement === 'savedEarlier', settlement === 'unknown'];
	// What was unknown stays unknown, however this run ended: the earlier one may have saved it.
	if (!isSaved && !isUnknown) return untouched(deduplication, before);
	const keep = [seen(deduplication.mark), ...(isUnknown ? [open(deduplication.mark)] : []), ...(settlement === 'savedEarlier' && !hasSameData(deduplication, before) ? [] : [own])];
	const gone = marksOf(deduplication).filter((mark) => !keep.includes(mark) && (!before.has(mark) || (isSaved && mark.startsWith('open:'))));
	// If it was unknown, a worker that closed meanwhile may have removed these marks.
	const record = isSaved && known === 'unknown' ? keep : [];
	return { record, remove: gone, keep, isSaved };
}
