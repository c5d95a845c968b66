import fc from 'fast-check';

import { ValidationError } from '../../nodes/KingdeeJdy/gateway/errors/validationError.ts';
import { parseExact, parseForOutput, stringify } from '../../nodes/KingdeeJdy/gateway/json/json.ts';

/** JSON text, what it becomes in an output item, and what it becomes when it is written again. */
const cases: Array<[text: string, output: unknown, written: string]> = [
	['1', 1, '1'],
	['-0', -0, '0'],
	['0.1', 0.1, '0.1'],
	['1.10', 1.1, '1.1'],
	['1e2', 100, '100'],
	['9007199254740991', 9007199254740991, '9007199254740991'],
	['-9007199254740991', -9007199254740991, '-9007199254740991'],
	['9007199254740993', '9007199254740993', '9007199254740993'],
	['1234567890123456789', '1234567890123456789', '1234567890123456789'],
	['-1234567890123456789', '-1234567890123456789', '-1234567890123456789'],
	['12345678901234567000', '12345678901234567000', '12345678901234567000'],
	['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
	['123456789.123456789', '123456789.123456789', '123456789.123456789'],
	['123456789012345.678', '123456789012345.678', '123456789012345.678'],
	['1e400', '1e400', '1e400'],
	['1e-400', '1e-400', '1e-400'],
	['1.5E+300', '1.5E+300', '1.5E+300'],
	['1.5E-300', 1.5e-300, '1.5e-300'],
	['{"id":1234567890123456789,"list":[0.30000000000000000001]}', { id: '1234567890123456789', list: ['0.30000000000000000001'] }, '{"id":1234567890123456789,"list":[0.30000000000000000001]}'],
	['"1234567890123456789"', '1234567890123456789', '"1234567890123456789"'],
];

describe('lossless JSON', () => {
	it.each(cases)('reads %s without losing a digit', (text, output, written) => {
		expect(parseForOutput(text)).toEqual(output);
		expect(stringify(parseExact(text))).toBe(written);
	});

	it('keeps __proto__ a plain name', () => {
		const parsed = parseForOutput('{"__proto__":{"polluted":12345678901234567890}}') as object;
		expect(Object.keys(parsed)).toEqual(['__proto__']);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
		expect(stringify(parsed)).toBe('{"__proto__":{"polluted":"12345678901234567890"}}');
	});

	it('writes a bigint with every digit', () => expect(stringify({ id: 12345678901234567890n })).toBe('{"id":12345678901234567890}'));

	it('gives back every decimal as a number of the same value or as its own text', () => {
		const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
		const decimal = fc.tuple(fc.boolean(), digits, fc.option(digits), fc.option(fc.integer({ min: -30, max: 30 }))).map(([minus, whole, fraction, exponent]) => {
			const integer = whole.replace(/^0+(?=\d)/, '');
			return `${minus ? '-' : ''}${integer}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`;
		});
		/** The value as a fraction of whole numbers, so that texts can be compared without doubles. */
		const scaled = (text: string) => {
			const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
			return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(400 + Number(exponent) - fraction.length);
		};
		fc.assert(
			fc.property(decimal, (text) => {
				const output = parseForOutput(text);
				expect(scaled(String(output))).toBe(scaled(text));
				expect(scaled(stringify(parseExact(text)))).toBe(scaled(text));
				if (typeof output === 'string') expect(output).toBe(text);
			}),
			{ numRuns: 5000 },
		);
	});
});

/** Numbers of so many characters, each of which could take a time that grows with the square of its length. */
const LONG_NUMBERS: Array<[name: string, of: (length: number) => string]> = [
	['zeros between two ones', (length) => `1${'0'.repeat(length - 2)}1`],
	['zeros at the end', (length) => `1${'0'.repeat(length - 1)}`],
	['zeros of a fraction', (length) => `1.${'0'.repeat(length - 3)}1`],
	['a fraction that begins with zeros', (length) => `0.${'0'.repeat(length - 3)}1`],
	['nines', (length) => '9'.repeat(length)],
	['a long exponent', (length) => `1e${'9'.repeat(length - 2)}`],
	['a long negative exponent', (length) => `1e-${'9'.repeat(length - 3)}`],
];

describe('a number of more than 1,000 characters', () => {
	it.each(LONG_NUMBERS)('comes out as text: %s', (_name, of) => {
		for (const length of [1001, 1_000_000]) {
			const number = of(length);
			const { a } = parseForOutput(`{"a":[-1,${number}]}`) as { a: unknown[] };
			expect([a.length, a[0], a[1] === number]).toEqual([2, -1, true]);
		}
	});

	it.each(LONG_NUMBERS)('is refused on the way in: %s', (_name, of) => {
		for (const length of [1001, 1_000_000]) {
			expect(() => parseExact(`{"a":[-1,${of(length)}]}`)).toThrow(new ValidationError('JSON', 'has a number of more than 1,000 characters'));
		}
	});

	it.each(LONG_NUMBERS)('is none of exactly 1,000: %s', (_name, of) => {
		expect(stringify(parseExact(of(1000)))).toBe(of(1000));
		expect(parseForOutput(of(1000))).toBe(of(1000));
	});

	// Where the time grew with the square of the length, this took minutes.
	it.each(LONG_NUMBERS)('comes as it was, however long, and so do 10,000 of 1,000: %s', (_name, of) => {
		expect(parseForOutput(of(1_000_000))).toBe(of(1_000_000));
		expect(parseForOutput(`[${Array.from({ length: 10_000 }, () => of(1001)).join(',')}]`)).toEqual(Array.from({ length: 10_000 }, () => of(1001)));
	}, 60_000);
});

describe('numbers in an answer', () => {
	it.each([
		['an absurd exponent', '{"a":1e999999999,"b":-1E-999999999,"c":0e999999999}', { a: '1e999999999', b: '-1E-999999999', c: 0 }],
		['digits in a text beside them', '["1, 12345678901234567890", 12345678901234567890]', ['1, 12345678901234567890', '12345678901234567890']],
		['a text before them that ends in an escape', '["\\\\", 12345678901234567890, "\\"" ]', ['\\', '12345678901234567890', '"']],
		['spaces around them', '{ "a" :\n\t12345678901234567890 \r\n}', { a: '12345678901234567890' }],
	])('are read with %s', (_name, text, expected) => expect(parseForOutput(text)).toEqual(expected));

	it.each([
		'{"a":12345678901234567890x}',
		'{12345678901234567890:1}',
		'{"a":1,12345678901234567890 \n:1}',
		'[012345678901234567890]',
		'[12345678901234567890.]',
		'[12345678901234567890 1]',
		'["a"12345678901234567890]',
		'[-]12345678901234567890',
		'["12345678901234567890]',
		'[1234567890123456-7890]',
	])('do not make wrong JSON right: %s', (text) => expect(() => parseForOutput(text)).toThrow(SyntaxError));

	it('are read at any depth', () => {
		const depth = 100_000;
		let inner = parseForOutput(`${'['.repeat(depth)}12345678901234567890${']'.repeat(depth)}`);
		for (let level = 0; level < depth; level += 1) inner = (inner as unknown[])[0];
		expect(inner).toBe('12345678901234567890');
	});

	it('are the ones that JSON.parse finds', () => {
		const throughReviver = (text: string): unknown =>
			JSON.parse(text, (_key, value, { source }) => (typeof value === 'number' && source !== undefined ? parseForOutput(source) : value));
		const number = fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
		const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
			value: fc.oneof({ maxDepth: 4 }, number, fc.string().map((text) => JSON.stringify(text)), tie('list'), tie('object')),
			list: fc.array(tie('value')).map((entries) => `[${entries.join(' , ')}]`),
			object: fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => `{${entries.map(([name, entry]) => `${JSON.stringify(name)} : ${entry}`).join()}}`),
		}));
		fc.assert(
			fc.property(value, (text) => expect(parseForOutput(text)).toEqual(throughReviver(text))),
			{ numRuns: 2000 },
		);
	});
});
