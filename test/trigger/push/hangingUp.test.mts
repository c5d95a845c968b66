import { Emulator } from '../../emulator/server.mts';
import { until } from '../../helpers/n8n/programs.mts';
import { listen } from '../../helpers/pushTrigger.mts';
import type { Listening } from '../../helpers/pushTrigger.mts';

let emulator: Emulator;
let listening: Listening;
beforeEach(async () => {
	emulator = await Emulator.start();
	listening = await listen(emulator);
});
afterEach(async () => {
	await listening.webhooks.stop();
	await emulator.stop();
});

const order = { bizType: 'sal_bill_order', msgId: 'm-1', data: ['1800000000000000001'] };

/** A message whose sender hangs up while n8n is about to start the workflow; n8n goes on when it is let. */
async function abandoned(): Promise<{ goOn: () => void; fail: (error: Error) => void }> {
	const { webhooks, pusher } = listening;
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const sender = new AbortController();
	let isStarting = false;
	webhooks.onStart = async () => {
		isStarting = true;
		await promise;
	};
	const gone = expect(pusher.message({ ...order, signal: sender.signal })).rejects.toThrow('aborted');
	await until('The start', 10_000, () => isStarting);
	sender.abort();
	await gone;
	await until('The end of the call', 10_000, () => webhooks.closed === 1);
	webhooks.onStart = () => undefined;
	return { goOn: resolve, fail: reject };
}

describe('a message whose sender hangs up before n8n answers', () => {
	it('starts the workflow when it comes again, where n8n could not start it', async () => {
		const { fail } = await abandoned();
		fail(new Error('database is locked'));
		expect((await listening.pusher.message(order)).status).toBe(200);
		expect(listening.webhooks.started).toHaveLength(1);
	});

	it('starts it once, however often it comes again while n8n has no free place', async () => {
		const { goOn } = await abandoned();
		const again = Promise.all(Array.from({ length: 5 }, async () => await listening.pusher.message(order)));
		await until('The next calls', 10_000, async () => (await listening.pusher.message({ ...order, msgId: 'm-2' })).status === 200);
		expect(listening.webhooks.started.map(([item]) => item?.json.msgId)).toEqual(['m-2']);
		goOn();
		expect((await again).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(listening.webhooks.started.map(([item]) => item?.json.msgId)).toEqual(['m-2', 'm-1']);
	});
});
