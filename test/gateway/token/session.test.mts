import { readCredential } from '../../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import type { RequestContext } from '../../../nodes/KingdeeJdy/gateway/request.ts';
import { openSession, renewSession } from '../../../nodes/KingdeeJdy/gateway/session/session.ts';
import { systemClock } from '../../../nodes/KingdeeJdy/gateway/signing/clock.ts';
import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { throughFetch } from '../../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import type { Session } from '../../../nodes/KingdeeJdy/gateway/types.ts';
import { answerWith, drip, lost } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Account, Settings } from '../../emulator/settings.mts';
import { appKeyCredential, instanceCredential } from '../../helpers/credentials.mts';
import { callsOf, tokenCallsInAnyMinute } from '../../helpers/jdy.mts';
import { HOUR_MS, MINUTE_MS, freezeTime } from '../../helpers/time.mts';

let line: RequestContext;
const OPTIONS = { timeoutMs: 10_000 };

let emulator: Emulator;
let account: Account;

async function start(settings: Partial<Settings> = {}): Promise<void> {
	await emulator?.stop();
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account], ...settings });
}

beforeEach(async () => {
	line = { send: throughFetch(64_000), clock: systemClock, state: createState() };
	freezeTime();
	await start();
});

afterEach(async () => {
	expect(tokenCallsInAnyMinute(emulator)).toBeLessThanOrEqual(2);
	await emulator.stop();
	jest.useRealTimers();
});

async function open(data = appKeyCredential(emulator, account), options: { timeoutMs: number; signal?: AbortSignal } = OPTIONS) {
	return await openSession(line, readCredential(data), options);
}

function sessionOf(result: Awaited<ReturnType<typeof open>> | undefined): Session {
	if (!result || 'failure' in result) throw new Error(`no session: ${result?.failure.message}`);
	return result.session;
}

/** Lets sockets work while timers are fake. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('one session for many', () => {
	it.each([
		['appKey', appKeyCredential, { token: 1, authorize: 0, save: 0 }],
		['instance', instanceCredential, { token: 1, authorize: 1, save: 0 }],
	])('50 callers at once make one token call with %s', async (_name, credential, calls) => {
		const data = credential(emulator, account);
		const sessions = (await Promise.all(Array.from({ length: 50 }, async () => await open(data)))).map(sessionOf);
		expect(new Set(sessions.map(({ appToken }) => appToken)).size).toBe(1);
		expect(callsOf(emulator)).toEqual(calls);
	});

	it('50 callers whose token was refused renew it once', async () => {
		const data = appKeyCredential(emulator, account);
		const stale = sessionOf(await open(data));
		const renewed = await Promise.all(Array.from({ length: 50 }, async () => await renewSession(line, readCredential(data), stale, OPTIONS)));
		expect(new Set(renewed.map((result) => sessionOf(result).appToken)).size).toBe(1);
		expect(callsOf(emulator).token).toBe(2);
	});

	it('a failed refresh is tried anew by the next caller', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost(false) : undefined);
		const data = appKeyCredential(emulator, account);
		expect(await open(data)).toMatchObject({ failure: { kind: 'tokenUnavailable', outcome: 'notSent' } });
		expect(sessionOf(await open(data)).appToken).toMatch(/^tk-/);
	});

	it('a caller whose execution is stopped waits no longer; the others get the session', async () => {
		emulator.chooseFault = () => drip(1, false);
		const data = appKeyCredential(emulator, account);
		const stop = new AbortController();
		const stopped = open(data, { ...OPTIONS, signal: stop.signal });
		const other = open(data);
		stop.abort();
		expect(await stopped).toMatchObject({ failure: { kind: 'cancelled', outcome: 'notSent' } });
		while (emulator.ledger.length === 0) await settle();
		await jest.advanceTimersByTimeAsync(1000);
		expect(sessionOf(await other).appToken).toMatch(/^tk-/);
		expect(callsOf(emulator).token).toBe(1);
	});

	it('no more than 1000 are kept; the one not used for longest goes', async () => {
		const accounts = Array.from({ length: 1001 }, (_unused, index) => ({ ...account, appKey: `${account.appKey}-${index}` }));
		await start({ accounts });
		const at = async (index: number) => await open(appKeyCredential(emulator, accounts[index]));
		for (let index = 0; index < 1000; index++) sessionOf(await at(index));
		sessionOf(await at(0));
		sessionOf(await at(1000));
		expect(callsOf(emulator).token).toBe(1001);
		sessionOf(await at(0));
		expect(callsOf(emulator).token).toBe(1001);
		sessionOf(await at(1));
		expect(callsOf(emulator).token).toBe(1002);
	});

	it('leaves no timer behind', async () => {
		sessionOf(await open());
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('two token calls a minute', () => {
	/** Uses up both calls of the minute. */
	async function exhaust() {
		const data = appKeyCredential(emulator, account);
		const credential = readCredential(data);
		const first = sessionOf(await open(data));
		return { credential, second: sessionOf(await renewSession(line, credential, first, OPTIONS)) };
	}

	it('the third waits for its turn', async () => {
		const { credential, second } = await exhaust();
		const third = renewSession(line, credential, second, { timeoutMs: 90_000 });
		await jest.advanceTimersByTimeAsync(MINUTE_MS - 1);
		await settle();
		expect(callsOf(emulator).token).toBe(2);
		await jest.advanceTimersByTimeAsync(1);
		expect(sessionOf(await third).appToken).not.toBe(second.appToken);
		expect(callsOf(emulator).token).toBe(3);
	});

	it('a wait longer than the timeout is an error that says why', async () => {
		const { credential, second } = await exhaust();
		jest.setSystemTime(Date.now() + 20_000);
		expect(await renewSession(line, credential, second, { timeoutMs: 39_999 })).toMatchObject({
			failure: { kind: 'tokenLimit', outcome: 'notSent', message: 'Kingdee JDY allows two token calls a minute, and the next one is possible in 40 s' },
		});
		expect(callsOf(emulator).token).toBe(2);
	});
});

describe('what the token call tells', () => {
	it.each([
		['seconds', 2 * HOUR_MS, 2 * HOUR_MS],
		['milliseconds', 2 * HOUR_MS, 2 * HOUR_MS],
		['milliseconds', 240 * HOUR_MS, 24 * HOUR_MS],
		['seconds', 27 * HOUR_MS, 24 * HOUR_MS],
		['missing', 24 * HOUR_MS, 24 * HOUR_MS],
		['absurd', 24 * HOUR_MS, 24 * HOUR_MS],
	] as const)('expires in %s of a life of %i ms: used for %i ms less 5 minutes', async (tokenExpires, tokenLifeMs, lifeMs) => {
		await start({ tokenExpires, tokenLifeMs, appSecretLifeMs: Infinity });
		const data = appKeyCredential(emulator, account);
		await open(data);
		jest.setSystemTime(Date.now() + lifeMs - 5 * MINUTE_MS - 1);
		await open(data);
		expect(callsOf(emulator).token).toBe(1);
		jest.setSystemTime(Date.now() + 1);
		await open(data);
		expect(callsOf(emulator).token).toBe(2);
	});

	it('a very short life is used by half', async () => {
		await start({ tokenExpires: 'seconds', tokenLifeMs: 4 * MINUTE_MS });
		const data = appKeyCredential(emulator, account);
		await open(data);
		jest.setSystemTime(Date.now() + 2 * MINUTE_MS - 1);
		await open(data);
		expect(callsOf(emulator).token).toBe(1);
		jest.setSystemTime(Date.now() + 1);
		await open(data);
		expect(callsOf(emulator).token).toBe(2);
	});

	it.each([
		['a list', { tokenData: 'list' }],
		['no domain', { tokenDomain: false }],
		['the documented envelope of push_app_authorize', { authorizeEnvelope: 'errcode' }],
	] as const)('is understood as %s', async (_name, settings) => {
		await start(settings);
		expect(sessionOf(await open(instanceCredential(emulator, account)))).toMatchObject({ appToken: expect.stringMatching(/^tk-/), routerDomain: 'https://tf.jdy.com' });
	});

	it.each([
		['{"errcode":0,"data":{}}', 'tokenUnavailable', 'Kingdee JDY answered the token call without a usable token'],
		['{"errcode":0,"data":{"app-token":"金"}}', 'tokenUnavailable', 'Kingdee JDY answered the token call without a usable token'],
		['{"errcode":0,"data":null}', 'tokenUnavailable', 'Kingdee JDY answered the token call without a usable token'],
		['<html>', 'tokenUnavailable', 'No app token was issued: Kingdee JDY answered HTTP 200 without an explanation'],
		['{"code":500,"msg":"busy"}', 'tokenUnavailable', 'No app token was issued: busy'],
		['{"errcode":1030002003,"description":"no such key"}', 'appKeyRefused', 'No app token was issued: no such key'],
		['{"errcode":4003,"description":"no such client"}', 'client', 'No app token was issued: no such client'],
	])('answered %s, it is the failure %s', async (body, kind, message) => {
		emulator.chooseFault = () => answerWith(200, body);
		expect(await open()).toMatchObject({ failure: { kind, message, outcome: 'notSent' } });
	});

	it('takes access_token where app-token is missing', async () => {
		emulator.chooseFault = () => answerWith(200, { errcode: 0, data: { access_token: 'at-1' } });
		expect(sessionOf(await open()).appToken).toBe('at-1');
	});
});

describe('the account of an instance', () => {
	const rows = () => [
		{ ...account, accountId: '1600000000000000001', accountName: 'Old', serviceId: '71', appKey: `${account.appKey}-a`, status: 0 as const },
		{ ...account, accountId: '1600000000000000002', accountName: 'North', serviceId: '72', appKey: `${account.appKey}-b`, domain: 'https://north.jdy.com' },
		{ ...account, accountId: '1600000000000000003', accountName: 'South', serviceId: '73', appKey: `${account.appKey}-c`, domain: 'https://south.jdy.com' },
	];
	const LISTED = '1600000000000000001 (Old, not valid); 1600000000000000002 (North); 1600000000000000003 (South)';

	it.each([
		['its accountId', () => '1600000000000000003'],
		['its serviceId', () => '73'],
		['its appKey', () => `${account.appKey}-c`],
	])('is chosen by %s', async (_name, accountId) => {
		await start();
		emulator.gateway.settings.accounts = rows();
		expect(sessionOf(await open({ ...instanceCredential(emulator, account), accountId: accountId() })).routerDomain).toBe('https://south.jdy.com');
	});

	it('is the only valid one where none is named', async () => {
		emulator.gateway.settings.accounts = rows().slice(0, 2);
		expect(sessionOf(await open(instanceCredential(emulator, account))).routerDomain).toBe('https://north.jdy.com');
	});

	it.each([
		['none is named and two are valid', '', `More than one account fits the Account ID. The accounts of this instance: ${LISTED}`],
		['the one named is not valid', '71', `No valid account fits the Account ID. The accounts of this instance: ${LISTED}`],
		['the one named is not there', '9', `No valid account fits the Account ID. The accounts of this instance: ${LISTED}`],
	])('is unclear where %s', async (_name, accountId, message) => {
		emulator.gateway.settings.accounts = rows();
		expect(await open({ ...instanceCredential(emulator, account), accountId })).toMatchObject({ failure: { kind: 'accountUnclear', message, outcome: 'notSent' } });
		expect(callsOf(emulator)).toEqual({ token: 0, authorize: 1, save: 0 });
	});

	it('is not found under an unknown instance', async () => {
		expect(await open({ ...instanceCredential(emulator, account), outerInstanceId: '0' })).toMatchObject({
			failure: { kind: 'instanceRefused', message: 'Kingdee JDY knows no authorised account under this Instance ID' },
		});
	});

	it.each([
		['without an app key', '{"code":200,"data":[{"status":1,"accountId":"1","accountName":"A"}]}', 'Kingdee JDY gave no app key for the account 1 (A)'],
		['refused', '{"errcode":1030002003,"description":"no instance"}', 'No app token was issued: no instance'],
	])('%s is an error', async (_name, body, message) => {
		emulator.chooseFault = () => answerWith(200, body);
		expect(await open(instanceCredential(emulator, account))).toMatchObject({ failure: { message, outcome: 'notSent' } });
	});

	it('needs a router domain from one of the two calls', async () => {
		account.domain = 'tf.jdy.com';
		expect(await open(instanceCredential(emulator, account))).toMatchObject({ failure: { kind: 'accountIncomplete', message: 'Kingdee JDY gave no router domain for this account' } });
	});
});
