import { codes, countIn, dataOf, isDone, isFields, textOf } from '../answer.mts';
import type { Answer, Fields } from '../answer.mts';
import type { ProbeContext } from '../context.mts';
import { confirmed, contradicted, open, whether } from '../probe.mts';
import type { Finding, Probe } from '../probe.mts';
import { kindOf } from '../words.mts';
import type { Word } from '../words.mts';

/** Where rows have been imagined to stand in `data`, and the total beside them. */
const PLACES: Array<[place: Word, read: (data: unknown) => unknown]> = [
	['data.data.rows', (data) => inner(data, 'data', 'rows')],
	['data.data.list', (data) => inner(data, 'data', 'list')],
	['data.data', (data) => inner(data, 'data')],
	['data.rows', (data) => inner(data, 'rows')],
	['data', (data) => data],
];

const TOTALS: Array<[place: Word, read: (data: unknown) => unknown]> = [
	['data.data.count', (data) => inner(data, 'data', 'count')],
	['data.data.total', (data) => inner(data, 'data', 'total')],
	['data.count', (data) => inner(data, 'count')],
	['data.total', (data) => inner(data, 'total')],
];

function inner(data: unknown, ...names: string[]): unknown {
	return names.reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), data);
}

interface Page {
	rows: Fields[];
	rowsAt: Word;
	total: number;
	totalAt: Word;
	totalKind: Word;
}

function pageOf(answer: Answer): Page {
	const data = dataOf(answer);
	const [rowsAt, readRows] = PLACES.find(([, read]) => Array.isArray(read(data))) ?? ['missing' as const, () => []];
	const [totalAt, readTotal] = TOTALS.find(([, read]) => countIn({ total: read(data) }, 'total') >= 0) ?? ['missing' as const, () => undefined];
	const total = readTotal(data);
	return { rows: (readRows(data) as unknown[]).filter(isFields), rowsAt, total: countIn({ total }, 'total'), totalAt, totalKind: kindOf(total) };
}

async function list(context: ProbeContext): Promise<Finding> {
	if (context.options.customType === '') return open({ type: 'notGiven' });
	const answer = await context.custom('list', {});
	context.kept.set('custom', answer);
	if (!isDone(answer)) return contradicted(codes(answer), 'Check the code of the custom document type, and the permission 自定义接口 of the app.');
	const { rows, rowsAt, total, totalAt, totalKind } = pageOf(answer);
	const seen = { rows: rows.length, rowsAt, total, totalAt, totalKind };
	const isExpected = rowsAt === 'data.data.rows' && totalAt === 'data.data.count' && totalKind === 'number';
	return { ...whether(isExpected, seen, 'Nothing has to be set: the nodes find rows and totals at each of these places.'), passes: true };
}

const first = (context: ProbeContext): Page => pageOf(context.kept.get('custom') as Answer);

async function largestPage(context: ProbeContext): Promise<Finding> {
	const answer = await context.custom('list', {}, { page_size: '200' });
	if (!isDone(answer)) return contradicted(codes(answer));
	const rows = pageOf(answer).rows.length;
	const seen = { asked: 200, rows };
	return rows < 100 ? open({ ...seen, why: 'tooFewRows' }) : whether(rows === 100, seen);
}

function ids(context: ProbeContext): Finding {
	const { rows } = first(context);
	if (rows.length === 0) return open({ why: 'noRows' });
	// A number of 19 digits has been read as text: look at the answer itself.
	const { text = '' } = context.kept.get('custom') ?? {};
	const kind: Word = rows[0]?.id === undefined ? 'missing' : /"id":\s*"/.test(text) ? 'text' : 'number';
	return whether(kind === 'text', { id: kind }, kind === 'missing' ? 'Documents of this type cannot be read or audited by what the list answers.' : 'Nothing has to be set: the nodes keep every digit.');
}

function order(context: ProbeContext): Finding {
	const numbers = first(context).rows.map(({ id }) => textOf(id)).filter((id) => /^\d{1,30}$/.test(id)).map(BigInt);
	if (numbers.length < 3) return open({ why: 'tooFewRows' });
	const isSorted = (sign: 1n | -1n) => numbers.every((id, index) => index === 0 || (id - (numbers[index - 1] ?? id)) * sign > 0n);
	if (isSorted(1n)) return confirmed({ order: 'ascending' });
	return contradicted({ order: isSorted(-1n) ? 'descending' : 'mixed' });
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

async function filter(context: ProbeContext): Promise<Finding> {
	const { rows } = first(context);
	const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'id');
	const chosen = names.flatMap((name) => {
		const wanted = rows.find((row) => isScalar(row[name]))?.[name];
		const fitting = rows.filter((row) => textOf(row[name]) === textOf(wanted)).length;
		return wanted !== undefined && fitting < rows.length ? [{ name, wanted }] : [];
	})[0];
	if (!chosen) return open({ why: 'tooFewRows' });
	const answer = await context.custom('list', { [chosen.name]: chosen.wanted });
	if (!isDone(answer)) return contradicted({ ...codes(answer), filter: 'refused' }, 'Give no conditions to Get Many of custom documents.');
	const found = pageOf(answer).rows;
	const fits = found.filter((row) => textOf(row[chosen.name]) === textOf(chosen.wanted)).length;
	const seen = { rows: found.length, fitting: fits, without: rows.length };
	return whether(found.length > 0 && fits === found.length, seen, 'Conditions choose nothing here: filter what was read, with n8n\'s Filter node.');
}

async function detail(context: ProbeContext): Promise<Finding> {
	const [row] = first(context).rows;
	if (!row || textOf(row.id) === '') return open({ why: 'noRows' });
	const finds = async (data: Fields): Promise<boolean> => {
		const answer = await context.custom('detail', data);
		const found = inner(dataOf(answer), 'data') ?? dataOf(answer);
		return isDone(answer) && isFields(found) && textOf(found.id) === textOf(row.id);
	};
	const byId = await finds({ id: textOf(row.id) });
	const seen = { byId, ...(!byId && textOf(row.number) !== '' && { byNumber: await finds({ number: textOf(row.number) }) }) };
	return whether(byId, seen, 'Documents of this type are not read by their ID.');
}

const [layer, anchor] = ['Custom documents', 'Saving a custom document'] as const;

export const customProbes: Probe[] = [
	{ id: 'custList', layer, assumption: '`cust/list` has its rows in `data.data.rows`, their number in `data.data.count`', mark: '?', anchor, calls: 1, needs: ['router'], run: list },
	{ id: 'custPage', layer, assumption: 'Its largest page has 100 rows', mark: '?', anchor, calls: 1, needs: ['custList'], run: largestPage },
	{ id: 'custIds', layer, assumption: 'Its rows have IDs, as text', mark: 'C', anchor: 'Values', calls: 0, needs: ['custList'], run: ids },
	{ id: 'custOrder', layer, assumption: 'The oldest document comes first', mark: '?', anchor, calls: 0, needs: ['custList'], run: order },
	{ id: 'custFilter', layer, assumption: '`data` of `cust/list` finds documents with equal values', mark: '?', anchor, calls: 1, needs: ['custList'], run: filter },
	{ id: 'custDetail', layer, assumption: '`id` in `data` names the document of `cust/detail`', mark: '?', anchor, calls: 2, needs: ['custList'], run: detail },
];
