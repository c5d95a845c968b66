import { codes, countIn, dataOf, errcodeOf, isDone, rowsOf, textOf } from '../answer.mts';
import type { Answer } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';

/** Lists that are long in most firms. */
const LONG = ['bd/material', 'scm/sal_order', 'bd/customer'];
const [CUT, BEYOND, MAX_PAGES] = [100, 200, 5];

/** The list to look at pages with: the first that fills one of 100. */
async function longList(context: ProbeContext, size: number): Promise<{ path: string; answer: Answer } | undefined> {
	let longest: { path: string; answer: Answer } | undefined;
	for (const path of LONG) {
		const answer = await context.call(path, { page: '1', page_size: String(size) });
		if (rowsOf(answer).length > (longest ? rowsOf(longest.answer).length : 0)) longest = { path, answer };
		if (rowsOf(answer).length >= CUT) break;
	}
	return longest;
}

async function pageSize(context: ProbeContext): Promise<Finding> {
	const large = await longList(context, BEYOND);
	const long = large ?? (await longList(context, CUT));
	if (!long) return open({ why: 'noRows' });
	context.kept.set('long', long.answer);
	context.readablePath = long.path;
	if (!large) {
		context.rows.set('refusesLarge', []);
		return { ...contradicted({ asked: BEYOND, why: 'refused' }, 'Nothing has to be set: the nodes ask for 100 rows at most.'), passes: true };
	}
	const seen = { asked: BEYOND, rows: rowsOf(long.answer).length };
	if (seen.rows < CUT) return { ...open({ ...seen, why: 'tooFewRows' }), passes: true };
	return { ...whether(seen.rows === CUT, seen, 'Pages may be larger here than the 100 rows that the nodes ask for.'), passes: true };
}

async function totalPage(context: ProbeContext): Promise<Finding> {
	const long = context.kept.get('long');
	const answer = await context.call(context.readablePath, { page: '1', page_size: String(CUT) });
	const [at100, at200] = [countIn(dataOf(answer), 'total_page'), countIn(long && dataOf(long), 'total_page')];
	const seen = { at100, at200 };
	if (context.rows.has('refusesLarge')) return open({ why: 'refused' });
	if (at100 < 2) return open({ ...seen, why: 'tooFewRows' });
	return whether(at200 < at100, seen);
}

async function wholeList(context: ProbeContext): Promise<Finding> {
	const ids: string[] = [];
	let isWhole = false;
	for (let page = 1; page <= MAX_PAGES && !isWhole; page++) {
		const rows = rowsOf(await context.call(context.readablePath, { page: String(page), page_size: String(CUT) }));
		ids.push(...rows.map(({ id }) => textOf(id)));
		isWhole = rows.length < CUT;
	}
	context.rows.set('ids', ids.map((id) => ({ id })));
	const repeated = ids.length - new Set(ids).size;
	const seen = { rows: ids.length, repeated };
	if (ids.length === 0) return open({ why: 'noRows' });
	return { ...whether(repeated === 0, seen, 'Nothing has to be set: the nodes read such a list again, and leave the second of two equal rows out.'), passes: true };
}

async function count(context: ProbeContext): Promise<Finding> {
	const rows = context.rows.get('ids')?.length ?? 0;
	const answer = context.kept.get('long') as Answer;
	const [counted, atOne] = [countIn(dataOf(answer), 'count'), await context.count(context.readablePath)];
	const seen = { count: counted, countAtSize1: atOne, rows };
	const isSame = counted === atOne && (rows < MAX_PAGES * CUT ? counted === rows : counted >= rows);
	return whether(isSame, seen, 'Nothing has to be set: the nodes say so where a list does not hold what it counts.');
}

async function missingParameter(context: ProbeContext): Promise<Finding> {
	const answer = await context.call('bd/material_detail');
	return whether(answer.status === 400, codes(answer));
}

async function typeError(context: ProbeContext): Promise<Finding> {
	const body = { assist_list: [{ type: '1' }], start_period: 202601, end_period: 202601 };
	const answer = await context.call('fi/assistdetail_report', {}, { method: 'POST', body });
	const seen = codes(answer);
	if (isDone(answer)) return contradicted(seen);
	if (answer.status === 400 && answer.text.includes('proto')) return confirmed(seen);
	const code = errcodeOf(answer);
	return code === 1030002001 || code === 1030002006 || answer.status === 400 ? contradicted(seen) : open(seen);
}

const [layer, anchor] = ['Lists', 'The standard calls'] as const;

export const listProbes: Probe[] = [
	{ id: 'pageSize', layer, assumption: 'A page size above 100 is cut to 100', mark: '1', anchor, calls: 2 * LONG.length, needs: ['readable'], run: pageSize },
	{ id: 'totalPage', layer, assumption: '`total_page` is counted with the page size that was asked for', mark: '1', anchor, calls: 1, needs: ['pageSize'], run: totalPage },
	{ id: 'repeatedRows', layer, assumption: 'A list that is read page by page repeats no row', mark: 'R', anchor, calls: MAX_PAGES, needs: ['pageSize'], run: wholeList },
	{ id: 'count', layer, assumption: '`count` says how many rows all pages hold', mark: 'R', anchor, calls: 1, needs: ['repeatedRows'], run: count },
	{ id: 'missingParameter', layer, assumption: 'A missing parameter is HTTP 400', mark: '1', anchor, calls: 1, needs: ['module.bd'], run: missingParameter },
	{ id: 'typeError', layer, assumption: 'A number where a text is declared is HTTP 400, `proto: …`', mark: 'R', anchor, calls: 1, needs: ['module.fi'], run: typeError },
];
