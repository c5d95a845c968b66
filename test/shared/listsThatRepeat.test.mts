import fc from 'fast-check';

import { SHAPES, failureOf, ids, read, rows, rowsOf, service, upTo } from '../helpers/pageService.mts';
import type { Row } from '../helpers/pageService.mts';

const [noTotal, counted] = ['no total', 'rows and count, nested twice'].map((name) => SHAPES[name]);
const named = (count: number, from = 1) => rows(count, from).map(({ id }) => ({ name: id }));
const line = (id: number, no: number) => ({ id: String(id), line: no });

/** A service that shows the same rows for every page. */
const sameForAll = (count: number, total?: number) => service(() => [], { shape: () => ({ data: { rows: rows(count), ...(total !== undefined && { count: total }) } }) });

describe('a list that takes no notice of the page', () => {
	it.each([1, 20, 99, 100, 110, 250])('of %i rows comes once, with or without a total', async (count) => {
		for (const total of [undefined, count, 0]) expect(ids(await rowsOf(sameForAll(count, total).ask))).toEqual(upTo(count));
		for (const limit of [50, 150, 1000]) expect(ids(await rowsOf(sameForAll(count).ask, { limit }))).toEqual(upTo(Math.min(count, limit)));
		expect(await rowsOf(service(() => [], { shape: () => ({ rows: named(count) }) }).ask)).toEqual(named(count));
	});

	it('is asked for no more than three pages', async () => {
		for (const count of [20, 100, 110]) {
			const { ask, asked } = sameForAll(count);
			await rowsOf(ask);
			expect(asked).toEqual(['1/100', '2/100', '1000000/100']);
		}
	});

	it.each([1, 5])('and counts more rows than it gives is told, %i pages at once', async (concurrency) => {
		const { ask, asked } = sameForAll(100, 250_000);
		expect((await failureOf(ask, { concurrency })).message).toBe('The list did not come whole, read twice: of 250000 rows that JDY counts 249900 did not come');
		expect(asked.length).toBeLessThan(2 * (concurrency + 3));
	});

	it.each([['the last', (page: number) => Math.min(page, 3)], ['the first', (page: number) => ((page - 1) % 3) + 1]])('but gives %s page again behind its end comes once', async (_which, shown) => {
		for (const count of [230, 300]) {
			const { ask } = service(() => rows(count), { shape: noTotal });
			expect(ids(await rowsOf(async (page, size) => await ask(shown(page), size)))).toEqual(upTo(count));
		}
	});
});

describe('documents that are listed line by line', () => {
	const lines = (perDocument: (document: number) => number) => Array.from({ length: 250 }, (_unused, index) => index + 1).flatMap((id) => Array.from({ length: perDocument(id) }, (_line, no) => line(id, no)));
	it.each([
		['at the border of two pages only', lines((id) => (id === 100 || id === 199 ? 2 : 1))],
		['on each page', lines((id) => (id % 3) + 1)],
		['over three pages', lines((id) => (id === 50 ? 250 : 1))],
	])('come whole: %s', async (_where, books) => {
		for (const shape of [noTotal, counted]) expect(await rowsOf(service(() => books, { shape }).ask)).toEqual(books);
		const { ask } = service(() => books, { shape: (page) => ({ rows: page, count: books.length }) });
		expect(await rowsOf(ask, { where: { total: 'count' } })).toEqual(books);
		expect(await rowsOf(ask, { limit: 150 })).toEqual(books.slice(0, 150));
	});

	it('come whole where JDY counts the documents', async () => {
		const books = lines((id) => (id === 100 || id === 199 ? 2 : 1));
		for (const where of [{}, { total: 'count' }]) expect(await rowsOf(service(() => books, { shape: (page) => ({ rows: page, count: 250 }) }).ask, { where })).toEqual(books);
	});

	it('a document that was changed and moved to the end meanwhile is no such line', async () => {
		const before = rows(250).map((row) => ({ ...row, changed: 1 }));
		const after = [...before.slice(0, 4), ...before.slice(5), { id: '5', changed: 2 }];
		const { ask } = service((call) => (call < 2 ? before : after));
		expect(await rowsOf(ask)).toEqual(after);
	});

	it('documents that are changed each time are told', async () => {
		const books = (call: number) => {
			const moved = call - 1 - Math.floor(call / 3.5);
			return [...rows(250 - moved, 1 + moved), ...rows(moved)].map((row, index) => ({ ...row, changed: index >= 250 - moved }));
		};
		expect((await failureOf(service(books).ask)).message).toContain('came on two pages');
	});
});

describe('a row that comes twice by its whole content', () => {
	const moving = (call: number): Row[] => [...named(call, 1000 + call), ...named(250)];
	it.each([['no total', noTotal], ['a total that stands still', (page: Row[]) => ({ rows: page, count: 250 })]])('across a border each time is told: %s', async (_name, shape) => {
		const books = (call: number) => moving(call).slice(0, 250);
		expect((await failureOf(service(books, { shape }).ask)).message).toContain('came on two pages');
	});

	it('across a border once is read again', async () => {
		const after = [{ name: 'new' }, ...named(250)];
		for (const shape of [noTotal, counted]) expect(await rowsOf(service((call) => (call < 2 ? named(250) : after), { shape }).ask)).toEqual(after);
	});

	it('and has an ID is the same row, whatever the number of rows is, unless JDY counts it once', async () => {
		const books = [...rows(100), ...rows(151, 100)];
		expect(ids(await rowsOf(service(() => books, { shape: (page) => ({ rows: page, count: 250 }) }).ask))).toEqual(upTo(250));
		for (const shape of [noTotal, counted]) expect((await failureOf(service(() => books, { shape }).ask)).message).toContain('1 row came on two pages');
	});

	it('on one page and counted once comes once', async () => {
		for (const books of [[...rows(12), { id: '7' }], [...named(12), { name: '7' }]]) {
			const once = books.slice(0, 12);
			for (const where of [{}, { total: 'count' }]) expect(await rowsOf(service(() => books, { shape: (page) => ({ rows: page, count: 12 }) }).ask, { where })).toEqual(once);
		}
	});

	it('in place of another on the same page is told', async () => {
		const books = [...rows(11), { id: '7' }];
		expect((await failureOf(service(() => books).ask)).message).toBe('The list did not come whole, read twice: 1 row came on two pages; of 12 rows that JDY counts 1 did not come');
	});
});

it.each<[string, Row[], boolean]>([
	['rows that nothing names and that are equal are two, and a notice says so', [...named(100), ...named(100)], true],
	['200 equal rows', named(200).map(() => ({ name: 'x' })), false],
	['equal rows on one page only', [...named(50), ...named(50), ...named(100, 51)], false],
])('%s', async (_name, books, isNoticed) => {
	for (const shape of [noTotal, counted]) {
		const ended = await read(service(() => books, { shape }).ask);
		expect(ended).toMatchObject({ rows: books });
		expect('notice' in ended).toBe(isNoticed);
	}
});

it('equal rows that are counted are not asked for twice', async () => {
	const { ask, asked } = service(() => named(250).map(() => ({ name: 'x' })));
	expect(await rowsOf(ask, { where: { total: 'count' } })).toHaveLength(250);
	expect(asked).toEqual(['1/100', '2/100', '3/100']);
});

it('rows of a report may share an ID, and be equal', async () => {
	const books = [...rows(100), ...rows(100)];
	expect(await read(service(() => books).ask, { hasIds: false })).toEqual({
		rows: books,
		total: 200,
		notice: '100 rows came with the content of another on another page; nothing tells whether they are the same',
	});
});

it('whatever the size of its pages, its total and how it repeats rows, a list comes whole or not at all', async () => {
	const shapes = fc.constantFrom(...Object.values(SHAPES));
	await fc.assert(
		fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 120 }), shapes, fc.constantFrom(1, 3), fc.option(fc.integer({ min: 1, max: 320 }), { nil: undefined }), async (count, largest, shape, concurrency, limit) => {
			const { ask } = service(() => rows(count), { shape, largest });
			expect(ids(await rowsOf(ask, { concurrency, limit }))).toEqual(upTo(Math.min(count, limit ?? count)));
		}),
		{ numRuns: 150 },
	);
});
