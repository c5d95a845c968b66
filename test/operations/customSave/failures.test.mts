import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { answerWith, drip, half, lost, redirect, refuse, silence } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount, demoClient } from '../../emulator/settings.mts';
import { n8nWorkflow } from '../../helpers/n8n/n8n.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { oneOfEachKind } from '../../helpers/failures.mts';
import { save } from '../../helpers/jdy.mts';
import { CONTINUE, RETRY, items } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const ONCE = { options: { maxAttempts: 1 } };
const LOOK_FIRST = /^It is not known whether this document was saved\. It was not sent again\. Look for it in JDY/;

describe('an answer that is no success', () => {
	it.each(oneOfEachKind.map((entry) => [entry.kind, entry] as const))('of the kind %s is told in the output', async (_kind, { status, errcode, text, outcome, advice }) => {
		emulator.chooseFault = () => answerWith(status ?? 0, text, { headers: { 'X-Api-Requestid': 'req-7' } });
		const { saved, failed } = await save(emulator, { items: [{ no: 'A' }], parameters: ONCE, settings: CONTINUE });
		const error = errcode === undefined ? `Kingdee JDY answered HTTP ${status} without an explanation` : errcode === 0 ? `HTTP ${status} and errcode 0 contradict each other` : '为何[网关]';
		const details = { message: error, description: expect.any(String), outcome, errcode: errcode ?? null, requestId: 'req-7', bizType: 'ts_45465632434343' };
		expect(saved).toEqual([]);
		expect(failed).toEqual([{ json: { no: 'A', error: details }, pairedItem: { item: 0 } }]);
		const message = String((failed[0]?.json.error as IDataObject).description);
		for (const part of advice) expect(message).toContain(part);
		expect(LOOK_FIRST.test(message)).toBe(outcome === 'unknown');
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([
		['continueErrorOutput', 'failed'],
		['continueRegularOutput', 'saved'],
	] as const)('goes to its output under %s', async (onError, output) => {
		emulator.chooseFault = (_request, index) => (index === 1 ? refuse(2016013001, 'no') : undefined);
		const result = await save(emulator, { items: [{ no: 1 }, { no: 2 }, { no: 3 }], settings: { onError } });
		expect(result[output].filter(({ json }) => (json.error as IDataObject | undefined)?.message === 'no')).toHaveLength(1);
		expect(result.saved.filter(({ json }) => json.errcode === 0)).toHaveLength(2);
		expect(emulator.savedIds).toHaveLength(2);
	});
});

describe('refused credentials', () => {
	it.each(['continueErrorOutput', 'stopWorkflow'] as const)('are not tried again by Retry On Fail under %s', async (onError) => {
		emulator.chooseFault = () => refuse(4008, 'refused');
		const { failed, error } = await save(emulator, { items: [{}, {}], settings: { onError, ...RETRY } });
		expect((failed[0]?.json.error as IDataObject | undefined)?.message ?? error?.message).toBe('refused');
		expect(emulator.ledger).toHaveLength(1);
	});

	it('hold the rest back even where errors continue', async () => {
		emulator.chooseFault = (_request, index) => (index === 1 ? refuse(4008, 'refused') : undefined);
		const { saved, failed } = await save(emulator, { items: [{}, {}, {}, {}], settings: CONTINUE });
		expect(saved).toHaveLength(1);
		expect(failed.map(({ json }) => (json.error as { outcome: string }).outcome)).toEqual(['rejected', 'notSent', 'notSent']);
		expect(failed[1]?.json.error).toHaveProperty('message', 'Not sent, because the gateway refused the credentials: refused');
		expect(emulator.ledger).toHaveLength(2);
	});

	it('hold back what waits for a slot', async () => {
		emulator.chooseFault = ({ body }) => (body.includes('"no":0') ? refuse(4008, 'refused') : undefined);
		const { saved, failed } = await save(emulator, { items: items(5), parameters: { options: { concurrency: 5, callsPerMinute: 2 } }, settings: CONTINUE });
		expect([saved.length, failed.length, emulator.ledger.length]).toEqual([1, 4, 2]);
		expect(failed.slice(1).map(({ json }) => (json.error as IDataObject).message)).toEqual(Array.from({ length: 3 }, () => 'Not sent, because the gateway refused the credentials: refused'));
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
		['the connection closes after the request', lost(), /^The connection broke/, /\(ECONNRESET\)$/],
		['half an answer comes', half(), /^The connection broke/, /cut the connection/],
		['nothing comes until the timeout', silence(), /did not answer in time/, /raise the option Timeout/],
		['the answer drips past the timeout', drip(20), /did not answer in time/, /raise the option Timeout/],
		['the answer is endless', answerWith(200, Buffer.alloc(10_000_001, 'x'), { saves: true }), /far larger/, /TOO_LARGE/],
	] as const)('%s: unknown, and never sent again', async (_name, fault, message, advice) => {
		emulator.chooseFault = () => fault;
		const timeout = fault.type === 'answer' ? 30_000 : 300;
		const { failed } = await save(emulator, { items: [{ no: 'A' }], parameters: { options: { timeout } }, settings: { ...CONTINUE, ...RETRY } });
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ error: { message: expect.stringMatching(message), description: expect.stringMatching(LOOK_FIRST), outcome: 'unknown', errcode: null } });
		expect((failed[0]?.json.error as IDataObject).description).toMatch(advice);
		expect(emulator.ledger).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('a refused connection is not sent', async () => {
		const credential = tokenCredential(emulator);
		await emulator.stop();
		const { failed } = await save(emulator, { items: [{}], credential, parameters: ONCE, settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({
			error: {
				message: 'No connection to Kingdee JDY',
				description: expect.stringMatching(/^Nothing was sent\..*\(ECONNREFUSED\)$/),
				outcome: 'notSent', errcode: null,
			},
		});
		emulator = await Emulator.start();
	});

	it('a host that does not exist is not sent', async () => {
		const credential = { ...tokenCredential(emulator), gatewayUrl: 'http://gateway.invalid' };
		const { error } = await save(emulator, { items: [{}], credential, parameters: ONCE });
		expect(error?.message).toBe('No connection to Kingdee JDY');
		expect(error?.description).toMatch(/\((ENOTFOUND|EAI_AGAIN)\)$/);
		expect(error?.context).toMatchObject({ outcome: 'notSent' });
	});

	it.each([302, 307])('a redirect with %i is never followed', async (status) => {
		let visits = 0;
		const elsewhere = createServer((_request, response) => {
			visits += 1;
			response.end('{"errcode":0,"description":"success","data":null}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
		const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
		emulator.chooseFault = () => redirect(status, location);
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
			return answerWith(519, JSON.stringify({ errcode: 4008, description: words }).replaceAll('=', '\\u003d'), { headers: { 'X-Api-Requestid': String(headers['app-token']) } });
		};
		const { error } = await save(emulator, { items: [{}], credential });
		expect(error?.message).toBe('*** *** *** ***');
		expect(error?.context).toMatchObject({ errcode: 4008, requestId: '***' });
	});

	it('an id that happens to hold a short secret stays as it is', async () => {
		const credential = { ...tokenCredential(emulator), clientSecret: '12345678' };
		emulator.gateway.settings.clients = [{ ...demoClient, clientSecret: '12345678' }];
		emulator.chooseFault = () => answerWith(200, '{"errcode":0,"description":"success","data":{"data":{"id":"1712345678000000001","n":1712345678000000001,"echo":"12345678"}}}');
		const { saved } = await save(emulator, { items: [{}], credential });
		expect(saved[0]?.json.data).toEqual({ data: { id: '1712345678000000001', n: '1712345678000000001', echo: '***' } });
	});
});

describe('what n8n makes of an error', () => {
	it('keeps its title when an AI agent wraps it', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await save(emulator, { items: [{}] });
		const wrapped = new n8nWorkflow.NodeOperationError({ name: 'Agent' } as never, Object.assign(new Error(error?.message), { description: error?.description }));
		expect(wrapped.message).toBe('The connection broke before the whole answer came back');
		expect(wrapped.description).toMatch(LOOK_FIRST);
	});
});
