import type { Unique } from './operation';

/** What the store holds of a key before it goes out. */
export type Known = 'nothing' | 'unknown' | 'savedEarlier' | 'savedOtherData';

/** How a key that was admitted ended; `savedEarlier` where it was found in JDY. */
export type Settlement = 'saved' | 'savedEarlier' | 'notSaved' | 'unknown';

/** What is to be written once a key has ended. */
export interface Change {
	record: string[];
	remove: string[];
}

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

/** Takes back the marks just made for a key that does not go out; what it was before it stays. */
export function untouched(unique: Unique, before: ReadonlySet<string>): Change {
	const others = hasSameData(unique, before) ? [] : [data(unique)];
	switch (knownOf(unique, before)) {
		case 'nothing':
			return { record: [], remove: marksOf(unique) };
		case 'unknown':
			return { record: [], remove: others };
		default:
			return { record: [], remove: [open(unique), ...others] };
	}
}

/** What a key that has ended leaves in the store. */
export function changeFor(unique: Unique, settlement: Settlement, before: ReadonlySet<string>): Change {
	switch (settlement) {
		case 'saved':
			// Where it was unknown, a worker that closed meanwhile may have taken these marks back.
			return { record: knownOf(unique, before) === 'unknown' ? [seen(unique), data(unique)] : [], remove: [open(unique)] };
		case 'savedEarlier':
			return hasSameData(unique, before)
				? { record: [seen(unique), data(unique)], remove: [open(unique)] }
				: { record: [seen(unique)], remove: [open(unique), data(unique)] };
		case 'notSaved':
			// What was unknown stays unknown, however this run ended: the earlier one may have saved it.
			return untouched(unique, before);
		case 'unknown':
			return { record: [], remove: [] };
	}
}
