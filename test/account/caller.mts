import { randomInt } from 'node:crypto';

import { signedHeaders } from '../../nodes/KingdeeJdy/gateway/signing/signature.ts';
import type { Answer } from './answer.mts';
import type { AccountCredential } from './credential.mts';

/** A request on its way out. */
export interface Outgoing {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** Sends one request; never throws. */
export type Transport = (outgoing: Outgoing) => Promise<Answer>;

/** What names an account in a request. */
export interface Account {
	appToken: string;
	routerDomain: string;
}

/** One call. */
export interface Request {
	method?: 'GET' | 'POST';
	path: string;
	query?: Record<string, string> | Array<[string, string]>;
	body?: unknown;
	/** Whose token and router domain it carries; undefined: none. */
	account?: Account | undefined;
	/** Headers that are added or, where undefined, left out. */
	headers?: Record<string, string | undefined>;
	nonce?: string;
	/** @default true */
	isSigned?: boolean;
}

const MAX_NONCE = 2 ** 47;

export const newNonce = (): string => String(randomInt(1, MAX_NONCE));

/**
 * The request as it goes over the wire, signed by the package itself.
 *
 * @param nowMs the gateway's time
 */
export function outgoingFor(credential: AccountCredential, request: Request, nowMs: number): Outgoing {
	const { method = 'GET', path, body, account, isSigned = true, nonce = newNonce() } = request;
	const query = new URLSearchParams(request.query).toString();
	const headers: Record<string, string | undefined> = {
		'Content-Type': 'application/json',
		...(isSigned ? signedHeaders({ method, path, query }, credential, String(nowMs), nonce) : {}),
		...(account && { 'app-token': account.appToken, 'X-GW-Router-Addr': account.routerDomain }),
		...request.headers,
	};
	return {
		method,
		url: `${credential.gatewayUrl}${path}${query === '' ? '' : `?${query}`}`,
		headers: Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)),
		body: body === undefined ? '' : JSON.stringify(body),
	};
}
