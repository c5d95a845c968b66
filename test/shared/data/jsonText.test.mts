import { checkJson } from '../../../nodes/KingdeeJdy/shared/data/jsonText.ts';

const GOOD = '';
const MANY = 5_000_000;

/** A JSON text, and the complaint about it. */
const HUGE: Array<[name: string, text: () => string, complaint: string]> = [
	['escapes', () => `{"a":"${'\\n'.repeat(MANY)}"}`, GOOD],
	['unicode escapes', () => `{"a":"${'\\u0041'.repeat(MANY)}"}`, GOOD],
	['escapes in a name', () => `{"${'\\n\\u0041'.repeat(MANY / 2)}":1}`, GOOD],
	['characters in a text', () => `{"a":"${'a'.repeat(2 * MANY)}"}`, GOOD],
	['spaces', () => `{"a":${' '.repeat(2 * MANY)}1}`, GOOD],
	['entries', () => `[${'1,'.repeat(MANY)}1]`, GOOD],
	['digits', () => `{"a":\n  ${'1'.repeat(2 * MANY)}}`, 'JSON has a number of more than 1,000 characters (line 2, column 3)'],
	['digits of a fraction', () => `[1.${'0'.repeat(2 * MANY)}1]`, 'JSON has a number of more than 1,000 characters (line 1, column 2)'],
	['digits of an exponent', () => `[1e${'9'.repeat(2 * MANY)}]`, 'JSON has a number of more than 1,000 characters (line 1, column 2)'],
	['escapes that are never closed', () => `{"a":"${'\\n'.repeat(MANY)}`, 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 6)'],
	['escapes and a wrong one', () => `{"a":"${'\\n'.repeat(MANY)}\\x"}`, 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 6)'],
	['escapes and a control character', () => `{"a":"${'\\n'.repeat(MANY)}\t"}`, 'JSON is not valid: a line break or control character stands in a text; write it as \\n or \\u (line 1, column 10000007)'],
	['brackets', () => '['.repeat(MANY), 'JSON is not valid: it is nested deeper than 500 levels (line 1, column 501)'],
	['lines', () => `[${'\n'.repeat(2 * MANY)}x]`, 'JSON is not valid: expected a value, but found "x" (line 10000001, column 1)'],
	['commas', () => `[${','.repeat(MANY)}`, 'JSON is not valid: expected a value, but found "," (line 1, column 2)'],
	['characters in a name given twice', () => `{"${'a'.repeat(MANY)}":1,"${'a'.repeat(MANY)}":2}`, `JSON is not valid: the field name "${'a'.repeat(100)}…" stands here twice (line 1, column 5000007)`],
];

const SMALL: Array<[text: string, complaint: string]> = [
	['"\\u00e9\\/\\"\\\\\\b\\f\\n\\r\\t"', GOOD],
	['"\\uD83D\\uDE00"', GOOD],
	['"\\u12g4"', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['"\\u123"', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['"\\', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['"\\"', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['"', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['["\\\\", "\t"]', 'JSON is not valid: a line break or control character stands in a text; write it as \\n or \\u (line 1, column 9)'],
	['"\t\\x"', 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 1)'],
	['[\r\n1,\r2,\n\n x]', 'JSON is not valid: expected a value, but found "x" (line 5, column 2)'],
	['[\n\r\n\r x]', 'JSON is not valid: expected a value, but found "x" (line 4, column 2)'],
	[`[${'1'.repeat(1000)}]`, GOOD],
	[`[${'1'.repeat(1001)}]`, 'JSON has a number of more than 1,000 characters (line 1, column 2)'],
	['[1e999999999,-1E-999999999]', GOOD],
];

function complaintAbout(text: string): string {
	try {
		checkJson(text, 'JSON');
		return GOOD;
	} catch (error) {
		return String(error).replace(/^ValidationError: /, '');
	}
}

describe('the check of a JSON text', () => {
	it.each(HUGE)('ends well on millions of %s', (_name, text, complaint) => expect(complaintAbout(text())).toBe(complaint));

	it.each(SMALL)('reads %s', (text, complaint) => {
		expect(complaintAbout(text)).toBe(complaint);
		if (complaint === GOOD) expect(() => JSON.parse(text) as unknown).not.toThrow();
	});
});
