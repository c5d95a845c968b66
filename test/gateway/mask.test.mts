import fc from 'fast-check';

import { maskOf } from '../../nodes/KingdeeJdy/gateway/masking/mask.ts';

const LONG = 'a1+b2/c3=d4&e5 f6"é';

/** How a text with the long secret comes out. The encodings were made with Python's base64, urllib and html. */
const FORMS: Array<[form: string, text: string, cleaned: string]> = [
	['as it is', `x${LONG}y`, 'x***y'],
	['base64', 'key YTErYjIvYzM9ZDQmZTUgZjYiw6k=.', 'key ***.'],
	['base64 without padding', 'key=YTErYjIvYzM9ZDQmZTUgZjYiw6k', 'key=***'],
	['base64 behind one byte', 'eGExK2IyL2MzPWQ0JmU1IGY2IsOpeXo=', 'e***eXo='],
	['base64 behind two bytes', 'eHhhMStiMi9jMz1kNCZlNSBmNiLDqXl6', 'eH***l6'],
	['base64 behind three bytes', 'eHh4YTErYjIvYzM9ZDQmZTUgZjYiw6l5eg==', 'eHh4***5eg=='],
	['hex', '61312b62322f63333d643426653520663622c3a9', '***'],
	['hex in capitals', '0x61312B62322F63333D643426653520663622C3A9', '0x***'],
	['hex in both cases', '61312b62322F63333D643426653520663622c3A9', '***'],
	['percent', '?k=a1%2Bb2%2Fc3%3Dd4%26e5%20f6%22%C3%A9&x=1', '?k=***&x=1'],
	['percent in lower case', 'a1%2bb2%2fc3%3dd4%26e5%20f6%22%c3%a9', '***'],
	['a form', 'a1%2Bb2%2Fc3%3Dd4%26e5+f6%22%C3%A9', '***'],
	['percent twice', 'a1%252Bb2%252Fc3%253Dd4%2526e5%2520f6%2522%25C3%25A9', '***'],
	['base64 in an address', '?k=YTErYjIvYzM9ZDQmZTUgZjYiw6k%3D', '?k=***'],
	['HTML', '<p>a1+b2/c3=d4&amp;e5 f6&quot;é</p>', '<p>***</p>'],
	['HTML by name', 'a1&plus;b2&sol;c3&equals;d4&AMP;e5 f6&quot;&eacute;', '***'],
	['HTML in decimal', '&#97;&#49;&#43;&#98;&#50;&#47;&#99;&#51;&#61;&#100;&#52;&#38;&#101;&#53;&#32;&#102;&#54;&#34;&#233;', '***'],
	['HTML in hex', '&#x61;&#x31;&#x2B;&#x62;&#x32;&#x2F;&#x63;&#x33;&#x3D;&#x64;&#x34;&#x26;&#x65;&#x35;&#x20;&#x66;&#x36;&#x22;&#xE9;', '***'],
	['JSON in a text', '{"k":"a1+b2\\/c3=d4&e5 f6\\"\\u00E9"}', '{"k":"***"}'],
	['JSON in JSON in a text', '{"k":"{\\"k\\":\\"a1+b2/c3=d4&e5 f6\\\\\\"é\\"}"}', '{"k":"{\\"k\\":\\"***\\"}"}'],
	['unicode escapes', '\\u0061\\u0031\\u002b\\u0062\\u0032\\u002f\\u0063\\u0033\\u003d\\u0064\\u0034\\u0026\\u0065\\u0035\\u0020\\u0066\\u0036\\u0022\\u00e9', '***'],
	['HTML, then percent', 'a1%2Bb2%2Fc3%3Dd4%26amp%3Be5%20f6%26quot%3B%C3%A9', '***'],
	['two of them', `${LONG}, ${encodeURIComponent(LONG)}`, '***, ***'],
];

const SHORT: Array<[form: string, text: string, cleaned: string]> = [
	['the whole text', 'test', '***'],
	['a word', 'secret: test.', 'secret: ***.'],
	['a word in quotes', '"test"', '"***"'],
	['a word in Chinese', '密钥test错误', '密钥***错误'],
	['base64', 'dGVzdA== dGVzdA', '*** ***'],
	['hex', 'x-74657374', 'x-***'],
	['percent', '%20%74est%20', '%20***%20'],
	['escapes around it', '\\ntest\\n', '\\n***\\n'],
	['HTML', '&lt;te&#115;t&gt;', '&lt;***&gt;'],
];

/** Texts that the secrets `test` and `12` leave alone. */
const ORDINARY = ['latest', 'testing', 'test_1', 'contest', 'tests', 'été testé', '测试', 'Test', '1712345678000000012', '1.123', 'a12', '100%', 'AT&T', 'C:\\new', 'eGRHVnpkQT09', '174657374'];

describe('the mask', () => {
	it.each(FORMS)('covers a long secret: %s', (_form, text, cleaned) => expect(maskOf([LONG]).clean(text)).toBe(cleaned));

	it.each(SHORT)('covers a short secret where it is a word: %s', (_form, text, cleaned) => expect(maskOf(['test']).clean(text)).toBe(cleaned));

	it.each(ORDINARY)('leaves %s alone', (text) => expect(maskOf(['test', '12']).clean(text)).toBe(text));

	it('knows both alphabets of base64', () => {
		const mask = maskOf(['~~~???>>>~~~???>>>']);
		expect(mask.clean('fn5+Pz8/Pj4+fn5+Pz8/Pj4+ fn5-Pz8_Pj4-fn5-Pz8_Pj4-')).toBe('*** ***');
	});

	it('looks on behind a match that is no word', () => expect(maskOf(['a a']).clean('xa a a')).toBe('xa ***'));

	it('covers a number that is a secret, and no other', () => {
		expect(maskOf(['120', '-1.50']).clean({ a: 120, b: 1200, c: [-1.5, 12] })).toEqual({ a: '***', b: 1200, c: ['***', 12] });
		expect(maskOf(['120']).mayStandIn('{"a":1.2e2}')).toBe(true);
	});

	it('covers names, and keeps __proto__ one', () => {
		const cleaned = maskOf([LONG]).clean(JSON.parse(`{"__proto__":{"polluted":${JSON.stringify(LONG)}},${JSON.stringify(`k ${LONG}`)}:[null,true,1]}`));
		expect(JSON.stringify(cleaned)).toBe('{"__proto__":{"polluted":"***"},"k ***":[null,true,1]}');
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	it('does not change what it is given', () => {
		const value = { list: ['test', { k: 'test' }] };
		maskOf(['test']).clean(value);
		expect(value).toEqual({ list: ['test', { k: 'test' }] });
	});

	it('ignores secrets that are empty or missing', () => {
		const mask = maskOf(['', undefined]);
		expect([mask.mayStandIn('\\ % & abc'), mask.clean({ a: 'b' })]).toEqual([false, { a: 'b' }]);
	});

	it('takes a lone surrogate in a secret', () => {
		const secret = `half \ud83d of a character`;
		const mask = maskOf([secret]);
		expect(mask.clean([secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret)])).toEqual(['***', '***', '"***"']);
	});

	it('survives any depth that JSON.parse does', () => {
		const depth = 200_000;
		let inner = maskOf(['test']).clean(JSON.parse(`${'[{"k":'.repeat(depth)}"test"${'}]'.repeat(depth)}`)) as [{ k: never }] | string;
		for (let level = 0; level < depth; level += 1) inner = (inner as [{ k: never }])[0].k;
		expect(inner).toBe('***');
	});

	it.each([
		['plain text', 'word '],
		['secrets', `${LONG} `],
		['percent escapes', '%41'],
		['percent escapes that are no UTF-8', '%C0%80'],
		['percent signs', '%25'],
		['entities', '&amp;'],
		['backslashes', '\\'],
		['all of them', '%5c\\u0025&amp;%26'],
	])('reads 300,000 %s', (_name, unit) => {
		const text = unit.repeat(300_000);
		expect(maskOf([LONG, 'e']).clean(text)).toBe(unit.startsWith(LONG) ? '*** '.repeat(300_000) : text);
	});
});

function escaped(secret: string, write: (unit: string) => string): string {
	return Array.from({ length: secret.length }, (_, index) => write(secret.charAt(index))).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** All forms that must be covered, of any secret. */
function formsOf(secret: string): string[] {
	const sent = secret.toWellFormed();
	const bytes = Buffer.from(sent);
	const percent = encodeURIComponent(sent);
	const html = secret.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
	const json = JSON.stringify(secret).slice(1, -1);
	const unicode = escaped(secret, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return [
		secret,
		bytes.toString('base64'),
		bytes.toString('base64').replaceAll('=', ''),
		bytes.toString('base64url'),
		bytes.toString('hex'),
		bytes.toString('hex').toUpperCase(),
		percent,
		percent.toLowerCase() === percent ? percent : percent.replace(/%../g, (byte) => byte.toLowerCase()),
		percent.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
		encodeURIComponent(percent),
		new URLSearchParams({ '': sent }).toString().slice(1),
		[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
		encodeURIComponent(bytes.toString('base64')),
		html,
		encodeURIComponent(html.toWellFormed()),
		Array.from(secret, (character) => `&#${character.codePointAt(0)};`).join(''),
		Array.from(secret, (character) => `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`).join(''),
		json,
		JSON.stringify(json).slice(1, -1),
		unicode,
		unicode.replace(/[\da-f]{4}/g, (code) => code.toUpperCase()),
	];
}

describe('no form of a secret is left', () => {
	const unit = fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.constantFrom(...Array.from('%&\\+/= "25u0041;#', (character) => character.charCodeAt(0))), fc.integer({ min: 0, max: 0xffff }));
	const secretFrom = (minLength: number, maxLength: number) =>
		fc.array(unit, { minLength, maxLength, size: 'max' }).map((units) => String.fromCharCode(...units));
	const anySecret = fc.oneof(secretFrom(1, 15), secretFrom(1, 200));
	const longSecret = secretFrom(16, 200);

	/** Forms that are seen or not suspected where `around` stands about them; `rest` holds some of them anyway. */
	function leftOf(secret: string, around: (form: string) => string, rest: string): string[] {
		const mask = maskOf(['another secret of some length', secret]);
		return formsOf(secret).filter((form) => {
			if (rest.includes(form)) return false;
			const text = around(form);
			return !mask.mayStandIn(JSON.stringify({ text })) || JSON.stringify(mask.clean({ text })).includes(JSON.stringify(form).slice(1, -1));
		});
	}

	it.each<[string, fc.Arbitrary<string>, number, (form: string) => string, string]>([
		['where it is a word', anySecret, 1000, (form) => `( ${form} )`, '{"text":"( *** )"}'],
		['inside other text, from 16 characters on', longSecret, 500, (form) => `x${form}z`, ''],
	])('%s', (_where, secrets, numRuns, around, rest) => {
		fc.assert(
			fc.property(secrets, (secret) => expect(leftOf(secret, around, rest)).toEqual([])),
			{ numRuns },
		);
	});

	it('inside longer base64, from 16 characters on', () => {
		fc.assert(
			fc.property(longSecret, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), fc.constantFrom('base64' as const, 'base64url' as const), (secret, before, after, encoding) => {
				const text = Buffer.from(`${before}${secret.toWellFormed()}${after}`).toString(encoding);
				const cleaned = String(maskOf([secret]).clean(text));
				const [head = '', tail = ''] = cleaned.split('***');
				expect(Buffer.from(before).toString(encoding)).toContain(head);
				expect(tail.length).toBeLessThanOrEqual(Math.ceil((Buffer.byteLength(after) * 4) / 3) + 2);
				expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});
});
