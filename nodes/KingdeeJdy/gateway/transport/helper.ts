import type { IHttpRequestOptions } from 'n8n-workflow';

import type { GatewayState } from '../state';
import type { Clock, Send } from '../types';
import { pickHeaders, readText, withDeadline } from './attempt';
import { MAX_ANSWER_BYTES, throughFetch } from './fetch';

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
 * The body is sent as a Buffer, because a string would be parsed and trimmed; redirects are not followed, because they
 * would carry the app-token to another host.
 */
export function throughHelper(httpRequest: HttpRequestHelper): Send {
	return withDeadline(async ({ method, url, headers, body }, { signal }) => {
		const response = (await httpRequest({
			method,
			url,
			headers,
			...(body.length === 0 ? {} : { body: Buffer.from(body) }),
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 0,
			abortSignal: signal,
		})) as StreamedResponse;
		const chunks = response.body[Symbol.asyncIterator]();
		const answer = { read: () => chunks.next(), cancel: async () => await chunks.return?.() };
		return {
			status: response.statusCode,
			headers: pickHeaders((name) => response.headers[name]),
			text: await readText(answer, MAX_ANSWER_BYTES),
		};
	});
}

const REMEMBER_MS = 10 * 60_000;
const MAX_CONNECT_MS = 10_000;

/** A connection takes at most half of the time, so that the other half is left for the way round. */
const connectWithin = (timeoutMs: number) => Math.min(MAX_CONNECT_MS, timeoutMs / 2);

/** The direct way of `directOrHelper`. */
export const throughFetchFirst = () => throughFetch(MAX_ANSWER_BYTES, connectWithin);

/**
 * The direct way, and if that cannot connect (a proxy, a firewall), n8n's helper with the very same call and what is left
 * of its time: nothing had been sent. What worked is remembered for 10 minutes.
 *
 * Without a body it cannot be known whether a call was sent. A read may take both ways all the same, so until the direct way has
 * answered once it gets no longer there than a connection may take.
 */
export function directOrHelper(direct: Send, helper: Send, { now }: Clock, { directClosedUntilMs, directAnswered }: GatewayState): Send {
	return async (request, options) => {
		const originOf = () => new URL(request.url).origin;
		if (directClosedUntilMs.size > 0 && now() < (directClosedUntilMs.get(originOf()) ?? -Infinity)) return await helper(request, options);
		const startedAtMs = performance.now();
		const isTrial = request.effect === 'read' && request.body === '' && !directAnswered.has(originOf());
		const result = await direct(request, isTrial ? { ...options, timeoutMs: connectWithin(options.timeoutMs) } : options);
		if (isTrial && result.type === 'answer') directAnswered.add(originOf());
		const mayGoRound = result.type === 'notSent' || (result.type === 'noAnswer' && isTrial);
		if (!mayGoRound || result.reason === 'cancelled') return result;
		const leftMs = options.timeoutMs - (performance.now() - startedAtMs);
		if (leftMs <= 0) return result;
		const detour = await helper(request, { ...options, timeoutMs: leftMs });
		if (detour.type === 'answer') {
			directClosedUntilMs.set(originOf(), now() + REMEMBER_MS);
			directAnswered.delete(originOf());
		}
		return detour;
	};
}
