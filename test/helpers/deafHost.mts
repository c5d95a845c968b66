import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

/** A host on loopback that nobody can speak TLS with. */
export interface DeafHost {
	port: number;
	stop: () => Promise<void>;
}

/** Listens, then never looks at its connections again: once its queue is full, the kernel drops what arrives, as a firewall does. */
const DEAF = `
	const server = require('node:net').createServer();
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
		console.log(server.address().port);
		setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
	});
`;

const FILLERS = 6;

/** A firewall that drops packets: a connection is neither made nor refused. */
async function droppingHost(): Promise<DeafHost> {
	const child = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const port = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
	await new Promise((resolve) => setTimeout(resolve, 150));
	const fillers = Array.from({ length: FILLERS }, () => connect(port, '127.0.0.1').on('error', () => undefined));
	await new Promise((resolve) => setTimeout(resolve, 150));
	return {
		port,
		stop: async () => {
			for (const filler of fillers) filler.destroy();
			child.kill('SIGKILL');
			await ended;
		},
	};
}

/** Takes connections and does this with each, once the first bytes have come; nothing where `act` is undefined. */
async function acceptingHost(act?: (socket: Socket) => void): Promise<DeafHost> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('data', () => act?.(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const HANDSHAKE_FAILURE = Buffer.from([0x15, 3, 3, 0, 2, 2, 40]);
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** Every way in which no connection comes about, by what is at the other end. */
export const DEAF_HOSTS: Array<[name: string, start: () => Promise<DeafHost>]> = [
	['a firewall that drops packets', droppingHost],
	['a server that accepts and never speaks', async () => await acceptingHost()],
	['plain HTTP on the port', async () => await acceptingHost((socket) => socket.end(BAD_REQUEST))],
	['closed after the ClientHello', async () => await acceptingHost((socket) => socket.end())],
	['reset after the ClientHello', async () => await acceptingHost((socket) => socket.resetAndDestroy())],
	['a TLS alert', async () => await acceptingHost((socket) => socket.end(HANDSHAKE_FAILURE))],
	['an alert and silence', async () => await acceptingHost((socket) => socket.write(HANDSHAKE_FAILURE))],
	['bytes that are no TLS, and silence', async () => await acceptingHost((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'))],
	['half a handshake', async () => await acceptingHost((socket) => socket.write(Buffer.from([0x16, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3])))],
];
