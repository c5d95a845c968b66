import type { IHttpRequestOptions } from 'n8n-workflow';

import { isRecord } from './json';
import type { Answer, Send, SendOptions, SendResult, WireRequest } from './types';

/** The answer of a save is a few hundred bytes; what is larger is not from the gateway. */
const MAX_ANSWER_BYTES = 10_000_000;

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
	const code = [failedToConnect, ...links].map((link) => link?.code ?? link?.name).find((entry) => typeof entry === 'string');
	const known = typeof code === 'string' ? code : 'UNKNOWN';
	return failedToConnect
		? { type: 'notSent', reason: 'notConnected', code: known }
		: { type: 'noAnswer', reason: 'broken', code: known };
}

class TooLarge extends Error {}

async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.byteLength;
		if (bytes > maxBytes) throw new TooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function lowerCaseHeaders(headers: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/**
 * Runs one attempt under a deadline and the user's stop button. The deadline holds to the last byte of the answer,
 * which the helper's own timeout does not.
 */
async function withDeadline(
	{ timeoutMs, cancelSignal }: SendOptions,
	attempt: (signal: AbortSignal) => Promise<Answer>,
): Promise<SendResult> {
	if (cancelSignal?.aborted) return { type: 'notSent', reason: 'cancelled', code: 'CANCELLED' };
	const abort = new AbortController();
	const deadline = AbortSignal.timeout(timeoutMs);
	const stop = () => abort.abort();
	deadline.addEventListener('abort', stop);
	cancelSignal?.addEventListener('abort', stop);
	try {
		return { type: 'answer', answer: await attempt(abort.signal) };
	} catch (error) {
		if (cancelSignal?.aborted) return { type: 'noAnswer', reason: 'cancelled', code: 'CANCELLED' };
		if (deadline.aborted) return { type: 'noAnswer', reason: 'timeout', code: 'TIMEOUT' };
		if (error instanceof TooLarge) return { type: 'noAnswer', reason: 'tooLarge', code: 'TOO_LARGE' };
		return fromError(error);
	} finally {
		deadline.removeEventListener('abort', stop);
		cancelSignal?.removeEventListener('abort', stop);
	}
}

/** n8n's `helpers.httpRequest`, as far as it is used here. */
export type HttpRequestHelper = (options: IHttpRequestOptions) => Promise<unknown>;

interface StreamedResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: AsyncIterable<Uint8Array>;
}

/**
 * Sends through n8n's request helper, so that n8n's proxy and SSRF rules hold.
 *
 * The body goes as a Buffer, because a string would be parsed and trimmed; redirects are not followed, because they
 * would carry the app-token to another host.
 */
export function throughHelper(httpRequest: HttpRequestHelper): Send {
	return async ({ method, url, headers, body }: WireRequest, options: SendOptions) =>
		await withDeadline(options, async (signal) => {
			const response = (await httpRequest({
				method,
				url,
				headers,
				body: Buffer.from(body),
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 0,
				abortSignal: signal,
			})) as StreamedResponse;
			return {
				status: response.statusCode,
				headers: lowerCaseHeaders(response.headers),
				text: await readText(response.body, MAX_ANSWER_BYTES),
			};
		});
}

/** Sends with Node's own pooled `fetch`, which keeps connections open between calls. Redirects are not followed. */
export function throughFetch(maxAnswerBytes: number): Send {
	return async ({ method, url, headers, body }: WireRequest, options: SendOptions) =>
		await withDeadline(options, async (signal) => {
			const response = await fetch(url, { method, headers, body: body === '' ? null : body, redirect: 'manual', signal });
			return {
				status: response.status,
				headers: Object.fromEntries(response.headers),
				text: response.body ? await readText(response.body, maxAnswerBytes) : '',
			};
		});
}
