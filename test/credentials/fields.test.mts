import type { INodeProperties } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { Emulator } from '../emulator/server.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { save } from '../helpers/jdy.mts';

function fieldOf(name: string): INodeProperties | undefined {
	return new KingdeeJdyApi().properties.find((property) => property.name === name);
}

describe('a new credential', () => {
	it('opens on the way that is recommended', () => {
		expect([fieldOf('authentication')?.default, fieldOf('authentication')?.options?.[0]]).toEqual(['instance', expect.objectContaining({ name: 'Instance ID', value: 'instance' })]);
	});

	it('says first where the Instance ID is, and does not require it', () => {
		const { description, required } = fieldOf('outerInstanceId') ?? {};
		expect(description).toMatch(/^On open\.jdy\.com, in your app: .*授权记录.*第三方实例ID/);
		expect(required).not.toBe(true);
	});
});

it('a credential that n8n stored without its default is one by Instance ID, for the items that name an account as well', async () => {
	const emulator = await Emulator.start();
	const { authentication: _default, ...credential } = instanceCredential(emulator);
	const [account] = emulator.gateway.settings.accounts;
	const { saved } = await save(emulator, { items: [{}], credential });
	const named = await save(emulator, { items: [{}], credential, parameters: { options: { account: account?.accountId } } });
	await emulator.stop();
	expect([saved.length, named.saved.length]).toEqual([1, 1]);
});
