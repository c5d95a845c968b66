import { isRecord } from '../../gateway/json/json';

/** An object around the rows, or beside them. */
type Holder = Record<string, unknown>;

/** Names of the number of all rows, in small letters and without underscores; those that can mean nothing else first. */
const TOTAL_NAMES = [
	...['totalcount', 'totalrows', 'totalnum', 'totalnumber', 'totalsize', 'totalrecords', 'totalrecord', 'totalitems', 'totalelements'],
	...['recordcount', 'recordstotal', 'rowcount', 'rowscount', 'itemcount', 'allcount'],
	...['total', 'count'],
];

/** These two may count something else in an object of any name. */
const SURE_NAMES = TOTAL_NAMES.slice(0, -2);

/** Objects about the page. */
const ABOUT_PAGES = /pag|meta|info|result|list|query|data/i;

const MAX_DEPTH = 3;

/** Names of the number of all pages. */
const PAGE_COUNT_NAMES = ['totalpage', 'totalpages', 'pagecount'];

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toLowerCase();

/** A number of rows, as number or as text; from any service of the platform it may be either [C]. */
function countOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\d{1,9}(?:\.0+)?$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function countsIn(object: Holder, names: readonly string[]): number[] {
	const values = new Map(Object.entries(object).map(([name, value]) => [plain(name), value]));
	return names.flatMap((name) => countOf(values.get(name)) ?? []);
}

/** The counts in objects beside the rows, those further out first. */
function countsWithin(holder: Holder, without: Holder | undefined, depth = 1): number[] {
	const objects = Object.entries(holder).filter((entry): entry is [string, Holder] => isRecord(entry[1]) && entry[1] !== without);
	const found = objects.flatMap(([name, object]) => countsIn(object, ABOUT_PAGES.test(name) ? TOTAL_NAMES : SURE_NAMES));
	return depth === MAX_DEPTH ? found : [...found, ...objects.flatMap(([, object]) => countsWithin(object, undefined, depth + 1))];
}

/**
 * How many rows there are in all, as far as an answer says. If it has more than one number, that which its rows do not
 * exceed.
 *
 * @param holders the objects around the rows, innermost first
 * @param known the documented name of the number
 */
export function totalIn(holders: readonly Holder[], known: string | undefined, rowCount: number): number | undefined {
	const documented = known === undefined ? [] : holders.flatMap((holder) => countOf(holder[known]) ?? []);
	const beside = holders.flatMap((holder) => countsIn(holder, TOTAL_NAMES));
	const within = holders.flatMap((holder, index) => countsWithin(holder, holders[index - 1]));
	const counts = [...documented, ...beside, ...within];
	return documented[0] ?? counts.find((count) => count >= rowCount) ?? counts[0];
}

/** How many pages there are in all, as far as the objects around the rows say. */
export function pageCountIn(holders: readonly Holder[]): number | undefined {
	return holders.flatMap((holder) => countsIn(holder, PAGE_COUNT_NAMES))[0];
}
