import type { Unique } from '../contract/operation';
import type { Ending } from './keyStore';

/** What the store holds of a key before it goes out. */
export type Known = 'nothing' | 'unknown' | 'savedEarlier' | 'savedOtherData';

/** How a key that was admitted ended; `savedEarlier` where it was found in JDY. */
export type Settlement = 'saved' | 'savedEarlier' | 'notSaved' | 'unknown';

/** `seen` is written first, so that it is also the first to be forgotten: `open` alone still means unknown. */
const seen = (mark: string) => `seen:${mark}`;
const open = (mark: string) => `open:${mark}`;
/** Key and data belonged together. */
const data = (mark: string, digest: string) => `data:${mark}:${digest}`;

/** The key as it is called now, and as earlier builds may have called it. */
const namesOf = ({ mark, earlierMarks }: Unique) => [mark, ...earlierMarks];

/** The marks that stand in the store before a document is sent; a name can only be looked for by writing its marks. */
export function marksOf(unique: Unique): string[] {
	return namesOf(unique).flatMap((mark) => [seen(mark), open(mark), data(mark, unique.digest)]);
}

/** Whether the run that marked a key had the same data for it. */
export function hasSameData(unique: Unique, before: ReadonlySet<string>): boolean {
	return namesOf(unique).some((mark) => before.has(data(mark, unique.digest)));
}

/** @param before the marks that were there before this run wrote its own */
export function knownOf(unique: Unique, before: ReadonlySet<string>): Known {
	const names = namesOf(unique);
	const isSaved = names.some((mark) => before.has(seen(mark)) && !before.has(open(mark)));
	if (isSaved) return hasSameData(unique, before) ? 'savedEarlier' : 'savedOtherData';
	return names.some((mark) => before.has(open(mark))) ? 'unknown' : 'nothing';
}

/** Takes back the marks just made for a key that does not go out; what it was before it stays. */
export function untouched(unique: Unique, before: ReadonlySet<string>): Ending {
	const marks = marksOf(unique);
	return {
		record: [],
		remove: marks.filter((mark) => !before.has(mark)),
		keep: marks.filter((mark) => before.has(mark)),
		isSaved: ['savedEarlier', 'savedOtherData'].includes(knownOf(unique, before)),
	};
}

/** What a key that has ended leaves in the store: its own marks, and of its earlier names what stood there. */
export function changeFor(unique: Unique, settlement: Settlement, before: ReadonlySet<string>): Ending {
	const [own, known] = [data(unique.mark, unique.digest), knownOf(unique, before)];
	const [isSaved, isUnknown] = [settlement === 'saved' || settlement === 'savedEarlier', settlement === 'unknown'];
	// What was unknown stays unknown, however this run ended: the earlier one may have saved it.
	if (!isSaved && !isUnknown) return untouched(unique, before);
	const keep = [seen(unique.mark), ...(isUnknown ? [open(unique.mark)] : []), ...(settlement === 'savedEarlier' && !hasSameData(unique, before) ? [] : [own])];
	const gone = marksOf(unique).filter((mark) => !keep.includes(mark) && (!before.has(mark) || (isSaved && mark.startsWith('open:'))));
	// Where it was unknown, a worker that closed meanwhile may have taken these marks back.
	const record = isSaved && known === 'unknown' ? keep : [];
	return { record, remove: gone, keep, isSaved };
}
