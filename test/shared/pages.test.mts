import type { List } from '../../nodes/KingdeeJdy/shared/pagination/pages.ts';
import { SHAPES, failureOf, ids, read, rows, rowsOf, service, upTo } from '../helpers/pageService.mts';
import type { Row, Shape } from '../helpers/pageService.mts';

describe.each(Object.entries(SHAPES))('%s', (_name, shape) => {
	it.each([0, 1, 99, 100, 101, 200, 250])('%i rows come whole and in order', async (count) => {
		for (const concurrency of [1, 5]) {
			const { ask } = service(() => rows(count), { shape });
			expect(ids(await rowsOf(ask, { concurrency }))).toEqual(upTo(count));
		}
	});

	it.each([1, 50, 100, 101, 249, 250, 251])('a limit of %i takes no more', async (limit) => {
		const { ask } = service(() => rows(250), { shape });
		expect(ids(await rowsOf(ask, { limit }))).toEqual(upTo(Math.min(limit, 250)));
	});
});

it.each(Object.entries(SHAPES))('%s: pages that JDY cuts to any size come whole', async (_name, shape) => {
	for (const [largest, count] of [[50, 230], [25, 130], [7, 40], [3, 10], [1, 5], [99, 100], [30, 31]] as const) {
		for (const concurrency of [1, 5]) {
			const { ask } = service(() => rows(count), { shape, largest });
			expect(ids(await rowsOf(ask, { concurrency }))).toEqual(upTo(count));
		}
	}
});

describe('no more is asked for than needed', () => {
	const noTotal = SHAPES['no total'];
	it.each<[string, number, Partial<List>, Shape | undefined, string[]]>([
		['a limit of 1', 250, { limit: 1 }, undefined, ['1/1']],
		['a limit of 100', 250, { limit: 100 }, undefined, ['1/100']],
		['a limit of 101', 250, { limit: 101 }, undefined, ['1/100', '2/100']],
		['a limit of 101, no total', 250, { limit: 101 }, noTotal, ['1/100', '2/100']],
		['a limit beyond the end', 7, { limit: 50, where: { total: 'count' } }, undefined, ['1/50']],
		['a limit beyond the end, and a number that may be of the page', 7, { limit: 50 }, undefined, ['1/50', '2/50']],
		['250 rows', 250, {}, undefined, ['1/100', '2/100', '3/100']],
		['250 rows, no total: an empty page ends it', 250, {}, noTotal, ['1/100', '2/100', '3/100', '4/100']],
		['200 rows', 200, {}, undefined, ['1/100', '2/100']],
		['200 rows, no total', 200, {}, noTotal, ['1/100', '2/100', '3/100']],
		['99 rows with a documented total', 99, { where: { total: 'count' } }, undefined, ['1/100']],
		['a full page with a documented total, which may be of the page', 100, { where: { total: 'count' } }, undefined, ['1/100', '2/100']],
		['a list that has one page', 100, { isPaged: false }, noTotal, ['1/100']],
		['no rows', 0, {}, noTotal, ['1/100']],
	])('%s', async (_name, count, more, shape, calls) => {
		const { ask, asked } = service(() => rows(count), shape && { shape });
		await rowsOf(ask, more);
		expect(asked).toEqual(calls);
	});

	it.each([1, 3, 5])('at most %i pages are under way at once', async (concurrency) => {
		const { ask, most } = service(() => rows(1000));
		expect(ids(await rowsOf(ask, { concurrency }))).toEqual(upTo(1000));
		expect(most()).toBe(concurrency);
	});
});

describe('answers without rows', () => {
	it.each<[string, unknown, string]>([
		['null', null, 'data (null)'],
		['null, nested twice', { data: null }, 'data.data (null)'],
		['a text', { data: 'secret' }, 'data.data (string)'],
		['another object', { data: { code: 'secret', names: ['secret'], head: {} } }, 'data.data.code (string), data.data.names (list of strings), data.data.head (object)'],
		['rows that are no objects', { rows: ['secret'], count: 1 }, 'data.rows (list of strings), data.count (number)'],
		['a number of rows, but none', { data: { count: 2 } }, 'data.data.count (number)'],
	])('%s: a failure shows the keys, never a value', async (_name, data, shape) => {
		const { message, kind, outcome } = await failureOf(service(() => [], { shape: () => data }).ask);
		expect({ message, kind, outcome }).toEqual({ message: `No rows could be found in the answer; it holds ${shape}`, kind: 'noRows', outcome: 'rejected' });
	});

	it.each([[{ data: { rows: null, count: 0 } }], [{ data: { count: '0' } }], [{ rows: [], count: 0 }], [{ data: [] }], [[]], [{ data: { things: [] } }]])('%j is an empty list', async (data) => {
		expect(await rowsOf(service(() => [], { shape: () => data }).ask)).toEqual([]);
	});

	it('a full page may be followed by nothing', async () => {
		const { ask } = service(() => rows(100), { shape: (page) => ({ data: page.length === 0 ? null : page }) });
		expect(await rowsOf(ask)).toHaveLength(100);
	});

	it('a later page without rows is a failure where more were told', async () => {
		const { ask } = service(() => rows(150), { shape: (page, count) => ({ data: page.length < 100 ? { sorry: 1 } : { rows: page, count } }) });
		expect(await failureOf(ask)).toMatchObject({ kind: 'noRows', message: 'No rows could be found in the answer; it holds data.data.sorry (number)' });
	});
});

it('documented places are looked at first', async () => {
	const shape = (page: Row[], all: number) => ({ rows: [{ total: 1 }], result: { lines: page, all } });
	expect(ids(await rowsOf(service(() => rows(120), { shape }).ask, { where: { rows: ['result', 'lines'], total: 'all' } }))).toEqual(upTo(120));
});

it('what ends a page ends the reading', async () => {
	const failure = { code: 4012, errcode: 4012, kind: 'permission', outcome: 'rejected', message: 'no', status: 519, requestId: null, retryAfterMs: null, date: null } as const;
	const { ask, asked } = service(() => rows(1000));
	const ended = await read(async (page, size) => (page === 3 ? { type: 'failed', failure } : await ask(page, size)), { concurrency: 2 });
	expect(ended).toEqual({ failure });
	expect(asked.length).toBeLessThan(6);
});
