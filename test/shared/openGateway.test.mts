import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';
import { keyed } from '../helpers/keyed.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

const FIRST = demoAccount;
const SECOND = { ...demoAccount, accountId: '1600000000000000002', accountName: 'Second Trading Co.', serviceId: '7000000002', appKey: 'demoKey2', domain: 'https://vip2.jdy.com' };

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, accounts: [FIRST, SECOND] });
});
afterEach(async () => await emulator.stop());

/** Which account's books each number stands in. */
function books(): Record<string, string | undefined> {
	return Object.fromEntries(emulator.ledger.flatMap(({ savedId, accountId, body }) => (savedId ? [[(JSON.parse(body) as { data: { no: string } }).data.no, accountId]] : [])));
}

/** A credential whose fields are expressions: `A` in the item's field `to` leads to the first account, `B` to the second. */
function perItem(first: ICredentialDataDecryptedObject, second: ICredentialDataDecryptedObject, names: string[]): ICredentialDataDecryptedObject {
	const choices = names.map((name) => [name, `={{ (${JSON.stringify({ A: first[name], B: second[name] })})[$json.to] }}`] as const);
	return { ...first, ...Object.fromEntries(choices) };
}

const WAYS: Array<[way: string, make: () => ICredentialDataDecryptedObject]> = [
	['appToken', () => perItem(tokenCredential(emulator, FIRST), tokenCredential(emulator, SECOND), ['appToken', 'routerDomain'])],
	['appKey', () => perItem(appKeyCredential(emulator, FIRST), appKeyCredential(emulator, SECOND), ['appKey', 'appSecret', 'routerDomain'])],
	['instance', () => perItem({ ...instanceCredential(emulator), accountId: FIRST.accountId }, { accountId: SECOND.serviceId }, ['accountId'])],
];

describe.each(WAYS)('a credential with expressions, in the way %s', (way, make) => {
	it('leads each item into its own account, whichever comes first', async () => {
		const credential = make();
		const items = ['A', 'B', 'B', 'A'].map((to, index) => ({ no: `D${index}`, to }));
		const { saved, credentialReads } = await save(emulator, { items, credential, parameters: { options: { concurrency: 2 } } });
		expect(saved).toHaveLength(4);
		expect(books()).toEqual({ D0: FIRST.accountId, D1: SECOND.accountId, D2: SECOND.accountId, D3: FIRST.accountId });
		expect(credentialReads).toBe(4);
		expect(callsOf(emulator)).toEqual({ save: 4, token: way === 'appToken' ? 0 : 2, authorize: way === 'instance' ? 2 : 0 });
	});

	it('holds back no other account where one is refused', async () => {
		const credential = make();
		const items = ['A', 'B', 'A', 'B'].map((to, index) => ({ no: `D${index}`, to }));
		emulator.chooseFault = ({ target, headers }) => (target === '/jdy/v2/cust/save' && headers['x-gw-router-addr'] === FIRST.domain ? refuse(1020002008) : undefined);
		const { saved, failed } = await save(emulator, { items, credential, settings: CONTINUE });
		expect(saved.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(['rejected', 'notSent']);
		expect(callsOf(emulator).save).toBe(3);
	});

	it('refuses one key for two accounts: one of the two would be lost', async () => {
		await freshStore();
		const credential = make();
		const items = ['A', 'B'].map((to) => ({ no: 'SAME', to }));
		const parameters = { ...keyed('={{ $json.no }}'), dataMode: 'json', dataJson: '={"no":"SAME"}' };
		const { saved, failed } = await save(emulator, { items, credential, parameters, settings: CONTINUE });
		expect(saved).toHaveLength(1);
		expect(failed[0]?.json.error).toHaveProperty('message', 'Item 1: The Deduplication Key "SAME" of item 1 is that of item 0 as well, but they go to different accounts; put the account into the key as well');
	});
});

it('a credential that an item leaves incomplete fails for that item alone', async () => {
	const good = tokenCredential(emulator, FIRST);
	const credential = perItem(good, { ...good, appToken: '' }, ['appToken']);
	const { saved, failed } = await save(emulator, { items: [{ no: 1, to: 'A' }, { no: 2, to: 'B' }], credential, settings: CONTINUE });
	expect(saved).toHaveLength(1);
	expect(failed[0]?.json).toMatchObject({ error: { message: 'Item 1: App Token must not be empty', outcome: 'notSent' } });
});

it('a credential without expressions is one account: its pace and its session are shared by all items', async () => {
	const { saved } = await save(emulator, { items: Array.from({ length: 5 }, (_unused, no) => ({ no })), credential: appKeyCredential(emulator) });
	expect(saved).toHaveLength(5);
	expect(callsOf(emulator)).toEqual({ save: 5, token: 1, authorize: 0 });
});
