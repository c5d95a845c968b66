import { createHash } from 'node:crypto';

import { stringify } from '../../gateway/json/json';
import type { FoundRows, Row } from '../contract/row';

/** The pages of one reading of a list, and what they show about its end. */
export class PageSet {
	private readonly pages: FoundRows[] = [];

	/** Digests of the rows of a page. */
	private readonly known = new Set<string>();

	/** Pages that have the same rows as another. */
	private readonly copies = new Set<number>();

	private readonly size: number;

	private readonly isCounted: boolean;

	/**
	 * @param size rows that each page was asked to have
	 * @param isCounted whether the number of all rows is documented: JDY counts reliably [R], and any other number may be something else [?]
	 */
	constructor(size: number, isCounted: boolean) {
		this.size = size;
		this.isCounted = isCounted;
	}

	put(number: number, page: FoundRows): void {
		this.pages[number - 1] = page;
		const { rows, total } = page;
		const [first, ...others] = rows.map(stringify);
		// Of rows that are all equal, those that are counted are there.
		const isNothingElse = this.isCounted && total !== undefined && others.every((text) => text === first);
		if (first === undefined || isNothingElse) return;
		const digest = createHash('sha256').update([first, ...others].join()).digest('base64');
		if (this.known.has(digest)) this.copies.add(number);
		this.known.add(digest);
	}

	get hasCopies(): boolean {
		return this.copies.size > 0;
	}

	get last(): number {
		return this.pages.length;
	}

	/** How many rows all pages have. */
	get count(): number {
		return this.pages.reduce((sum, { rows }) => sum + rows.length, 0);
	}

	/** Rows that fit on a page: JDY may return smaller pages than were asked for. */
	get step(): number {
		return Math.min(this.rowsOn(1), this.size);
	}

	rowsOn(number: number): number {
		return this.pages[number - 1]?.rows.length ?? 0;
	}

	rows(withCopies: boolean): Row[][] {
		return this.pages.filter((_page, index) => withCopies || !this.copies.has(index + 1)).map(({ rows }) => rows);
	}

	/**
	 * How many rows there are in all according to the pages, in their order. Numbers that count the rows of each page are none, nor
	 * is one of a later page that is less than the rows up to there.
	 */
	totals(): number[] {
		const filled = this.pages.filter(({ rows }) => rows.length > 0);
		if (filled.length > 1 && filled.every(({ rows, total }) => total === rows.length)) return [];
		let upTo = 0;
		return this.pages.flatMap(({ rows, total }, index) => {
			upTo += rows.length;
			if (total === undefined) return [];
			return total >= upTo || (index === 0 && total > 0) ? [total] : [];
		});
	}

	/** How many rows there are at least, by the number of pages on the first one: later ones may have it wrong [R]. */
	get least(): number {
		const pageCount = this.pages[0]?.pageCount ?? 0;
		return pageCount > 1 && this.rowsOn(1) === this.size ? (pageCount - 1) * this.size + 1 : 0;
	}

	/** Whether no page after the last one can have rows that are counted. */
	isWhole(): boolean {
		const total = Math.max(0, ...this.totals());
		if (total === 0) return false;
		const { count } = this;
		if (total > count) return this.endsShort();
		if (this.isCounted) return this.last > 1 || count !== this.size;
		// A single page may have counted its own rows.
		return total === count && this.last > 1;
	}

	/** Whether all pages are full but for the last: then rows that are missing are on no other. */
	private endsShort(): boolean {
		const [last = 0, ...others] = this.pages.map(({ rows }) => rows.length).reverse();
		return others.length > 0 && last < this.step && others.every((count) => count >= this.step);
	}
}
