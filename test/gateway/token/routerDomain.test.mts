import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../../helpers/credentials.mts';
import { callsOf, save } from '../../helpers/jdy.mts';

let emulator: Emulator;
let account: typeof demoAccount;

beforeEach(async () => {
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account] });
});
afterEach(async () => await emulator.stop());

/** Domains have been seen with http and https, with a slash at the end and without [C]; and what is sent for each. */
const FORMS = [
	['https://tf.jdy.com', 'https://tf.jdy.com'],
	['https://tf.jdy.com/', 'https://tf.jdy.com'],
	['http://tf.jdy.com', 'http://tf.jdy.com'],
	['http://tf.jdy.com/', 'http://tf.jdy.com'],
] as const;

const TYPED: Array<[way: string, credential: () => ICredentialDataDecryptedObject]> = [
	['appToken', () => tokenCredential(emulator, account)],
	['appKey', () => appKeyCredential(emulator, account)],
];

const sentDomains = () => emulator.ledger.filter(({ path }) => path === '/jdy/v2/cust/save').map(({ headers }) => headers['x-gw-router-addr']);

describe.each(FORMS)('the router domain %s', (domain, sent) => {
	it.each(TYPED)('is taken as it was typed, with %s', async (_way, credential) => {
		const { saved } = await save(emulator, { items: [{}], credential: { ...credential(), routerDomain: domain } });
		expect([saved.length, sentDomains()]).toEqual([1, [sent]]);
	});

	it('is taken as JDY gave it for the instance', async () => {
		account.domain = domain;
		const { saved } = await save(emulator, { items: [{}, {}], credential: instanceCredential(emulator, account) });
		expect([saved.length, sentDomains(), callsOf(emulator)]).toEqual([2, [sent, sent], { token: 1, authorize: 1, save: 2 }]);
	});
});
