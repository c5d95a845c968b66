/** @jest-environment ./test/helpers/officialHostEnvironment.mts */
import type { ICredentialDataDecryptedObject, IHttpRequestMethods } from 'n8n-workflow';

import { authenticateWith } from '../../nodes/KingdeeJdy/gateway/authentication/authenticate.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { certificate } from '../helpers/certificate.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { callsOf, stateOf, save } from '../helpers/jdy.mts';
import { OFFICIAL_NAME, leadTo, officialHost } from '../helpers/officialHost.mts';

const LIST = '/jdy/v2/cust/list';
const MANAGEMENT = '/jdyconnector/app_management';
const TOKEN = `${MANAGEMENT}/kingdee_auth_token`;
const AUTHORIZE = `${MANAGEMENT}/push_app_authorize`;
const FETCHING = [['appKey', appKeyCredential], ['instance', instanceCredential]] as const;

let emulator: Emulator;
let state: GatewayState;
beforeEach(() => {
	state = createState();
});
afterEach(async () => await emulator.stop());

async function sign(credential: ICredentialDataDecryptedObject, url: string, method: IHttpRequestMethods = 'POST', how = state) {
	return await authenticateWith(how)(credential, { url, method });
}

/** Sends what `authenticate` gave back, and nothing else. */
async function send(credential: ICredentialDataDecryptedObject, path: string, method: IHttpRequestMethods): Promise<{ status: number; body: unknown }> {
	const { url, headers } = await sign(credential, `${String(credential.gatewayUrl)}${path}`, method);
	const answer = await fetch(url, { method, headers: headers as Record<string, string> });
	return { status: answer.status, body: await answer.json() };
}

describe('at a gateway that somebody typed', () => {
	beforeEach(async () => {
		emulator = await Emulator.start();
		Object.assign(officialHost(), { port: 9, helperPort: undefined, connections: 0, helperConnections: 0 });
	});

	it.each(FETCHING)('no token is fetched, and the text says what to do, with %s', async (_way, credentialOf) => {
		await expect(sign(credentialOf(emulator), `${emulator.url}${LIST}`)).rejects.toThrow(/There is no app token for this Gateway URL yet\..*Kingdee JDY node/);
		expect(emulator.connections).toBe(0);
		expect(officialHost().connections).toBe(0);
	});

	it.each(FETCHING)('the token that a node has fetched is used, with %s', async (_way, credentialOf) => {
		const credential = credentialOf(emulator);
		await save(emulator, { items: [{}], credential });
		const { headers } = await sign(credential, `${emulator.url}${LIST}`, 'POST', stateOf(emulator));
		expect(headers).toMatchObject({ 'app-token': emulator.ledger.at(-1)?.headers['app-token'], 'X-GW-Router-Addr': demoAccount.domain });
		expect(callsOf(emulator)).toMatchObject({ token: 1, save: 1 });
	});

	it('a token that was pasted needs no call', async () => {
		const credential = tokenCredential(emulator);
		expect((await sign(credential, `${emulator.url}${LIST}`)).headers).toMatchObject({ 'app-token': credential.appToken });
		expect(emulator.connections).toBe(0);
	});

	it('the two calls that make tokens are completed from the credential', async () => {
		officialHost().port = Number(new URL(emulator.url).port);
		expect(await send(appKeyCredential(emulator), TOKEN, 'GET')).toMatchObject({ status: 200, body: { errcode: 0, data: { access_token: expect.stringMatching(/^tk-/) } } });
		expect(await send(instanceCredential(emulator), AUTHORIZE, 'POST')).toMatchObject({ status: 200, body: { code: 200, data: [{ accountId: demoAccount.accountId }] } });
		expect(emulator.ledger.map(({ headers }) => headers['app-token'])).toEqual([undefined, undefined]);
	});

	it.each<[name: string, credentialOf: (emulator: Emulator) => ICredentialDataDecryptedObject, path: string]>([
		['a query that is given', instanceCredential, `${AUTHORIZE}?outerInstanceId=other`],
		['the call of the other way', instanceCredential, TOKEN],
		['the call of the other way round', appKeyCredential, AUTHORIZE],
		['another call of the same folder', appKeyCredential, `${MANAGEMENT}/other`],
		['a credential that names no account', tokenCredential, TOKEN],
	])('but %s stays as it is', async (_name, credentialOf, path) => {
		expect((await sign(credentialOf(emulator), `${emulator.url}${path}`)).url).toBe(`${emulator.url}${path}`);
	});
});

describe('at the official gateway', () => {
	beforeEach(async () => {
		const tls = await certificate([OFFICIAL_NAME]);
		emulator = await Emulator.start({}, { tls });
		leadTo(emulator, tls);
	});

	const official = (credential: ICredentialDataDecryptedObject) => ({ ...credential, gatewayUrl: `https://${OFFICIAL_NAME}` });

	it.each(FETCHING)('a token is fetched once and used for all, with %s', async (way, credentialOf) => {
		const credential = official(credentialOf(emulator));
		expect(await send(credential, LIST, 'POST')).toMatchObject({ status: 400 });
		await Promise.all(Array.from({ length: 5 }, async () => await send(credential, LIST, 'POST')));
		expect(callsOf(emulator)).toEqual({ token: 1, authorize: way === 'instance' ? 1 : 0, save: 0 });
		expect(officialHost().helperConnections).toBe(0);
	});

	it.each([
		`https://${OFFICIAL_NAME}.evil.example`,
		`https://${OFFICIAL_NAME}:8443`,
		`http://${OFFICIAL_NAME}`,
		'https://127.0.0.1:9',
	])('but not from %s, which only looks like it', async (gatewayUrl) => {
		await expect(sign({ ...appKeyCredential(emulator), gatewayUrl }, `${gatewayUrl}${LIST}`)).rejects.toThrow(/There is no app token for this Gateway URL yet/);
		expect(officialHost().connections).toBe(0);
	});

	it('a token that cannot be had is told in words for the user, without a secret', async () => {
		const credential = official({ ...appKeyCredential(emulator), appSecret: 'not-the-secret-of-today' });
		const told = await sign(credential, `https://${OFFICIAL_NAME}${LIST}`).catch((error: Error) => error.message);
		expect(told).toMatch(/^No app token was issued: .*Copy the new App Secret from JDY/);
		expect(told).not.toContain('not-the-secret-of-today');
	});
});
