import { GATEWAY, json } from './answers.mts';
import type { Fault } from './faults.mts';

/** What a fault may be told besides its answer. */
export interface AnswerOptions {
	/** Whether the document is saved all the same. @default false */
	saves?: boolean;
	headers?: Record<string, string>;
}

/** The gateway's own codes, which it tells with HTTP 519. */
export function isGatewayCode(errcode: number): boolean {
	return errcode >= 4000 && errcode < 6000;
}

/**
 * Any answer at all instead of the real one.
 *
 * @param body text and bytes go out as they are; anything else as JSON
 */
export function answerWith(status: number, body: unknown, { saves = false, headers = {} }: AnswerOptions = {}): Fault {
	if (typeof body === 'string' || Buffer.isBuffer(body)) return { type: 'answer', saves, reply: { status, headers, body } };
	const reply = json(status, body);
	return { type: 'answer', saves, reply: { ...reply, headers: { ...reply.headers, ...headers } } };
}

/** A refusal with an errcode; nothing is saved. The status is 519 for the gateway's own codes and 200 otherwise. */
export function refuse(errcode: number | string, description = `code ${errcode}`, status = isGatewayCode(Number(errcode)) ? 519 : 200): Fault {
	return answerWith(status, { errcode, description, data: null });
}

/** Too many calls, and for how many seconds. */
export function tooMany(retryAfter: string): Fault {
	return answerWith(429, '', { headers: { 'Retry-After': retryAfter } });
}

/** The gateway is overloaded, and for how many seconds. */
export function overloaded(retryAfter: string): Fault {
	return answerWith(519, { errcode: 5007, description: 'busy' }, { headers: { 'Retry-After': retryAfter } });
}

/** No Route: what the gateway knows no account for. */
export function noRoute(): Fault {
	return answerWith(404, 'No Route');
}

/** To another address; nothing is saved. */
export function redirect(status: number, location: string): Fault {
	return answerWith(status, '', { headers: { Location: location } });
}

/** A success with these data; the document is saved unless told otherwise. */
export function succeed(data: unknown, { saves = true, headers }: AnswerOptions = {}): Fault {
	return answerWith(200, { errcode: 0, description: 'success', data }, { saves, ...(headers && { headers }) });
}

/** The connection closes without an answer. */
export function lost(saves = true): Fault {
	return { type: 'close', saves };
}

/** No answer ever. */
export function silence(saves = true): Fault {
	return { type: 'silence', saves };
}

/** This fault, and a document that comes to the books only some time later. */
export function arrivingLate(fault: Fault, arrivesAfterMs: number): Fault {
	return { ...fault, saves: true, arrivesAfterMs };
}

/** Half of the real answer, then the connection closes. */
export function half(saves = true): Fault {
	return { type: 'half', saves };
}

/** The real answer, one byte at a time. */
export function drip(everyMs: number, saves = true): Fault {
	return { type: 'drip', everyMs, saves };
}

/** The real answer, some time later. */
export function slow(afterMs: number, saves = true): Fault {
	return { type: 'slow', afterMs, saves };
}

/** The app may not call this API. */
export function forbidden(): Fault {
	return { type: 'answer', reply: GATEWAY.permission() };
}

export const HTML = '<html><body><h1>Gateway</h1></body></html>';

/** The page of a proxy in front of the gateway. */
export function html(status: number, options: AnswerOptions = {}): Fault {
	return answerWith(status, HTML, { ...options, headers: { 'Content-Type': 'text/html', ...options.headers } });
}
