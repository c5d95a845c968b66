/** @jest-environment ./test/helpers/officialHostEnvironment.mts */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { certificate } from '../../helpers/certificate.mts';
import { appKeyCredential, tokenCredential } from '../../helpers/credentials.mts';
import { DEAF_HOSTS } from '../../helpers/deafHost.mts';
import type { DeafHost } from '../../helpers/deafHost.mts';
import { save } from '../../helpers/jdy.mts';
import { leadTo, officialHost } from '../../helpers/officialHost.mts';

const TIMEOUT_MS = 2000;
/** Two busy cores let timers come late. */
const LATE_MS = 900;
const gatewayUrl = 'https://api.kingdee.com';
const host = officialHost();

let emulator: Emulator;
beforeEach(async () => {
	const tls = await certificate(['api.kingdee.com']);
	emulator = await Emulator.start({}, { tls });
	leadTo(emulator, tls);
});
afterEach(async () => await emulator.stop());

async function timed(credential: ICredentialDataDecryptedObject, count = 1) {
	const startedAtMs = performance.now();
	const items = Array.from({ length: count }, (_unused, no) => ({ no }));
	const { saved, failed } = await save(emulator, { items, credential: { ...credential, gatewayUrl }, parameters: { options: { timeout: TIMEOUT_MS, maxAttempts: 1 } }, settings: { onError: 'continueErrorOutput' } });
	return { saved, failed, tookMs: performance.now() - startedAtMs };
}

describe.each(DEAF_HOSTS)('the official gateway behind %s', (_name, start) => {
	let deaf: DeafHost;
	beforeAll(async () => {
		deaf = await start();
	});
	afterAll(async () => await deaf.stop());

	it("is reached through n8n's helper within the same deadline, and the way is remembered", async () => {
		host.port = deaf.port;
		const first = await timed(tokenCredential(emulator));
		expect(first.saved).toHaveLength(1);
		expect(first.tookMs).toBeLessThan(TIMEOUT_MS / 2 + LATE_MS);
		const { connections } = host;
		expect((await timed(tokenCredential(emulator), 3)).saved).toHaveLength(3);
		expect(host.connections).toBe(connections);
		expect(emulator.savedIds).toHaveLength(4);
	});

	it('is reached by neither way and gives no token either: nothing was sent, and both ways together take no longer than the Timeout', async () => {
		Object.assign(host, { port: deaf.port, helperPort: deaf.port });
		const [withToken, withKey] = await Promise.all([timed(tokenCredential(emulator)), timed(appKeyCredential(emulator))]);
		expect(withToken.failed[0]?.json).toMatchObject({ error: { message: 'No connection to Kingdee JDY', outcome: 'notSent', errcode: null } });
		expect(withKey.failed[0]?.json).toMatchObject({ error: { message: expect.stringMatching(/^No app token was issued: /), outcome: 'notSent' } });
		expect(Math.max(withToken.tookMs, withKey.tookMs)).toBeLessThan(TIMEOUT_MS + LATE_MS);
	});

	it("gives a token through n8n's helper", async () => {
		host.port = deaf.port;
		const { saved } = await timed(appKeyCredential(emulator));
		expect(saved).toHaveLength(1);
	});
});
