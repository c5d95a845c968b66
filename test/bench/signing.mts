import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { median } from './measure.mts';

type Signature = typeof import('../../nodes/KingdeeJdy/gateway/signing/signature.ts');

const load = createRequire(resolve('package.json'));
const { signedHeaders } = load('./dist/nodes/KingdeeJdy/gateway/signing/signature.js') as Signature;

interface Vector {
	method: string;
	path: string;
	query: Record<string, string>;
	clientSecret: string;
	nonce: string;
	timestamp: string;
}

const ROUNDS = 9;
const REPEATS = 50;
const US_A_MS = 1000;

/** Microseconds for the six headers of one request, over the official client's cases. */
export function signingUs(): number {
	const vectors = JSON.parse(readFileSync('test/vectors/signature.json', 'utf8')) as Vector[];
	const cases = vectors.map(({ method, path, query, ...rest }) => ({ ...rest, parts: { method, path, query: new URLSearchParams(query).toString() } }));
	const rounds = Array.from({ length: ROUNDS }, () => {
		const startedAt = performance.now();
		for (let repeat = 0; repeat < REPEATS; repeat++) {
			for (const { parts, clientSecret, timestamp, nonce } of cases) signedHeaders(parts, { clientId: '205022', clientSecret }, timestamp, nonce);
		}
		return ((performance.now() - startedAt) * US_A_MS) / (REPEATS * cases.length);
	});
	return median(rounds);
}
