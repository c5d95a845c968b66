import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import type { Verdict } from '../helpers/credentialTest.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { secretsOf } from '../helpers/jdy.mts';
import { keepProduced } from '../helpers/produced.mts';

type Credential = ICredentialDataDecryptedObject;

let emulator: Emulator;
let account: Account;
const table: string[] = [];

beforeEach(async () => {
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account] });
});

afterEach(async () => await emulator.stop());

afterAll(() => {
	console.log(`What the Test button says\n\n${table.join('\n')}`);
});

const WAYS: Array<[way: string, credential: () => Credential]> = [
	['appToken', () => ({ ...tokenCredential(emulator), appToken: emulator.gateway.tokens.issue(account) })],
	['appKey', () => appKeyCredential(emulator, account)],
	['instance', () => instanceCredential(emulator, account)],
];

async function press(way: string, what: string, credential: Credential): Promise<Verdict> {
	const verdict = await testCredential(credential);
	keepProduced(verdict, secretsOf(emulator, credential));
	table.push(`${way.padEnd(9)} ${what.padEnd(34)} ${verdict.status.padEnd(6)} ${verdict.message}`);
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
	['Router Domain without https', ['appToken', 'appKey'], { routerDomain: 'tf.jdy.com' }, /Router Domain/],
	['empty Client ID', ['appToken', 'appKey', 'instance'], { clientId: '' }, /Client ID/],
	['empty Client Secret', ['appToken', 'appKey', 'instance'], { clientSecret: '' }, /Client Secret/],
	['empty App Token', ['appToken'], { appToken: '' }, /App Token/],
	['empty App Key', ['appKey'], { appKey: '' }, /App Key/],
	['empty App Secret', ['appKey'], { appSecret: '' }, /App Secret/],
	['empty Instance ID', ['instance'], { outerInstanceId: '' }, /Instance ID/],
	['line break in Account ID', ['instance'], { accountId: 'a\nb' }, /Account ID/],
];

const WRONG_BY_WAY = WRONG.flatMap(([what, ways, change, names]) => ways.map((way) => [what, way, change, names] as const));

function credentialFor(way: string): Credential {
	const found = WAYS.find(([name]) => name === way);
	if (!found) throw new Error(way);
	return found[1]();
}

describe('the Test button', () => {
	it.each(WAYS)('is green for a good credential in the way %s', async (way, credential) => {
		expect(await press(way, 'good', credential())).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(emulator.savedIds).toEqual([]);
	});

	it.each(WAYS)('is green where the tested document type does not exist, with %s', async (way, credential) => {
		emulator.gateway.settings.bizTypes = ['ts_1'];
		expect((await press(way, 'good, no such type', credential())).status).toBe('OK');
	});

	it.each(WRONG_BY_WAY)('names the field: %s with %s', async (what, way, change, names) => {
		const { status, message } = await press(way, what, { ...credentialFor(way), ...change });
		expect(status).toBe('Error');
		expect(message).toMatch(names);
	});

	it.each(WAYS.slice(0, 1))('says so where the app lacks the permission, with %s', async (way, credential) => {
		emulator.gateway.settings.clients = [{ ...demoClient, permissions: [] }];
		expect((await press(way, 'no permission', credential())).message).toMatch(/permission.*\(4012\)/);
	});

	it.each(WAYS.slice(0, 1))('names the router domain where the gateway cannot reach it, with %s', async (way, credential) => {
		emulator.gateway.settings.wrongRouter = 'badGateway';
		expect((await press(way, 'bad gateway', { ...credential(), routerDomain: 'https://old.jdy.com' })).message).toMatch(/Router Domain.*\(502\)/);
	});

	it.each(WAYS)('names the Gateway URL where something else answers, with %s', async (way, credential) => {
		const bodies = ['<html>hello</html>', '{"hello":"world"}', '[]', '', 'null'];
		for (const body of bodies) {
			const other = createServer((_request, response) => response.end(body));
			await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
			const gatewayUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
			const { status, message } = await press(way, `something else answers ${body}`.trimEnd(), { ...credential(), gatewayUrl });
			other.close();
			expect(status).toBe('Error');
			expect(message).toMatch(/Gateway URL/);
		}
	});

	it.each(WAYS)('tells that nothing answers, with %s', async (way, credential) => {
		const { status, message } = await press(way, 'nothing answers', { ...credential(), gatewayUrl: 'http://127.0.0.1:9' });
		expect(status).toBe('Error');
		expect(message).toBe('ECONNREFUSED');
	});
});
