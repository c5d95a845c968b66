import fc from 'fast-check';

import type { ItemEnded } from '../../nodes/KingdeeJdy/shared/outcomes.ts';
import { readList } from '../../nodes/KingdeeJdy/shared/pages.ts';
import type { List } from '../../nodes/KingdeeJdy/shared/pages.ts';

type Row = Record<string, unknown>;

const rows = (count: number, from = 1): Row[] => Array.from({ length: count }, (_unused, index) => ({ id: String(from + index) }));
const ids = (list: Row[]) => list.map(({ id }) => Number(id));
const upTo = (count: number) => Array.from({ length: count }, (_unused, index) => index + 1);

/** A service that lists rows in pages, and remembers what it was asked for. */
function service(
	books: (asked: number) => Row[],
	{ shape = (page: Row[], total: number): unknown => ({ data: { rows: page, count: total } }), largest = 100 } = {},
) {
	const asked: string[] = [];
	let underWay = 0;
	let most = 0;
	const ask = async (page: number, size: number): Promise<ItemEnded> => {
		asked.push(`${page}/${size}`);
		const all = books(asked.length);
		const real = Math.min(size, largest);
		const data = shape(all.slice((page - 1) * real, page * real), all.length);
		most = Math.max(most, ++underWay);
		// A later page may well come before an earlier one.
		for (let turns = 5 - (page % 3); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
		underWay -= 1;
		return { type: 'done', envelope: { errcode: 0, description: 'success', data } };
	};
	return { ask, asked, most: () => most };
}

const read = async (ask: List['ask'], more: Partial<List> = {}) => await readList({ ask, limit: undefined, concurrency: 1, ...more });

async function rowsOf(ask: List['ask'], more: Partial<List> = {}): Promise<Row[]> {
	const ended = await read(ask, more);
	if ('failure' in ended) throw new Error(ended.failure.message);
	return ended.rows;
}

async function failureOf(ask: List['ask'], more: Partial<List> = {}) {
	const ended = await read(ask, more);
	if ('rows' in ended) throw new Error(`${ended.rows.length} rows came`);
	return ended.failure;
}

type Shape = (page: Row[], total: number) => unknown;

const SHAPES: Record<string, Shape> = {
	'rows and count, nested twice': (page, count) => ({ data: { rows: page, count } }),
	'list and total, nested twice': (list, total) => ({ data: { list, total } }),
	'a bare list, nested twice': (page) => ({ data: page }),
	'a bare list, nested once': (page) => page,
	'rows and count, nested once': (page, count) => ({ rows: page, count }),
	'a count as text': (page, count) => ({ data: { rows: page, count: String(count) } }),
	'no total': (page) => ({ data: { rows: page } }),
	'a total beside what is nested': (page, total_count) => ({ data: page, total_count }),
	'a total of its own name': (page, totalRows) => ({ data: { data: page, totalRows } }),
	'a list of a name that nobody knows': (page, total) => ({ data: { orders: page, total, columns: ['id'] } }),
	'other lists of objects beside it': (page, total) => ({ data: { columns: [{ key: 'id' }], rows: page, total } }),
	'the count of each page': (page) => ({ data: { rows: page, count: page.length } }),
};

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

// A count of each page cannot be told from one of all rows where the page is not full.
it.each(Object.entries(SHAPES).filter(([name]) => name !== 'the count of each page'))('%s: a service that gives at most 50 rows comes whole', async (_name, shape) => {
	expect(ids(await rowsOf(service(() => rows(230), { shape, largest: 50 }).ask))).toEqual(upTo(230));
});

describe('no more is asked for than needed', () => {
	const noTotal = SHAPES['no total'];
	it.each<[string, number, Partial<List>, Shape | undefined, string[]]>([
		['a limit of 1', 250, { limit: 1 }, undefined, ['1/1']],
		['a limit of 100', 250, { limit: 100 }, undefined, ['1/100']],
		['a limit of 101', 250, { limit: 101 }, undefined, ['1/100', '2/100']],
		['a limit of 101, no total', 250, { limit: 101 }, noTotal, ['1/100', '2/100']],
		['a limit beyond the end', 7, { limit: 50 }, undefined, ['1/50']],
		['250 rows', 250, {}, undefined, ['1/100', '2/100', '3/100']],
		['250 rows, no total', 250, {}, noTotal, ['1/100', '2/100', '3/100']],
		['200 rows', 200, {}, undefined, ['1/100', '2/100']],
		['200 rows, no total: an empty page ends it', 200, {}, noTotal, ['1/100', '2/100', '3/100']],
		['100 rows with a documented total', 100, { where: { total: 'count' } }, undefined, ['1/100']],
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

describe('rows that change while they are read', () => {
	it('a row that vanished once: everything is read again', async () => {
		const { ask, asked } = service((call) => (call < 2 ? rows(250) : rows(249, 2)));
		expect(ids(await rowsOf(ask))).toEqual(upTo(250).slice(1));
		expect(asked).toEqual(['1/100', '2/100', '3/100', '1/100', '2/100', '3/100']);
	});

	it('rows that vanish each time are missed, and counted', async () => {
		const { ask } = service((call) => rows(251 - call, call));
		const message = 'The list did not come whole, read twice: of 247 rows that JDY counts 2 did not come';
		expect(await failureOf(ask)).toMatchObject({ kind: 'rowsDiffer', outcome: 'rejected', message });
	});

	it('rows that come to the end while it is read are just more rows', async () => {
		const { ask, asked } = service((call) => rows(249 + call));
		expect(ids(await rowsOf(ask))).toEqual(upTo(252));
		expect(asked).toHaveLength(3);
	});

	it('fewer rows than told', async () => {
		const { ask } = service(() => rows(120), { shape: (page, total) => ({ rows: page, count: total + 3 }) });
		expect((await failureOf(ask)).message).toBe('The list did not come whole, read twice: of 123 rows that JDY counts 3 did not come');
	});

	it('a number that cannot be that of the rows is not followed for ever', async () => {
		const { ask, asked } = service(() => rows(120), { shape: (page) => ({ rows: page, count: 900_000_000 }) });
		expect((await failureOf(ask)).message).toContain('899999880 did not come');
		expect(asked).toHaveLength(6);
	});

	it('more rows than told', async () => {
		const { ask } = service(() => rows(12), { shape: (page, total) => ({ rows: page, count: total - 1 }) });
		expect((await failureOf(ask)).message).toBe('The list did not come whole, read twice: JDY counts 11 rows, but 1 more came');
	});

	it.each([['with a total', undefined], ['without one', SHAPES['no total']]])('the same ID on two pages, %s', async (_name, shape) => {
		const { ask } = service((call) => (call % 3 === 1 ? rows(250) : [{ id: 'new' }, ...rows(249)]), shape && { shape });
		expect((await failureOf(ask)).message).toContain('1 row came on two pages');
	});

	it('the same ID on two pages, with a limit', async () => {
		const { ask } = service((call) => (call % 2 === 1 ? rows(250) : [{ id: 'new' }, ...rows(249)]));
		expect((await failureOf(ask, { limit: 150 })).message).toBe('The list did not come whole, read twice: 1 row came on two pages');
		expect(ids(await rowsOf(service((call) => rows(251 - call)).ask, { limit: 150 }))).toEqual(upTo(150));
	});

	it('a page that never changes is not read for ever', async () => {
		const { ask, asked } = service(() => rows(100), { shape: (_page) => ({ data: rows(100) }) });
		expect((await failureOf(ask)).message).toContain('100 rows came on two pages');
		expect(asked).toHaveLength(4);
	});

	it('a service that gives few rows at once, whatever the page, gave them once', async () => {
		const { ask } = service(() => [], { shape: () => ({ data: rows(20) }) });
		expect(ids(await rowsOf(ask))).toEqual(upTo(20));
	});

	it.each<[string, Row[], boolean]>([
		['numbers, where there are no IDs', [...rows(100), ...rows(100)].map(({ id }) => ({ number: id })), true],
		['nothing, where there is neither', [...rows(100), ...rows(100)].map(({ id }) => ({ name: id })), false],
		['nothing, where one page has an ID twice', [{ id: '1' }, ...rows(99), ...rows(100)], false],
	])('rows are told apart by %s', async (_name, books, isNoticed) => {
		const ended = await read(service(() => books).ask);
		expect('failure' in ended).toBe(isNoticed);
	});

	it('rows without IDs of their own may come on two pages', async () => {
		expect(await rowsOf(service(() => [...rows(100), ...rows(100)]).ask, { hasIds: false })).toHaveLength(200);
	});
});

it.each([['go', false], ['come', true]])('while rows only %s, a list comes whole or not at all', async (_name, isGrowing) => {
	const changes = fc.array(fc.tuple(fc.nat(12), fc.nat(260)), { maxLength: 4 });
	await fc.assert(
		fc.asyncProperty(changes, fc.constantFrom(1, 3), fc.constantFrom('rows and count, nested twice', 'list and total, nested twice', 'a count as text'), async (planned, concurrency, name) => {
			let books = rows(250);
			let fresh = 1000;
			const { ask } = service(
				(call) => {
					for (const [when, where] of planned) {
						if (when !== call) continue;
						if (isGrowing) books = books.toSpliced(where, 0, { id: String(fresh++) });
						else books = books.toSpliced(where, 1);
					}
					return books;
				},
				{ shape: SHAPES[name] },
			);
			const before = new Set(ids(books));
			const ended = await read(ask, { concurrency });
			if ('failure' in ended) return;
			const came = ids(ended.rows);
			expect(new Set(came).size).toBe(came.length);
			// What stood in the books from the first page to the last must have come.
			const stayed = ids(books).filter((id) => before.has(id));
			expect(stayed.filter((id) => !came.includes(id))).toEqual([]);
		}),
		{ numRuns: 150 },
	);
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
