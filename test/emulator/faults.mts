import type { ServerResponse } from 'node:http';

import type { Reply } from './answers.mts';
import type { Kept } from './calls.mts';

/** What goes wrong with one call, instead of or after the gateway's own work. */
export type Fault = (
	| { type: 'answer'; reply: Reply }
	| { type: 'close' }
	| { type: 'silence' }
	/** Half of the real answer, then the connection closes. */
	| { type: 'half' }
	/** The real answer, some time later. */
	| { type: 'slow'; afterMs: number }
	/** The real answer, one byte at a time. */
	| { type: 'drip'; everyMs: number }
) & {
	/** Whether the document is saved all the same. @default false */
	saves?: boolean;
	/** It is saved, but comes to the books only later. */
	arrivesAfterMs?: number;
};

/** What becomes of a write that meets this fault. */
export function keptBy(fault: Fault | undefined): Kept {
	if (fault?.arrivesAfterMs !== undefined) return { afterMs: fault.arrivesAfterMs };
	return (fault?.saves ?? fault === undefined) ? 'now' : 'never';
}

function write(response: ServerResponse, reply: Reply): void {
	const body = Buffer.from(reply.body);
	response.writeHead(reply.status, { 'Content-Length': body.length, ...reply.headers });
	response.end(body);
}

function drip(response: ServerResponse, reply: Reply, everyMs: number): void {
	const body = Buffer.from(reply.body);
	response.writeHead(reply.status, { 'Content-Length': body.length, ...reply.headers });
	let sent = 0;
	const timer = setInterval(() => {
		response.write(body.subarray(sent, sent + 1));
		sent += 1;
		if (sent === body.length) response.end();
	}, everyMs);
	response.on('close', () => clearInterval(timer));
}

function late(response: ServerResponse, reply: Reply, afterMs: number): void {
	const timer = setTimeout(() => write(response, reply), afterMs);
	response.on('close', () => clearTimeout(timer));
}

/** Writes the answer to a call, or what the fault makes of it. */
export function deliver(response: ServerResponse, reply: Reply, fault: Fault | undefined): void {
	switch (fault?.type) {
		case undefined:
			return write(response, reply);
		case 'answer':
			return write(response, fault.reply);
		case 'close':
			response.destroy();
			return;
		case 'silence':
			return;
		case 'half': {
			const body = Buffer.from(reply.body);
			response.writeHead(reply.status, { 'Content-Length': body.length, ...reply.headers });
			response.write(body.subarray(0, body.length / 2), () => response.destroy());
			return;
		}
		case 'slow':
			return late(response, reply, fault.afterMs);
		case 'drip':
			return drip(response, reply, fault.everyMs);
	}
}
