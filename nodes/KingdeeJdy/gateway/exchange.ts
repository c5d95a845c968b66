import type { KeyObject } from 'node:crypto';

import { timestampFor } from './clock';
import type { Failure } from './failures';
import { maskOf } from './mask';
import type { Mask } from './mask';
import { signedHeaders } from './signature';
import type { Answer, Clock, Send, SendOptions, SendResult, Session, WireRequest } from './types';

/** How requests leave, and what stamps them. */
export interface Door {
	send: Send;
	clock: Clock;
}

/** Whom a request is signed for, and where it goes. */
export interface Signer {
	gatewayOrigin: string;
	clientId: string;
	clientSecret: string;
	/** The client secret, prepared once for all requests. */
	signingKey: KeyObject;
}

/** A call before it is signed. */
export interface Call {
	method: 'GET' | 'POST';
	path: string;
	/** In wire form, without `?`. */
	query: string;
	/** JSON; empty for GET. */
	body: string;
}

/** The two headers beside the signature that say for which account a request is. [D] */
export function accountHeaders(session: Session): Record<string, string> {
	return { 'app-token': session.appToken, 'X-GW-Router-Addr': session.routerDomain };
}

/** A signed request, ready to be sent. Without a session it carries no account; only the calls that make tokens do so. */
export function signedRequest(signer: Signer, call: Call, clock: Clock, session?: Session): WireRequest {
	const { method, path, query, body } = call;
	return {
		method,
		url: `${signer.gatewayOrigin}${path}${query === '' ? '' : `?${query}`}`,
		headers: {
			'Content-Type': 'application/json',
			...signedHeaders(call, signer, timestampFor(signer.gatewayOrigin, clock.now()), clock.nonce()),
			...(session ? accountHeaders(session) : {}),
		},
		body,
	};
}

type WithoutAnswer = Exclude<SendResult, { type: 'answer' }>;

const WITHOUT_ANSWER: Record<WithoutAnswer['reason'], { kind: Failure['kind']; message: string }> = {
	notConnected: { kind: 'notConnected', message: 'No connection to Kingdee JDY' },
	timeout: { kind: 'timeout', message: 'Kingdee JDY did not answer in time' },
	cancelled: { kind: 'cancelled', message: 'The execution was stopped' },
	broken: { kind: 'broken', message: 'The connection broke before the whole answer came back' },
	tooLarge: { kind: 'broken', message: 'The answer was far larger than any answer of Kingdee JDY' },
};

function unanswered({ type, reason, code }: WithoutAnswer): Failure {
	const { kind, message } = WITHOUT_ANSWER[reason];
	const outcome = type === 'notSent' ? 'notSent' : 'unknown';
	return { code, errcode: null, status: null, kind, outcome, message, requestId: null, retryAfterMs: null, date: null };
}

/**
 * Signs one request, sends it once, and gives back its answer with a mask for its secrets, or why there is none.
 *
 * @param secrets what the request carries beside the signer's secret, the token and the signature
 */
export async function exchange(
	{ send, clock }: Door,
	signer: Signer,
	call: Call,
	options: SendOptions,
	{ session, secrets = [] }: { session?: Session; secrets?: string[] },
): Promise<{ answer: Answer; mask: Mask } | { failure: Failure }> {
	const request = signedRequest(signer, call, clock, session);
	const result = await send(request, options);
	if (result.type !== 'answer') return { failure: unanswered(result) };
	const mask = maskOf([signer.clientSecret, session?.appToken, request.headers['X-Api-Signature'], ...secrets]);
	return { answer: result.answer, mask };
}
