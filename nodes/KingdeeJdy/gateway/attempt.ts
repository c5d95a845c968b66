import { alarmAfter } from './alarm';
import { isRecord } from './json';
import type { Answer, SendOptions, SendResult } from './types';

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

/** What a thrown network error means. Only its code is kept: the error itself carries headers with secrets. */
function fromError(error: unknown): SendResult {
	const links = chain(error);
	const failedToConnect = links.find(
		({ code, name, syscall }) =>
			NEVER_CONNECTED.has(String(code)) || NEVER_CONNECTED.has(String(name)) || syscall === 'connect' || syscall === 'getaddrinfo',
	);
	const known = failedToConnect ? [failedToConnect] : links;
	const texts = [...known.map(({ code }) => code), ...known.map(({ name }) => name)];
	const code = texts.find((entry): entry is string => typeof entry === 'string') ?? 'UNKNOWN';
	return failedToConnect
		? { type: 'notSent', reason: 'notConnected', code }
		: { type: 'noAnswer', reason: 'broken', code };
}

class TooLarge extends Error {}

/** Reads a body to its end, but no further than a limit. */
export async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes) throw new TooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** The headers of an answer that anybody reads. */
const ANSWER_HEADERS = ['date', 'retry-after', 'x-api-requestid'];

/** @param read gives the value of a header by its name in lower case */
export function pickHeaders(read: (name: string) => unknown): Record<string, string> {
	const picked: Record<string, string> = {};
	for (const name of ANSWER_HEADERS) {
		const value = read(name);
		if (typeof value === 'string') picked[name] = value;
	}
	return picked;
}

/**
 * Runs one attempt under a deadline and the user's stop button. The deadline holds to the last byte of the answer,
 * which the helper's own timeout does not.
 */
export async function withDeadline(
	{ timeoutMs, cancelSignal }: SendOptions,
	attempt: (signal: AbortSignal) => Promise<Answer>,
): Promise<SendResult> {
	if (cancelSignal?.aborted) return { type: 'notSent', reason: 'cancelled', code: 'CANCELLED' };
	const abort = new AbortController();
	let isLate = false;
	const stop = () => abort.abort();
	const cancelAlarm = alarmAfter(timeoutMs, () => {
		isLate = true;
		stop();
	});
	cancelSignal?.addEventListener('abort', stop);
	try {
		return { type: 'answer', answer: await attempt(abort.signal) };
	} catch (error) {
		if (cancelSignal?.aborted) return { type: 'noAnswer', reason: 'cancelled', code: 'CANCELLED' };
		if (isLate) return { type: 'noAnswer', reason: 'timeout', code: 'TIMEOUT' };
		if (error instanceof TooLarge) return { type: 'noAnswer', reason: 'tooLarge', code: 'TOO_LARGE' };
		return fromError(error);
	} finally {
		cancelAlarm();
		cancelSignal?.removeEventListener('abort', stop);
	}
}
