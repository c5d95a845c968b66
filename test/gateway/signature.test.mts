import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import fc from 'fast-check';

import { sign, signedHeaders, stringToSign } from '../../nodes/KingdeeJdy/gateway/signing/signature.ts';
import { wireUrl } from '../../nodes/KingdeeJdy/gateway/authentication/url.ts';

interface Vector {
	method: string;
	path: string;
	query: Record<string, string>;
	clientSecret: string;
	nonce: string;
	timestamp: string;
	stringToSign: string;
	signature: string;
}

/** Made with the official client. */
const vectors = JSON.parse(readFileSync('test/vectors/signature.json', 'utf8')) as Vector[];

const origin = 'https://api.kingdee.com';

function signedParts({ method, path, query }: Pick<Vector, 'method' | 'path' | 'query'>) {
	const wire = wireUrl({ url: `${origin}${path}`, qs: query });
	return { method, path: wire.path, query: wire.query };
}

const names = ({ query }: Vector) => Object.keys(query);
const values = ({ query }: Vector) => Object.values(query);
const texts = (vector: Vector) => [...names(vector), ...values(vector)].join('');

/** What of a request the rule has something to say about. */
const MARKS: Array<[name: string, has: (vector: Vector) => boolean]> = [
	['no parameters', (vector) => names(vector).length === 0],
	['. - _ and ~ in the path', ({ path }) => /[.].*~/.test(path)],
	['several parameters, out of order', (vector) => names(vector).join('\n') !== names(vector).sort().join('\n')],
	['an empty value', (vector) => values(vector).includes('')],
	['a space in a value', (vector) => values(vector).some((value) => value.includes(' '))],
	['Chinese', (vector) => /\p{Script=Han}/u.test(texts(vector))],
	['Chinese in a name', (vector) => /\p{Script=Han}/u.test(names(vector).join(''))],
	['an emoji', (vector) => /\p{Extended_Pictographic}/u.test(texts(vector))],
	['an asterisk', (vector) => texts(vector).includes('*')],
	['a tilde', (vector) => texts(vector).includes('~')],
	['a plus', (vector) => texts(vector).includes('+')],
	['a slash', (vector) => texts(vector).includes('/')],
	['a percent sign', (vector) => texts(vector).includes('%')],
	['& or = in a value', (vector) => /[&=]/.test(values(vector).join(''))],
	["! ' ( or )", (vector) => /[!'()]/.test(texts(vector))],
];

function nameOf(vector: Vector): string {
	const marks = MARKS.filter(([, has]) => has(vector)).map(([name]) => name);
	return `${vector.method} ${vector.path} with ${marks.join(', ') || 'plain parameters'}`;
}

/** The rule once more, written from its description: byte by byte, nothing shared with the package. */
function secondImplementation(method: string, path: string, wireQuery: string, secret: string, nonce: string, timestamp: string): string {
	const escape = (text: string) =>
		[...Buffer.from(text, 'utf8')]
			.map((byte) => {
				if (byte === 0x20) return '+';
				const isKept = /[A-Za-z0-9\-_.~]/.test(String.fromCharCode(byte)) && byte < 0x80;
				return isKept ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
			})
			.join('');
	const pieces = wireQuery === '' ? [] : wireQuery.split('&').sort((a, b) => (a < b ? -1 : Number(a > b)));
	const query = pieces.map((piece) => `${escape(piece.split('=')[0] ?? '')}=${escape(piece.split('=').slice(1).join('='))}`).join('&');
	const text = [method, escape(path), query, `x-api-nonce:${nonce}`, `x-api-timestamp:${timestamp}`, ''].join('\n');
	const hex = createHmac('sha256', secret).update(text, 'utf8').digest('hex');
	return Buffer.from(hex, 'ascii').toString('base64');
}

describe('signature', () => {
	it('has all vectors of the official client', () => expect(vectors).toHaveLength(200));

	it.each(MARKS)('has vectors with %s', (name, has) => expect([name, vectors.some(has)]).toEqual([name, true]));

	it.each(vectors.map((vector) => [nameOf(vector), vector] as const))('signs %s as the official client does', (_name, vector) => {
		const text = stringToSign(signedParts(vector), vector.timestamp, vector.nonce);
		expect(text).toBe(vector.stringToSign);
		expect(sign(text, vector.clientSecret)).toBe(vector.signature);
	});

	it('signs the worked example of the official documentation', () => {
		const parts = signedParts({
			method: 'GET',
			path: '/jdyconnector/app_management/kingdee_auth_token',
			query: {
				app_key: 'bVZgAZOv1',
				app_signature: 'MzZlYTk0ODk4MWZlNjdiODNmNWU4YzViNzYxNGM5MTFlOGJkN2NjMzk0MTJkZGNhZGM0NzZhN2YxZDJmOTlkZA==',
			},
		});
		const client = { clientId: '1', clientSecret: 'f2adcfef73369bfc4e1384677d38a0ff' };
		expect(signedHeaders(parts, client, '1670305063559', '4427456950')).toEqual({
			'X-Api-ClientID': '1',
			'X-Api-Auth-Version': '2.0',
			'X-Api-TimeStamp': '1670305063559',
			'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
			'X-Api-Nonce': '4427456950',
			'X-Api-Signature': 'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
		});
	});

	it('makes the app_signature of the official documentation', () => {
		expect(sign('abc', 'abc123')).toBe('ZDljMTI3NGIyNTE1MTRkYzlkNjc1MDNhYjUzMzgzNWMyY2M4YTdjMzdmNmM3YTVlNDkxMTkzNjdiOTFjNzUyZQ==');
	});

	it('agrees with a second implementation on random requests', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 20 });
		const query = fc.uniqueArray(fc.tuple(text, text), { selector: ([key]) => key, maxLength: 6 });
		const path = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`);
		fc.assert(
			fc.property(fc.constantFrom('GET', 'POST'), path, query, fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (method, path, pairs, secret, nonce, time) => {
				const parts = signedParts({ method, path, query: Object.fromEntries(pairs) });
				const expected = secondImplementation(method, parts.path, parts.query, secret, String(nonce), String(time));
				expect(sign(stringToSign(parts, String(time), String(nonce)), secret)).toBe(expected);
			}),
			{ numRuns: 3000 },
		);
	});
});

it('nothing is kept of the paths that are signed', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const signPaths = (from: number, count: number) => {
		for (let index = from; index < from + count; index++) stringToSign({ method: 'GET', path: `/jdy/v2/bd/material/${index}/${'x'.repeat(100)}`, query: '' }, '1', '1');
		collect();
		return process.memoryUsage().heapUsed;
	};
	const before = signPaths(0, 1000);
	expect(signPaths(1000, 50_000) - before).toBeLessThan(2_000_000);
});
