import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { demoAccount, demoClient } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import { credentialFor, instanceCredential } from '../../helpers/credentials.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import type { NodeOptions } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
const start = async (settings: Partial<Settings> = {}) => void (emulator = await Emulator.start(settings));
afterEach(async () => await emulator.stop());

const branch = { ...demoAccount, accountId: '1600000000000000009', accountName: '分公司', serviceId: '9', appKey: 'branchKey' };

async function getInfo(more: Partial<NodeOptions> & { options?: IDataObject } = {}) {
	const { options = {}, ...others } = more;
	const run = await kingdeeJdy(emulator, { parameters: { resource: 'account', operation: 'getInfo', options }, credential: instanceCredential(emulator), ...others });
	return { ...run, hint: run.hints('JDY').map(({ message }) => message) };
}

describe('Get of an account', () => {
	it('shows the account, its siblings, and what the process knows of it', async () => {
		await start({ accounts: [demoAccount, { ...branch, status: 0 }] });
		const { json } = await getInfo();
		const own = { accountId: demoAccount.accountId, accountName: demoAccount.accountName, serviceId: demoAccount.serviceId, status: 'valid' };
		expect(json).toMatchObject([{
			account: own,
			accounts: [own, { accountId: branch.accountId, accountName: '分公司', status: 'notValid' }],
			authentication: 'instance',
			readOnly: false,
			gatewayUrl: emulator.url,
			routerDomain: demoAccount.domain,
			callsInLastMinute: 1,
			clockOffsetSeconds: 0,
		}]);
		expect(json[0]?.tokenAgeSeconds).toBeLessThan(30);
		expect((json[0]?.account as IDataObject).endsAt).toMatch(/^20\d\d-.*Z$/);
	});

	it('has no secret in it', async () => {
		await start({ accounts: [demoAccount, branch] });
		const { json } = await getInfo({ options: { account: branch.accountId } });
		const secrets = [demoClient.clientSecret, emulator.gateway.tokens.appSecret(demoAccount), emulator.gateway.tokens.appSecret(branch), demoAccount.appKey, branch.appKey, ...emulator.ledger.map(({ headers }) => headers['app-token'] ?? '')].filter((text) => text !== '');
		expect(secrets.length).toBeGreaterThan(5);
		expect(secrets.filter((secret) => JSON.stringify(json).includes(secret))).toEqual([]);
		expect(json).toMatchObject([{ account: { accountName: '分公司' } }]);
	});

	it('lists the accounts where the credential does not say which', async () => {
		await start({ accounts: [demoAccount, branch] });
		const { json, hint } = await getInfo();
		expect(json).toMatchObject([{ account: null, accounts: [{ accountId: demoAccount.accountId }, { accountId: branch.accountId }], tokenAgeSeconds: null, routerDomain: null }]);
		expect(hint).toEqual(['2 accounts, and the credential does not say which: put the accountId of the one you want into Account ID of the credential, or into the option Account']);
	});

	it.each(['appToken', 'appKey'] as const)('knows no siblings with %s', async (way) => {
		await start();
		const { json } = await getInfo({ credential: { ...credentialFor[way](emulator), readOnly: true } });
		expect(json).toMatchObject([{ account: null, accounts: [], authentication: way, readOnly: true, routerDomain: demoAccount.domain, tokenAgeSeconds: way === 'appKey' ? expect.any(Number) : null }]);
	});

	it('counts the calls of others in this process, and sees a clock that is off', async () => {
		await start({ now: () => Date.now() + 90_000 });
		await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'path', value: 'bd/customer' }, filterMode: 'json', filtersJson: '{}' }, credential: instanceCredential(emulator), items: [{}, {}, {}] });
		const { json } = await getInfo();
		expect(json).toMatchObject([{ callsInLastMinute: 4 }]);
	});

	it('is green for an app without the permission for custom documents: it was answered', async () => {
		await start({ clients: [{ ...demoClient, permissions: ['/jdy/v2/bd'] }] });
		const { json, error } = await getInfo();
		expect([error, json[0]?.routerDomain]).toEqual([undefined, demoAccount.domain]);
	});

	it.each([
		['a wrong secret', (): IDataObject => ({ clientSecret: 'x'.repeat(32) }), 4008],
		['an Instance ID that nobody has', (): IDataObject => ({ outerInstanceId: '7' }), null],
	])('fails with %s', async (_what, change, errcode) => {
		await start();
		const { done, failed } = await getInfo({ credential: { ...instanceCredential(emulator), ...change() } as never, settings: CONTINUE });
		expect([done, (failed[0]?.json.error as IDataObject).errcode]).toEqual([[], errcode]);
	});

	it('is a tool', async () => {
		await start();
		const { json } = await getInfo({ isTool: true });
		expect(json).toMatchObject([{ account: { accountId: demoAccount.accountId } }]);
	});
});
