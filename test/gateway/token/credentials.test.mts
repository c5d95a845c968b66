import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { lost, noRoute, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Settings } from '../../emulator/settings.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../../helpers/credentials.mts';
import { callsOf, save, tokenCallsInAnyMinute } from '../../helpers/jdy.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';
import { HOUR_MS, MINUTE_MS, freezeDate, moveDate } from '../../helpers/time.mts';

const ITEMS = [{ no: 1 }, { no: 2 }, { no: 3 }];

let emulator: Emulator;
let account: Settings['accounts'][number];

beforeEach(async () => {
	freezeDate();
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account] });
});

afterEach(async () => {
	expect(tokenCallsInAnyMinute(emulator)).toBeLessThanOrEqual(2);
	await emulator.stop();
	jest.useRealTimers();
});

type Way = [name: string, credential: () => ICredentialDataDecryptedObject];
const WAYS: Way[] = [
	['appKey', () => appKeyCredential(emulator, account)],
	['instance', () => instanceCredential(emulator, account)],
];

/** Does something right before the n-th request to a path is handled, counted from 1. */
function before(path: string, nth: number, act: () => void): void {
	let seen = 0;
	emulator.chooseFault = ({ target }) => {
		if (target.startsWith(path) && ++seen === nth) act();
		return undefined;
	};
}

/** Does something once the n-th save has been answered. */
function afterSave(nth: number, act: () => void): void {
	let seen = 0;
	emulator.onAnswered = ({ path }) => {
		if (path === SAVE && ++seen === nth) act();
	};
}

const SAVE = '/jdy/v2/cust/save';
const TOKEN = '/jdyconnector/app_management/kingdee_auth_token';

describe.each(WAYS)('a run with %s', (name, credential) => {
	const authorize = name === 'instance' ? 1 : 0;

	it('fetches one token for all items', async () => {
		const { saved } = await save(emulator, { items: ITEMS, credential: credential() });
		expect(saved).toHaveLength(3);
		expect(callsOf(emulator)).toEqual({ token: 1, authorize, save: 3 });
	});

	it('shares the session with another execution', async () => {
		const shared = credential();
		await Promise.all([save(emulator, { items: ITEMS, credential: shared }), save(emulator, { items: ITEMS, credential: shared })]);
		await save(emulator, { items: ITEMS, credential: shared });
		expect(callsOf(emulator)).toEqual({ token: 1, authorize, save: 9 });
	});

	it.each([
		['five minutes before it ends', 24 * HOUR_MS - 5 * MINUTE_MS, 2],
		['not sooner', 24 * HOUR_MS - 5 * MINUTE_MS - 1, 1],
		['when a day has turned', 24 * HOUR_MS, 2],
		['when days have turned', 72 * HOUR_MS, 2],
	])('renews the token in the middle of a run %s', async (_when, ms, token) => {
		if (name === 'appKey') emulator.gateway.settings.appSecretLifeMs = Infinity;
		afterSave(1, () => moveDate(ms));
		const { saved } = await save(emulator, { items: ITEMS, credential: credential() });
		expect(saved).toHaveLength(3);
		expect(callsOf(emulator)).toMatchObject({ token, save: 3 });
	});

	it('renews a token that the gateway calls invalid, once', async () => {
		before(SAVE, 2, () => emulator.gateway.tokens.endTokens(account));
		const { saved } = await save(emulator, { items: ITEMS, credential: credential() });
		expect(saved).toHaveLength(3);
		expect(callsOf(emulator)).toMatchObject({ token: 2, save: 4 });
	});

	it('gives up when the new token is refused as well', async () => {
		emulator.chooseFault = ({ target }) => (target.startsWith(SAVE) ? refuse(4011, 'ended') : undefined);
		const { failed } = await save(emulator, { items: ITEMS, credential: credential(), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as { outcome: string }).outcome)).toEqual(['rejected', 'notSent', 'notSent']);
		expect(callsOf(emulator)).toMatchObject({ token: 2, save: 2 });
	});

	it('fails without a document sent when no token can be had', async () => {
		emulator.chooseFault = ({ target }) => (target.startsWith(TOKEN) ? lost(false) : undefined);
		const { failed } = await save(emulator, { items: ITEMS, credential: credential(), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as { outcome: string }).outcome)).toEqual(['notSent', 'notSent', 'notSent']);
		expect(failed[0]?.json.error).toHaveProperty('message', expect.stringMatching(/^No app token was issued: The connection broke/));
		expect(callsOf(emulator)).toMatchObject({ token: 1, save: 0 });
	});

	it('shows in a dry run what is fetched at run time, and fetches nothing', async () => {
		const { saved } = await save(emulator, { items: [{}], credential: credential(), parameters: { options: { dryRun: true } } });
		const router = name === 'appKey' ? 'https://tf.jdy.com' : '(fetched at run time)';
		expect(saved[0]?.json.headers).toMatchObject({ 'app-token': '(fetched at run time)', 'X-GW-Router-Addr': router, 'X-Api-Signature': '***' });
		expect(emulator.connections).toBe(0);
	});

	it('masks in a dry run a token that is held', async () => {
		const shared = credential();
		await save(emulator, { items: [{}], credential: shared });
		const { saved } = await save(emulator, { items: [{}], credential: shared, parameters: { options: { dryRun: true } } });
		expect(saved[0]?.json.headers).toMatchObject({ 'app-token': '***', 'X-GW-Router-Addr': 'https://tf.jdy.com' });
	});
});

describe('two credentials', () => {
	it.each(WAYS)('%s with a wrong secret never gets the token of the right one', async (_name, credential) => {
		const right = credential();
		await save(emulator, { items: [{}], credential: right });
		const { error } = await save(emulator, { items: [{}], credential: { ...right, clientSecret: 'another-secret-altogether' } });
		expect(error?.context).toMatchObject({ outcome: 'notSent', errcode: 4008 });
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('a wrong app secret never gets the token of the right one', async () => {
		const right = appKeyCredential(emulator, account);
		await save(emulator, { items: [{}], credential: right });
		const { error } = await save(emulator, { items: [{}], credential: { ...right, appSecret: 'yesterday-secret' } });
		expect(error?.context).toMatchObject({ outcome: 'notSent', errcode: 1030002006 });
		expect(error?.description).toMatch(/^Nothing was sent for this item\. .* Copy the new App Secret from JDY, or choose Instance ID/);
	});
});

describe('an app secret that rotates', () => {
	it('is asked for again in the way instance', async () => {
		before(TOKEN, 1, () => emulator.gateway.tokens.rotate(account));
		const { saved } = await save(emulator, { items: [{}], credential: instanceCredential(emulator, account) });
		expect(saved).toHaveLength(1);
		expect(callsOf(emulator)).toEqual({ token: 2, authorize: 2, save: 1 });
	});

	it('is asked for again once, not for ever', async () => {
		emulator.chooseFault = ({ target }) => {
			if (target.startsWith(TOKEN)) emulator.gateway.tokens.rotate(account);
			return undefined;
		};
		const { error } = await save(emulator, { items: [{}], credential: instanceCredential(emulator, account) });
		expect(error?.context).toMatchObject({ outcome: 'notSent', errcode: 1030002006 });
		expect(callsOf(emulator)).toEqual({ token: 2, authorize: 2, save: 0 });
	});

	it('is an error that says what to do in the way appKey', async () => {
		const credential = appKeyCredential(emulator, account);
		before(SAVE, 2, () => {
			emulator.gateway.tokens.rotate(account);
			emulator.gateway.tokens.endTokens(account);
		});
		const { saved, failed } = await save(emulator, { items: ITEMS, credential, settings: CONTINUE });
		expect(saved).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ error: { message: 'No app token was issued: 授权密钥校验失败，请获取最新密钥加密', description: expect.stringMatching(/Copy the new App Secret/) } });
		expect(callsOf(emulator)).toMatchObject({ token: 2, save: 2 });
	});
});

describe('an account that moves', () => {
	it.each(['noRoute', 'apiNotFound', 'apiUnavailable'] as const)('is found again at once after %s', async (wrongRouter) => {
		emulator.gateway.settings.wrongRouter = wrongRouter;
		before(SAVE, 2, () => (account.domain = 'https://vip2.jdy.com'));
		const { saved } = await save(emulator, { items: ITEMS, credential: instanceCredential(emulator, account) });
		expect(saved).toHaveLength(3);
		expect(callsOf(emulator)).toEqual({ token: 1, authorize: 2, save: 4 });
	});

	it.each(['badGateway', 'serviceFailed'] as const)('is found again for the next item after %s, whose own outcome is unknown', async (wrongRouter) => {
		emulator.gateway.settings.wrongRouter = wrongRouter;
		before(SAVE, 2, () => (account.domain = 'https://vip2.jdy.com'));
		const { saved, failed } = await save(emulator, { items: ITEMS, credential: instanceCredential(emulator, account), settings: CONTINUE });
		expect(saved).toHaveLength(2);
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		expect(callsOf(emulator)).toEqual({ token: 1, authorize: 2, save: 3 });
	});

	it.each(['noRoute', 'apiNotFound', 'apiUnavailable', 'serviceFailed'] as const)('is found again at once by a read after %s', async (wrongRouter) => {
		emulator.gateway.settings.wrongRouter = wrongRouter;
		const credential = instanceCredential(emulator, account);
		await save(emulator, { items: ITEMS, credential });
		account.domain = 'https://vip2.jdy.com';
		const { done } = await kingdeeJdy(emulator, { parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_45465632434343' }, credential });
		expect(done).toHaveLength(3);
		expect(callsOf(emulator)).toEqual({ token: 1, authorize: 2, save: 3 });
	});

	it.each([
		[5003, 'rejected', { authorize: 2, save: 4 }],
		[3000002000, 'unknown', { authorize: 1, save: 2 }],
	] as const)('that has not moved is asked for at most once: a save that meets %i ends %s', async (code, outcome, calls) => {
		const credential = instanceCredential(emulator, account);
		await save(emulator, { items: [{}], credential });
		emulator.chooseFault = ({ target }) => (target.startsWith(SAVE) ? refuse(code, '服务异常') : undefined);
		const { error } = await save(emulator, { items: [{}], credential });
		expect(error?.context).toMatchObject({ outcome, errcode: code });
		expect(callsOf(emulator)).toEqual({ token: 1, ...calls });
	});

	it('is not asked for again and again where it has not moved', async () => {
		emulator.chooseFault = ({ target }) => (target.startsWith(SAVE) ? noRoute() : undefined);
		const { failed } = await save(emulator, { items: ITEMS, credential: instanceCredential(emulator, account), settings: CONTINUE });
		expect(failed).toHaveLength(3);
		expect(callsOf(emulator)).toEqual({ token: 1, authorize: 2, save: 3 });
	});

	it.each([
		['appToken', () => tokenCredential(emulator)],
		['appKey', () => appKeyCredential(emulator, account)],
	] as Way[])('is an error that names the field in the way %s', async (_name, credential) => {
		const held = credential();
		account.domain = 'https://vip2.jdy.com';
		emulator.gateway.settings.accounts[0] = account;
		const { error } = await save(emulator, { items: [{}], credential: { ...held, routerDomain: 'https://tf.jdy.com', ...(held.authentication === 'appToken' ? { appToken: emulator.gateway.tokens.issue(account) } : {}) } });
		expect(error?.description).toMatch(/Router Domain/);
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 404 });
	});
});
