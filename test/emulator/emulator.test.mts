import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { DETAIL, Desk, LIST, OPERATE, SAVE } from './client.mts';
import type { Call } from './client.mts';
import { demoAccount, demoClient, strict } from './settings.mts';
import { expectedText, hexHmac } from './verify.mts';

const desk = new Desk();
const call = async (options: Call) => await desk.call(options);
const codeOf = async (options: Call) => await desk.codeOf(options);
const headersFor: Desk['headersFor'] = (...parameters) => desk.headersFor(...parameters);

beforeEach(async () => await desk.start(strict));
afterAll(async () => await desk.stop());

describe('the emulator checks', () => {
	it.each([
		['no auth version', { 'x-api-auth-version': undefined }, 4001],
		['another auth version', { 'x-api-auth-version': '1.0' }, 4001],
		['no client id', { 'X-API-CLIENTID': undefined }, 4002],
		['another client id', { 'X-API-CLIENTID': '1' }, 4003],
		['no timestamp', { 'x-api-timestamp': undefined }, 4006],
		['a timestamp in seconds', { 'x-api-timestamp': '1655775240' }, 4006],
		['other signed headers', { 'X-Api-SignHeaders': 'X-Api-Nonce' }, 4007],
		['no nonce', { 'X-Api-Nonce': undefined }, 4007],
		['a nonce with a space', { 'X-Api-Nonce': '1 2' }, 4007],
		['no signature', { 'X-Api-Signature': undefined }, 4008],
		['a wrong signature', { 'X-Api-Signature': 'AAAA' }, 4008],
		['no token', { 'app-token': undefined }, 4009],
		['a wrong token', { 'app-token': 'no' }, 4010],
		['another router', { 'X-GW-Router-Addr': 'https://elsewhere.jdy.com' }, 404],
		['no router', { 'X-GW-Router-Addr': undefined }, 404],
		['a router with a slash', { 'X-GW-Router-Addr': 'https://tf.jdy.com/' }, 404],
		['another content type', { 'content-type': 'text/plain' }, 400],
		['a content type that only begins right', { 'content-type': 'application/json-patch+json' }, 400],
		['another charset', { 'content-type': 'application/json; charset=gbk' }, 400],
		['no content type', { 'content-type': undefined }, 400],
	])('%s', async (_name, headers, code) => expect(await codeOf({ headers })).toBe(code));

	it('answers a refusal with 519, both languages and a request id', async () => {
		const { status, requestId, body } = await call({ headers: { 'X-Api-Signature': 'AAAA' } });
		expect(status).toBe(519);
		expect(requestId).toMatch(/^[\da-f-]{36}$/);
		expect(body).toEqual({ errcode: 4008, description: 'signature is illegal[GW]', description_cn: '签名不合法[网关]' });
	});

	it('a timestamp for five minutes either way', async () => {
		const at = async (offset: number) => {
			const used = desk.now;
			desk.now += offset;
			const headers = headersFor('POST', SAVE);
			desk.now = used;
			return await codeOf({ headers });
		};
		expect([await at(-300_000), await at(-300_001), await at(300_000), await at(300_001)]).toEqual([0, 4006, 0, 4006]);
	});

	it('that a nonce serves once', async () => {
		const headers = headersFor('POST', SAVE);
		expect([await codeOf({ headers }), await codeOf({ headers })]).toEqual([0, 4008]);
		expect(desk.emulator.savedIds).toHaveLength(1);
	});

	it('no nonces where it is told so: the same bytes make a second document', async () => {
		await desk.start({ nonceOnce: false });
		const headers = headersFor('POST', SAVE);
		expect([await codeOf({ headers }), await codeOf({ headers })]).toEqual([0, 0]);
		expect(desk.emulator.savedIds).toHaveLength(2);
	});

	it('that an account is valid, whatever is called', async () => {
		await desk.start({ accounts: [{ ...demoAccount, status: 0 }] });
		const account = desk.emulator.gateway.settings.accounts[0] ?? demoAccount;
		const headers = { 'app-token': desk.emulator.gateway.tokens.issue(account) };
		for (const target of [SAVE, LIST, DETAIL, OPERATE]) expect(await codeOf({ target, headers })).toBe(1020002008);
		expect(desk.emulator.savedIds).toEqual([]);
	});

	it('that a body is UTF-8', async () => {
		expect(await codeOf({ body: Buffer.from('7b2262697a5f74797065223a2274735f31222c2264617461223a7b2261223a22ff227d7d', 'hex') })).toBe(400);
	});

	it('tokens of another account, ended tokens, permissions, paths and methods', async () => {
		const other = { ...demoAccount, accountId: '2', appKey: 'k2', domain: 'https://vip2.jdy.com' };
		await desk.start({ accounts: [demoAccount, other], clients: [{ ...demoClient, permissions: [SAVE] }], tokenLifeMs: 1000 });
		expect(await codeOf({ headers: { 'app-token': desk.emulator.gateway.tokens.issue(other) } })).toBe(404);
		const token = desk.emulator.gateway.tokens.issue(demoAccount);
		desk.now += 1000;
		expect(await codeOf({ headers: { 'app-token': token } })).toBe(4011);
		expect(await codeOf({ target: LIST })).toBe(4012);
		expect(await codeOf({ target: '/jdy/v2/none' })).toBe(5001);
		expect(await codeOf({ method: 'GET' })).toBe(5002);
	});

	it.each([
		['noRoute', 404, 404],
		['badGateway', 502, 502],
		['apiNotFound', 519, 5001],
		['apiUnavailable', 519, 5003],
		['serviceFailed', 200, 3000002000],
	] as const)('a moved router as %s', async (wrongRouter, status, code) => {
		await desk.start({ wrongRouter });
		const answered = await call({ headers: { 'X-GW-Router-Addr': 'https://old.jdy.com' } });
		expect([answered.status, answered.body.errcode ?? answered.status]).toEqual([status, code]);
	});

	it('the limit of calls a second', async () => {
		await desk.start({ callsPerSecond: 2 });
		expect([await codeOf({}), await codeOf({}), await codeOf({})]).toEqual([0, 0, 429]);
		desk.now += 1000;
		expect(await codeOf({})).toBe(0);
	});

	it('goes on after a client that vanished in the middle of a request', async () => {
		const socket = connect(Number(new URL(desk.emulator.url).port), '127.0.0.1');
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
		await desk.start({ callsPerMinute: 3, rateLimit });
		const codes = [];
		for (let index = 0; index < 4; index++) codes.push(await codeOf({}));
		expect(codes).toEqual([0, 0, 0, 429]);
		expect((await call({})).status).toBe(status);
		desk.now += 60_000;
		expect(await codeOf({})).toBe(0);
	});
});

describe('the emulator takes clients that nobody here wrote', () => {
	it.each(['a+b', 'a%20b', '%E9%87%91=%7E*&b=2&a=1', 'b', 'x==y'])('with the query %s', async (query) => {
		expect(await codeOf({ target: `/jdy/v2/cust/save?${query}` })).toBe(0);
	});

	it.each(['0123456789', '0', '9f86d081884c7d65', 'aZ-_09', '550e8400-e29b-41d4-a716-446655440000'])('with the nonce %s', async (nonce) => {
		expect(await codeOf({ headers: headersFor('POST', SAVE, {}, nonce) })).toBe(0);
	});

	it.each(['application/json', 'Application/JSON', 'application/json;charset=UTF-8', 'application/json; charset="utf-8"'])('with the content type %s', async (type) => {
		expect(await codeOf({ headers: { 'content-type': type } })).toBe(0);
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
