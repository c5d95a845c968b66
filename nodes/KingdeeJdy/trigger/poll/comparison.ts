import type { ItemEnded } from '../../shared/outcomes';
import { readEnds } from '../../shared/ends';
import { readList } from '../../shared/pages';
import type { Row } from '../../shared/rows';
import { PAGE_SIZE, pageOf } from '../../shared/search';
import { entriesOf } from './entries';
import type { Entry } from './entries';
import { readDigests, written } from './given';
import type { Event } from './given';
import type { Read } from './timedList';

/** What the pages of a list showed: a digest of each document by its key. */
export interface Snapshot {
	digests: Record<string, string>;
	/** Whether they showed all documents. */
	isWhole: boolean;
	/** The greatest ID that was ever seen, in digits. */
	greatestId: string;
}

/** Reads a page of all documents. */
export type AskPage = (page: number, size: number) => Promise<ItemEnded>;

export interface Shown {
	entries: Entry[];
	isWhole: boolean;
}

/**
 * Reads a list that does not filter by time: all of it where it has no more pages than that, else so many from both ends,
 * because it is not documented at which of them the newest documents stand [?].
 */
export async function readPages(ask: AskPage, maxPages: number): Promise<Read<Shown>> {
	let first: ItemEnded | undefined = await ask(1, PAGE_SIZE);
	const head = pageOf(first);
	if ('failure' in head) return head;
	const again: AskPage = async (page, size) => {
		const known = page === 1 ? first : undefined;
		first = undefined;
		return known ?? (await ask(page, size));
	};
	const whole = (rows: Row[]): Read<Shown> => ({ value: { entries: entriesOf(rows), isWhole: true } });
	if (head.total !== undefined && head.total <= maxPages * PAGE_SIZE) {
		const all = await readList({ ask: again, limit: undefined, concurrency: 1 });
		return 'failure' in all ? all : whole(all.rows);
	}
	let pages = 0;
	const ends = await readEnds(async (page) => {
		pages += 1;
		return pageOf(await again(page, PAGE_SIZE));
	}, maxPages);
	if ('failure' in ends) return ends;
	return head.total === undefined && pages < maxPages ? whole(ends.rows) : { value: { entries: entriesOf(ends.rows), isWhole: false } };
}

const DIGITS = /^\d{1,40}$/;

function isGreater(id: string, other: string): boolean {
	return DIGITS.test(id) && (other === '' || BigInt(id) > BigInt(other));
}

export function snapshotOf({ entries, isWhole }: Shown, before?: Snapshot): Snapshot {
	const greatestId = entries.reduce((greatest, { key }) => (isGreater(key, greatest) ? key : greatest), before?.greatestId ?? '');
	return { digests: Object.fromEntries(entries.map(({ key, digest }) => [key, digest])), isWhole, greatestId };
}

function knownOf({ key }: Entry, { digests }: Snapshot): ReturnType<typeof readDigests> | undefined {
	const text = Object.hasOwn(digests, key) ? digests[key] : undefined;
	return text === undefined ? undefined : readDigests(text);
}

/**
 * Documents that are new, or changed, since the pages were last read. Where they do not show all documents, one that was not
 * seen before counts as new by its ID: another one may only have moved there from other pages.
 */
export function compare({ entries }: Shown, before: Snapshot, event: Event): Entry[] {
	return entries.flatMap((entry) => {
		const known = knownOf(entry, before);
		if (known === undefined) return before.isWhole || isGreater(entry.key, before.greatestId) ? [entry] : [];
		return event === 'changed' && known.digest !== entry.digest ? [{ ...entry, documentBefore: known.document }] : [];
	});
}

/** The same snapshot, once these documents have been given out and no others. */
export function noteGiven(before: Snapshot, given: readonly Entry[]): Snapshot {
	return { ...before, digests: { ...before.digests, ...Object.fromEntries(given.map((entry) => [entry.key, written(entry)])) } };
}
