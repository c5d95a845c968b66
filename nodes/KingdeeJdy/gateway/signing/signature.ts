import { createHmac } from 'node:crypto';

import type { Session, SignedParts } from '../types';

/** The headers that this package sets; signing a request anew has to replace just these. [D] */
export const HEADERS = {
	clientId: 'X-Api-ClientID',
	authVersion: 'X-Api-Auth-Version',
	timestamp: 'X-Api-TimeStamp',
	signHeaders: 'X-Api-SignHeaders',
	nonce: 'X-Api-Nonce',
	signature: 'X-Api-Signature',
	appToken: 'app-token',
	routerDomain: 'X-GW-Router-Addr',
} as const;

const SIGNED_HEADERS = `${HEADERS.timestamp},${HEADERS.nonce}`;

/** The gateway's own percent-encoding: `A-Z a-z 0-9 - _ . ~` stay, a space becomes `+`. [D, S] */
function encode(text: string): string {
	return encodeURIComponent(text)
		.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%20', '+');
}

/**
 * The query as it enters the string to sign: the wire pieces sorted as whole strings by code unit,
 * key and value of each encoded once more. [D, S]
 *
 * @param query the query exactly as sent, without `?`: `b=2&a=%E9%87%91` gives `a=%25E9%2587%2591&b=2`
 */
function canonicalQuery(query: string): string {
	if (query === '') return '';
	return query
		.split('&')
		.sort()
		.map((piece) => {
			const equals = piece.indexOf('=');
			if (equals === -1) return `${encode(piece)}=`;
			return `${encode(piece.slice(0, equals))}=${encode(piece.slice(equals + 1))}`;
		})
		.join('&');
}

/**
 * Five lines, each ended by a line feed: method, path, query, nonce, timestamp. The body is not signed. [D, S]
 *
 * @param timestamp epoch milliseconds
 */
export function stringToSign(parts: SignedParts, timestamp: string, nonce: string): string {
	return (
		`${parts.method}\n${encode(parts.path)}\n${canonicalQuery(parts.query)}\n` +
		`x-api-nonce:${nonce}\nx-api-timestamp:${timestamp}\n`
	);
}

/**
 * The signature: base64 of the lower-case hex of HMAC-SHA256. [D, S]
 *
 * `app_signature` of the token call is made the same way: `abc` signed with `abc123` gives
 * `ZDljMTI3NGIyNTE1MTRkYzlkNjc1MDNhYjUzMzgzNWMyY2M4YTdjMzdmNmM3YTVlNDkxMTkzNjdiOTFjNzUyZQ==`.
 */
export function sign(text: string, secret: string): string {
	return Buffer.from(createHmac('sha256', secret).update(text).digest('hex')).toString('base64');
}

/** The six headers that make a request a signed one. [D] */
export function signedHeaders(
	parts: SignedParts,
	client: { clientId: string; clientSecret: string },
	timestamp: string,
	nonce: string,
): Record<string, string> {
	return {
		[HEADERS.clientId]: client.clientId,
		[HEADERS.authVersion]: '2.0',
		[HEADERS.timestamp]: timestamp,
		[HEADERS.signHeaders]: SIGNED_HEADERS,
		[HEADERS.nonce]: nonce,
		[HEADERS.signature]: sign(stringToSign(parts, timestamp, nonce), client.clientSecret),
	};
}

/** The two headers beside the signature that say for which account a request is. [D] */
export function accountHeaders({ appToken, routerDomain }: Session): Record<string, string> {
	return { [HEADERS.appToken]: appToken, [HEADERS.routerDomain]: routerDomain };
}
