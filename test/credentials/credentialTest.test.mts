/** @jest-environment ./test/helpers/officialHostEnvironment.mts */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { answerWith, html } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { certificate } from '../helpers/certificate.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import type { Verdict } from '../helpers/credentialTest.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { credentialWith, secretsOf } from '../helpers/jdy.mts';
import { OFFICIAL_NAME, leadTo, officialHost } from '../helpers/officialHost.mts';
import { keepProduced } from '../helpers/produced.mts';

type Credential = ICredentialDataDecryptedObject;

let emulator: Emulator;
let account: Account;
const table: string[] = [];

afterEach(async () => await emulator.stop());

afterAll(() => {
	console.log(`What the Test button says\n\n${table.join('\n')}`);
});

/**
 * Where the gateway stands. At the official one every way lists documents, with a token that is fetched before; at any other
 * the call for the token itself is tried.
 */
const GATEWAYS: Array<[name: string, start: () => Promise<void>]> = [
	[
		'another gateway',
		async () => {
			emulator = await Emulator.start({ accounts: [account] });
		},
	],
	[
		'the official gateway',
		async () => {
			const tls = await certificate([OFFICIAL_NAME]);
			emulator = await Emulator.start({ accounts: [account] }, { tls });
			leadTo(emulator, tls);
		},
	],
];

const isOfficial = () => emulator.url.startsWith('https:');

const WAYS: Array<[way: string, credential: () => Credential]> = [
	['appToken', () => at(tokenCredential(emulator, account))],
	['appKey', () => at(appKeyCredential(emulator, account))],
	['instance', () => at(instanceCredential(emulator, account))],
];

function at(credential: Credential): Credential {
	return isOfficial() ? { ...credential, gatewayUrl: `https://${OFFICIAL_NAME}` } : credential;
}

/** Presses the button in an n8n that has just been started. */
async function press(way: string, what: string, credential: Credential): Promise<Verdict> {
	const verdict = await testCredential(credential, credentialWith(createState()));
	keepProduced(verdict, secretsOf(emulator, credential));
	table.push(`${(isOfficial() ? 'official' : '').padEnd(9)}${way.padEnd(9)} ${what.padEnd(34)} ${verdict.status.padEnd(6)} ${verdict.message}`);
	return verdict;
}

/** What is wrong, for which ways, the change, and what the red text must name. */
const WRONG: Array<[what: string, ways: string[], change: Credential, names: RegExp]> = [
	['wrong Client ID', ['appToken', 'appKey', 'instance'], { clientId: '1' }, /Client ID/],
	['wrong Client Secret', ['appToken', 'appKey', 'instance'], { clientSecret: 'not-the-client-secret' }, /Client Secret/],
	['wrong App Token', ['appToken'], { appToken: 'tk-wrong' }, /App Token/],
	['wrong App Key', ['appKey'], { appKey: 'nobody' }, /App Key/],
	['wrong App Secret', ['appKey'], { appSecret: 'not-the-app-secret' }, /App Secret/],
	['wrong Instance ID', ['instance'], { outerInstanceId: '9' }, /Instance ID/],
	['wrong Router Domain', ['appToken'], { routerDomain: 'https://elsewhere.jdy.com' }, /Router Domain/],
	// Nobody but the official gateway is asked for documents in these ways.
	['wrong Router Domain', ['official appKey'], { routerDomain: 'https://elsewhere.jdy.com' }, /Router Domain/],
	['wrong Account ID', ['official instance'], { accountId: '12' }, /Account ID/],
	['Router Domain without https', ['appToken', 'appKey'], { routerDomain: 'tf.jdy.com' }, /Router Domain/],
	['empty Client ID', ['appToken', 'appKey', 'instance'], { clientId: '' }, /Client ID/],
	['empty Client Secret', ['appToken', 'appKey', 'instance'], { clientSecret: '' }, /Client Secret/],
	['empty App Token', ['appToken'], { appToken: '' }, /App Token/],
	['empty App Key', ['appKey'], { appKey: '' }, /App Key/],
	['empty App Secret', ['appKey'], { appSecret: '' }, /App Secret/],
	['Instance ID that an expression did not find', ['instance'], { outerInstanceId: null as unknown as string }, /Instance ID/],
	['line break in Account ID', ['instance'], { accountId: 'a\nb' }, /Account ID/],
];

const WRONG_BY_WAY = WRONG.flatMap(([what, ways, change, names]) => ways.map((way) => [what, way, change, names] as const));

function credentialFor(way: string): Credential {
	const found = WAYS.find(([name]) => name === way);
	if (!found) throw new Error(way);
	return found[1]();
}

describe.each(GATEWAYS)('the Test button at %s', (where, start) => {
	beforeEach(async () => {
		account = { ...demoAccount };
		await start();
	});

	const isFetched = where === 'the official gateway';

	it.each(WAYS)('is green for a good credential in the way %s', async (way, credential) => {
		expect(await press(way, 'good', credential())).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(emulator.savedIds).toEqual([]);
	});

	it('is green without an Instance ID for an app of one\'s own firm', async () => {
		expect(await press('instance', 'no Instance ID', { ...credentialFor('instance'), outerInstanceId: '' })).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(emulator.ledger.find(({ path }) => path.endsWith('/push_app_authorize'))).toMatchObject({ query: '', body: '{}' });
	});

	it.each(['', '9'])('says what to enter, and where it is found, where JDY knows no account for the Instance ID "%s"', async (outerInstanceId) => {
		emulator.gateway.settings.ownAccounts = false;
		const { status, message } = await press('instance', `no account for "${outerInstanceId}"`, { ...credentialFor('instance'), outerInstanceId });
		expect([status, /Enter the Instance ID.*open\.jdy\.com.*授权记录.*第三方实例ID/.test(message)]).toEqual(['Error', true]);
	});

	it.each(WAYS)('is green where the tested document type does not exist, with %s', async (way, credential) => {
		emulator.gateway.settings.bizTypes = ['ts_1'];
		expect((await press(way, 'good, no such type', credential())).status).toBe('OK');
	});

	it.each(WRONG_BY_WAY.filter(([, way]) => isFetched || !way.startsWith('official')))('names the field: %s with %s', async (what, whose, change, names) => {
		const way = whose.replace('official ', '');
		const { status, message } = await press(way, what, { ...credentialFor(way), ...change });
		expect(status).toBe('Error');
		expect(message).toMatch(names);
	});

	it.each(WAYS.slice(0, isFetched ? 3 : 1))('says so where the app lacks the permission, with %s', async (way, credential) => {
		emulator.gateway.settings.clients = [{ ...demoClient, permissions: [] }];
		expect((await press(way, 'no permission', credential())).message).toMatch(/permission.*\(4012\)/);
	});

	it.each(WAYS.slice(0, isFetched ? 3 : 1))('names the router domain where the gateway cannot reach it, with %s', async (way, credential) => {
		emulator.gateway.settings.wrongRouter = 'badGateway';
		const good = credential();
		// An instance tells its own.
		account.domain = way === 'instance' ? 'https://old.jdy.com' : account.domain;
		if (way === 'instance') emulator.chooseFault = ({ target }) => (target.endsWith('/cust/list') ? html(502) : undefined);
		expect((await press(way, 'bad gateway', way === 'instance' ? good : { ...good, routerDomain: 'https://old.jdy.com' })).message).toMatch(/Router Domain.*\(502\)/);
	});

	it.each(
		(['noRoute', 'apiNotFound', 'apiUnavailable', 'serviceFailed'] as const).flatMap((wrongRouter) => WAYS.slice(0, isFetched ? 2 : 1).map(([way, credential]) => [wrongRouter, way, credential] as const)),
	)('names the router domain where a document is asked for and %s comes back, with %s', async (wrongRouter, way, credential) => {
		emulator.gateway.settings.wrongRouter = wrongRouter;
		const { status, message } = await press(way, `wrong Router Domain: ${wrongRouter}`, { ...credential(), routerDomain: 'https://old.jdy.com' });
		expect(status).toBe('Error');
		expect(message).toMatch(/Router Domain.*\(\d+\)/);
	});

	it.each(WAYS)('names the Gateway URL where something else answers, with %s', async (way, credential) => {
		for (const body of ['<html>hello</html>', '{"hello":"world"}', '[]', '', 'null']) {
			emulator.chooseFault = () => answerWith(200, body);
			const { status, message } = await press(way, `something else answers ${body}`.trimEnd(), credential());
			expect(status).toBe('Error');
			expect(message).toMatch(/Gateway URL/);
		}
	});

	it.each(WAYS)('tells that nothing answers, with %s', async (way, credential) => {
		Object.assign(officialHost(), { port: 9, helperPort: 9 });
		const elsewhere: Credential = isFetched ? {} : { gatewayUrl: 'http://127.0.0.1:9' };
		const { status, message } = await press(way, 'nothing answers', { ...credential(), ...elsewhere });
		expect(status).toBe('Error');
		expect(message).toMatch(isFetched && way !== 'appToken' ? /^No app token was issued: No connection to Kingdee JDY\..*Gateway URL/ : /^ECONNREFUSED$/);
	});

	it.each(WAYS)('sends what was typed as host a token call through n8n alone, with %s', async (way, credential) => {
		await press(way, 'good', credential());
		const { connections, helperConnections } = officialHost();
		if (isFetched) expect([connections > 0, helperConnections]).toEqual([way !== 'appToken', 1]);
		else expect(emulator.ledger.map(({ path }) => path.split('/').at(-1))).toEqual([{ appToken: 'list', appKey: 'kingdee_auth_token', instance: 'push_app_authorize' }[way]]);
	});
});

describe('what counts as the official gateway', () => {
	beforeEach(async () => {
		account = { ...demoAccount };
		await GATEWAYS[1]?.[1]();
	});

	it.each([`https://${OFFICIAL_NAME}/`, ` https://${OFFICIAL_NAME} `, `https://${OFFICIAL_NAME}:443`, 'HTTPS://API.KINGDEE.COM'])('%j does', async (gatewayUrl) => {
		expect(await press('appKey', 'good', { ...appKeyCredential(emulator, account), gatewayUrl })).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(emulator.ledger.map(({ path }) => path.split('/').at(-1))).toEqual(['kingdee_auth_token', 'list']);
	});

	it.each([`https://${OFFICIAL_NAME}.invalid`, `http://${OFFICIAL_NAME}.invalid`, `https://${OFFICIAL_NAME}:9`])('%j does not: the call for a token goes there, through n8n', async (gatewayUrl) => {
		const { connections } = officialHost();
		const { status, message } = await press('appKey', 'a lookalike', { ...appKeyCredential(emulator, account), gatewayUrl });
		expect([status, officialHost().connections - connections]).toEqual(['Error', 0]);
		expect(message).not.toMatch(/[Nn]o app token/);
	});
});
