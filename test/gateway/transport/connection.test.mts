/** @jest-environment ./test/helpers/officialHostEnvironment.mts */
import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import { throughFetch } from '../../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import { answerWith, drip, half, lost, redirect, silence } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { certificate } from '../../helpers/certificate.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { save } from '../../helpers/jdy.mts';
import type { SaveOptions } from '../../helpers/jdy.mts';
import { leadTo, officialHost } from '../../helpers/officialHost.mts';
import { CONTINUE, items } from '../../helpers/settings.mts';

const host = officialHost();

let emulator: Emulator;

beforeEach(async () => {
	const tls = await certificate(['api.kingdee.com']);
	emulator = await Emulator.start({ callsPerSecond: Infinity }, { tls });
	leadTo(emulator, tls, { alsoHelper: false });
});
afterEach(async () => await emulator.stop());

async function saveAtOfficialHost(options: SaveOptions) {
	return await save(emulator, { credential: { ...tokenCredential(emulator), gatewayUrl: 'https://api.kingdee.com' }, settings: CONTINUE, ...options });
}

describe('the official gateway', () => {
	it('is reached over one connection that stays open', async () => {
		const { saved } = await saveAtOfficialHost({ items: items(20) });
		expect(saved).toHaveLength(20);
		expect(emulator.connections).toBeLessThanOrEqual(2);
	});

	it('is never followed to another host', async () => {
		emulator.chooseFault = () => redirect(307, 'https://example.com/');
		const { failed } = await saveAtOfficialHost({ items: items(1) });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		expect(host.connections).toBe(1);
	});

	it.each([401, 421])('is sent a document once, whatever fetch does by itself after HTTP %i', async (status) => {
		emulator.chooseFault = () => answerWith(status, '');
		const { failed } = await saveAtOfficialHost({ items: items(1) });
		expect(failed[0]?.json.error).toMatchObject({ outcome: status === 401 ? 'rejected' : 'unknown' });
		expect(emulator.ledger.map(({ headers, body }) => [headers['content-length'], headers['transfer-encoding'], body])).toEqual([['48', undefined, '{"biz_type":"ts_45465632434343","data":{"no":0}}']]);
	});

	it('may close the connection while it is idle: that makes nothing unknown', async () => {
		emulator.onAnswered = () => setImmediate(() => emulator.closeIdleConnections());
		emulator.gateway.settings.serviceMs = 5;
		const { saved } = await saveAtOfficialHost({ items: items(30) });
		expect(saved).toHaveLength(30);
		expect(emulator.connections).toBeGreaterThan(1);
	});

	describe('that is in a hurry', () => {
		// Where the machine is held up just between an answer and the next call, one of them may be lost in earnest. A node that
		// takes the closed connections loses six of 200.
		jest.retryTimes(2);

		it('may close each connection right after its answer, without saying so: that makes nothing unknown', async () => {
			const tls = await certificate(['api.kingdee.com']);
			const hasty = fork(resolve('test', 'helpers', 'hastyGateway.mts'));
			try {
				const told = new Promise<number>((tell) => hasty.once('message', (port) => tell(port as number)));
				hasty.send(tls);
				Object.assign(host, { port: await told, ca: tls.cert });
				expect((await saveAtOfficialHost({ items: items(200) })).saved).toHaveLength(200);
			} finally {
				hasty.kill();
			}
		});
	});

	it('may close the connections between two runs: the next run opens new ones', async () => {
		const options = { items: items(10), parameters: { options: { concurrency: 5 } } };
		// The later ones run warm: they begin within a few milliseconds of the last answer, in the same turn of the event loop.
		for (let run = 0; run < 40; run++) {
			expect((await saveAtOfficialHost(options)).saved).toHaveLength(10);
			emulator.closeIdleConnections();
		}
		expect(emulator.ledger).toHaveLength(400);
	});

	it.each([
		['closed after the request', lost(), /ECONNRESET|UND_ERR_SOCKET/],
		['half an answer', half(), /UND_ERR_SOCKET|ECONNRESET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH/],
		['silence', silence(), /TIMEOUT/],
		['a drip past the timeout', drip(20), /TIMEOUT/],
	] as const)('%s is unknown and never sent again', async (_name, fault, code) => {
		emulator.chooseFault = () => fault;
		const { failed } = await saveAtOfficialHost({ items: items(1), parameters: { options: { timeout: 300 } } });
		expect(failed[0]?.json).toMatchObject({ error: { description: expect.stringMatching(code), outcome: 'unknown' } });
		expect(emulator.ledger).toHaveLength(1);
	});

	it('aborts the call in flight when the user stops the execution', async () => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = () => {
			setTimeout(() => stop(), 50);
			return silence();
		};
		const { error } = await saveAtOfficialHost({ items: items(3), settings: {}, onStart: (cancel) => (stop = cancel) });
		expect(error).toMatchObject({ message: 'The execution was stopped', context: { outcome: 'unknown' } });
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([
		['a refused connection', () => Object.assign(host, { port: 9 })],
		['a wrong certificate', async () => Object.assign(host, { ca: (await certificate()).cert })],
	])('with %s nothing is sent directly, and the request helper is asked', async (_name, spoil) => {
		await spoil();
		const { failed } = await saveAtOfficialHost({ items: items(1), parameters: { options: { maxAttempts: 1 } } });
		// The helper finds no such host from here: its code is what is told.
		expect(failed[0]?.json).toMatchObject({ error: { description: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/), outcome: 'notSent' } });
		expect(emulator.ledger).toEqual([]);
	});

	it('is left to the request helper where the user says so', async () => {
		const { failed } = await saveAtOfficialHost({ items: items(1), parameters: { options: { connection: 'n8n', maxAttempts: 1 } } });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'notSent' });
		expect(host.connections).toBe(0);
	});

	it('any other host goes through the request helper', async () => {
		const plain = await Emulator.start();
		const { saved } = await save(plain, { items: items(3) });
		await plain.stop();
		expect(saved).toHaveLength(3);
		expect(host.connections).toBe(0);
	});
});

describe('what comes back', () => {
	it('gives the status, the headers in lower case and the text', async () => {
		const headers = { 'X-Api-Requestid': 'r-1', 'Retry-After': '7', Date: 'Tue, 24 Nov 2026 10:00:00 GMT', 'X-Unread': 'yes' };
		emulator.chooseFault = () => answerWith(503, '{"description_cn":"服务暂停"}', { headers });
		const result = await throughFetch()({ method: 'GET', url: 'https://api.kingdee.com/', headers: {}, body: '' }, { timeoutMs: 1000 });
		const answer = result.type === 'answer' ? { status: result.answer.status, headers: result.answer.headers, text: result.answer.text } : result;
		expect(answer).toEqual({
			status: 503,
			headers: { 'x-api-requestid': 'r-1', 'retry-after': '7', date: 'Tue, 24 Nov 2026 10:00:00 GMT' },
			text: '{"description_cn":"服务暂停"}',
		});
	});
});
