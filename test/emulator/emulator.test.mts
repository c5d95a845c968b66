import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { Emulator } from './server.mts';
import { demoAccount, demoClient } from './settings.mts';
import type { Settings } from './settings.mts';
import { expectedText, hexHmac } from './verify.mts';

let emulator: Emulator;
let now: number;

async function start(settings: Partial<Settings> = {}): Promise<void> {
	await emulator?.stop();
	now = Date.now();
	emulator = await Emulator.start({ now: () => now, ...settings });
}

beforeEach(async () => await start());
afterAll(async () => await emulator.stop());

interface Call {
	method?: string;
	target?: string;
	headers?: Record<string, string | undefined>;
	body?: unknown;
}

interface Answered {
	status: number;
	requestId: string | undefined;
	body: { errcode?: number; code?: number; description?: string; description_cn?: string; data?: unknown };
}

let nonce = 1000;

/** Header names and their order as a client of its own writes them. */
function headersFor(method: string, target: string, change: Record<string, string | undefined> = {}): Record<string, string> {
	const used = { nonce: String(++nonce), timestamp: String(now) };
	const text = expectedText({ method, target }, used.nonce, used.timestamp);
	const headers: Record<string, string | undefined> = {
		'content-type': 'application/json',
		'X-API-CLIENTID': demoClient.clientId,
		'x-api-auth-version': '2.0',
		'x-api-timestamp': used.timestamp,
		'X-Api-SignHeaders': 'X-Api-Nonce,X-Api-TimeStamp',
		'X-Api-Nonce': used.nonce,
		'X-Api-Signature': hexHmac(demoClient.clientSecret, text),
		'app-token': emulator.gateway.tokens.issue(demoAccount),
		'X-GW-Router-Addr': demoAccount.domain,
		...change,
	};
	return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function call({ method = 'POST', target = '/jdy/v2/cust/save', headers, body = { biz_type: 'ts_1', data: {} } }: Call): Promise<Answered> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(`${emulator.url}${target}`, { method, headers: headersFor(method, target, headers) }, (response) => {
			let text = '';
			response.on('data', (chunk) => (text += String(chunk)));
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, requestId: response.headers['x-api-requestid'] as string, body: text.startsWith('{') ? (JSON.parse(text) as Answered['body']) : {} }),
			);
		});
		outgoing.on('error', reject);
		outgoing.end(method === 'GET' ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
	});
}

async function codeOf(options: Call): Promise<number | undefined> {
	const { status, body } = await call(options);
	return body.errcode ?? status;
}

describe('the emulator checks', () => {
	it.each([
		['no auth version', { 'x-api-auth-version': undefined }, 4001],
		['another auth version', { 'x-api-auth-version': '1.0' }, 4001],
		['no client id', { 'X-API-CLIENTID': undefined }, 4002],
		['another client id', { 'X-API-CLIENTID': '1' }, 4003],
		['no timestamp', { 'x-api-timestamp': undefined }, 4006],
		['a timestamp in seconds', { 'x-api-timestamp': '1655775240' }, 4006],
		['other signed headers', { 'X-Api-SignHeaders': 'X-Api-Nonce' }, 4007],
		['a nonce of zero', { 'X-Api-Nonce': '0' }, 4007],
		['no signature', { 'X-Api-Signature': undefined }, 4008],
		['a wrong signature', { 'X-Api-Signature': 'AAAA' }, 4008],
		['no token', { 'app-token': undefined }, 4009],
		['a wrong token', { 'app-token': 'no' }, 4010],
		['another router', { 'X-GW-Router-Addr': 'https://elsewhere.jdy.com' }, 404],
		['no router', { 'X-GW-Router-Addr': undefined }, 404],
		['a router with a slash', { 'X-GW-Router-Addr': 'https://tf.jdy.com/' }, 404],
		['another content type', { 'content-type': 'text/plain' }, 400],
	])('%s', async (_name, headers, code) => expect(await codeOf({ headers })).toBe(code));

	it('answers a refusal with 519, both languages and a request id', async () => {
		const { status, requestId, body } = await call({ headers: { 'X-Api-Signature': 'AAAA' } });
		expect(status).toBe(519);
		expect(requestId).toMatch(/^[\da-f-]{36}$/);
		expect(body).toEqual({ errcode: 4008, description: 'signature is illegal[GW]', description_cn: '签名不合法[网关]' });
	});

	it('a timestamp for five minutes either way', async () => {
		const at = async (offset: number) => {
			const used = now;
			now += offset;
			const headers = headersFor('POST', '/jdy/v2/cust/save');
			now = used;
			return await codeOf({ headers });
		};
		expect([await at(-300_000), await at(-300_001), await at(300_000), await at(300_001)]).toEqual([0, 4006, 0, 4006]);
	});

	it('that a nonce serves once', async () => {
		const headers = headersFor('POST', '/jdy/v2/cust/save');
		expect([await codeOf({ headers }), await codeOf({ headers })]).toEqual([0, 4008]);
	});

	it('tokens of another account, ended tokens, permissions, paths and methods', async () => {
		const other = { ...demoAccount, accountId: '2', appKey: 'k2', domain: 'https://vip2.jdy.com' };
		await start({ accounts: [demoAccount, other], clients: [{ ...demoClient, permissions: ['/jdy/v2/cust/save'] }], tokenLifeMs: 1000 });
		expect(await codeOf({ headers: { 'app-token': emulator.gateway.tokens.issue(other) } })).toBe(404);
		const token = emulator.gateway.tokens.issue(demoAccount);
		now += 1000;
		expect(await codeOf({ headers: { 'app-token': token } })).toBe(4011);
		expect(await codeOf({ target: '/jdy/v2/cust/list' })).toBe(4012);
		expect(await codeOf({ target: '/jdy/v2/none' })).toBe(5001);
		expect(await codeOf({ method: 'GET' })).toBe(5002);
	});

	it.each([
		['noRoute', 404, 404],
		['badGateway', 502, 502],
		['apiNotFound', 519, 5001],
	] as const)('a moved router as %s', async (wrongRouter, status, code) => {
		await start({ wrongRouter });
		const answered = await call({ headers: { 'X-GW-Router-Addr': 'https://old.jdy.com' } });
		expect([answered.status, answered.body.errcode ?? answered.status]).toEqual([status, code]);
	});

	it('the limit of calls a second', async () => {
		await start({ callsPerSecond: 2 });
		expect([await codeOf({}), await codeOf({}), await codeOf({})]).toEqual([0, 0, 429]);
		now += 1000;
		expect(await codeOf({})).toBe(0);
	});

	it('goes on after a client that vanished in the middle of a request', async () => {
		const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
		socket.write('POST /jdy/v2/cust/save HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"b');
		await new Promise((resolve) => setTimeout(resolve, 30));
		socket.destroy();
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(await codeOf({})).toBe(0);
	});

	it.each([
		['status', 429],
		['errcode', 519],
	] as const)('the limit of calls a minute, told by %s', async (rateLimit, status) => {
		await start({ callsPerMinute: 3, rateLimit });
		const codes = [];
		for (let index = 0; index < 4; index++) codes.push(await codeOf({}));
		expect(codes).toEqual([0, 0, 0, 429]);
		expect((await call({})).status).toBe(status);
		now += 60_000;
		expect(await codeOf({})).toBe(0);
	});
});

describe('the emulator takes clients that nobody here wrote', () => {
	it.each(['a+b', 'a%20b', '%E9%87%91=%7E*&b=2&a=1', 'b', 'x==y'])('with the query %s', async (query) => {
		expect(await codeOf({ target: `/jdy/v2/cust/save?${query}` })).toBe(0);
	});

	it('with a signature of the official client', () => {
		const vectors = JSON.parse(readFileSync('test/vectors/signature.json', 'utf8')) as Array<Record<string, string> & { query: Record<string, string> }>;
		for (const { method = '', path = '', query, clientSecret = '', nonce: used = '', timestamp = '', signature, stringToSign } of vectors) {
			const wire = new URLSearchParams(query).toString();
			const text = expectedText({ method, target: wire === '' ? path : `${path}?${wire}` }, used, timestamp);
			expect(text).toBe(stringToSign);
			expect(hexHmac(clientSecret, text)).toBe(signature);
		}
	});
});

describe('documents', () => {
	const body = { biz_type: 'ts_1', data: { no: 'A' } };

	it('are saved, listed, read, audited and deleted', async () => {
		const saved = await call({ body: '{"biz_type":"ts_1","data":{"no":"A","id18":123456789012345678}}' });
		const { id } = (saved.body.data as { data: { id: string } }).data;
		const list = await call({ target: '/jdy/v2/cust/list', body: { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '10' } });
		expect(list.body.data).toMatchObject({ count: 1, rows: [{ no: 'A', id, check: false }] });
		expect(JSON.stringify(emulator.gateway.documents.all[0]?.data)).toBe('{"no":"A","id18":123456789012345678}');
		const operate = async (operate_type: string) => await codeOf({ target: '/jdy/v2/cust/operate', body: { entity_number: 'ts_1', id: [id], operate_type } });
		const read = async () => (await call({ target: '/jdy/v2/cust/detail', body: { biz_type: 'ts_1', data: { id }, page_no: '1', page_size: '1' } })).body;
		expect([await operate('audit'), ((await read()).data as { data: { check: boolean } }).data.check]).toEqual([0, true]);
		expect([await operate('unaudit'), await operate('vanish'), await operate('delete'), (await read()).errcode]).toEqual([0, 1030002001, 0, 1030002003]);
		expect(await codeOf({ target: '/jdy/v2/cust/operate', body: { entity_number: 'ts_1', id: ['1'] } })).toBe(1030002003);
		expect(await codeOf({ target: '/jdy/v2/cust/operate', body: {} })).toBe(1030002000);
		expect(await codeOf({ target: '/jdy/v2/cust/list', body: {} })).toBe(1030002000);
		expect(await codeOf({ target: '/jdy/v2/cust/list', body: { biz_type: 'ts_1', data: {}, page_no: 1, page_size: 10 } })).toBe(1030002001);
		expect(await codeOf({ target: '/jdy/v2/cust/list', body: { biz_type: 'ts_1', page_no: '1', page_size: '10' } })).toBe(1030002000);
		expect(await codeOf({ target: '/jdy/v2/cust/operate', body: { id: ['1'] } })).toBe(1030002000);
		expect((await call({ body })).body).toMatchObject({ data: { data: { id: '1700000000000000002' } } });
	});

	it.each([
		['no document type', { data: {} }, 1030002000],
		['null as document type', { biz_type: null, data: {} }, 1030002000],
		['a strange document type', { biz_type: 'a b', data: {} }, 1030002006],
		['no data', { biz_type: 'ts_1' }, 1030002001],
		['a list as data', { biz_type: 'ts_1', data: [] }, 1030002001],
		['a foreign key', { ...body, extra: 1 }, 1030002001],
		['a list as body', [], 1030002001],
		['no JSON', '{', 400],
	])('are refused with %s', async (_name, refused, code) => {
		expect(await codeOf({ body: refused })).toBe(code);
		expect(emulator.savedIds).toEqual([]);
	});

	it('of an unknown type are refused; null is an answer too', async () => {
		await start({ bizTypes: ['ts_1'], saveAnswers: 'null' });
		expect(await codeOf({ body: { biz_type: 'ts_2', data: {} } })).toBe(1030002003);
		expect((await call({ body })).body).toEqual({ errcode: 0, description: 'success', data: { data: null } });
	});
});

describe('tokens', () => {
	const path = '/jdyconnector/app_management';
	const noAccount = { 'app-token': undefined, 'X-GW-Router-Addr': undefined };
	const tokenTarget = (secret: string, key = demoAccount.appKey) => `${path}/kingdee_auth_token?${new URLSearchParams({ app_key: key, app_signature: hexHmac(secret, key) }).toString()}`;
	const fetchToken = async (secret: string, key?: string) => await call({ method: 'GET', target: tokenTarget(secret, key), headers: noAccount });

	it('are made with the secret of the day, twice a minute', async () => {
		const secret = emulator.gateway.tokens.appSecret(demoAccount);
		const first = await fetchToken(secret);
		const token = (first.body.data as Record<string, string>)['app-token'] ?? '';
		expect(await codeOf({ headers: { 'app-token': token } })).toBe(0);
		expect(first.body.data).toMatchObject({ expires: 86_400_000, domain: demoAccount.domain });
		expect((await fetchToken('wrong')).body.errcode).toBe(1030002006);
		expect((await fetchToken(secret)).body.errcode).toBe(429);
		now += 60_000;
		expect((await fetchToken(secret, 'nobody')).body.errcode).toBe(1030002003);
		now += 24 * 60 * 60_000;
		expect((await fetchToken(secret)).body.errcode).toBe(1030002006);
		expect(await codeOf({ method: 'POST', target: tokenTarget(secret), headers: noAccount })).toBe(5002);
	});

	it('are not made for an account that is not valid', async () => {
		await start({ accounts: [{ ...demoAccount, status: 0 }] });
		expect((await fetchToken('any')).body.errcode).toBe(1020002008);
	});

	it.each([
		['seconds', { expires: 86_400 }],
		['absurd', { expires: -1 }],
		['missing', {}],
	] as const)('tell their life in %s', async (tokenExpires, expected) => {
		await start({ tokenExpires, tokenData: 'list', tokenDomain: false });
		const [data] = (await fetchToken(emulator.gateway.tokens.appSecret(demoAccount))).body.data as Array<Record<string, unknown>>;
		expect(data).toEqual({ uid: expect.any(Number), 'app-token': expect.any(String), access_token: expect.any(String), ...expected });
	});

	it.each([
		['code', { code: 200, msg: 'success' }],
		['errcode', { errcode: 0, description: 'success' }],
	] as const)('need the authorised accounts, in an envelope with %s', async (authorizeEnvelope, expected) => {
		const second = { ...demoAccount, accountId: '2', appKey: 'k2', status: 0 as const };
		await start({ authorizeEnvelope, accounts: [demoAccount, second] });
		const target = `${path}/push_app_authorize?outerInstanceId=${demoAccount.outerInstanceId}`;
		const { body } = await call({ target, headers: noAccount, body: {} });
		expect(body).toMatchObject({ ...expected, data: [{ accountId: demoAccount.accountId, appSecret: emulator.gateway.tokens.appSecret(demoAccount) }, { accountId: '2', status: 0 }] });
		expect((await call({ target: `${path}/push_app_authorize?outerInstanceId=0`, headers: noAccount, body: {} })).body.data).toEqual([]);
	});
});
