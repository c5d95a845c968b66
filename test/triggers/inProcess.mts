import { Readable } from 'node:stream';

import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Gateway } from '../emulator/gateway.mts';

/** What becomes of a call instead of an answer: nothing, or an answer of the gateway's that refuses it. */
export type Accident = 'lost' | { status: number; body: string };

export interface Hooks {
	/** Called before a call arrives. */
	beforeCall: (path: string) => Accident | undefined;
	/** The `Date` of the answers, in ms; undefined: they have none. */
	dateMs: () => number | undefined;
}

interface Arrived {
	status: number;
	headers: Record<string, string>;
	body: string;
}

function answerOf(gateway: Gateway, { method = 'GET', url, headers, body }: IHttpRequestOptions): Arrived {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from('');
	const { pathname, search } = new URL(url);
	const lowered = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
	const { reply } = gateway.handle({ method, target: pathname + search, headers: lowered, bytes, body: bytes.toString('utf8') }, 'now');
	return { status: reply.status, headers: reply.headers, body: String(reply.body) };
}

/** n8n's request helper that reaches the emulated gateway without a socket: thousands of polls in a minute. */
export function helperTo(gateway: Gateway, hooks: Hooks): (options: IHttpRequestOptions) => Promise<unknown> {
	return async (options) => {
		const accident = hooks.beforeCall(new URL(options.url).pathname);
		if (accident === 'lost') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		const { status, headers, body } = accident ? { ...accident, headers: {} } : answerOf(gateway, options);
		const dateMs = hooks.dateMs();
		const date = dateMs === undefined ? {} : { date: new Date(dateMs).toUTCString() };
		const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		return { statusCode: status, headers: { ...lowered, ...date }, body: Readable.from([Buffer.from(body)]) };
	};
}
