import { stringify } from '../gateway/json';
import type { Envelope } from '../gateway/types';
import { poorAnswer } from './outcomes';
import type { ItemEnded, ItemFailure } from './outcomes';
import { inParallel } from './parallel';
import { findRows, holdsNothing, shapeOf } from './rows';
import type { FoundRows, Row, Where } from './rows';

/** A larger page is cut to this without a word [1]. */
const LARGEST_PAGE = 100;

/** Pages that are lined up at once: the number that is told may be anything. */
const AT_ONCE = 1000;

/** How a list is read. */
export interface List {
	/** Asks for one page; the first is 1. `size` is the same for all pages of a reading. */
	ask: (page: number, size: number) => Promise<ItemEnded>;
	/** How many rows are wanted; undefined: all. */
	limit: number | undefined;
	/** Pages that are asked for at once, as soon as it is known how many there are. */
	concurrency: number;
	where?: Where;
	/** For lists that have one size of page only, e.g. everything at once. */
	isPaged?: boolean;
	/** Whether a row has an ID that no other row of the list has: not so where documents are listed line by line. @default true */
	hasIds?: boolean;
}

/** How many rows a page is asked to have. */
export function pageSizeFor(limit: number | undefined): number {
	return Math.min(limit ?? LARGEST_PAGE, LARGEST_PAGE);
}

/** All pages of a list, read once. */
export interface Reading {
	pages: Row[][];
	/** How many rows there are as the page says that tells the most; undefined where none does. */
	total: number | undefined;
}

export type Read<T> = { value: T } | { failure: ItemFailure };

/** How many rows stand on all pages. */
export function countRows(pages: readonly Row[][]): number {
	return pages.reduce((sum, rows) => sum + rows.length, 0);
}

/** A page that would end the list may come as nothing at all; the first one may not, because that hides what went wrong. */
function readPage(envelope: Envelope, where: Where | undefined, mayBeNothing: boolean): Read<FoundRows> {
	const found = findRows(envelope, where);
	if (found) return { value: found };
	if (mayBeNothing && holdsNothing(envelope)) return { value: { rows: [], total: undefined, path: undefined } };
	return { failure: poorAnswer('noRows', `No rows could be found in the answer; it holds ${shapeOf(envelope)}`) };
}

/** One reading of a list from its first page on. */
export class Reader {
	private readonly pages: Row[][] = [];

	private total: number | undefined;

	private where: Where;

	/** The numbers that are told are those of the rows of each page, and say nothing about all of them. */
	private countsPages = false;

	private readonly list: List;

	private readonly size: number;

	private readonly wanted: number;

	constructor(list: List) {
		this.list = list;
		this.where = list.where ?? {};
		this.wanted = list.limit ?? Infinity;
		this.size = pageSizeFor(list.limit);
	}

	async read(): Promise<Read<Reading>> {
		const first = await this.page(1);
		if ('failure' in first) return first;
		const { rows, total } = first.value;
		if (this.list.isPaged === false || rows.length >= this.wanted) return this.done();
		if (total === undefined) return await this.readOn(this.stepAfter(rows.length));
		if (rows.length < total) return await this.readAll(total, rows.length);
		return this.isCountOfAll(rows.length) ? this.done() : await this.checkCount(rows.length);
	}

	/** JDY may give smaller pages than were asked for; then the first one has a round number of rows. 0: it was the last. */
	private stepAfter(count: number): number {
		return count === this.size || count % 10 === 0 ? count : 0;
	}

	/** Whether a number equal to the rows of a full page can only be the number of all rows. */
	private isCountOfAll(count: number): boolean {
		return count < this.size || this.list.where?.total !== undefined;
	}

	/** The number may be that of the rows of this page [?]: only the next page tells. */
	private async checkCount(step: number): Promise<Read<Reading>> {
		const second = await this.page(2, true);
		if ('failure' in second) return second;
		const { rows, total } = second.value;
		this.countsPages = total === rows.length;
		if (!this.countsPages) return this.done();
		return rows.length < step || this.hasEnough() ? this.done() : await this.readOn(step, 3);
	}

	/** The number of rows is told: the other pages may come at once. */
	private async readAll(total: number, step: number): Promise<Read<Reading>> {
		if (step === 0) return this.done();
		const last = Math.ceil(Math.min(total, this.wanted) / step);
		const failures: ItemFailure[] = [];
		let goesOn = true;
		for (let from = 2; goesOn && from <= last; from += AT_ONCE) {
			const numbers = Array.from({ length: Math.min(AT_ONCE, last - from + 1) }, (_unused, index) => from + index);
			await inParallel(numbers, this.list.concurrency, async (number) => {
				const page = await this.page(number);
				if ('failure' in page) failures.push(page.failure);
				// Behind an empty page there is nothing, whatever was told.
				goesOn &&= 'value' in page && page.value.rows.length > 0;
				return goesOn;
			});
		}
		const [failure] = failures;
		return failure ? { failure } : this.done();
	}

	/** Nothing tells how many rows there are: one page after the other, until one has fewer rows than fit in. */
	private async readOn(step: number, from = 2): Promise<Read<Reading>> {
		for (let number = from; step > 0 && !this.hasEnough(); number++) {
			const page = await this.page(number, true);
			if ('failure' in page) return page;
			if (page.value.rows.length < step) break;
			// A service that takes no notice of the page would give the same one for ever.
			if (stringify(this.pages.at(-1)) !== stringify(this.pages.at(-2))) continue;
			// It gave everything at once, and fewer rows than fit in: then nothing came twice.
			if (step < this.size) this.pages.pop();
			break;
		}
		return this.done();
	}

	private hasEnough(): boolean {
		return countRows(this.pages) >= this.wanted;
	}

	private async page(number: number, mayBeNothing = false): Promise<Read<FoundRows>> {
		const ended = await this.list.ask(number, this.size);
		if (ended.type === 'failed') return ended;
		const page = readPage(ended.envelope, this.where, mayBeNothing);
		if ('failure' in page) return page;
		const { rows, total, path } = page.value;
		this.pages[number - 1] = rows;
		if (total !== undefined) this.total = Math.max(this.total ?? 0, total);
		if (path) this.where = { ...this.where, rows: path };
		return page;
	}

	private done(): Read<Reading> {
		return { value: { pages: this.pages, total: this.countsPages ? undefined : this.total } };
	}
}
