import type { Ending } from './keyStore';
import type { Unique } from './operation';

/** What the store holds of a key before it goes out. */
export type Known = 'nothing' | 'unknown' | 'savedEarlier' | 'savedOtherData';

/** How a key that was admitted ended; `savedEarlier` where it was found in JDY. */
export type Settlement = 'saved' | 'savedEarlier' | 'notSaved' | 'unknown';

/** `seen` is written first, so that it is also the first to be forgotten: `open` alone still means unknown. */
const seen = ({ mark }: Unique) => `seen:${mark}`;
const open = ({ mark }: Unique) => `open:${mark}`;
/** Key and data belonged together. */
const data = ({ mark, digest }: Unique) => `data:${mark}:${digest}`;

/** The marks that stand in the store before a document is sent. */
export function marksOf(unique: Unique): string[] {
	return [seen(unique), open(unique), data(unique)];
}

/** Whether the run that marked a key had the same data for it. */
export function hasSameData(unique: Unique, before: ReadonlySet<string>): boolean {
	return before.has(data(unique));
}

/** @param before the marks that were there before this run wrote its own */
export function knownOf(unique: Unique, before: ReadonlySet<string>): Known {
	if (before.has(open(unique))) return 'unknown';
	if (!before.has(seen(unique))) return 'nothing';
	return hasSameData(unique, before) ? 'savedEarlier' : 'savedOtherData';
}

/** The marks of a key that are written again, and those that are taken back; the others have to stay. */
function ending(unique: Unique, record: string[], remove: string[]): Ending {
	const keep = marksOf(unique).filter((mark) => !remove.includes(mark));
	return { record, remove, keep, isSaved: keep.includes(seen(unique)) && !keep.includes(open(unique)) };
}

/** Takes back the marks just made for a key that does not go out; what it was before it stays. */
export function untouched(unique: Unique, before: ReadonlySet<string>): Ending {
	const others = hasSameData(unique, before) ? [] : [data(unique)];
	switch (knownOf(unique, before)) {
		case 'nothing':
			return ending(unique, [], marksOf(unique));
		case 'unknown':
			return ending(unique, [], others);
		default:
			return ending(unique, [], [open(unique), ...others]);
	}
}

/** What a key that has ended leaves in the store. */
export function changeFor(unique: Unique, settlement: Settlement, before: ReadonlySet<string>): Ending {
	switch (settlement) {
		case 'saved':
			// Where it was unknown, a worker that closed meanwhile may have taken these marks back.
			return ending(unique, knownOf(unique, before) === 'unknown' ? [seen(unique), data(unique)] : [], [open(unique)]);
		case 'savedEarlier':
			return hasSameData(unique, before)
				? ending(unique, [seen(unique), data(unique)], [open(unique)])
				: ending(unique, [seen(unique)], [open(unique), data(unique)]);
		case 'notSaved':
			// What was unknown stays unknown, however this run ended: the earlier one may have saved it.
			return untouched(unique, before);
		case 'unknown':
			return ending(unique, [], []);
	}
}
