import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';
import type { SaveRun } from '../helpers/jdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

const firm = (no: number): Account => ({ ...demoAccount, accountId: `160000000000000010${no}`, accountName: `Firm ${no}`, serviceId: `710000000${no}`, appKey: `scopeKey${no}` });
const [FIRST, SECOND] = [firm(1), firm(2)];
const NAMES = ['accountId', 'serviceId', 'appKey'] as const;
const STORE = 'engine-test 1f6d2a0e-0001-4000-8000-000000000002';

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;
beforeEach(async () => {
	emulator = await Emulator.start({ accounts: [FIRST, SECOND], callsPerSecond: Infinity, nonceOnce: false });
	store = await freshStore();
});
afterEach(async () => await emulator.stop());

/** Saves items that name their account in `account`, or one of the credential's where they do not. */
async function keep(items: IDataObject[], { options = { account: '={{ $json.account }}' }, ...change }: { options?: IDataObject; accountId?: string; outerInstanceId?: string } = {}): Promise<SaveRun> {
	const credential = { ...instanceCredential(emulator, FIRST), ...change };
	const parameters = { bizType: 'ts_1', deduplicationKey: '={{ $json.no }}', dataMode: 'fields', fields: { assignments: [{ name: 'no', type: 'string', value: '={{ $json.no }}' }] }, options };
	return await save(emulator, { items, credential, parameters, settings: CONTINUE });
}

const booked = () => emulator.gateway.documents.all.map(({ accountId, data }) => [accountId, data.no]);
const known = ({ saved }: SaveRun) => saved.map(({ json }) => json.alreadySaved ?? false);

describe('an account is one scope of keys', () => {
	it.each(NAMES.flatMap((first) => NAMES.map((second) => [first, second] as const)))('named by %s, then by %s', async (first, second) => {
		await keep([{ no: 'A', account: FIRST[first] }]);
		expect(known(await keep([{ no: 'A', account: FIRST[second] }]))).toEqual([true]);
		expect(booked()).toEqual([[FIRST.accountId, 'A']]);
	});

	it.each(NAMES)('named by the credential, then by %s, and the reverse', async (name) => {
		await keep([{ no: 'A' }], { options: {}, accountId: FIRST.accountId });
		expect(known(await keep([{ no: 'A', account: FIRST[name] }], { accountId: FIRST.appKey }))).toEqual([true]);
		await keep([{ no: 'B', account: FIRST[name] }], { accountId: FIRST.accountId });
		expect(known(await keep([{ no: 'B' }], { options: {}, accountId: FIRST.serviceId }))).toEqual([true]);
		expect(booked()).toHaveLength(2);
	});

	it('named by its own instance as well', async () => {
		await keep([{ no: 'A', account: FIRST.accountId }]);
		const options = { account: '={{ $json.account }}', instanceId: FIRST.outerInstanceId };
		expect(known(await keep([{ no: 'A', account: FIRST.appKey }], { options }))).toEqual([true]);
		expect(booked()).toHaveLength(1);
	});

	it.each(NAMES)('named by %s, where the app needs no Instance ID', async (name) => {
		const own = { outerInstanceId: '', accountId: FIRST.accountId };
		await keep([{ no: 'A' }], { ...own, options: {} });
		expect(known(await keep([{ no: 'A', account: FIRST[name] }, { no: 'A', account: SECOND[name] }], own))).toEqual([true, false]);
		expect(booked()).toEqual([[FIRST.accountId, 'A'], [SECOND.accountId, 'A']]);
	});

	it('and another account is another scope, also within one run', async () => {
		const items = [FIRST, SECOND].flatMap(({ accountId }) => ['A', 'B'].map((no) => ({ no, account: accountId })));
		expect(known(await keep(items))).toEqual([false, false, false, false]);
		expect(known(await keep(items.map(({ no, account }) => ({ no, account: account === FIRST.accountId ? FIRST.serviceId : SECOND.appKey }))))).toEqual([true, true, true, true]);
		expect(booked()).toHaveLength(4);
	});

	it('in one run: a document is sent once, whichever names its items use', async () => {
		const { saved, failed } = await keep(NAMES.map((name) => ({ no: 'A', account: FIRST[name] })));
		expect(failed).toEqual([]);
		expect(saved.map(({ json }) => json.description)).toEqual(['success', 'already saved by item 0 of this run', 'already saved by item 0 of this run']);
		expect(booked()).toHaveLength(1);
	});
});

describe('marks of earlier builds', () => {
	it.each(NAMES.flatMap((old) => NAMES.map((now) => [old, now] as const)))('are found: written for %s, asked for by %s', async (old, now) => {
		store.lists.set(STORE, [`seen:ts_1@${FIRST[old]}:A`, `seen:ts_1@${FIRST[old]}:B`, `open:ts_1@${FIRST[old]}:B`]);
		const run = await keep([{ no: 'A', account: FIRST[now] }, { no: 'B', account: FIRST[now] }, { no: 'C', account: FIRST[now] }]);
		expect(known(run)).toEqual([true, false]);
		expect(run.failed.map(({ json }) => [json.no, (json.error as IDataObject).outcome])).toEqual([['B', 'unknown']]);
		expect(booked()).toEqual([[FIRST.accountId, 'C']]);
		// What was looked for and is not there leaves nothing behind.
		const marks = (store.lists.get(STORE) ?? []).filter((mark) => !mark.startsWith('data:'));
		expect(marks.sort()).toEqual([`open:ts_1@${FIRST[old]}:B`, `seen:ts_1@${FIRST.accountId}:C`, `seen:ts_1@${FIRST[old]}:A`, `seen:ts_1@${FIRST[old]}:B`].sort());
	});

	it('are found with the instance behind the name', async () => {
		const instance = FIRST.outerInstanceId;
		store.lists.set(STORE, [`seen:ts_1@${FIRST.appKey}#${instance}:A`]);
		const options = { account: '={{ $json.account }}', instanceId: instance };
		expect(known(await keep([{ no: 'A', account: FIRST.accountId }], { options }))).toEqual([true]);
		expect(booked()).toEqual([]);
	});

	it('without an account are found for that of the credential, and for no other', async () => {
		store.lists.set(STORE, ['seen:ts_1:A']);
		expect(known(await keep([{ no: 'A', account: FIRST.appKey }], { accountId: FIRST.accountId }))).toEqual([true]);
		expect(known(await keep([{ no: 'A', account: SECOND.appKey }], { accountId: FIRST.accountId }))).toEqual([false]);
		expect(booked()).toEqual([[SECOND.accountId, 'A']]);
	});
});

describe('the names of accounts', () => {
	it('are asked for once for all items and runs, and not where no item names an account', async () => {
		const items = Array.from({ length: 30 }, (_unused, no) => ({ no: `N${no}`, account: [FIRST, SECOND][no % 2]?.serviceId ?? '' }));
		await keep(items);
		// One for the names, one for the token of each account.
		expect(callsOf(emulator).authorize).toBe(3);
		await keep(items);
		expect(callsOf(emulator).authorize).toBe(3);
	});

	it('that JDY does not know fail their item alone, without a save', async () => {
		const { saved, failed } = await keep([{ no: 'A', account: '9' }, { no: 'B', account: FIRST.accountId }]);
		expect(saved).toHaveLength(1);
		expect(failed.map(({ json }) => json.error)).toMatchObject([{ message: expect.stringContaining('No valid account fits the Account ID'), outcome: 'notSent' }]);
		expect(booked()).toEqual([[FIRST.accountId, 'B']]);
	});

	it('show no secret, whatever an account is called', async () => {
		const { clientSecret } = demoClient;
		emulator.gateway.settings.accounts = [{ ...FIRST, accountName: clientSecret }, SECOND];
		const { failed } = await keep([{ no: 'A', account: '9' }]);
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([expect.stringContaining(`${FIRST.accountId} (***)`)]);
		expect(JSON.stringify(failed)).not.toContain(clientSecret);
	});

	it('are asked for once in a run that is refused', async () => {
		emulator.gateway.settings.accounts = [];
		const { failed } = await keep(Array.from({ length: 40 }, (_unused, no) => ({ no: `R${no}`, account: `${no}` })));
		expect(failed).toHaveLength(40);
		expect(callsOf(emulator).authorize).toBe(1);
	});
});
