import { whyAborted } from '../errors/failures';
import { isRecord } from '../json/json';
import type { Answer, Send, SendOptions, SendResult, WireRequest } from '../types';
import { alarmAfter, onAbort } from '../waiting/timing';

/** Codes that only a connection that was never made ends with: surely not a byte of the request left. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'UND_ERR_CONNECT_TIMEOUT',
	'ERR_INVALID_URL',
	'ERR_INVALID_CHAR',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REVOKED',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	// Not codes but names: what Node throws when every address of a host failed to connect, and n8n's SSRF rule.
	'AggregateError',
	'SsrfBlockedIpError',
	'SsrfBlockedHostnameError',
]);

/** The error and its causes, outermost first. */
function chain(error: unknown): Array<Record<string, unknown>> {
	const links: Array<Record<string, unknown>> = [];
	for (let link = error; isRecord(link) && links.length < 5; link = link.cause) links.push(link);
	return links;
}

/**
 * Whether the socket of a failed request proves that nothing was sent: it had none, its TLS handshake never ended, or not a byte was
 * handed to the operating system. Both are read after the socket was destroyed; if Node reports neither, nothing is proved.
 */
function sentNothing({ request }: Record<string, unknown>): boolean {
	const socket = isRecord(request) ? request.socket : undefined;
	// It was still waiting for one: a proxy that does not answer, or a machine that had no time.
	if (socket === null) return true;
	if (!isRecord(socket)) return false;
	return socket.secureConnecting === true || socket._bytesDispatched === 0;
}

function isConnectFailure(link: Record<string, unknown>): boolean {
	const { code, name, syscall } = link;
	return NEVER_CONNECTED.has(String(code)) || NEVER_CONNECTED.has(String(name)) || syscall === 'connect' || syscall === 'getaddrinfo';
}

/** The code of a thrown network error. Only that is kept: the error itself carries headers with secrets. */
function codeOf(links: Array<Record<string, unknown>>): string {
	const failedToConnect = links.find(isConnectFailure);
	const known = failedToConnect ? [failedToConnect] : links;
	const texts = [...known.map(({ code }) => code), ...known.map(({ name }) => name)];
	return texts.find((entry): entry is string => typeof entry === 'string') ?? 'UNKNOWN';
}

class TooLarge extends Error {}

/** Gives a body chunk by chunk, as the reader of a web stream does: between other work a loop over a stream costs 10 us more. */
interface Chunks {
	read: () => Promise<{ done?: boolean; value?: Uint8Array | undefined }>;
	/** Gives up what is left. */
	cancel: () => Promise<unknown>;
}

/** Reads a body to its end, but no further than a limit. */
export async function readText(body: Chunks, maxBytes: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for (let { done, value } = await body.read(); !done && value; { done, value } = await body.read()) {
		bytes += value.byteLength;
		if (bytes > maxBytes) {
			await body.cancel();
			throw new TooLarge();
		}
		chunks.push(value);
	}
	const [first] = chunks;
	const whole = first && chunks.length === 1 ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(chunks);
	return whole.toString('utf8');
}

/** The headers of an answer that anybody reads. */
const ANSWER_HEADERS = ['date', 'retry-after', 'x-api-requestid'];

/** @param read returns the value of a header by its name in lower case */
export function pickHeaders(read: (name: string) => unknown): Record<string, string> {
	const picked: Record<string, string> = {};
	for (const name of ANSWER_HEADERS) {
		const value = read(name);
		if (typeof value === 'string') picked[name] = value;
	}
	return picked;
}

/** One attempt under way. `mayHaveLeft` is false as long as it is sure that not a byte of the request left. */
export interface Departure {
	signal: AbortSignal;
	mayHaveLeft: boolean;
}

type Attempt = (request: WireRequest, departure: Departure) => Promise<Answer>;

async function attemptWithin(
	attempt: Attempt,
	request: WireRequest,
	{ timeoutMs, signal, cancelSignal }: SendOptions,
	connectTimeoutMs: number | undefined,
): Promise<SendResult> {
	if (signal?.aborted) return { type: 'notSent', reason: 'cancelled', code: 'CANCELLED' };
	const abort = new AbortController();
	const departure = { signal: abort.signal, mayHaveLeft: connectTimeoutMs === undefined };
	let end: 'timeout' | 'cancelled' | undefined;
	const stop = (reason: 'timeout' | 'cancelled') => {
		end ??= reason;
		abort.abort();
	};
	const cancel = () => stop('cancelled');
	const cancelUnlessHeldBack = () => {
		if (signal && whyAborted(signal).kind === 'cancelled') cancel();
	};
	const startedAtMs = performance.now();
	const ring = () => {
		const leftMs = timeoutMs - (performance.now() - startedAtMs);
		if (!departure.mayHaveLeft || leftMs <= 0) stop('timeout');
		else cancelAlarm = alarmAfter(leftMs, ring);
	};
	let cancelAlarm = alarmAfter(Math.min(timeoutMs, connectTimeoutMs ?? Infinity), ring);
	const leaveSignal = signal && onAbort(signal, cancelUnlessHeldBack);
	const leaveCancelSignal = cancelSignal && onAbort(cancelSignal, cancel);
	try {
		return { type: 'answer', answer: await attempt(request, departure) };
	} catch (error) {
		const links = chain(error);
		const hasLeft = departure.mayHaveLeft && !links.some(isConnectFailure) && !links.some(sentNothing);
		const code = end?.toUpperCase() ?? codeOf(links);
		if (!hasLeft) return { type: 'notSent', reason: end === 'cancelled' ? 'cancelled' : 'notConnected', code };
		if (error instanceof TooLarge) return { type: 'noAnswer', reason: 'tooLarge', code: 'TOO_LARGE' };
		return { type: 'noAnswer', reason: end ?? 'broken', code };
	} finally {
		cancelAlarm();
		leaveSignal?.();
		leaveCancelSignal?.();
	}
}

/**
 * A way to send from one that makes an attempt: under a deadline and the user's stop button. The deadline holds to the last
 * byte of the answer, which the helper's own timeout does not.
 *
 * @param connectWithin how long a connection may take of the time of a call: an attempt of which nothing has left by then ends
 */
export function withDeadline(attempt: Attempt, connectWithin?: (timeoutMs: number) => number): Send {
	return (request, options) => attemptWithin(attempt, request, options, connectWithin?.(options.timeoutMs));
}
