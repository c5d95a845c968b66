import type { Envelope } from '../../gateway/types';
import { forEachAtOnce } from '../concurrency/lanes';
import { unusableAnswer } from '../contract/outcomes';
import type { ItemFailure, ItemResult } from '../contract/outcomes';
import type { FoundRows, Row, RowLocation } from '../contract/row';
import { PAGE_SIZE } from './page';
import { PageSet } from './pageSet';
import { findRows, holdsNothing, describeShape } from './rows';

/** Pages that are queued at once: the number in the answer may be anything. */
const AT_ONCE = 1000;

/** No list has this page: a hundred million rows. */
const BEYOND_THE_END = 1_000_000;

/** How a list is read. */
export interface List {
	/** Asks for one page; the first is 1. `size` is the same for all pages of a reading. */
	ask: (page: number, size: number) => Promise<ItemResult>;
	/** How many rows are wanted; undefined: all. */
	limit: number | undefined;
	/** Pages that are asked for at once, as soon as it is known how many there are. */
	concurrency: number;
	where?: RowLocation;
	/** For lists that have one size of page only, e.g. everything at once. */
	isPaged?: boolean;
	/** Whether a row has an ID of what it shows: not so in reports. @default true */
	hasIds?: boolean;
}

/** How many rows a page is asked to have. */
export function pageSizeFor(limit: number | undefined): number {
	return Math.min(limit ?? PAGE_SIZE, PAGE_SIZE);
}

/** All pages of a list, read once. */
export interface ListReading {
	pages: Row[][];
	/** How many rows there are in all, according to each page that has a number, in their order. */
	totals: number[];
	/** How many rows there are at least, by the number of pages; 0 if that is not known. */
	least: number;
}

type ReadResult<T> = { value: T } | { failure: ItemFailure };

/** A page that would end the list may be empty altogether; the first one may not, because that hides what went wrong. */
function readPage(envelope: Envelope, where: RowLocation, mayBeNothing: boolean): ReadResult<FoundRows> {
	const found = findRows(envelope, where);
	if (found) return { value: found };
	if (mayBeNothing && holdsNothing(envelope)) return { value: { rows: [], total: undefined, path: undefined } };
	return { failure: unusableAnswer('noRows', `No rows could be found in the answer; it holds ${describeShape(envelope)}`) };
}

/** One reading of a list from its first page on. */
export class PageReader {
	private readonly pages: PageSet;

	/** Whether the list returns rows for any page at all: then copies are none of its rows. Undefined: not asked yet. */
	private ignoresPages: boolean | undefined;

	private where: RowLocation;

	private readonly list: List;

	private readonly size: number;

	private readonly wanted: number;

	constructor(list: List) {
		this.list = list;
		this.where = list.where ?? {};
		this.wanted = list.limit ?? Infinity;
		this.size = pageSizeFor(list.limit);
		this.pages = new PageSet(this.size, list.where?.total !== undefined);
	}

	async read(): Promise<ReadResult<ListReading>> {
		const failure = (await this.page(1)) ?? (this.list.isPaged === false ? undefined : await this.readOthers());
		return failure ? { failure } : { value: { pages: this.pages.rows(!this.ignoresPages), totals: this.pages.totals(), least: this.ignoresPages ? 0 : this.pages.least } };
	}

	private async readOthers(): Promise<ItemFailure | undefined> {
		let failure = await this.readTold();
		while (!failure && !this.isComplete()) failure = this.isPuzzled() ? await this.askBeyond() : await this.page(this.pages.last + 1, true);
		return failure;
	}

	/** The number of rows is known: the other pages may be read at once. */
	private async readTold(): Promise<ItemFailure | undefined> {
		const { pages } = this;
		const [total = 0] = pages.totals();
		const last = pages.step === 0 ? 1 : Math.ceil(Math.min(total, this.wanted) / pages.step);
		const failures: ItemFailure[] = [];
		let goesOn = true;
		for (let from = 2; goesOn && from <= last; from += AT_ONCE) {
			const numbers = Array.from({ length: Math.min(AT_ONCE, last - from + 1) }, (_unused, index) => from + index);
			await forEachAtOnce(numbers, this.list.concurrency, async (number) => {
				const failure = await this.page(number);
				if (failure) failures.push(failure);
				// There is nothing after an empty page, whatever the number says.
				goesOn &&= failure === undefined && pages.rowsOn(number) > 0 && !pages.hasCopies;
				return goesOn;
			});
		}
		return failures[0];
	}

	/** The end of a list is an empty page or one that repeats, or that which completes the rows that are counted or wanted. */
	private isComplete(): boolean {
		if (this.ignoresPages || this.isPuzzled()) return this.ignoresPages === true;
		return this.pages.rowsOn(this.pages.last) === 0 || this.pages.count >= this.wanted || this.pages.isWhole();
	}

	/** A page was returned twice: either the list takes no notice of the page, or it has the same rows once more. */
	private isPuzzled(): boolean {
		return this.pages.hasCopies && this.ignoresPages === undefined;
	}

	/** A list that takes no notice of the page has rows also far behind its end. */
	private async askBeyond(): Promise<ItemFailure | undefined> {
		const page = await this.ask(BEYOND_THE_END, true);
		if ('failure' in page) return page.failure;
		this.ignoresPages = page.value.rows.length > 0;
		return undefined;
	}

	private async page(number: number, mayBeNothing = false): Promise<ItemFailure | undefined> {
		const page = await this.ask(number, mayBeNothing);
		if ('failure' in page) return page.failure;
		this.pages.put(number, page.value);
		// The rows are at the same path on all pages.
		if (page.value.path) this.where = { ...this.where, rows: page.value.path };
		return undefined;
	}

	private async ask(number: number, mayBeNothing: boolean): Promise<ReadResult<FoundRows>> {
		const ended = await this.list.ask(number, this.size);
		return ended.type === 'failed' ? ended : readPage(ended.envelope, this.where, mayBeNothing);
	}
}
