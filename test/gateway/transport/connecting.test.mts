import { throughFetch } from '../../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import { throughFetchFirst } from '../../../nodes/KingdeeJdy/gateway/transport/helper.ts';
import { Emulator } from '../../emulator/server.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { DEAF_HOSTS } from '../../helpers/deafHost.mts';
import type { DeafHost } from '../../helpers/deafHost.mts';
import { save } from '../../helpers/jdy.mts';

const TIMEOUT_MS = 800;
/** Two busy cores let timers come late. */
const LATE_MS = 500;

let host: DeafHost;
afterEach(async () => await host.stop());

describe.each(DEAF_HOSTS)('where there is %s', (_name, start) => {
	beforeEach(async () => {
		host = await start();
	});

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
		expect(failed[0]?.json).toMatchObject({ error: 'No connection to Kingdee JDY', details: { outcome: 'notSent', errcode: null } });
		expect(tookMs).toBeLessThan(TIMEOUT_MS + LATE_MS);
	});
});
