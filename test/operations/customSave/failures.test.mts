import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Emulator } from '../../emulator/server.mts';
import { demoAccount, demoClient } from '../../emulator/settings.mts';
import { n8nWorkflow } from '../../helpers/n8n/n8n.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { save } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const ONCE = { options: { maxAttempts: 1 } };
const LOOK_FIRST = /^It is not known whether this document was saved\. It was not sent again\. Look for it in JDY/;

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { type: 'answer' as const, reply: { status, headers, body: text } };
}

/** From the table of failures in the facts about the gateway. Advice: what it must point at. */
const ROWS: Array<[code: number, outcome: 'rejected' | 'unknown', advice: RegExp]> = [
	[4001, 'rejected', /Gateway URL/],
	[4002, 'rejected', /Client ID/],
	[4003, 'rejected', /Client ID/],
	[4004, 'rejected', /Client ID and Client Secret/],
	[4005, 'rejected', /Client Secret/],
	[4006, 'rejected', /clock/],
	[4007, 'rejected', /header/],
	[4008, 'rejected', /Client Secret/],
	[4009, 'rejected', /App Token/],
	[4010, 'rejected', /App Token/],
	[4011, 'rejected', /24 hours.*App Token/],
	[4012, 'rejected', /permission/],
	[5000, 'unknown', /gateway itself failed/],
	[5001, 'rejected', /Router Domain/],
	[5002, 'rejected', /Gateway URL/],
	[5003, 'rejected', /later/],
	[5004, 'unknown', /did not answer in time/],
	[5005, 'unknown', /cancelled/],
	[5006, 'rejected', /later/],
	[5007, 'rejected', /later/],
	[429, 'rejected', /500 calls a minute/],
	[1000202001, 'rejected', /App Token/],
	[1020002008, 'rejected', /authorised/],
	[1030002000, 'rejected', /required field/],
	[1030002001, 'rejected', /type/],
	[1030002002, 'rejected', /exists already/],
	[1030002003, 'rejected', /does not exist/],
	[1030002004, 'rejected', /in use/],
	[1030002005, 'rejected', /too many/],
	[1030002006, 'rejected', /yyyy-MM-dd/],
	[1040002000, 'rejected', /setting/],
	[1040003000, 'rejected', /setting/],
	[2000002000, 'unknown', /trace ID/],
	[2015002000, 'unknown', /trace ID/],
	[2016013001, 'rejected', /supply chain.*Change the data/],
	[2015011001, 'rejected', /finance.*operations team/],
	[2011012001, 'rejected', /the system.*workflow builds the data/],
	[2099019001, 'rejected', /A rule of JDY/],
	[1020009999, 'unknown', /authorisation/],
	[1030009999, 'unknown', /fields/],
	[1040009999, 'unknown', /settings/],
	[4999, 'unknown', /credentials and the signature/],
	[5999, 'unknown', /the service behind it/],
	[77, 'unknown', /not documented/],
];

const STATUSES: Array<[status: number, outcome: 'rejected' | 'unknown', advice: RegExp]> = [
	[400, 'rejected', /could not read the request/],
	[401, 'rejected', /App Token/],
	[403, 'rejected', /permissions/],
	[404, 'rejected', /Router Domain/],
	[429, 'rejected', /500 calls a minute/],
	[503, 'rejected', /later/],
	[500, 'unknown', /service failed/],
	[502, 'unknown', /Router Domain/],
	[504, 'unknown', /did not answer in time/],
	[302, 'unknown', /never followed/],
	[418, 'unknown', /not documented/],
	[200, 'unknown', /Gateway URL/],
];

describe('an answer that is no success', () => {
	it.each(ROWS.flatMap((row) => [519, 200].map((status) => [status, ...row] as const)))('HTTP %i with errcode %i is %s', async (status, code, outcome, advice) => {
		emulator.chooseFault = () => answer(status, { errcode: code, description: 'why[GW]', description_cn: '为何[网关]' }, { 'X-Api-Requestid': 'req-7' });
		const { saved, failed } = await save(emulator, { items: [{ no: 'A' }], parameters: ONCE, settings: CONTINUE });
		const details = { outcome, errcode: code, requestId: 'req-7', bizType: 'ts_45465632434343' };
		expect(saved).toEqual([]);
		expect(failed).toEqual([{ json: { no: 'A', error: '为何[网关]', message: expect.stringMatching(advice), details }, pairedItem: { item: 0 } }]);
		expect(LOOK_FIRST.test(String(failed[0]?.json.message))).toBe(outcome === 'unknown');
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each(STATUSES)('HTTP %i without an envelope is %s', async (status, outcome, advice) => {
		emulator.chooseFault = () => answer(status, '<html>no</html>');
		const { failed } = await save(emulator, { items: [{ no: 'A' }], parameters: ONCE, settings: CONTINUE });
		expect(failed[0]?.json).toEqual({
			no: 'A',
			error: `Kingdee JDY answered HTTP ${status} without an explanation`,
			message: expect.stringMatching(advice),
			details: { outcome, errcode: null, requestId: null, bizType: 'ts_45465632434343' },
		});
		expect(emulator.ledger).toHaveLength(1);
	});

	it('throws it in stop mode, with the details in the context, and sends nothing more', async () => {
		emulator.chooseFault = (_request, index) => (index === 1 ? answer(200, { errcode: 1030002000, description: '字段缺失 ENOENT' }) : undefined);
		const { error, run } = await save(emulator, { items: [{}, {}, {}] });
		expect(run.status).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: '字段缺失 ENOENT',
			description: expect.stringMatching(/required field/),
			context: { itemIndex: 1, outcome: 'rejected', errcode: 1030002000, requestId: null, bizType: 'ts_45465632434343' },
		});
		expect(emulator.ledger).toHaveLength(2);
	});

	it.each([
		['a refused client', answer(519, { errcode: 4002 }), { cause: 'credential-invalid' }],
		['a token that has ended', answer(200, { errcode: 4011 }), { cause: 'credential-invalid' }],
		['HTTP 401', answer(401, ''), { cause: 'credential-invalid' }],
		['a missing permission', answer(519, { errcode: 4012 }), { cause: 'configuration-invalid' }],
		['a missing field', answer(200, { errcode: 1030002000 }), { cause: 'configuration-invalid' }],
		['a rule of JDY', answer(200, { errcode: 2016013001 }), { cause: 'configuration-invalid' }],
		['too many calls', answer(429, { errcode: 429 }), { cause: 'rate-limited', retryAfterMs: 60_000 }],
		['too many calls, and for how long', answer(429, '', { 'Retry-After': '7' }), { cause: 'rate-limited', retryAfterMs: 7000 }],
		['a service that is down', answer(503, ''), { cause: 'temporarily-unavailable' }],
		['an answer that never came', { type: 'silence' as const, saves: true }, { cause: 'temporarily-unavailable' }],
	])('the error of %s tells n8n its cause', async (_name, fault, failure) => {
		emulator.chooseFault = () => fault;
		const { error } = await save(emulator, { items: [{}], parameters: { options: { maxAttempts: 1, timeout: 500 } } });
		expect(error).toMatchObject({ name: 'NodeApiError', failure });
	});

	it('so does the error of an item that cannot be sent', async () => {
		const { error } = await save(emulator, { items: [{}], parameters: { bizType: ' ' } });
		expect(error).toMatchObject({ name: 'NodeOperationError', failure: { cause: 'configuration-invalid' } });
		expect(emulator.connections).toBe(0);
	});

	it.each([
		['continueErrorOutput', 'failed'],
		['continueRegularOutput', 'saved'],
	] as const)('goes to its output under %s', async (onError, output) => {
		emulator.chooseFault = (_request, index) => (index === 1 ? answer(200, { errcode: 2016013001, description: 'no' }) : undefined);
		const result = await save(emulator, { items: [{ no: 1 }, { no: 2 }, { no: 3 }], settings: { onError } });
		expect(result[output].filter(({ json }) => json.error === 'no')).toHaveLength(1);
		expect(result.saved.filter(({ json }) => json.errcode === 0)).toHaveLength(2);
		expect(emulator.savedIds).toHaveLength(2);
	});
});

describe('refused credentials', () => {
	it.each(['continueErrorOutput', 'stopWorkflow'] as const)('are not tried again by Retry On Fail under %s', async (onError) => {
		emulator.chooseFault = () => answer(519, { errcode: 4008, description: 'refused' });
		const { failed, error } = await save(emulator, { items: [{}, {}], settings: { onError, retryOnFail: true, maxTries: 3 } });
		expect(failed[0]?.json.error ?? error?.message).toBe('refused');
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([4003, 4008, 4010, 4012, 1020002008])('errcode %i holds the rest back even where errors continue', async (code) => {
		emulator.chooseFault = (_request, index) => (index === 1 ? answer(519, { errcode: code, description: 'refused' }) : undefined);
		const { saved, failed } = await save(emulator, { items: [{}, {}, {}, {}], settings: CONTINUE });
		expect(saved).toHaveLength(1);
		expect(failed.map(({ json }) => (json.details as { outcome: string }).outcome)).toEqual(['rejected', 'notSent', 'notSent']);
		expect(failed[1]?.json.error).toBe('Not sent, because the gateway refused the credentials: refused');
		expect(emulator.ledger).toHaveLength(2);
	});

	it.each([
		['clientId', { clientId: '1' }, 4003],
		['clientSecret', { clientSecret: 'another-secret-of-this-length' }, 4008],
		['appToken', { appToken: 'tk-another' }, 4010],
	])('a wrong %s is found by the gateway', async (_name, change, errcode) => {
		const { error } = await save(emulator, { items: [{}], credential: { ...tokenCredential(emulator), ...change } });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode });
	});

	it('an ended token is found by the gateway', async () => {
		const credential = tokenCredential(emulator);
		emulator.gateway.tokens.endTokens(demoAccount);
		const { error } = await save(emulator, { items: [{}], credential });
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 4011 });
	});
});

describe('no answer', () => {
	it.each([
		['the connection closes after the request', { type: 'close', saves: true }, /^The connection broke/, /\(ECONNRESET\)$/],
		['half an answer comes', { type: 'half', saves: true }, /^The connection broke/, /cut the connection/],
		['nothing comes until the timeout', { type: 'silence', saves: true }, /did not answer in time/, /raise the option Timeout/],
		['the answer drips past the timeout', { type: 'drip', everyMs: 20, saves: true }, /did not answer in time/, /raise the option Timeout/],
		['the answer is endless', { type: 'answer', saves: true, reply: { status: 200, headers: {}, body: Buffer.alloc(10_000_001, 'x') } }, /far larger/, /TOO_LARGE/],
	] as const)('%s: unknown, and never sent again', async (_name, fault, message, advice) => {
		emulator.chooseFault = () => fault;
		const timeout = fault.type === 'answer' ? 30_000 : 300;
		const { failed } = await save(emulator, { items: [{ no: 'A' }], parameters: { options: { timeout } }, settings: { ...CONTINUE, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ error: expect.stringMatching(message), message: expect.stringMatching(LOOK_FIRST), details: { outcome: 'unknown', errcode: null } });
		expect(failed[0]?.json.message).toMatch(advice);
		expect(emulator.ledger).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('a refused connection is not sent', async () => {
		const credential = tokenCredential(emulator);
		await emulator.stop();
		const { failed } = await save(emulator, { items: [{}], credential, settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({
			error: 'No connection to Kingdee JDY',
			message: expect.stringMatching(/^Nothing was sent\..*\(ECONNREFUSED\)$/),
			details: { outcome: 'notSent', errcode: null },
		});
		emulator = await Emulator.start();
	});

	it('a host that does not exist is not sent', async () => {
		const credential = { ...tokenCredential(emulator), gatewayUrl: 'http://gateway.invalid' };
		const { error } = await save(emulator, { items: [{}], credential });
		expect(error?.message).toBe('No connection to Kingdee JDY');
		expect(error?.description).toMatch(/\((ENOTFOUND|EAI_AGAIN)\)$/);
		expect(error?.context).toMatchObject({ outcome: 'notSent' });
	});

	it.each([302, 307, 308])('a redirect with %i is never followed', async (status) => {
		let visits = 0;
		const elsewhere = createServer((_request, response) => {
			visits += 1;
			response.end('{"errcode":0,"description":"success","data":null}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
		const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
		emulator.chooseFault = () => answer(status, '', { Location: location });
		const { error } = await save(emulator, { items: [{}] });
		expect(error?.context).toMatchObject({ outcome: 'unknown' });
		expect(error?.description).toMatch(/never followed/);
		expect(visits).toBe(0);
		await new Promise((resolve) => elsewhere.close(resolve));
	});

	it('an answer that echoes the secrets, escaped or not, is shown without them', async () => {
		const credential = { ...tokenCredential(emulator), clientSecret: 'a "quoted\\ secret" of length' };
		emulator.gateway.settings.clients = [{ ...demoClient, clientSecret: credential.clientSecret }];
		emulator.chooseFault = ({ headers }) => {
			const signature = headers['x-api-signature'] ?? '';
			const words = [headers['app-token'], signature, encodeURIComponent(signature), credential.clientSecret].join(' ');
			return answer(519, JSON.stringify({ errcode: 4008, description: words }).replaceAll('=', '\\u003d'), { 'X-Api-Requestid': String(headers['app-token']) });
		};
		const { error } = await save(emulator, { items: [{}], credential });
		expect(error?.message).toBe('*** *** *** ***');
		expect(error?.context).toMatchObject({ errcode: 4008, requestId: '***' });
	});

	it('an id that happens to hold a short secret stays as it is', async () => {
		const credential = { ...tokenCredential(emulator), clientSecret: '12345678' };
		emulator.gateway.settings.clients = [{ ...demoClient, clientSecret: '12345678' }];
		emulator.chooseFault = () => answer(200, '{"errcode":0,"description":"success","data":{"data":{"id":"1712345678000000001","n":1712345678000000001,"echo":"12345678"}}}');
		const { saved } = await save(emulator, { items: [{}], credential });
		expect(saved[0]?.json.data).toEqual({ data: { id: '1712345678000000001', n: '1712345678000000001', echo: '***' } });
	});
});

describe('what n8n makes of an error', () => {
	it('keeps its title when an AI agent wraps it', async () => {
		emulator.chooseFault = () => ({ type: 'close', saves: true });
		const { error } = await save(emulator, { items: [{}] });
		const wrapped = new n8nWorkflow.NodeOperationError({ name: 'Agent' } as never, Object.assign(new Error(error?.message), { description: error?.description }));
		expect(wrapped.message).toBe('The connection broke before the whole answer came back');
		expect(wrapped.description).toMatch(LOOK_FIRST);
	});
});
