import { codes, isDone, rowsOf, textOf } from '../answer.mts';
import type { Answer, Fields } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';

const idsIn = (answer: Answer): string[] => rowsOf(answer).map(({ id }) => textOf(id));

async function arrays(context: ProbeContext): Promise<Finding> {
	const wanted = (await context.firstRows('bd/material')).slice(0, 2).map(({ id }) => textOf(id));
	if (wanted.length < 2) return open({ why: 'tooFewRows' });
	const understands = async (query: Array<[string, string]>): Promise<boolean> => {
		const found = idsIn(await context.call('bd/material', [...query, ['page', '1'], ['page_size', '20']]));
		return found.length === 2 && wanted.every((id) => found.includes(id));
	};
	const seen = { json: await understands([['ids', JSON.stringify(wanted)]]), repeated: await understands(wanted.map((id) => ['ids', id])) };
	if (seen.json) return confirmed(seen);
	return seen.repeated ? contradicted(seen, 'Set Array Format to repeat.') : open(seen);
}

async function unknownFilter(context: ProbeContext): Promise<Finding> {
	const [row, another] = await context.firstRows('bd/material');
	if (!row || !another) return open({ why: 'tooFewRows' });
	const answer = await context.call('bd/material', { page: '1', page_size: '20', number: textOf(row.number) });
	const seen = { ...codes(answer), rows: rowsOf(answer).length };
	return whether(isDone(answer) && seen.rows > 1, seen, isDone(answer) ? 'This filter works here, though it is not documented: Unknown Filters may be set to send.' : undefined);
}

async function billNo(context: ProbeContext): Promise<Finding> {
	const path = 'scm/pur_order';
	const [row] = await context.firstRows(path);
	const number = textOf(row?.bill_no);
	if (number.length < 2) return open({ why: 'noRows' });
	const find = async (wanted: string) => await context.list(path, { bill_no: wanted });
	const holds = (rows: Fields[]) => rows.some(({ bill_no }) => textOf(bill_no) === number);
	const seen = { whole: holds(await find(number)), part: holds(await find(number.slice(0, -1))) };
	if (!seen.whole) return contradicted(seen, 'A document is not found by its number: look it up by another filter.');
	return whether(!seen.part, seen, 'A document that is looked for by its number may find others: compare the number.');
}

const squeezed = (text: string): string => text.toLowerCase().replace(/\s/g, '');

async function search(context: ProbeContext): Promise<Finding> {
	const row = (await context.firstRows('bd/material')).find(({ name, number }) => textOf(name).length > 2 && textOf(number) !== '' && !squeezed(textOf(name)).includes(squeezed(textOf(number))));
	if (!row) return open({ why: 'noRows' });
	const finds = async (wanted: string) => (await context.list('bd/material', { search: wanted })).some(({ id }) => textOf(id) === textOf(row.id));
	const seen = { partOfName: await finds(textOf(row.name).slice(0, -1)), number: await finds(textOf(row.number)) };
	if (!seen.partOfName) return contradicted(seen, 'A name is not found by its list: give numbers or IDs.');
	return whether(!seen.number, seen);
}

const SECOND_MS = 1000;
const TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/;

/** A list, the first of its rows, and its time: creation or change, in China's time. */
async function timedRow(context: ProbeContext): Promise<{ path: string; by: string; id: string; ms: number } | undefined> {
	for (const [path, by] of [['scm/sal_order', 'create'], ['bd/aux_info', 'modify']] as const) {
		const row = (await context.firstRows(path)).find((one) => TEXT.test(textOf(one[`${by}_time`])));
		if (row) return { path, by, id: textOf(row.id), ms: Date.parse(`${textOf(row[`${by}_time`]).slice(0, 19).replace(' ', 'T')}+08:00`) };
	}
	return undefined;
}

async function within(context: ProbeContext, { path, by, id }: { path: string; by: string; id: string }, from: number, to: number): Promise<boolean | undefined> {
	const answer = await context.call(path, { page: '1', page_size: '100', [`${by}_start_time`]: String(from), [`${by}_end_time`]: String(to) });
	return isDone(answer) ? idsIn(answer).includes(id) : undefined;
}

/** Whether a second holds the row and the one two seconds later does not. */
async function understandsTime(context: ProbeContext, timed: { path: string; by: string; id: string; ms: number }, unitMs: number): Promise<boolean> {
	const at = (ms: number) => Math.floor(ms / unitMs);
	const there = await within(context, timed, at(timed.ms - SECOND_MS), at(timed.ms + 2 * SECOND_MS));
	const later = await within(context, timed, at(timed.ms + 3 * SECOND_MS), at(timed.ms + 4 * SECOND_MS));
	return there === true && later === false;
}

async function timeUnit(context: ProbeContext): Promise<Finding> {
	const timed = await timedRow(context);
	if (!timed) return open({ why: 'noRows' });
	if (await understandsTime(context, timed, 1)) return confirmed({ unit: 'milliseconds' });
	if (await understandsTime(context, timed, SECOND_MS)) return { ...contradicted({ unit: 'seconds' }, 'Poll triggers that ask by time do not work here: report it.'), passes: true };
	return contradicted({ unit: 'unknown' }, 'Poll triggers that ask by time do not work here: report it.');
}

async function timeEnds(context: ProbeContext): Promise<Finding> {
	const timed = await timedRow(context);
	if (!timed) return open({ why: 'noRows' });
	const unitMs = (await within(context, timed, timed.ms - SECOND_MS, timed.ms + SECOND_MS)) === true ? 1 : SECOND_MS;
	const exact = await within(context, timed, timed.ms / unitMs, timed.ms / unitMs);
	if (exact === true) return confirmed({ ofTheMoment: true });
	const around = await within(context, timed, (timed.ms - unitMs) / unitMs, (timed.ms + unitMs) / unitMs);
	return around === true ? contradicted({ ofTheMoment: false, around }, 'Nothing has to be set: the window of a trigger goes back by Look Back Minutes.') : open({ ofTheMoment: false, around: false }, 'Times are kept finer than the second that is shown.');
}

const [layer, anchor] = ['Lists', 'The standard calls'] as const;

export const filterProbes: Probe[] = [
	{ id: 'arrays', layer, assumption: 'A list of values goes into a query as JSON', mark: '?', anchor, calls: 3, needs: ['module.bd'], run: arrays },
	{ id: 'unknownFilter', layer, assumption: 'A filter that JDY does not know is ignored', mark: 'R', anchor, calls: 2, needs: ['module.bd'], run: unknownFilter },
	{ id: 'billNo', layer, assumption: '`bill_no` as a filter finds what is equal, and nothing else', mark: 'R', anchor, calls: 3, needs: ['module.scm'], run: billNo },
	{ id: 'search', layer, assumption: '`search` of products finds parts of names, and no numbers', mark: 'D', anchor: 'How rows of master data are found', calls: 3, needs: ['module.bd'], run: search },
	{ id: 'timeUnit', layer, assumption: 'Times that filter are milliseconds since 1970', mark: 'D', anchor, calls: 6, needs: ['module.scm'], run: timeUnit },
	{ id: 'timeEnds', layer, assumption: 'Both ends of a time filter are included', mark: '?', anchor, calls: 5, needs: ['timeUnit'], run: timeEnds },
];
