import { stringify } from '../../gateway/json/json';
import { ID_KEYS } from '../contract/row';
import type { Row } from '../contract/row';
import type { List, ListReading } from './pageReader';

/** The result of a check. */
interface Wholeness {
	rows: Row[];
	/** Why it may not be whole, in words; undefined if every row that was wanted was returned once. */
	problem?: string;
	/** What the user should know of it all the same. */
	notice?: string;
}

/** A row with its content as text, and the number of its page. */
interface Placed {
	row: Row;
	text: string;
	id: string;
	page: number;
}

function idKeyOf(rows: readonly Row[]): string | undefined {
	const isId = (value: unknown) => (typeof value === 'string' && value !== '') || typeof value === 'number';
	return ID_KEYS.find((key) => rows.every((row) => isId(row[key])));
}

function limited(pages: readonly Row[][], limit = Infinity): Row[][] {
	let left = limit;
	return pages.map((rows) => {
		const taken = rows.slice(0, left);
		left -= taken.length;
		return taken;
	});
}

function placed(pages: readonly Row[][], hasIds: boolean): { rows: Placed[]; areNamed: boolean } {
	const idKey = hasIds ? idKeyOf(pages.flat()) : undefined;
	const rows = pages.flatMap((page, index) =>
		page.map((row) => {
			const text = stringify(row);
			return { row, text, id: idKey === undefined ? text : String(row[idKey]), page: index };
		}),
	);
	return { rows, areNamed: idKey !== undefined };
}

function grouped(rows: readonly Placed[], key: 'id' | 'text'): Placed[][] {
	const groups = new Map<string, Placed[]>();
	for (const row of rows) {
		const group = groups.get(row[key]);
		if (group) group.push(row);
		else groups.set(row[key], [row]);
	}
	return [...groups.values()];
}

const differBy = (rows: readonly Placed[], key: 'page' | 'text') => rows.some((row) => row[key] !== rows[0]?.[key]);

/** Whether documents are listed line by line: then one page has several rows of one document. */
function hasLines(documents: readonly Placed[][]): boolean {
	return documents.some((rows) => {
		const onPage = new Map<number, string>();
		return rows.some(({ page, text }) => {
			const known = onPage.get(page);
			onPage.set(page, text);
			return known !== undefined && known !== text;
		});
	});
}

/** Whether rows were returned as often in another reading: what only moved while it was read did not. */
function cameBefore(rows: readonly Placed[], { pages }: ListReading): boolean {
	const counts = new Map<string, number>();
	for (const text of pages.flat().map(stringify)) counts.set(text, (counts.get(text) ?? 0) + 1);
	return grouped(rows, 'text').every((same) => (counts.get(same[0]?.text ?? '') ?? 0) >= same.length);
}

const rowsOf = (count: number) => `${count} row${count === 1 ? '' : 's'}`;
const surplus = (groups: readonly Placed[][]) => groups.reduce((sum, rows) => sum + rows.length - 1, 0);

/** What a reading has of each document, as far as rows name what they show. */
function sorted(rows: readonly Placed[], areNamed: boolean) {
	const documents = areNamed ? grouped(rows, 'id') : [];
	const isByLine = hasLines(documents);
	const same = grouped(rows, 'text').filter((copies) => copies.length > 1);
	return {
		documents,
		isByLine,
		/** One document twice. */
		doubled: areNamed && !isByLine ? same : [],
		/** Rows that cannot be distinguished: the same one twice, or two. If one page has several, the list has equal rows. */
		alike: areNamed && !isByLine ? [] : same.filter((copies) => new Set(copies.map(({ page }) => page)).size === copies.length),
		/** Two lines of a document, or the document before and after a change. */
		split: isByLine ? [] : documents.filter((of) => differBy(of, 'page') && differBy(of, 'text')),
	};
}

/** How many rows there are in all, and whether pages differ about it in a way that was not the same the time before. */
function countOf({ totals }: ListReading, before: ListReading | undefined, fits: (total: number) => boolean): { total: number | undefined; hasMoved: boolean } {
	const [first] = totals;
	// Some lists count rightly on their first page only [R].
	const isHabit = first !== undefined && totals.join() === before?.totals.join() && fits(first);
	return isHabit || first === undefined ? { total: first, hasMoved: false } : { total: Math.max(...totals), hasMoved: new Set(totals).size > 1 };
}

/**
 * Whether a reading is whole. If a row is on two pages, or two rows of one document are, that may be so, or they have
 * moved while the pages were read. The reading before shows which: what moves is not returned the same twice.
 *
 * @param before the reading before, if there was one
 */
export function checkWholeness(reading: ListReading, { limit, hasIds = true, where }: List, before?: ListReading): Wholeness {
	const { rows: all, areNamed } = placed(limited(reading.pages, limit), hasIds);
	const isCutOff = limit !== undefined && all.length >= limit;
	const contents = grouped(all, 'text');
	const counted = countOf(reading, before, (total) => isCutOff || all.length === total || contents.length === total);
	const total = isCutOff ? undefined : counted.total;
	// A list that repeats a row counts it once [R].
	const rows = contents.length === total ? contents.flatMap(([first]) => first ?? []) : all;
	const { documents, isByLine, doubled, alike, split } = sorted(rows, areNamed);

	const isStable = before !== undefined && cameBefore([...alike, ...split].flat(), before);
	const twice = surplus(doubled) + (isStable ? 0 : surplus(alike) + surplus(split));
	const came = rows.length - twice;
	const countsDocuments = documents.length === total && (isByLine || isStable);
	// A number that is not documented and is less than what was returned counts something else.
	const saysNothing = total === undefined || countsDocuments || (where?.total === undefined && came > total);
	const missing = saysNothing ? 0 : total - came;
	const problems = twice > 0 ? [`${rowsOf(twice)} came on two pages`] : [];
	if (missing > 0) problems.push(`of ${rowsOf(total ?? 0)} that JDY counts ${missing} did not come`);
	if (missing < 0) problems.push(`JDY counts ${rowsOf(total ?? 0)}, but ${-missing} more came`);
	if (problems.length === 0 && counted.hasMoved) problems.push(`JDY counted ${[...new Set(reading.totals)].join(', then ')} rows`);

	const notices = alike.length === 0 ? [] : [`${rowsOf(surplus(alike))} came with the content of another on another page; nothing tells whether they are the same`];
	// What follows from the number of pages only may be computed from another size of a page [1].
	if (!isCutOff && rows.length < reading.least) notices.push(`JDY tells of pages for at least ${rowsOf(reading.least)}, but ${rows.length} came: some may be missing`);
	return { rows: rows.map(({ row }) => row), ...(notices.length > 0 && { notice: notices.join('; ') }), ...(problems.length > 0 && { problem: problems.join('; ') }) };
}
