import { buildFromFields } from '../../../nodes/KingdeeJdy/shared/data/fields.ts';

function build(...rows: Array<[name: string, type: string, value: unknown]>): Record<string, unknown> {
	return buildFromFields({ assignments: rows.map(([name, type, value]) => ({ name, type, value })) });
}

/** A name of so many parts. */
function parts(count: number): string {
	return Array.from({ length: count }, () => 'a').join('.');
}

const SHORTENED = `Field "${'a.'.repeat(50)}…"`;

const BAD: Array<[name: string, rows: Array<[name: string, type: string, value: unknown]>, complaint: string]> = [
	['a name of 501 parts', [[parts(501), 'string', 'x']], `${SHORTENED} is nested deeper than 500 levels`],
	['a name of 20,000 parts', [[parts(20_000), 'string', 'x']], `${SHORTENED} is nested deeper than 500 levels`],
	['a name of a million parts', [[parts(1_000_000), 'number', 1]], `${SHORTENED} is nested deeper than 500 levels`],
	['a long name that has an empty part', [[`${parts(100)}..a`, 'string', 'x']], `${SHORTENED} has an empty part between its dots`],
	['a long name given twice', [[parts(100), 'string', 'x'], [parts(100), 'string', 'x']], `${SHORTENED} is given twice`],
	['a long name and one that it begins with', [[parts(100), 'string', 'x'], [parts(200), 'string', 'x']], `${SHORTENED} conflicts with the field "${'a.'.repeat(50)}…", which has a value of its own`],
	['a name that is cut in the middle of a character', [[`${'a'.repeat(99)}😀😀`, 'number', 'x']], `Field "${'a'.repeat(99)}…" is not a number`],
	['a number of 1,001 digits', [['a', 'number', '1'.repeat(1001)]], 'Field "a" has a number of more than 1,000 characters'],
	['a number of ten million digits', [['a', 'number', ` ${'1'.repeat(10_000_000)} `]], 'Field "a" has a number of more than 1,000 characters'],
	['ten million digits that are no number', [['a', 'number', `${'1'.repeat(10_000_000)}x`]], 'Field "a" is not a number'],
	['a long number in a list', [['a', 'array', `[${'1'.repeat(1001)}]`]], 'Field "a" has a number of more than 1,000 characters (line 1, column 2)'],
	['a number as an object', [['a', 'object', '1234567890123456789']], 'Field "a" is not an object'],
	['a date as an object', [['a', 'object', new Date(0)]], 'Field "a" is not an object'],
	['a toJSON that gives no object', [['a', 'object', { toJSON: () => 'x' }]], 'Field "a" is not an object'],
	['a toJSON that gives no list', [['a', 'array', { toJSON: () => ({}) }]], 'Field "a" is not a list'],
	['a toJSON that throws', [['a', 'string', { toJSON() { throw new Error('no such item'); } }]], 'Field "a" cannot be read: no such item'],
	['NaN in a text', [['a', 'string', NaN]], 'Field "a" is NaN, which JSON cannot hold'],
];

describe('the fields of a document', () => {
	it.each(BAD)('refuse %s', (_name, rows, complaint) => {
		expect(() => build(...rows)).toThrow(expect.objectContaining({ name: 'ValidationError', message: complaint }));
	});

	it('reach 500 levels down', () => {
		let inner: unknown = build([parts(500), 'string', 'x']);
		for (let level = 0; level < 500; level += 1) inner = (inner as { a: unknown }).a;
		expect(inner).toBe('x');
	});

	it.each<[type: string, value: unknown, expected: unknown]>([
		['string', { toJSON: () => '2026-07-30' }, '2026-07-30'],
		['string', { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
		['string', { toJSON: () => null }, null],
		['string', 12345678901234567890n, '12345678901234567890'],
		['array', { toJSON: () => [1] }, [1]],
		['object', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
	])('of type %s take what speaks for itself', (type, value, expected) => expect(build(['a', type, value])).toEqual({ a: expected }));
});
