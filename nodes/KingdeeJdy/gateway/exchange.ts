import { timestampFor } from './clock';
import type { Client } from './credential';
import { failureOf, whyAborted } from './failures';
import type { Failure } from './failures';
import { maskOf } from './mask';
import type { Mask } from './mask';
import type { Memory } from './memory';
import { HEADERS, accountHeaders, signedHeaders } from './signature';
import type { Answer, Body, Clock, Endpoint, Send, SendOptions, SendResult, Session, WireRequest } from './types';

/** How requests leave, what stamps them, and what the process remembers meanwhile. */
export interface Line {
	send: Send;
	clock: Clock;
	memory: Memory;
}

/** A signed request, ready to be sent. Without a session it names no account; only the calls that make tokens do so. */
export function signedRequest({ clock, memory }: Line, client: Client, endpoint: Endpoint, body: Body, session?: Session): WireRequest {
	const { method, path, query = '', boundary } = endpoint;
	const timestamp = timestampFor(memory, client.gatewayOrigin, clock.now());
	return {
		method,
		url: `${client.gatewayOrigin}${path}${query === '' ? '' : `?${query}`}`,
		headers: {
			'Content-Type': boundary === undefined ? 'application/json' : `multipart/form-data; boundary=${boundary}`,
			...signedHeaders({ method, path, query }, client, timestamp, clock.nonce()),
			...(session ? accountHeaders(session) : {}),
		},
		body,
		effect: endpoint.effect,
	};
}

type WithoutAnswer = Exclude<SendResult, { type: 'answer' }>;

const WITHOUT_ANSWER: Record<WithoutAnswer['reason'], { kind: 'notConnected' | 'timeout' | 'cancelled' | 'broken'; message: string }> = {
	notConnected: { kind: 'notConnected', message: 'No connection to Kingdee JDY' },
	timeout: { kind: 'timeout', message: 'Kingdee JDY did not answer in time' },
	cancelled: { kind: 'cancelled', message: 'The execution was stopped' },
	broken: { kind: 'broken', message: 'The connection broke before the whole answer came back' },
	tooLarge: { kind: 'broken', message: 'The answer was far larger than any answer of Kingdee JDY' },
};

function unanswered({ type, reason, code }: WithoutAnswer, { signal }: SendOptions): Failure {
	// Not only the user holds calls back.
	if (type === 'notSent' && reason === 'cancelled' && signal?.aborted) return whyAborted(signal);
	const { kind, message } = WITHOUT_ANSWER[reason];
	return failureOf(kind, type === 'notSent' ? 'notSent' : 'unknown', message, { code });
}

/**
 * Signs one request, sends it once, and gives back its answer with a mask for its secrets, or why there is none.
 *
 * @param secrets what the request carries beside the client's secret, the token and the signature
 */
export async function exchange(
	line: Line,
	client: Client,
	{ endpoint, body }: { endpoint: Endpoint; body: Body },
	options: SendOptions,
	{ session, secrets = [] }: { session?: Session; secrets?: string[] },
): Promise<{ answer: Answer; mask: Mask } | { failure: Failure }> {
	const request = signedRequest(line, client, endpoint, body, session);
	const result = await line.send(request, options);
	if (result.type !== 'answer') return { failure: unanswered(result, options) };
	const mask = maskOf([client.clientSecret, session?.appToken, request.headers[HEADERS.signature], ...secrets]);
	return { answer: result.answer, mask };
}
