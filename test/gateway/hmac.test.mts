import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { hmacWith } from '../../nodes/KingdeeJdy/gateway/hmac.ts';

describe('HMAC-SHA256', () => {
	/** RFC 4231, section 4: those whose keys and data are text. */
	it.each([
		['4.2', '\x0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
		['4.3', 'Jefe', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
	])('is that of RFC 4231, %s', (_section, key, data, expected) => expect(hmacWith(key)(data)).toBe(expected));

	it('is that of Node for any secret and any texts, short, long and one after another', () => {
		const secret = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', minLength: 55, maxLength: 300 }));
		const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'grapheme', minLength: 400, maxLength: 3000 }));
		fc.assert(
			fc.property(secret, fc.array(text, { minLength: 1, maxLength: 5 }), (key, texts) => {
				const hmac = hmacWith(key);
				expect(texts.map(hmac)).toEqual(texts.map((one) => createHmac('sha256', key).update(one).digest('hex')));
			}),
			{ numRuns: 500 },
		);
	});
});
