import type { Failure } from './failures';
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
			...signedHeaders(call, signer, String(clock.now()), clock.nonce()),
			...(session ? accountHeaders(session) : {}),
		},
		body,
	};
}

/** Shorter texts could be part of ordinary words. */
const MIN_SECRET_LENGTH = 8;

/** An answer may echo what it was sent: no secret of the request stays in it. */
function withoutSecrets(answer: Answer, signer: Signer, { headers }: WireRequest, secrets: string[]): Answer {
	const all = [signer.clientSecret, headers['app-token'], headers['X-Api-Signature'], ...secrets];
	const long = all.filter((secret): secret is string => secret !== undefined && secret.length >= MIN_SECRET_LENGTH);
	const clean = (text: string) => long.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	const cleanHeaders = Object.entries(answer.headers).map(([name, value]) => [name, clean(value)]);
	return { ...answer, text: clean(answer.text), headers: Object.fromEntries(cleanHeaders) as Record<string, string> };
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
	return { code, errcode: null, kind, outcome, message: `${message} (${code})`, requestId: null, raw: null };
}

/**
 * Signs one request, sends it once, and gives back its answer, cleaned of secrets, or why there is none.
 *
 * @param secrets what the request carries beside the signer's secret, the token and the signature
 */
export async function exchange(
	{ send, clock }: Door,
	signer: Signer,
	call: Call,
	options: SendOptions,
	{ session, secrets = [] }: { session?: Session; secrets?: string[] },
): Promise<{ answer: Answer } | { failure: Failure }> {
	const request = signedRequest(signer, call, clock, session);
	const result = await send(request, options);
	if (result.type !== 'answer') return { failure: unanswered(result) };
	return { answer: withoutSecrets(result.answer, signer, request, secrets) };
}
