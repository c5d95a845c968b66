/**
 * A gateway in a process of its own that takes every document and closes each connection right after its answer, without
 * saying so. In one process with the client the two would take turns, and nothing could cross on the way.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Tls } from '../emulator/server.mts';

const ANSWER = JSON.stringify({ errcode: 0, description: 'success', data: { data: { id: '1600000000000000001' } } });

process.once('message', (tls: Tls) => {
	const server = createServer({ ...tls, keepAliveTimeout: 60_000 }, (request, response) => {
		request.resume().once('end', () => {
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length }).end(ANSWER);
			request.socket.end();
		});
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
