import type { IHttpRequestOptions } from 'n8n-workflow';

import { pickHeaders, readText, withDeadline } from './attempt';
import { eventLoopTurn } from './turn';
import type { Clock, Send, SendOptions, WireRequest } from './types';

/** The answer of a save is a few hundred bytes; what is larger is not from the gateway. */
const MAX_ANSWER_BYTES = 10_000_000;

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
				headers: pickHeaders((name) => response.headers[name]),
				text: await readText(response.body, MAX_ANSWER_BYTES),
			};
		});
}

/**
 * A body that can be read only once: after HTTP 421 `fetch` would send one that it can read again a second time by itself.
 * Its length is told, because it would go out in chunks otherwise.
 */
function onceOnly(headers: Record<string, string>, body: string): RequestInit {
	if (body === '') return { headers };
	const bytes = Buffer.from(body);
	const stream = new ReadableStream<Uint8Array>({
		start: (controller) => {
			controller.enqueue(bytes);
			controller.close();
		},
	});
	return { headers: { ...headers, 'Content-Length': String(bytes.byteLength) }, body: stream, duplex: 'half' };
}

/**
 * Sends with Node's own pooled `fetch`, which keeps connections open between calls. Redirects are not followed.
 *
 * A connection that the other side has closed while it was idle must leave the pool before the next call takes it:
 * otherwise that call would break, and nobody could tell whether its document was saved.
 */
export function throughFetch(maxAnswerBytes = MAX_ANSWER_BYTES): Send {
	return async ({ method, url, headers, body }: WireRequest, options: SendOptions) =>
		await withDeadline(options, async (signal) => {
			await eventLoopTurn();
			const response = await fetch(url, { method, ...onceOnly(headers, body), redirect: 'manual', signal });
			return {
				status: response.status,
				headers: pickHeaders((name) => response.headers.get(name)),
				text: response.body ? await readText(response.body, maxAnswerBytes) : '',
			};
		});
}

const REMEMBER_MS = 10 * 60_000;

/** Until when the direct way is known not to lead anywhere from this machine. */
let closedUntilMs = -Infinity;

/**
 * The direct way, and where that cannot connect (a proxy, a firewall), n8n's helper with the very same call: nothing had
 * been sent. What worked is remembered for 10 minutes.
 */
export function directOrHelper(direct: Send, helper: Send, { now }: Clock): Send {
	return async (request, options) => {
		if (now() < closedUntilMs) return await helper(request, options);
		const result = await direct(request, options);
		if (result.type !== 'notSent' || result.reason !== 'notConnected') return result;
		const detour = await helper(request, options);
		if (detour.type === 'answer') closedUntilMs = now() + REMEMBER_MS;
		return detour;
	};
}
