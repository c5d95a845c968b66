import type { Client } from './credential/credential';
import { failureOf, whyAborted } from './errors/failures';
import type { Failure } from './errors/failures';
import { maskOf } from './masking/mask';
import type { Mask } from './masking/mask';
import { timestampFor } from './signing/clock';
import { HEADERS, accountHeaders, signedHeaders } from './signing/signature';
import type { GatewayState } from './state';
import type { Answer, Body, Clock, Endpoint, Send, SendOptions, SendResult, Session, WireRequest } from './types';

/** How requests leave, what stamps them, and what the process remembers meanwhile. */
export interface RequestContext {
	send: Send;
	clock: Clock;
	state: GatewayState;
	/** Of who can wait for a token longer than for an answer. */
	patience?: Patience;
}

interface Patience {
	upToMs: number;
	/** Reports the wait. */
	log: (message: string) => void;
}

/** A signed request, ready to be sent. Without a session it names no account; only the calls that make tokens do so. */
export function signedRequest({ clock, state }: RequestContext, client: Client, endpoint: Endpoint, body: Body, session?: Session): WireRequest {
	const { method, path, query = '', boundary } = endpoint;
	const timestamp = timestampFor(state, client.gatewayOrigin, clock.now());
	const headers = signedHeaders({ method, path, query }, client, timestamp, clock.nonce());
	headers['Content-Type'] = boundary === undefined ? 'application/json' : `multipart/form-data; boundary=${boundary}`;
	if (session) Object.assign(headers, accountHeaders(session));
	const url = `${client.gatewayOrigin}${path}${query === '' ? '' : `?${query}`}`;
	return { method, url, headers, body, effect: endpoint.effect };
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

/** An answer with a mask for the secrets of its request, or why there is none. */
type Exchanged = { answer: Answer; mask: Mask } | { failure: Failure };

/** What a request carries beside the client's secret and the signature. */
interface Carried {
	session?: Session;
	secrets?: string[];
}

/** What became of a signed request that was sent. */
export function exchangedFor(
	client: Client,
	request: WireRequest,
	result: SendResult,
	options: SendOptions,
	{ session, secrets = [] }: Carried,
): Exchanged {
	if (result.type !== 'answer') return { failure: unanswered(result, options) };
	const mask = maskOf([client.clientSecret, session?.appToken, request.headers[HEADERS.signature], ...secrets]);
	return { answer: result.answer, mask };
}
