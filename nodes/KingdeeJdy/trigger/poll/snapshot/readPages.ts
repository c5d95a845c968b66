import type { ItemFailure, ItemResult } from '../../../shared/contract/outcomes';
import type { FoundRows, Row } from '../../../shared/contract/row';
import { readBothEnds } from '../../../shared/lookup/readBothEnds';
import { PAGE_SIZE, pageOf } from '../../../shared/pagination/page';
import { readList } from '../../../shared/pagination/pages';
import type { PollResult } from '../ask';
import { entriesOf } from '../entries';
import type { Entry } from '../entries';

/** Reads a page of all documents; the first is 1. */
export type AskPage = (page: number, size: number) => Promise<ItemResult>;

/** The documents of a list as its pages show them. */
export interface Shown {
	/** In the order of the list. */
	entries: Entry[];
	/** How many of them precede the pages that are not read; all, if the list is read whole. */
	frontCount: number;
	isWhole: boolean;
	/** How many documents the list has; undefined if no page says. */
	total: number | undefined;
}

interface PagesReading extends Shown {
	/** Whether the list has changed while its pages were read: then a document may have been on none of them. */
	hasMoved: boolean;
}

/** The pages before the first one that was not read, and those after it. */
function parted(pages: ReadonlyMap<number, FoundRows>): { front: Row[]; back: Row[] } {
	const numbers = [...pages.keys()].sort((a, b) => a - b);
	const rowsOf = (isFront: boolean) => numbers.filter((number, index) => (number === index + 1) === isFront).flatMap((number) => pages.get(number)?.rows ?? []);
	return { front: rowsOf(true), back: rowsOf(false) };
}

/** A page that ends a list without a total: an empty one, or one that only repeats what was before it. */
function endsList(pages: ReadonlyMap<number, FoundRows>, last: number): boolean {
	const known = new Set(entriesOf([...pages].flatMap(([number, { rows }]) => (number < last ? rows : []))).map(({ key }) => key));
	return entriesOf(pages.get(last)?.rows ?? []).every(({ key }) => known.has(key));
}

function readingOf(pages: ReadonlyMap<number, FoundRows>, maxPages: number): PagesReading {
	const { front, back } = parted(pages);
	const entries = entriesOf([...front, ...back]);
	const totals = [...pages.values()].flatMap(({ total }) => total ?? []);
	const [total] = totals;
	const isWhole = total === undefined && (pages.size < maxPages || endsList(pages, pages.size));
	const hasMoved = new Set(totals).size > 1 || (!isWhole && entries.length < front.length + back.length);
	return { entries, frontCount: isWhole ? entries.length : entriesOf(front).length, isWhole, total, hasMoved };
}

/** As many pages as that, from both ends: it is not documented which of them has the newest documents [?]. */
async function readEndPages(ask: AskPage, maxPages: number): Promise<PollResult<PagesReading>> {
	const pages = new Map<number, FoundRows>();
	const read = await readBothEnds(async (number) => {
		const page = pageOf(await ask(number, PAGE_SIZE));
		if (!('failure' in page)) pages.set(number, page);
		return page;
	}, maxPages);
	return 'failure' in read ? read : { value: readingOf(pages, maxPages) };
}

/**
 * Reads a list that does not filter by time: all of it if it has at most so many pages, else so many from its two ends. If the
 * list changes meanwhile, its ends are read once more.
 */
export async function readPages(ask: AskPage, maxPages: number): Promise<PollResult<Shown>> {
	let first: ItemResult | undefined = await ask(1, PAGE_SIZE);
	const head = pageOf(first);
	if ('failure' in head) return head;
	const again: AskPage = async (page, size) => {
		const known = page === 1 ? first : undefined;
		first = undefined;
		return known ?? (await ask(page, size));
	};
	if (head.total !== undefined && head.total <= maxPages * PAGE_SIZE) {
		const all: { rows: Row[] } | { failure: ItemFailure } = await readList({ ask: again, limit: undefined, concurrency: 1 });
		if ('failure' in all) return all;
		const entries = entriesOf(all.rows);
		return { value: { entries, frontCount: entries.length, isWhole: true, total: entries.length } };
	}
	const reading = await readEndPages(again, maxPages);
	return 'failure' in reading || !reading.value.hasMoved ? reading : await readEndPages(ask, maxPages);
}
