import { demoCustomFields } from './customFields.mts';
import { demoAccount } from './settings.mts';
import type { Account, Settings } from './settings.mts';

/**
 * An account to try App Key with: two token calls a minute are allowed for each app key, and both the test of a credential
 * and the nodes make them.
 */
export const demoBranch: Account = {
	...demoAccount,
	outerInstanceId: '1500000000000000002',
	accountId: '1600000000000000002',
	accountName: 'Demo Branch Co.',
	serviceId: '7000000002',
	appKey: 'demoKey2',
};

/**
 * What the emulator holds where people look at it: custom fields and a small firm. It confirms each ID of an operation, as
 * `sys/common_operate` does: with an empty answer several IDs end as unknown, which is no first impression.
 */
export const demoSettings: Partial<Settings> = { accounts: [demoAccount, demoBranch], customFields: demoCustomFields, seed: 'firm', operateShape: 'idNumberMap' };
