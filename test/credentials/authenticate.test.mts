import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { stringToSign } from '../../nodes/KingdeeJdy/gateway/signing/signature.ts';
import { wireUrl } from '../../nodes/KingdeeJdy/gateway/authentication/url.ts';
import { Emulator } from '../emulator/server.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { SignedRequest } from '../helpers/httpNode.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { secretsOf } from '../helpers/jdy.mts';
import { keepProduced } from '../helpers/produced.mts';

const LIST = '/jdy/v2/cust/list';
const LIST_BODY = { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '10' };

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

/** Sends one request with the credential through n8n's own helper in n8n's engine. */
async function send(request: Partial<IHttpRequestOptions> & IDataObject, credential = tokenCredential(emulator)) {
	const signed: IHttpRequestOptions[] = [];
	const workflow = {
		name: 'signed request',
		nodes: [
			{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} },
			{
				id: '2',
				name: 'Request',
				type: 'signedRequest',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters: { request: request as never },
				credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } },
			},
		],
		connections: { Start: { main: [[{ node: 'Request', type: 'main' as const, index: 0 }]] } },
	};
	const installation = { nodeTypes: { signedRequest: new SignedRequest() }, credentialType: new KingdeeJdyApi(), credential };
	const result = await runWorkflow(workflow, installation, { onAuthenticate: (options) => signed.push(options) });
	keepProduced({ outputs: result.outputs('Request'), message: result.error?.message, description: result.error?.description, logs: result.logs }, secretsOf(emulator, credential));
	return { result, signed, answer: result.outputs('Request')[0]?.[0]?.json.answer as IDataObject | undefined };
}

/** Addresses as n8n's nodes hand them over, and the raw target that must arrive. */
const TARGETS: Array<[name: string, request: IDataObject, target: string]> = [
	['a plain path', { url: LIST }, LIST],
	['a query in the URL', { url: `${LIST}?b=2&a=1` }, `${LIST}?b=2&a=1`],
	['a query object', { url: LIST, qs: { b: 2, a: true, n: null } }, `${LIST}?b=2&a=true&n=`],
	['both', { url: `${LIST}?z=1`, qs: { a: 'x' } }, `${LIST}?z=1&a=x`],
	['Chinese', { url: LIST, qs: { 名称: '上海 贸易' } }, `${LIST}?%E5%90%8D%E7%A7%B0=%E4%B8%8A%E6%B5%B7+%E8%B4%B8%E6%98%93`],
	['reserved characters', { url: LIST, qs: { q: "a+b*c~d!e'(f)&g=h/i?j#k%l" } }, `${LIST}?q=a%2Bb*c%7Ed%21e%27%28f%29%26g%3Dh%2Fi%3Fj%23k%25l`],
	['a space written as %20', { url: `${LIST}?q=a%20b` }, `${LIST}?q=a+b`],
	['an emoji', { url: LIST, qs: { q: '😀' } }, `${LIST}?q=%F0%9F%98%80`],
	['an empty query', { url: `${LIST}?`, qs: {} }, LIST],
	['a fragment', { url: `${LIST}#part` }, LIST],
	['spaces around', { url: ` ${LIST} ` }, LIST],
	['a path with a space and Chinese', { url: '/jdy/v2/a b/金' }, '/jdy/v2/a%20b/%E9%87%91'],
	['lists by index', { url: LIST, qs: { id: ['1', '2'] } }, `${LIST}?id%5B0%5D=1&id%5B1%5D=2`],
	['lists by brackets', { url: LIST, qs: { id: ['1', '2'] }, arrayFormat: 'brackets' }, `${LIST}?id%5B%5D=1&id%5B%5D=2`],
	['lists by repeating', { url: LIST, qs: { id: ['1', '2'] }, arrayFormat: 'repeat' }, `${LIST}?id=1&id=2`],
	['lists by comma', { url: LIST, qs: { id: ['1', '2'], none: [] }, arrayFormat: 'comma' }, `${LIST}?id=1%2C2`],
	['a nested object', { url: LIST, qs: { f: { a: 1, b: { c: 2 } } } }, `${LIST}?f%5Ba%5D=1&f%5Bb%5D%5Bc%5D=2`],
	['a base with a path', { url: 'v2/cust/list', base: '/jdy/' }, LIST],
];

describe('the address on the wire', () => {
	it('writes dates as text and leaves out what is undefined', () => {
		const { query } = wireUrl({ url: 'https://api.kingdee.com/a', qs: { day: new Date(0) as never, none: undefined } });
		expect(query).toBe('day=1970-01-01T00%3A00%3A00.000Z');
	});

	it('is signed piece by piece, a piece without a value as an empty one', () => {
		expect(stringToSign({ method: 'GET', path: '/x', query: 'b&a=1=2&b=%E9' }, '1', '2').split('\n')[2]).toBe('a=1%3D2&b=&b=%25E9');
	});
});

describe.each([
	['httpRequestWithAuthentication', false],
	['requestWithAuthentication', true],
])('authenticate through %s', (_helper, isLegacy) => {
	it.each(TARGETS)('sends what it signed: %s', async (_name, { base = '', ...request }, target) => {
		const { signed } = await send({ method: 'POST', body: LIST_BODY, json: true, isLegacy, ...request, baseURL: `${emulator.url}${String(base)}` });
		const [entry] = emulator.ledger;
		expect(`${entry?.path}${entry?.query === '' ? '' : `?${entry?.query}`}`).toBe(target);
		expect(signed[0]?.url).toBe(`${emulator.url}${target}`);
		// Only a right signature passes: 519 with 5001 is the answer for a path that does not exist.
		expect(entry?.status).toBe(target.startsWith(LIST) ? 200 : 519);
		expect(entry?.accountId).toBeDefined();
	});
});

describe('authenticate', () => {
	it('takes `uri` like `url`, and GET as the method where none is given', async () => {
		const { signed } = await send({ isLegacy: true, uri: `${emulator.url}${LIST}?a=b`, json: true } as never);
		expect(signed[0]).toMatchObject({ url: `${emulator.url}${LIST}?a=b`, disableFollowRedirect: true, followRedirect: false });
		expect(emulator.ledger[0]).toMatchObject({ method: 'GET', query: 'a=b', status: 519 });
		expect(signed[0]).not.toHaveProperty('uri');
	});

	it('writes over signed headers of an earlier attempt, whatever their case, and keeps the others', async () => {
		const stale = { 'x-api-signature': 'stale', 'APP-TOKEN': 'stale', 'x-gw-router-addr': 'stale', 'X-Other': 'kept' };
		const { answer, signed } = await send({ method: 'POST', url: `${emulator.url}${LIST}`, body: LIST_BODY, json: true, headers: stale });
		expect(Object.values(signed[0]?.headers ?? {})).not.toContain('stale');
		expect(answer).toMatchObject({ errcode: 0 });
		expect(emulator.ledger[0]?.headers).toMatchObject({ 'x-other': 'kept', 'x-gw-router-addr': 'https://tf.jdy.com' });
	});

	it('signs the token calls without app-token and router header', async () => {
		await send({ method: 'POST', url: `${emulator.url}/jdyconnector/app_management/push_app_authorize`, qs: { outerInstanceId: '1500000000000000001' }, body: {} as never, json: true, isLegacy: true });
		expect(emulator.ledger[0]?.status).toBe(200);
		expect(emulator.ledger[0]?.headers).not.toHaveProperty('app-token');
		expect(emulator.ledger[0]?.headers).not.toHaveProperty('x-gw-router-addr');
	});

	it('signs the token calls of a credential that has no token yet', async () => {
		const credential = { ...tokenCredential(emulator), appToken: '', routerDomain: '' };
		const { result } = await send({ method: 'POST', url: `${emulator.url}/jdyconnector/app_management/push_app_authorize`, qs: { outerInstanceId: '1500000000000000001' }, body: {} as never, json: true, isLegacy: true }, credential);
		expect(result.error).toBeUndefined();
		expect(emulator.ledger[0]?.status).toBe(200);
	});

	it('uses a fresh nonce every time', async () => {
		for (let call = 0; call < 3; call++) await send({ method: 'POST', url: `${emulator.url}${LIST}`, body: LIST_BODY, json: true });
		expect(new Set(emulator.ledger.map(({ headers }) => headers['x-api-nonce'])).size).toBe(3);
		expect(emulator.ledger.every(({ status }) => status === 200)).toBe(true);
	});

	it.each([
		['another host', 'https://example.com/jdy', /leads to https:\/\/example\.com, which is not the Gateway URL/],
		['another port', 'http://127.0.0.1:9/jdy', /leads to http:\/\/127\.0\.0\.1:9/],
		['another scheme', 'ftp://127.0.0.1/jdy', /which is not the Gateway URL/],
		['no address', 'not an address', /URL must be an absolute http\(s\) address/],
	])('refuses %s before anything is sent', async (_name, url, message) => {
		const { result } = await send({ method: 'GET', url });
		expect(`${result.error?.message} ${result.error?.description}`).toMatch(message);
		expect(emulator.connections).toBe(0);
	});
});
