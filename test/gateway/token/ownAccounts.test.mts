import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Account } from '../../emulator/settings.mts';
import { instanceCredential } from '../../helpers/credentials.mts';
import { callsOf, save } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

/** An app of one's own firm may need no Instance ID: JDY answers the accounts of the app without it [R]. */

const BRANCH: Account = { ...demoAccount, accountId: '1600000000000000002', serviceId: '1700000000000000002', appKey: 'demoKey2', accountName: 'Branch', domain: 'https://vip2-hz.jdy.com' };
const CLOSED: Account = { ...demoAccount, accountId: '1600000000000000003', serviceId: '1700000000000000003', appKey: 'demoKey3', accountName: 'Closed', status: 0 };

let emulator: Emulator;
afterEach(async () => await emulator.stop());

async function start(...accounts: Account[]): Promise<ICredentialDataDecryptedObject> {
	emulator = await Emulator.start({ accounts });
	return { ...instanceCredential(emulator), outerInstanceId: '' };
}

const authorizeCalls = () => emulator.ledger.filter(({ path }) => path.endsWith('/push_app_authorize'));
const savedFor = () => emulator.ledger.filter(({ savedId }) => savedId !== undefined).map(({ accountId }) => accountId);

it.each([
	['empty', { outerInstanceId: '' }],
	['blank', { outerInstanceId: '  ' }],
])('where the Instance ID is %s the account of the app is asked for without it', async (_what, change) => {
	const credential = await start(demoAccount);
	const { saved } = await save(emulator, { items: [{}, {}], credential: { ...credential, ...change } });
	expect([saved.length, callsOf(emulator)]).toEqual([2, { token: 1, authorize: 1, save: 2 }]);
	expect(authorizeCalls()).toMatchObject([{ method: 'POST', query: '', body: '{}' }]);
});

it('one account that is valid is taken, whichever others are not', async () => {
	const credential = await start(CLOSED, BRANCH);
	expect((await save(emulator, { items: [{}], credential })).saved).toHaveLength(1);
	expect(savedFor()).toEqual([BRANCH.accountId]);
});

it.each([['accountId'], ['serviceId'], ['appKey']] as const)('several accounts: one is chosen by its %s', async (name) => {
	const credential = await start(demoAccount, BRANCH);
	expect((await save(emulator, { items: [{}], credential: { ...credential, accountId: BRANCH[name] } })).saved).toHaveLength(1);
	expect(savedFor()).toEqual([BRANCH.accountId]);
});

it('each item may choose its own', async () => {
	const credential = await start(demoAccount, BRANCH);
	const items = [{ account: BRANCH.accountId }, { account: demoAccount.accountId }];
	const { saved } = await save(emulator, { items, credential, parameters: { options: { account: '={{ $json.account }}' } } });
	expect([saved.length, savedFor().sort()]).toEqual([2, [demoAccount.accountId, BRANCH.accountId].sort()]);
});

it('several accounts and none chosen: nothing is sent, and they are named', async () => {
	const credential = await start(demoAccount, BRANCH, CLOSED);
	const { failed } = await save(emulator, { items: [{}], credential, settings: CONTINUE });
	const names = [demoAccount, BRANCH].map(({ accountId, accountName }) => `${accountId} (${accountName})`);
	const message = `More than one account fits the Account ID. The accounts of this app: ${names.join('; ')}; ${CLOSED.accountId} (Closed, not valid)`;
	expect(failed[0]?.json.error).toMatchObject({ message, description: expect.stringContaining('Account ID in the credential'), outcome: 'notSent' });
	expect(savedFor()).toEqual([]);
});

it.each([
	['', 'Kingdee JDY knows no authorised account for this app without an Instance ID'],
	['9', 'Kingdee JDY knows no authorised account under this Instance ID'],
])('no account for the Instance ID "%s": says what to enter, and where it is found', async (outerInstanceId, message) => {
	const credential = await start(demoAccount);
	emulator.gateway.settings.ownAccounts = false;
	const { failed } = await save(emulator, { items: [{}], credential: { ...credential, outerInstanceId }, settings: CONTINUE });
	const { error } = failed[0]?.json as { error: IDataObject };
	expect(error).toMatchObject({ message, outcome: 'notSent' });
	expect(error.description).toMatch(/Enter the Instance ID.*open\.jdy\.com.*授权记录.*第三方实例ID/);
	expect(callsOf(emulator)).toEqual({ token: 0, authorize: 1, save: 0 });
});

it.each([undefined, null])('an expression that finds no Instance ID (%s) is refused: another account would be used', async (outerInstanceId) => {
	const credential = await start(demoAccount);
	const { failed } = await save(emulator, { items: [{}], credential: { ...credential, outerInstanceId } as unknown as ICredentialDataDecryptedObject, settings: CONTINUE });
	expect(failed[0]?.json.error).toMatchObject({ message: 'Item 0: Instance ID must not be empty', outcome: 'notSent' });
	expect(emulator.connections).toBe(0);
});
