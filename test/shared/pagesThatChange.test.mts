import fc from 'fast-check';

import { SHAPES, failureOf, ids, read, rows, rowsOf, service, upTo } from '../helpers/pageService.mts';

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

	it('a row that came to the end while it was read: everything is read again', async () => {
		const { ask, asked } = service((call) => rows(call < 3 ? 250 : 251));
		expect(ids(await rowsOf(ask))).toEqual(upTo(251));
		expect(asked).toHaveLength(6);
	});

	it('a number of rows that moves each time is told', async () => {
		const { ask } = service((call) => rows(249 + call));
		expect((await failureOf(ask)).message).toBe('The list did not come whole, read twice: JDY counted 253, then 254, then 255 rows');
		const limited = service((call) => rows(251 - call)).ask;
		expect((await failureOf(limited, { limit: 150 })).message).toBe('The list did not come whole, read twice: JDY counted 248, then 247 rows');
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
		expect((await failureOf(ask, { where: { total: 'count' } })).message).toBe('The list did not come whole, read twice: JDY counts 11 rows, but 1 more came');
	});

	it.each([['with a total', undefined], ['without one', SHAPES['no total']]])('the same ID on two pages, %s', async (_name, shape) => {
		const { ask } = service((call) => rows(250, 300 - call), shape && { shape });
		expect((await failureOf(ask)).message).toContain('2 rows came on two pages');
	});

	it('the same ID on two pages, with a limit', async () => {
		const { ask } = service((call) => (call % 2 === 1 ? rows(250) : [{ id: 'new' }, ...rows(249)]));
		expect((await failureOf(ask, { limit: 150 })).message).toBe('The list did not come whole, read twice: 1 row came on two pages');
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
