import { createHmac, timingSafeEqual } from 'node:crypto';

import { GATEWAY } from './answers.mts';
import type { Reply } from './answers.mts';
import type { Client, Settings } from './settings.mts';

/** A request as it arrived. Header names are lower case, as Node gives them. */
export interface Arrived {
	method: string;
	/** Raw, with the query. */
	target: string;
	headers: Record<string, string | undefined>;
	body: string;
	/** The body as it came. */
	bytes: Buffer;
}

const UNRESERVED = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~');

/** Percent-encodes byte by byte; a space is a plus sign. */
function quote(text: string): string {
	let quoted = '';
	for (const byte of Buffer.from(text, 'utf8')) {
		const character = String.fromCharCode(byte);
		if (byte < 128 && UNRESERVED.has(character)) quoted += character;
		else if (character === ' ') quoted += '+';
		else quoted += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}
	return quoted;
}

export function splitTarget(target: string): { path: string; query: string } {
	const mark = target.indexOf('?');
	return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** What the gateway expects to have been signed, from the bytes that arrived. */
export function expectedText({ method, target }: Pick<Arrived, 'method' | 'target'>, nonce: string, timestamp: string): string {
	const { path, query } = splitTarget(target);
	const pairs = query === '' ? [] : query.split('&');
	pairs.sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
	const quoted = pairs.map((pair) => {
		const [key = '', ...rest] = pair.split('=');
		return [key, rest.join('=')].map(quote).join('=');
	});
	const lines = [method, quote(path), quoted.join('&'), `x-api-nonce:${nonce}`, `x-api-timestamp:${timestamp}`];
	return lines.map((line) => `${line}\n`).join('');
}

export function hexHmac(key: string, text: string): string {
	return Buffer.from(createHmac('sha256', Buffer.from(key, 'utf8')).update(Buffer.from(text, 'utf8')).digest('hex'), 'latin1').toString('base64');
}

function equal(left: string, right: string): boolean {
	const [a, b] = [Buffer.from(left), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Checks the signed headers. With `nonceOnce` stricter than what is known of the real gateway, which may take a nonce
 * again. The official client's nonces begin with 0 at times, and others use hex and letters [C].
 */
export class Verifier {
	readonly #settings: Settings;
	readonly #nonces = new Map<string, number>();

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	verify(arrived: Arrived): Client | Reply {
		const { headers } = arrived;
		if (headers['x-api-auth-version'] !== '2.0') return GATEWAY.authVersion();
		const clientId = headers['x-api-clientid'];
		if (!clientId) return GATEWAY.clientMissing();
		const client = this.#settings.clients.find((candidate) => candidate.clientId === clientId);
		if (!client) return GATEWAY.clientUnknown();
		const timestamp = headers['x-api-timestamp'] ?? '';
		const now = this.#settings.now();
		if (!/^\d{13}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > this.#settings.timestampToleranceMs) {
			return GATEWAY.timestamp();
		}
		const named = (headers['x-api-signheaders'] ?? '').toLowerCase().split(',').sort().join();
		const nonce = headers['x-api-nonce'] ?? '';
		if (named !== 'x-api-nonce,x-api-timestamp' || !/^[\w-]+$/.test(nonce)) return GATEWAY.signHeaders();
		const wanted = hexHmac(client.clientSecret, expectedText(arrived, nonce, timestamp));
		if (!equal(headers['x-api-signature'] ?? '', wanted)) return GATEWAY.signature();
		return this.#firstUse(`${clientId}:${nonce}`, now) ? client : GATEWAY.signature();
	}

	#firstUse(key: string, now: number): boolean {
		if (!this.#settings.nonceOnce) return true;
		const usedAt = this.#nonces.get(key);
		this.#nonces.set(key, now);
		return usedAt === undefined || now - usedAt > 2 * this.#settings.timestampToleranceMs;
	}
}
