import type { IDataObject } from 'n8n-workflow';

import { refuse, silence } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { save } from '../helpers/jdy.mts';
import { CONTINUE } from '../helpers/settings.mts';

const firm = (no: number): Account => ({
	...demoAccount,
	accountId: String(1600000000000000100n + BigInt(no)),
	accountName: `Firm ${no}`,
	serviceId: String(7100000000 + no),
	appKey: `laneKey${no}`,
});
const ACCOUNTS = Array.from({ length: 20 }, (_unused, no) => firm(no));

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ accounts: ACCOUNTS, callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** Items for all accounts in turn, so many for each. */
function items(each: number, name: 'accountId' | 'serviceId' | 'appKey' = 'accountId'): IDataObject[] {
	return Array.from({ length: each * ACCOUNTS.length }, (_unused, no) => ({ no, account: ACCOUNTS[no % ACCOUNTS.length]?.[name] ?? '' }));
}

const options = (more: IDataObject = {}) => ({ options: { account: '={{ $json.account }}', ...more } });

describe('many accounts in one run', () => {
	it.each(['accountId', 'serviceId', 'appKey'] as const)('each document stands in the books of the account that its item names by %s', async (name) => {
		const all = items(5, name);
		const { saved, failed } = await save(emulator, { items: all, credential: instanceCredential(emulator), parameters: options({ concurrency: 3 }), settings: CONTINUE });
		expect(failed).toEqual([]);
		expect(saved.map(({ json }) => (json.data as { data: { no: number } }).data.no)).toEqual(all.map(({ no }) => no));
		expect(emulator.gateway.documents.all.map(({ accountId, data }) => [data.account, accountId])).toEqual(
			emulator.gateway.documents.all.map(({ data }) => [data.account, ACCOUNTS.find((account) => account[name] === data.account)?.accountId]),
		);
		expect(emulator.gateway.documents.all).toHaveLength(100);
	});

	it('a refused one, a slow one and one that is unknown hold back nobody else', async () => {
		const [refused, slow] = ACCOUNTS;
		if (refused) refused.status = 0;
		emulator.chooseFault = ({ body }) => (body.includes(`"account":"${slow?.accountId}"`) ? silence(false) : undefined);
		const all = [...items(5), { no: 100, account: '9' }, { no: 101, account: '9' }];
		const { saved, failed } = await save(emulator, { items: all, credential: instanceCredential(emulator), parameters: options({ timeout: 2000, maxAttempts: 1, concurrency: 5 }), settings: CONTINUE });
		if (refused) refused.status = 1;
		expect(saved).toHaveLength(90);
		expect(failed).toHaveLength(12);
		expect(new Set(failed.map(({ json }) => json.account))).toEqual(new Set([refused?.accountId, slow?.accountId, '9']));
	});

	it('one refused account in 200 leaves 199 whole', async () => {
		const accounts = Array.from({ length: 200 }, (_unused, no): Account => ({ ...firm(no), status: no === 77 ? 0 : 1 }));
		emulator.gateway.settings.accounts = accounts;
		const all = Array.from({ length: 1000 }, (_unused, no) => ({ no, account: accounts[no % 200]?.accountId ?? '' }));
		const { saved, failed } = await save(emulator, { items: all, credential: instanceCredential(emulator), parameters: options(), settings: CONTINUE });
		expect(saved).toHaveLength(995);
		expect(failed.map(({ json }) => json.account)).toEqual(Array.from({ length: 5 }, () => '1600000000000000177'));
		expect(emulator.gateway.documents.all.filter(({ accountId, data }) => accountId !== data.account)).toEqual([]);
		expect(emulator.gateway.documents.all).toHaveLength(995);
	});

	it('no more than 50 calls are on their way at once, and so many for one account as Concurrency says', async () => {
		let [underWay, most] = [0, 0];
		emulator.chooseFault = ({ target }) => {
			if (!target.includes('/cust/')) return undefined;
			most = Math.max(most, (underWay += 1));
			return undefined;
		};
		emulator.onAnswered = ({ path }) => void (underWay -= path.includes('/cust/') ? 1 : 0);
		emulator.gateway.settings.serviceMs = 15;
		const { saved } = await save(emulator, { items: items(10), credential: instanceCredential(emulator), parameters: options({ concurrency: 10 }) });
		expect(saved).toHaveLength(200);
		expect(most).toBeLessThanOrEqual(50);
		expect(most).toBeGreaterThan(20);
	});

	it('the first failure stops all of them where the node stops', async () => {
		emulator.gateway.settings.serviceMs = 10;
		emulator.chooseFault = ({ body }) => (body.includes('"no":7,') ? refuse(1030002000, 'missing') : undefined);
		const { error } = await save(emulator, { items: items(10), credential: instanceCredential(emulator), parameters: options() });
		expect(error?.context).toMatchObject({ itemIndex: 7, errcode: 1030002000, savedCount: emulator.savedIds.length });
		expect(emulator.savedIds.length).toBeLessThan(100);
	});

	it.each([
		['blank', ' ', 'Account must not be blank'],
		['missing', undefined, 'Account must not be blank'],
		['a number that lost digits', 1600000000000000100, 'Account is 1600000000000000000, a number that has lost digits; give it as text'],
		['not filled in', '{{ $json.x }}', 'Account holds an expression that is not filled in; switch the field from Fixed to Expression'],
	])('refuses an account that is %s before anything is sent', async (_name, account, complaint) => {
		const { error } = await save(emulator, { items: [{ account: account as string }], credential: instanceCredential(emulator), parameters: options() });
		expect(error?.message).toBe(complaint);
		expect(emulator.connections).toBe(0);
	});

	it('is for a credential of the way Instance ID', async () => {
		const { error } = await save(emulator, { items: items(1), credential: tokenCredential(emulator), parameters: options() });
		expect(error?.message).toBe('Account needs a credential whose Authentication is Instance ID');
		expect(emulator.connections).toBe(0);
	});

	it('takes another instance, and there no account of the credential', async () => {
		const other = { ...demoAccount, clientId: demoClient.clientId, outerInstanceId: '77', accountId: '88', appKey: 'elsewhere' };
		emulator.gateway.settings.accounts = [...ACCOUNTS, other];
		const credential = { ...instanceCredential(emulator), accountId: ACCOUNTS[0]?.accountId ?? '' };
		await save(emulator, { items: [{}, { instance: '77' }], credential, parameters: { options: { instanceId: '={{ $json.instance ?? "1500000000000000001" }}', account: '={{ $json.instance ? "88" : "1600000000000000100" }}' } } });
		expect(emulator.gateway.documents.all.map(({ accountId }) => accountId).sort()).toEqual(['1600000000000000100', '88']);
	});
});
