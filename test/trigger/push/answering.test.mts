import { gzipSync } from 'node:zlib';

import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { Emulator } from '../../emulator/server.mts';
import { listen } from '../../helpers/pushTrigger.mts';
import type { Listening, PushOptions } from '../../helpers/pushTrigger.mts';

let emulator: Emulator;
let listening: Listening | undefined;
beforeEach(async () => void (emulator = await Emulator.start()));
afterEach(async () => {
	await listening?.webhooks.stop();
	await emulator.stop();
});

async function start(options: PushOptions = {}): Promise<Listening> {
	return (listening = await listen(emulator, options));
}

const success = (type: string) => ({ status: 200, body: JSON.stringify({ errcode: '0', description: 'success', data: { status: '0', msg: 'success', type } }) });
const order = { bizType: 'sal_bill_order', msgId: 'm-1', data: ['1800000000000000001'] };
const body = (more: object = {}) => JSON.stringify({ operation: 'save', timestamp: 1, data: ['1'], ...more });

describe('the address', () => {
	it('answers the test call of the console and starts nothing', async () => {
		const { pusher, webhooks } = await start();
		expect(await pusher.test()).toEqual(success('test_address'));
		expect(await pusher.raw({ bizType: 'test_address' }, '')).toEqual(success('test_address'));
		expect(webhooks.started).toEqual([]);
	});

	it('answers a message as JDY expects it, before anything is read', async () => {
		const { pusher, webhooks } = await start();
		expect(await pusher.message(order)).toEqual(success('sal_bill_order'));
		expect(emulator.ledger).toEqual([]);
		expect(webhooks.started).toEqual([[{ json: { bizType: 'sal_bill_order', msgId: 'm-1', ids: ['1800000000000000001'], mark: expect.stringMatching(/^[\w-]{11}$/) } }]]);
	});

	it.each([
		['bizType in the query only', { bizType: 'a', msgId: '1' }, body()],
		['bizType in the body only', { msgId: '1' }, body({ bizType: 'a' })],
		['bizType in both', { bizType: 'a' }, body({ bizType: 'a' })],
		['an empty msgId', { bizType: 'a', msgId: '' }, body()],
		['a byte order mark', { bizType: 'a' }, `\uFEFF${body()}`],
	])('takes a message with %s', async (_case, query, text) => {
		const { pusher, webhooks } = await start();
		expect(await pusher.raw(query, text)).toEqual(success('a'));
		expect(webhooks.started).toHaveLength(1);
	});

	it('takes a compressed message, whatever its content type', async () => {
		const { pusher, webhooks } = await start();
		expect(await pusher.raw({ bizType: 'a' }, new Uint8Array(gzipSync(body())), { 'content-encoding': 'gzip', 'content-type': 'text/plain' })).toEqual(success('a'));
		expect(webhooks.started).toHaveLength(1);
	});

	it.each([
		['no body', { bizType: 'a' }, '', 'The body has no data'],
		['malformed JSON', { bizType: 'a' }, '{"data":', 'The body is no JSON object'],
		['a list', { bizType: 'a' }, '[1]', 'The body is no JSON object'],
		['a text', { bizType: 'a' }, '"a"', 'The body is no JSON object'],
		['null', { bizType: 'a' }, 'null', 'The body is no JSON object'],
		['a form', {}, 'bizType=a&data=1', 'The body is no JSON object'],
		['an object of something else', {}, '{"hello":1}', 'Neither the query nor the body names a bizType'],
		['no data', { bizType: 'a' }, '{"operation":"save"}', 'The body has no data'],
		['two bizTypes', { bizType: 'a' }, body({ bizType: 'b' }), 'The query and the body name different bizTypes'],
		['a bizType that is a number', {}, body({ bizType: 1 }), 'bizType is no text of up to 100 characters'],
		['a bizType without end', { bizType: 'a'.repeat(101) }, body(), 'bizType is no text of up to 100 characters'],
		['a test call of two minds', { bizType: 'test_address' }, body({ bizType: 'a' }), 'The query and the body name different bizTypes'],
		['a msgId without end', { bizType: 'a', msgId: 'm'.repeat(101) }, body(), 'msgId is no text of up to 100 characters'],
	])('answers 400 to %s and starts nothing', async (_case, query, text, reason) => {
		const { pusher, webhooks } = await start();
		expect(await pusher.raw(query as Record<string, string>, text)).toEqual({ status: 400, body: JSON.stringify({ errcode: '400', description: reason }) });
		expect(webhooks.started).toEqual([]);
	});

	const MB = 1024 * 1024;
	const padded = (length: number) => body({ data: 'x'.repeat(length - body({ data: '' }).length) });
	it.each([
		['takes 1 MB', padded(MB), {}, 200],
		['refuses a byte more', padded(MB + 1), {}, 413],
		['refuses 2 MB', padded(2 * MB), {}, 413],
		['refuses what is larger once it is unpacked', new Uint8Array(gzipSync(padded(2 * MB))), { 'content-encoding': 'gzip' }, 413],
		['refuses what n8n itself refuses', new Uint8Array(gzipSync(padded(17 * MB))), { 'content-encoding': 'gzip' }, 413],
	])('%s', async (_case, content, headers, status) => {
		const { pusher, webhooks } = await start();
		expect((await pusher.raw({ bizType: 'a' }, content, headers)).status).toBe(status);
		expect(webhooks.started).toHaveLength(status === 200 ? 1 : 0);
	});

	it.each<[string, PushOptions['parameters'], string[]]>([
		['all of them unless told', {}, ['a', 'b', 'c']],
		['those of a list', { bizTypes: ['a', 'c'] }, ['a', 'c']],
		['those of a text', { bizTypes: 'a, b' }, ['a', 'b']],
		['those of the list and others', { bizTypes: ['a'], additionalOptions: { otherTypes: 'c' } }, ['a', 'c']],
	])('answers every type and starts with %s', async (_case, parameters, given) => {
		const { pusher, webhooks } = await start({ parameters: parameters ?? {} });
		for (const bizType of ['a', 'b', 'c']) expect(await pusher.message({ bizType, data: ['1'] })).toEqual(success(bizType));
		expect(webhooks.started.map(([item]) => item?.json.bizType)).toEqual(given);
	});

	it('says so where the node cannot be used as it is set', async () => {
		const { pusher, webhooks } = await start({ parameters: { bizTypes: { a: 1 } } });
		expect((await pusher.message(order)).status).toBe(500);
		expect(webhooks.started).toEqual([]);
	});
});

describe('the same message', () => {
	it('is answered again and not given out', async () => {
		const { pusher, webhooks } = await start();
		for (let nth = 0; nth < 3; nth++) expect(await pusher.message(order)).toEqual(success('sal_bill_order'));
		expect(webhooks.started).toHaveLength(1);
	});

	it('is given out once when it comes several times at once', async () => {
		const { pusher, webhooks } = await start();
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await pusher.message(order)));
		expect(answers).toEqual(Array.from({ length: 20 }, () => success('sal_bill_order')));
		expect(webhooks.started).toHaveLength(1);
	});

	it('is known after a restart', async () => {
		const { pusher, webhooks, run } = await start();
		for (const msgId of ['m-1', 'm-2', 'm-3']) await pusher.message({ ...order, msgId });
		await run();
		const { stored } = webhooks;
		await webhooks.stop();
		const again = await start({ state: createState() });
		again.webhooks.stored = stored;
		for (const msgId of ['m-1', 'm-2', 'm-3', 'm-4']) expect(await again.pusher.message({ ...order, msgId })).toEqual(success('sal_bill_order'));
		expect(again.webhooks.started.map(([item]) => item?.json.msgId)).toEqual(['m-4']);
	});

	it('is known after the node was renamed, and another node with its ID has messages of its own', async () => {
		const { pusher, webhooks, run } = await start();
		for (const msgId of ['m-1', 'm-2']) await pusher.message({ ...order, msgId });
		await run();
		const { stored } = webhooks;
		await webhooks.stop();
		const renamed = await start({ name: 'Orders of JDY' });
		renamed.webhooks.stored = stored;
		for (const msgId of ['m-1', 'm-2', 'm-3']) expect(await renamed.pusher.message({ ...order, msgId })).toEqual(success('sal_bill_order'));
		expect(renamed.webhooks.started.map(([item]) => item?.json.msgId)).toEqual(['m-3']);
		await renamed.webhooks.stop();
		const other = await start({ name: 'Other' });
		expect(await other.pusher.message({ ...order, msgId: 'm-3' })).toEqual(success('sal_bill_order'));
		expect(other.webhooks.started).toHaveLength(1);
	});

	it('is given out when it comes again after n8n could not start the workflow, and JDY was told so', async () => {
		const { pusher, webhooks } = await start();
		webhooks.onStart = () => {
			throw new Error('database is locked');
		};
		expect((await pusher.message(order)).status).toBe(500);
		expect(webhooks.stored).toEqual({});
		webhooks.onStart = () => undefined;
		expect(await pusher.message(order)).toEqual(success('sal_bill_order'));
		expect(webhooks.started).toHaveLength(1);
	});

	it('takes over where the first of two at once could not start the workflow', async () => {
		const { pusher, webhooks } = await start();
		let starts = 0;
		webhooks.onStart = () => {
			starts += 1;
			if (starts === 1) throw new Error('database is locked');
		};
		const statuses = (await Promise.all([pusher.message(order), pusher.message(order)])).map(({ status }) => status);
		expect(statuses.toSorted()).toEqual([200, 500]);
		expect(webhooks.started).toHaveLength(1);
	});

	it('is given out each time where it has no msgId', async () => {
		const { pusher, webhooks, run } = await start();
		for (let nth = 0; nth < 2; nth++) await pusher.message({ ...order, msgId: null });
		expect(webhooks.started).toHaveLength(2);
		await run();
		expect(webhooks.stored).toEqual({});
	});

	it('is shown at the test address as often as it comes, and remembered nowhere', async () => {
		const { pusher, webhooks, run } = await start({ mode: 'manual' });
		for (let nth = 0; nth < 2; nth++) await pusher.message(order);
		expect(webhooks.started).toHaveLength(2);
		await run();
		expect(webhooks.stored).toEqual({});
	});

	it('is known among 1,000, and the memory of them is bounded', async () => {
		const { pusher, webhooks, run } = await start();
		const send = async (from: number, count: number) => {
			const numbers = Array.from({ length: count }, (_unused, nth) => from + nth);
			for (let at = 0; at < count; at += 50) {
				const answers = await Promise.all(numbers.slice(at, at + 50).map(async (nth) => await pusher.message({ ...order, msgId: `m-${nth}` })));
				expect(answers.every(({ status }) => status === 200)).toBe(true);
			}
		};
		await send(0, 1000);
		await send(0, 1000);
		expect(webhooks.started).toHaveLength(1000);
		await send(1000, 100);
		expect(webhooks.started).toHaveLength(1100);
		webhooks.started.splice(0, 1099);
		await run();
		expect((webhooks.stored['node:Push'] as { messages: unknown[] }).messages).toHaveLength(1000);
		expect(JSON.stringify(webhooks.stored).length).toBeLessThan(30_000);
	});
});
