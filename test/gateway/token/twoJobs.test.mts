import { readCredential } from '../../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import type { GatewayCredential } from '../../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import type { RequestContext } from '../../../nodes/KingdeeJdy/gateway/request.ts';
import { doubtDomain, openSession, relocateSession, renewSession } from '../../../nodes/KingdeeJdy/gateway/session/session.ts';
import { systemClock } from '../../../nodes/KingdeeJdy/gateway/signing/clock.ts';
import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { throughFetch } from '../../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import type { Session } from '../../../nodes/KingdeeJdy/gateway/types.ts';
import { answerWith, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import type { Account } from '../../emulator/settings.mts';
import { instanceCredential } from '../../helpers/credentials.mts';
import { callsOf, save } from '../../helpers/jdy.mts';
import { until } from '../../helpers/n8n/programs.mts';
import { CONTINUE } from '../../helpers/settings.mts';
import { HOUR_MS, freezeDate, moveDate } from '../../helpers/time.mts';

const AUTHORIZE = '/jdyconnector/app_management/push_app_authorize';
const SAVE = '/jdy/v2/cust/save';
const OPTIONS = { timeoutMs: 10_000 };
const MOVED = 'https://vip2.jdy.com';

let emulator: Emulator;
let account: Account;
let credential: GatewayCredential;
let line: RequestContext;
let stale: Session;

/** How many calls of a path have arrived. */
const arrived = new Map<string, number>();

/** Keeps the answers to one call of `push_app_authorize` back, counted from 1. */
let heldCall: number;
let letGo: () => void;

beforeEach(async () => {
	freezeDate();
	arrived.clear();
	heldCall = 2;
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account] });
	credential = readCredential(instanceCredential(emulator, account));
	const sending = throughFetch(64_000);
	const { promise, resolve } = Promise.withResolvers<void>();
	letGo = resolve;
	const send: RequestContext['send'] = async (request, options) => {
		const { pathname } = new URL(request.url);
		const nth = (arrived.get(pathname) ?? 0) + 1;
		arrived.set(pathname, nth);
		if (pathname === AUTHORIZE && nth === heldCall) await promise;
		return await sending(request, options);
	};
	line = { send, clock: systemClock, state: createState() };
	stale = sessionOf(await openSession(line, credential, OPTIONS));
});

afterEach(async () => {
	await emulator.stop();
	jest.useRealTimers();
});

function sessionOf(result: Awaited<ReturnType<typeof openSession>> | undefined): Session {
	if (!result || 'failure' in result) throw new Error(`no session: ${result?.failure.message}`);
	return result.session;
}

async function untilAsked(): Promise<void> {
	await until('The call for the router domain', 10_000, () => arrived.get(AUTHORIZE) === 2);
}

describe.each([
	['has not moved', demoAccount.domain],
	['has moved', MOVED],
])('while it is asked where the account is, which %s', (_where, domain) => {
	it.each<[string, () => ReturnType<typeof renewSession>]>([
		['that is refused', async () => await renewSession(line, credential, stale, OPTIONS)],
		[
			'that ends',
			async () => {
				moveDate(24 * HOUR_MS);
				return await openSession(line, credential, OPTIONS);
			},
		],
	])('a token %s is renewed', async (_how, renewal) => {
		account.domain = domain;
		const relocated = relocateSession(line, credential, stale, OPTIONS);
		await untilAsked();
		const renewed = sessionOf(await renewal());
		expect(renewed).toEqual({ ...renewed, routerDomain: domain });
		expect(renewed.appToken).not.toBe(stale.appToken);
		letGo();
		const found = await relocated;
		if (domain === MOVED) expect(sessionOf(found)).toMatchObject({ appToken: renewed.appToken, routerDomain: MOVED });
		else expect(found).toBeUndefined();
		expect(sessionOf(await openSession(line, credential, OPTIONS))).toMatchObject({ appToken: renewed.appToken, routerDomain: domain });
		expect(callsOf(emulator)).toMatchObject({ token: 2 });
	});

	it('a token that is refused is renewed for a caller in doubt about the domain', async () => {
		account.domain = domain;
		doubtDomain(line, credential, stale);
		const doubtful = openSession(line, credential, OPTIONS);
		await untilAsked();
		const renewed = sessionOf(await renewSession(line, credential, stale, OPTIONS));
		letGo();
		expect(sessionOf(await doubtful)).toMatchObject({ appToken: renewed.appToken, routerDomain: domain });
	});
});

it('who asks where the account is while its token is renewed gets the new session', async () => {
	account.domain = MOVED;
	const renewed = renewSession(line, credential, stale, OPTIONS);
	await untilAsked();
	const relocated = relocateSession(line, credential, stale, OPTIONS);
	letGo();
	expect(sessionOf(await relocated)).toEqual(sessionOf(await renewed));
	expect(callsOf(emulator)).toMatchObject({ token: 2, authorize: 2 });
});

it('a token that is refused after the account has been found elsewhere is renewed', async () => {
	account.domain = MOVED;
	letGo();
	expect(sessionOf(await relocateSession(line, credential, stale, OPTIONS))).toMatchObject({ appToken: stale.appToken, routerDomain: MOVED });
	const renewed = sessionOf(await renewSession(line, credential, stale, OPTIONS));
	expect(renewed.appToken).not.toBe(stale.appToken);
	expect(renewed.routerDomain).toBe(MOVED);
});

it('an account that is met elsewhere after its token was renewed is looked for', async () => {
	letGo();
	const renewed = sessionOf(await renewSession(line, credential, stale, OPTIONS));
	account.domain = MOVED;
	expect(sessionOf(await relocateSession(line, credential, stale, OPTIONS))).toMatchObject({ appToken: renewed.appToken, routerDomain: MOVED });
});

it('who asks where the account is and has to stop leaves the renewal alone', async () => {
	const stop = new AbortController();
	const relocated = relocateSession(line, credential, stale, { ...OPTIONS, signal: stop.signal });
	await untilAsked();
	const renewed = renewSession(line, credential, stale, OPTIONS);
	stop.abort();
	expect(sessionOf(await renewed).appToken).not.toBe(stale.appToken);
	await relocated;
	letGo();
});

it('a run whose token ends while another looks for the account is not halted', async () => {
	const credentialData = instanceCredential(emulator, account);
	await save(emulator, { items: [{}], credential: credentialData });
	let saves = 0;
	Object.assign(emulator.gateway.settings, { serviceMs: 30, tokenCallsPerMinute: Infinity });
	emulator.chooseFault = ({ target }) => {
		if (!target.startsWith(SAVE)) return undefined;
		saves += 1;
		if (saves === 1) return refuse(5001, 'No Route');
		if (saves === 2) return refuse(4011, 'token expired');
		return undefined;
	};
	const items = Array.from({ length: 6 }, (_unused, no) => ({ no }));
	const { saved, failed } = await save(emulator, { items, credential: credentialData, settings: CONTINUE, parameters: { options: { concurrency: 2 } } });
	// Where the first of them has looked before its token was renewed, it was refused.
	expect(saved.length).toBeGreaterThanOrEqual(5);
	expect(failed.filter(({ json }) => json.no !== 0)).toEqual([]);
});

it('a domain that brought nothing new is no refusal of the credentials', async () => {
	const credentialData = instanceCredential(emulator, account);
	await save(emulator, { items: [{}], credential: credentialData });
	let saves = 0;
	emulator.chooseFault = ({ target }) => {
		if (target.startsWith(AUTHORIZE)) return answerWith(500, '');
		saves += 1;
		return saves === 1 ? refuse(5001, 'No Route') : undefined;
	};
	const { saved, failed } = await save(emulator, { items: [{ no: 1 }, { no: 2 }], credential: credentialData, settings: CONTINUE });
	expect([saved.length, failed.length]).toEqual([1, 1]);
});
