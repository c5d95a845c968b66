import { Agent as HttpAgent, request as requestOverHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestOverHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';

import type { Transport } from './caller.mts';

/** Sends over sockets that stay open where the gateway lets them; redirects are not followed. */
export function overSockets(timeoutMs: number): Transport & { close: () => void } {
	// As Node.js itself does where it is told to go through a proxy.
	const settings = { keepAlive: true, ...(process.env.NODE_USE_ENV_PROXY === '1' && { proxyEnv: process.env }) };
	const [http, https] = [new HttpAgent(settings), new HttpsAgent(settings)];
	const send: Transport = async ({ method, url, headers, body }) => {
		const startedAt = performance.now();
		const passed = () => Math.round(performance.now() - startedAt);
		return await new Promise((resolve) => {
			const isTls = url.startsWith('https:');
			const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
			const options = { method, headers: { ...headers, ...length }, agent: isTls ? https : http, signal: AbortSignal.timeout(timeoutMs) };
			const outgoing = (isTls ? requestOverHttps : requestOverHttp)(url, options, (response) => {
				const chunks: Buffer[] = [];
				const tlsVersion = response.socket instanceof TLSSocket ? response.socket.getProtocol() : null;
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', fail);
				response.on('end', () => {
					const bytes = Buffer.concat(chunks);
					const plain = response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
					const read = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
					resolve({ status: response.statusCode ?? 0, headers: read, text: plain.toString('utf8'), ms: passed(), isReused: outgoing.reusedSocket, ...(tlsVersion !== null && { tlsVersion }) });
				});
			});
			function fail(error: NodeJS.ErrnoException): void {
				const code = error.name === 'AbortError' || error.name === 'TimeoutError' ? 'TIMEOUT' : (error.code ?? 'unknown');
				resolve({ status: 0, error: code, headers: {}, text: '', ms: passed(), isReused: false });
			}
			outgoing.on('error', fail);
			outgoing.end(body);
		});
	};
	return Object.assign(send, {
		close: () => {
			http.destroy();
			https.destroy();
		},
	});
}
