import type { Answer, Body, Send } from '../types';
import { eventLoopTurn } from '../waiting/timing';
import { pickHeaders, readText, withDeadline } from './attempt';
import type { Departure } from './attempt';

/** No answer of the gateway is larger; what is, was sent by something else. */
export const MAX_ANSWER_BYTES = 10_000_000;

/**
 * A body that is sent only once: `fetch` forgets the bytes of a stream, while after HTTP 421 it would send others a second
 * time by itself. It is asked for when the connection stands and the first byte is to be sent, so it also shows that before
 * nothing was sent.
 *
 * `fetch` splits its body in two, to have one in reserve, and reads ahead from a split stream: here both are the same one,
 * which gives its bytes without the detour over a reader. That also takes a tenth off the time of a call.
 */
class OnceOnly extends ReadableStream<Uint8Array> {
	private readonly take: () => Uint8Array;

	constructor(bytes: Uint8Array, departure: Departure) {
		let left: Uint8Array | undefined = bytes;
		const take = () => {
			if (!left) throw new TypeError('The body has gone out already');
			departure.mayHaveLeft = true;
			const taken = left;
			left = undefined;
			return taken;
		};
		const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
			controller.enqueue(take());
			controller.close();
		};
		super({ pull }, { highWaterMark: 0 });
		this.take = take;
	}

	override tee(): [this, this] {
		return [this, this];
	}

	override async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined, undefined> {
		yield this.take();
		return undefined;
	}
}

/** The length is set, because the body would be sent in chunks otherwise. */
function withBody(headers: Record<string, string>, body: Body, departure: Departure): Pick<RequestInit, 'headers' | 'body' | 'duplex'> {
	if (body.length === 0) {
		departure.mayHaveLeft = true;
		return { headers };
	}
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	return { headers: { ...headers, 'Content-Length': String(bytes.byteLength) }, body: new OnceOnly(bytes, departure), duplex: 'half' };
}

/** An answer read to its end. The headers of a success are never read. */
class BufferedAnswer implements Answer {
	readonly status: number;

	readonly text: string;

	readonly #headers: Headers;

	constructor({ status, headers }: Response, text: string) {
		this.status = status;
		this.text = text;
		this.#headers = headers;
	}

	get headers(): Record<string, string> {
		return pickHeaders((name) => this.#headers.get(name));
	}
}

/** Longer than from an answer to the next call, also when code runs for the first time. */
const FRESH_MS = 5;

/** The turn of the event loop. Before Node.js 22.8 they are not counted, and only time can show it. */
function loopTurn(): number {
	return performance.nodeTiming.uvMetricsInfo?.loopCount ?? 0;
}

/** Knows whether the event loop has just looked at the sockets. */
class Looked {
	private atMs = -Infinity;

	private turn = -1;

	/** An answer has been read to its end: just before, the loop looked at all sockets. */
	note(): void {
		this.atMs = performance.now();
		this.turn = loopTurn();
	}

	/** Whether that was in this turn of the loop. */
	justNow(): boolean {
		return loopTurn() === this.turn && performance.now() - this.atMs < FRESH_MS;
	}
}

/**
 * Sends with Node's own pooled `fetch`, which keeps connections open between calls. Redirects are not followed.
 *
 * A connection that the other side has closed while it was idle must leave the pool before the next call takes it:
 * otherwise that call would break, and it could not be known whether it was done. So the sockets are looked at first. A call that
 * follows an answer needs no such look, and fares better without: it takes a connection that has been idle for a whole call,
 * because the one that brought the answer is not free yet. After a look it would be, and the call would meet the end of a
 * connection that the other side closes right after its answer.
 *
 * @param connectWithin how long a connection may take, if less than the whole call
 */
export function throughFetch(maxAnswerBytes = MAX_ANSWER_BYTES, connectWithin = (timeoutMs: number) => timeoutMs): Send {
	const looked = new Looked();
	return withDeadline(async ({ method, url, headers, body }, departure) => {
		if (!looked.justNow()) await eventLoopTurn();
		const response = await fetch(url, { method, ...withBody(headers, body, departure), redirect: 'manual', signal: departure.signal });
		const text = response.body ? await readText(response.body.getReader(), maxAnswerBytes) : '';
		looked.note();
		return new BufferedAnswer(response, text);
	}, connectWithin);
}
