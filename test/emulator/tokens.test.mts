import { Desk } from './client.mts';
import type { Call } from './client.mts';
import { demoAccount } from './settings.mts';
import { hexHmac } from './verify.mts';

const AT_MS = 1_700_000_000_000;
const desk = new Desk();
const call = async (options: Call) => await desk.call(options);
const codeOf = async (options: Call) => await desk.codeOf(options);

beforeEach(async () => await desk.start());
afterAll(async () => await desk.stop());

describe('tokens', () => {
	const path = '/jdyconnector/app_management';
	const noAccount = { 'app-token': undefined, 'X-GW-Router-Addr': undefined };
	const tokenTarget = (secret: string, key = demoAccount.appKey) => `${path}/kingdee_auth_token?${new URLSearchParams({ app_key: key, app_signature: hexHmac(secret, key) }).toString()}`;
	const fetchToken = async (secret: string, key?: string) => await call({ method: 'GET', target: tokenTarget(secret, key), headers: noAccount });

	it('are made with the secret of the day, twice a minute', async () => {
		const secret = desk.emulator.gateway.tokens.appSecret(demoAccount);
		const first = await fetchToken(secret);
		const token = (first.body.data as Record<string, string>)['app-token'] ?? '';
		expect(await codeOf({ headers: { 'app-token': token } })).toBe(0);
		expect(first.body.data).toMatchObject({ expires: 86_400_000, domain: demoAccount.domain });
		expect((await fetchToken('wrong')).body.errcode).toBe(1030002006);
		expect((await fetchToken(secret)).body.errcode).toBe(429);
		desk.now += 60_000;
		expect((await fetchToken(secret, 'nobody')).body.errcode).toBe(1030002003);
		desk.now += 24 * 60 * 60_000;
		expect((await fetchToken(secret)).body.errcode).toBe(1030002006);
		expect(await codeOf({ method: 'POST', target: tokenTarget(secret), headers: noAccount })).toBe(5002);
	});

	it('are not made for an account that is not valid', async () => {
		await desk.start({ accounts: [{ ...demoAccount, status: 0 }] });
		expect((await fetchToken('any')).body.errcode).toBe(1020002008);
	});

	it.each([
		['seconds', { expires: 86_400 }],
		['absurd', { expires: -1 }],
		['absolute', { expires: AT_MS + 86_400_000 }],
		['missing', {}],
	] as const)('tell their life in %s', async (tokenExpires, expected) => {
		await desk.start({ tokenExpires, tokenData: 'list', tokenDomain: false, now: () => AT_MS });
		desk.now = AT_MS;
		const [data] = (await fetchToken(desk.emulator.gateway.tokens.appSecret(demoAccount))).body.data as Array<Record<string, unknown>>;
		expect(data).toEqual({ uid: expect.any(Number), 'app-token': expect.any(String), access_token: expect.any(String), ...expected });
	});

	it.each([
		['code', { code: 200, msg: 'success' }],
		['errcode', { errcode: 0, description: 'success' }],
	] as const)('need the authorised accounts, in an envelope with %s', async (authorizeEnvelope, expected) => {
		const second = { ...demoAccount, accountId: '2', appKey: 'k2', status: 0 as const };
		await desk.start({ authorizeEnvelope, accounts: [demoAccount, second] });
		const target = `${path}/push_app_authorize?outerInstanceId=${demoAccount.outerInstanceId}`;
		const { body } = await call({ target, headers: noAccount, body: {} });
		expect(body).toMatchObject({ ...expected, data: [{ accountId: demoAccount.accountId, appSecret: desk.emulator.gateway.tokens.appSecret(demoAccount) }, { accountId: '2', status: 0 }] });
		expect((await call({ target, headers: { ...noAccount, 'content-type': undefined }, body: null })).body).toMatchObject(expected);
		expect((await call({ target, headers: { ...noAccount, 'content-type': 'text/plain' }, body: '{}' })).status).toBe(400);
		expect((await call({ target: `${path}/push_app_authorize?outerInstanceId=0`, headers: noAccount, body: {} })).body.data).toEqual([]);
	});
});
