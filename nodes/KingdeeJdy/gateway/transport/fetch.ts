import type { Send, SendOptions, WireRequest } from '../types';
import { pickHeaders, readText, withDeadline } from './attempt';
import type { Departure } from './attempt';
import { eventLoopTurn } from './timing';

/** No answer of the gateway is larger; what is, comes from somewhere else. */
export const MAX_ANSWER_BYTES = 10_000_000;

/**
 * A body that can be read only once: after HTTP 421 `fetch` would send one that it can read again a second time by itself.
 * It is asked for when the connection stands and the first byte is to go out, so it also tells that before nothing left.
 * That holds for a stream of bytes only: `fetch` splits its body in two, and reads ahead from a split stream of any other
 * kind. Its length is told, because it would go out in chunks otherwise.
 */
function onceOnly(headers: Record<string, string>, body: string, departure: Departure): RequestInit {
	if (body === '') {
		departure.mayHaveLeft = true;
		return { headers };
	}
	// The stream takes its memory over, so it must not come from a pool, as a Buffer's may.
	const bytes = new TextEncoder().encode(body);
	const length = bytes.byteLength;
	const pull = (controller: ReadableByteStreamController) => {
		departure.mayHaveLeft = true;
		controller.enqueue(bytes);
		controller.close();
	};
	const stream = new ReadableStream({ type: 'bytes', pull });
	return { headers: { ...headers, 'Content-Length': String(length) }, body: stream, duplex: 'half' };
}

/**
 * Sends with Node's own pooled `fetch`, which keeps connections open between calls. Redirects are not followed.
 *
 * A connection that the other side has closed while it was idle must leave the pool before the next call takes it:
 * otherwise that call would break, and nobody could tell whether it was done.
 *
 * @param connectTimeoutMs how long a connection may take, where it shall be less than the whole call
 */
export function throughFetch(maxAnswerBytes = MAX_ANSWER_BYTES, connectTimeoutMs = (timeoutMs: number) => timeoutMs): Send {
	return async ({ method, url, headers, body }: WireRequest, options: SendOptions) =>
		await withDeadline(
			options,
			async (departure) => {
				await eventLoopTurn();
				const response = await fetch(url, { method, ...onceOnly(headers, body, departure), redirect: 'manual', signal: departure.signal });
				return {
					status: response.status,
					headers: pickHeaders((name) => response.headers.get(name)),
					text: response.body ? await readText(response.body, maxAnswerBytes) : '',
				};
			},
			connectTimeoutMs(options.timeoutMs),
		);
}
