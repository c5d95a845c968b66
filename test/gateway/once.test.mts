import { call } from '../../nodes/KingdeeJdy/gateway/call.ts';
import type { Gateway } from '../../nodes/KingdeeJdy/gateway/call.ts';
import { readCredential } from '../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { multipartBody, newBoundary } from '../../nodes/KingdeeJdy/gateway/multipart.ts';
import { rateLimiterFor } from '../../nodes/KingdeeJdy/gateway/rateLimit/rateLimiter.ts';
import { throughFetch } from '../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import { throughHelper } from '../../nodes/KingdeeJdy/gateway/transport/helper.ts';
import type { Endpoint, Send, SendResult, WireRequest } from '../../nodes/KingdeeJdy/gateway/types.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const CREDENTIAL = { gatewayUrl: 'https://gateway.test', clientId: '1', clientSecret: 's', authentication: 'appToken', appToken: 't', routerDomain: 'https://tf.jdy.com' };

function answer(status: number, body: object): SendResult {
	return { type: 'answer', answer: { status, headers: {}, text: JSON.stringify(body) } };
}

const DONE = answer(200, { errcode: 0, description: 'success', data: { ids: ['1'] } });
const EXISTS = answer(200, { errcode: 1030002002, description: 'outside_pk_id已存在' });
const REFUSED = answer(200, { errcode: 2016013001, description: '库存不足' });
const LOST: SendResult = { type: 'noAnswer', reason: 'broken', code: 'ECONNRESET' };
const BUSY = answer(503, {});
const STALE = answer(519, { errcode: 4011, description: 'token' });

/** A gateway that answers with these, one after the other. */
function gatewayOf(results: SendResult[], sent: WireRequest[] = []): Gateway {
	const state = createState();
	const credential = readCredential(CREDENTIAL);
	const send: Send = async (request) => {
		sent.push(request);
		return results[sent.length - 1] ?? LOST;
	};
	return { credential, state, send, clock: { now: Date.now, nonce: () => '1', random: () => 0 }, rateLimiter: rateLimiterFor(state.rateLimiters, 'account', 0) };
}

const SAVE: Endpoint = { method: 'POST', path: '/jdy/v2/scm/pur_order', effect: 'write' };

async function outcomeOf(results: SendResult[], endpoint: Endpoint, maxAttempts = 3) {
	const sent: WireRequest[] = [];
	const ended = await call(gatewayOf(results, sent), endpoint, '{}', { timeoutMs: 1000, maxAttempts });
	return [ended.type === 'done' ? 'done' : `${ended.failure.outcome} ${ended.failure.code}`, sent.length];
}

describe('a write that JDY does once only', () => {
	const once: Endpoint = { ...SAVE, idempotent: true };

	it.each([
		['goes out again after an answer that was lost', [LOST, DONE], ['done', 2]],
		['may have been done where its key exists after that', [LOST, EXISTS], ['unknown 1030002002', 2]],
		['may have been done although a later attempt is refused', [LOST, REFUSED], ['unknown 2016013001', 2]],
		['may have been done although later attempts did not come through', [LOST, BUSY, BUSY], ['unknown 503', 3]],
		['may have been done although its token is refused later', [LOST, STALE], ['unknown 4011', 2]],
		['was surely not done where every attempt was refused', [BUSY, REFUSED], ['rejected 2016013001', 2]],
		['is given up in the end', [LOST, LOST, LOST], ['unknown ECONNRESET', 3]],
	] as Array<[string, SendResult[], unknown[]]>)('%s', async (_what, results, expected) => {
		expect(await outcomeOf(results, once)).toEqual(expected);
	});
});

it('sends any other write once where it may have been done', async () => {
	expect(await outcomeOf([LOST, DONE], SAVE)).toEqual(['unknown ECONNRESET', 1]);
});

describe('an upload', () => {
	const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
	const boundary = newBoundary();
	const upload: Endpoint = { method: 'POST', path: '/jdy/v2/sys/attachment_upload', effect: 'write', boundary };
	const body = multipartBody({ name: 'file1', fileName: '"发票"\r\n.pdf', mimeType: 'application/pdf', bytes }, boundary);

	it('is a form with one file', () => {
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="file1"; filename="%22发票%22%0D%0A.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
		expect(Buffer.from(body).equals(Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]))).toBe(true);
		expect(newBoundary()).not.toBe(boundary);
	});

	it('is told apart by its content type, and answered in words of its own', async () => {
		const sent: WireRequest[] = [];
		const gateway = gatewayOf([answer(200, { errorCode: 0, message: 'ok', data: { id: '1' } }), answer(200, { errorCode: 1030002005, message: '文件过大' }), answer(200, { errorCode: 0 })], sent);
		const options = { timeoutMs: 1000, maxAttempts: 1 };
		expect(await call(gateway, upload, body, options)).toEqual({ type: 'done', envelope: { errcode: 0, description: 'ok', data: { id: '1' } } });
		expect(sent[0]?.headers['Content-Type']).toBe(`multipart/form-data; boundary=${boundary}`);
		expect(await call(gateway, upload, body, options)).toMatchObject({ failure: { errcode: 1030002005, message: '文件过大', outcome: 'rejected' } });
		expect(await call(gateway, SAVE, '{}', options)).toMatchObject({ failure: { kind: 'noEnvelope' } });
	});

	it('arrives byte for byte by both ways', async () => {
		const received: Buffer[] = [];
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
				received.push(Buffer.concat(chunks));
				response.end('{}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const request: WireRequest = { method: 'POST', url, headers: { 'Content-Type': 'text/plain' }, body };
		const helper = throughHelper(async ({ body: buffer }) => {
			received.push(buffer as Buffer);
			return { statusCode: 200, headers: {}, body: (async function* () { yield Buffer.from('{}'); })() };
		});
		for (const send of [throughFetch(), helper]) expect(await send(request, { timeoutMs: 1000 })).toMatchObject({ type: 'answer' });
		server.close();
		expect(received.map((buffer) => buffer.equals(Buffer.from(body)))).toEqual([true, true]);
	});
});
