/**
 * The gateway of the benchmark, in a process of its own: reads each request to its end and answers with the envelope of a
 * save. Checks nothing, so that its own cost is small and the same for all sides.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Tls } from '../emulator/server.mts';

const ANSWER = JSON.stringify({ errcode: 0, description: 'success', data: { data: { id: '1600000000000000001', number: 'SO-1' } } });
const HEADERS = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(ANSWER), 'X-Api-Requestid': '5f0c7c8e' };

/** What the benchmark tells it: once the certificate, then before each measurement how long an answer takes. */
export type Order = { tls: Tls } | { serviceMs: number };

let serviceMs = 0;

process.on('message', (order: Order) => {
	if ('serviceMs' in order) {
		serviceMs = order.serviceMs;
		process.send?.('ready');
		return;
	}
	const server = createServer({ ...order.tls, keepAliveTimeout: 60_000 }, (request, response) => {
		request.resume().once('end', () => {
			const answer = () => response.writeHead(200, HEADERS).end(ANSWER);
			if (serviceMs === 0) answer();
			else setTimeout(answer, serviceMs);
		});
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
