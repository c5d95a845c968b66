import { stringify } from '../../gateway/json/json';
import type { ItemFailure } from '../contract/outcomes';
import type { FoundRows, Row } from '../contract/row';
import { PAGE_SIZE } from '../pagination/page';
import type { Page } from '../pagination/page';

/**
 * How many pages of this size there are, or undefined if no answer says so. A number equal to the rows of a full page may be
 * that of the page alone [?].
 */
function lastPage({ rows, total }: FoundRows): number | undefined {
	const step = rows.length;
	if (step === 0) return 1;
	if (total !== undefined && total > step) return Math.ceil(total / step);
	return total === step && step < PAGE_SIZE ? 1 : undefined;
}

/** The pages to read after the first: by turns from the end and from the start. */
function* byTurns(last: number): Generator<number> {
	for (let [low, high] = [2, last]; low <= high; low++, high--) {
		yield high;
		if (low < high) yield low;
	}
}

function* onwards(): Generator<number> {
	for (let page = 2; ; page++) yield page;
}

/**
 * Reads a list from both ends, because it is not documented which of them has the newest rows [?]. If no answer says
 * how many pages there are, it is read from the start until a page is empty or repeats.
 *
 * @param ask reads one page, the first is 1
 */
export async function readBothEnds(
	ask: (page: number) => Promise<Page>,
	maxPages: number,
): Promise<{ rows: Row[] } | { failure: ItemFailure }> {
	if (maxPages < 1) return { rows: [] };
	const first = await ask(1);
	if ('failure' in first) return first;
	const rows = [...first.rows];
	const last = lastPage(first);
	const known = new Set([stringify(first.rows)]);
	let left = maxPages - 1;
	for (const number of last === undefined ? onwards() : byTurns(last)) {
		if (left === 0) break;
		left -= 1;
		const page = await ask(number);
		if ('failure' in page) return page;
		const text = stringify(page.rows);
		if (last === undefined && (page.rows.length === 0 || known.has(text))) break;
		known.add(text);
		rows.push(...page.rows);
	}
	return { rows };
}
