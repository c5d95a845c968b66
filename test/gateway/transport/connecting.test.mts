import { Agent, request } from 'node:http';

import { throughFetch } from '../../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import { throughFetchFirst, throughHelper } from '../../../nodes/KingdeeJdy/gateway/transport/helper.ts';
import type { HttpRequestHelper } from '../../../nodes/KingdeeJdy/gateway/transport/helper.ts';
import { Emulator } from '../../emulator/server.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { DEAF_HOSTS } from '../../helpers/deafHost.mts';
import type { DeafHost } from '../../helpers/deafHost.mts';
import { save } from '../../helpers/jdy.mts';

const TIMEOUT_MS = 300;
/** Two busy cores let timers come late. */
const LATE_MS = 1500;

describe.each(DEAF_HOSTS)('where there is %s', (_name, start) => {
	let host: DeafHost;
	beforeAll(async () => {
		host = await start();
	});
	afterAll(async () => await host.stop());

	it.each([
		['fetch', () => throughFetch(), TIMEOUT_MS],
		['fetch as the first of two ways', throughFetchFirst, TIMEOUT_MS / 2],
	])('%s says that nothing was sent, in time', async (_way, way, withinMs) => {
		const startedAtMs = performance.now();
		const result = await way()({ method: 'POST', url: `https://127.0.0.1:${host.port}/jdy/v2/cust/save`, headers: { 'app-token': 'x' }, body: '{"biz_type":"ts_1","data":{}}' }, { timeoutMs: TIMEOUT_MS });
		expect(result).toMatchObject({ type: 'notSent', reason: 'notConnected' });
		expect(performance.now() - startedAtMs).toBeLessThan(withinMs + LATE_MS);
	});

	it("n8n's helper says that nothing was sent, in time", async () => {
		const emulator = await Emulator.start();
		const credential = { ...tokenCredential(emulator), gatewayUrl: `https://127.0.0.1:${host.port}` };
		const startedAtMs = performance.now();
		const { failed } = await save(emulator, { items: [{}], credential, parameters: { options: { timeout: TIMEOUT_MS, maxAttempts: 1 } }, settings: { onError: 'continueErrorOutput' } });
		const tookMs = performance.now() - startedAtMs;
		await emulator.stop();
		expect(failed[0]?.json).toMatchObject({ error: { message: 'No connection to Kingdee JDY', outcome: 'notSent', errcode: null } });
		expect(tookMs).toBeLessThan(TIMEOUT_MS + LATE_MS);
	});
});

it("n8n's helper sends nothing while its request waits for a socket, as behind a proxy that does not answer", async () => {
	const agent = Object.assign(new Agent(), { createConnection: () => undefined });
	const waiting: HttpRequestHelper = async ({ url, abortSignal }) =>
		await new Promise((_resolve, reject) => {
			const sent = request(String(url), { method: 'POST', agent });
			// As axios does.
			(abortSignal as AbortSignal).addEventListener('abort', () => {
				sent.destroy();
				reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED', request: sent }));
			});
			sent.end('{}');
		});
	const result = await throughHelper(waiting)({ method: 'POST', url: 'http://127.0.0.1:9/', headers: {}, body: '{}' }, { timeoutMs: 100 });
	expect(result).toEqual({ type: 'notSent', reason: 'notConnected', code: 'TIMEOUT' });
});
