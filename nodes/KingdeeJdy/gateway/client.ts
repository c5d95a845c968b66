import { readAnswer } from './envelope';
import type { Failure, Outcome } from './failures';
import { signedHeaders } from './signature';
import type { Answer, Clock, GatewayCredential, Send, SendOptions, SendResult, WireRequest } from './types';

/** One account behind one gateway, and the way to it. */
export interface Gateway {
	credential: GatewayCredential;
	send: Send;
	clock: Clock;
}

/** The two headers beside the signature that say for which account a request is. [D] */
export function accountHeaders(session: { appToken: string; routerDomain: string }): Record<string, string> {
	return { 'app-token': session.appToken, 'X-GW-Router-Addr': session.routerDomain };
}

/** A signed POST with a JSON body, ready to be sent. */
export function signedPost(credential: GatewayCredential, path: string, body: string, clock: Clock): WireRequest {
	const signature = signedHeaders({ method: 'POST', path, query: '' }, credential, String(clock.now()), clock.nonce());
	return {
		method: 'POST',
		url: `${credential.gatewayOrigin}${path}`,
		headers: { 'Content-Type': 'application/json', ...signature, ...accountHeaders(credential) },
		body,
	};
}

const HEADERS_TO_MASK: ReadonlySet<string> = new Set(['x-api-signature', 'app-token']);

/** The same request with secrets and signature masked, fit to be shown. */
export function masked(request: WireRequest): WireRequest {
	const headers = Object.entries(request.headers).map(([name, value]) => [
		name,
		HEADERS_TO_MASK.has(name.toLowerCase()) ? '***' : value,
	]);
	return { ...request, headers: Object.fromEntries(headers) as Record<string, string> };
}

/** Shorter texts could be part of ordinary words. */
const MIN_SECRET_LENGTH = 8;

/** An answer may echo what it was sent: no secret of the request stays in it. */
function withoutSecrets(answer: Answer, credential: GatewayCredential, request: WireRequest): Answer {
	const secrets = [credential.clientSecret, credential.appToken, request.headers['X-Api-Signature'] ?? ''];
	const clean = (text: string) =>
		secrets.reduce((rest, secret) => (secret.length < MIN_SECRET_LENGTH ? rest : rest.replaceAll(secret, '***')), text);
	const headers = Object.entries(answer.headers).map(([name, value]) => [name, clean(value)]);
	return { ...answer, text: clean(answer.text), headers: Object.fromEntries(headers) as Record<string, string> };
}

type WithoutAnswer = Exclude<SendResult, { type: 'answer' }>;

const WITHOUT_ANSWER: Record<WithoutAnswer['reason'], { kind: Failure['kind']; message: string }> = {
	notConnected: { kind: 'notConnected', message: 'No connection to Kingdee JDY' },
	timeout: { kind: 'timeout', message: 'Kingdee JDY did not answer in time' },
	cancelled: { kind: 'cancelled', message: 'The execution was stopped' },
	broken: { kind: 'broken', message: 'The connection broke before the whole answer came back' },
	tooLarge: { kind: 'broken', message: 'The answer was far larger than any answer of Kingdee JDY' },
};

function withoutAnswer({ type, reason, code }: WithoutAnswer): Failure {
	const { kind, message } = WITHOUT_ANSWER[reason];
	const outcome = type === 'notSent' ? 'notSent' : 'unknown';
	return { code, errcode: null, kind, outcome, message: `${message} (${code})`, requestId: null, raw: null };
}

/** Signs one request, sends it once, and says how it ended. */
export async function post(
	{ credential, send, clock }: Gateway,
	path: string,
	body: string,
	options: SendOptions,
): Promise<Outcome> {
	const request = signedPost(credential, path, body, clock);
	const result = await send(request, options);
	if (result.type !== 'answer') return { type: 'failed', failure: withoutAnswer(result) };
	return readAnswer(withoutSecrets(result.answer, credential, request));
}
