import fc from 'fast-check';

import { parseExact, parseForOutput, stringify } from '../../nodes/KingdeeJdy/gateway/json.ts';

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
