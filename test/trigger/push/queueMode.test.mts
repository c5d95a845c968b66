import type { INodeExecutionData } from 'n8n-workflow';

import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { Emulator } from '../../emulator/server.mts';
import { freshStore } from '../../helpers/processedData.mts';
import { listen } from '../../helpers/pushTrigger.mts';
import type { ExecuteOptions, Executed, Listening } from '../../helpers/pushTrigger.mts';
import { RETRY } from '../../helpers/settings.mts';

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;
const listening: Listening[] = [];

beforeEach(async () => {
	emulator = await Emulator.start();
	store = await freshStore();
});
afterEach(async () => {
	for (const { webhooks } of listening.splice(0)) await webhooks.stop();
	await emulator.stop();
});

const message = (index: number) => ({ bizType: 'no_such_entity', msgId: `m-${index}`, data: [String(index)] });

/** A process that receives messages: it has a memory of its own, and what the database holds. */
async function receiving(stored = {}): Promise<Listening> {
	const one = await listen(emulator, { state: createState() });
	one.webhooks.stored = stored;
	listening.push(one);
	return one;
}

/** What the messages start, executed by workers at the same moment: each reads the static data before another has written. */
async function executeAtOnce({ webhooks, execute }: Listening, workers: ReadonlyArray<ReturnType<typeof createState>>, executionIds?: string[]): Promise<Executed[]> {
	const started = webhooks.started.splice(0);
	const stored = webhooks.stored;
	const executed = await Promise.all(started.map(async (items, index) => await execute(items, { state: workers[index % workers.length] ?? createState(), staticData: stored, executionId: executionIds?.[index] ?? `${Math.random()}` })));
	// Whoever writes last has written over the others.
	webhooks.stored = executed.at(-1)?.staticData ?? stored;
	return executed;
}

const idsOf = (executed: Executed[]) => executed.flatMap(({ items }) => items.map(({ id }) => id));

describe('in queue mode', () => {
	it.each([
		['in memory', undefined],
		['in a slow store', () => 5],
	])('messages that two workers execute at the same moment come out once, although all repeat after a restart, %s', async (_how, latencyMs) => {
		store.latencyMs = latencyMs;
		const workers = [createState(), createState()];
		let main = await receiving();
		const given: unknown[] = [];
		for (let round = 0; round < 10; round++) {
			for (const index of [0, 1]) await main.pusher.message(message(2 * round + index));
			given.push(...idsOf(await executeAtOnce(main, workers)));
		}
		expect(given).toEqual(Array.from({ length: 20 }, (_unused, index) => String(index)));
		main = await receiving(main.webhooks.stored);
		for (let index = 0; index < 20; index++) expect((await main.pusher.message(message(index))).status).toBe(200);
		// What the workers wrote over each other starts the workflow once more.
		const repeated = await executeAtOnce(main, [createState(), createState()]);
		expect(idsOf(repeated)).toEqual([]);
		expect(repeated.flatMap(({ run }) => run.hints('Push').map(({ message: text }) => text))).toEqual(repeated.map(() => 'Another execution has given this message out before'));
		expect(repeated.length).toBeGreaterThan(0);
	});

	it('one message that two processes receive comes out once, if they do not execute it at the same moment', async () => {
		const [first, second] = [await receiving(), await receiving()];
		await Promise.all([first.pusher.message(message(1)), second.pusher.message(message(1))]);
		expect(idsOf([...(await executeAtOnce(first, [createState()])), ...(await executeAtOnce(second, [createState()]))])).toEqual(['1']);
	});

	it('a message that is repeated as another one comes out', async () => {
		const main = await receiving();
		await main.pusher.message(message(1));
		await executeAtOnce(main, [createState()]);
		await main.pusher.message({ ...message(1), data: ['2'] });
		expect(idsOf(await executeAtOnce(main, [createState()]))).toEqual(['2']);
	});
});

describe('an execution that runs again', () => {
	async function started(): Promise<{ main: Listening; items: INodeExecutionData[] }> {
		const main = await receiving();
		await main.pusher.message(message(1));
		const [items = []] = main.webhooks.started.splice(0);
		return { main, items };
	}

	it.each<[string, ExecuteOptions]>([
		['because its worker was lost', { executionId: 'execution-1' }],
		['because somebody retries it', { executionId: 'execution-2', mode: 'retry' }],
	])('gives its message out again: %s', async (_why, how) => {
		const { main, items } = await started();
		expect((await main.execute(items, { state: createState(), executionId: 'execution-1' })).items).toMatchObject([{ id: '1' }]);
		expect((await main.execute(items, { state: createState(), ...how })).items).toMatchObject([{ id: '1' }]);
		expect((await main.execute(items, { state: createState(), executionId: 'execution-3' })).items).toEqual([]);
	});

	it('by Retry On Fail gives its message out', async () => {
		const { main, items } = await started();
		store.failNext.record = 1;
		expect((await main.execute(items, { settings: RETRY })).items).toMatchObject([{ id: '1' }]);
	});

	it.each(['record', 'count', 'committed'] as const)('where n8n cannot read its list gives its message out, and says so in the log: %s', async (kind) => {
		const { main, items } = await started();
		store.failNext[kind] = 5;
		const { items: given, run } = await main.execute(items);
		expect(given).toMatchObject([{ id: '1' }]);
		if (kind === 'record') expect(run.logs.join('\n')).toContain('could not look whether this message has come before');
	});

	it('is remembered nowhere without a msgId, and at the test address', async () => {
		const main = await receiving();
		await main.pusher.message({ ...message(1), msgId: null });
		for (const items of main.webhooks.started.splice(0)) expect((await main.execute(items)).items).toHaveLength(1);
		const test = await listen(emulator, { mode: 'manual', state: createState() });
		listening.push(test);
		await test.pusher.message(message(1));
		for (const items of test.webhooks.started.splice(0)) expect((await test.execute(items, { mode: 'manual' })).items).toHaveLength(1);
		expect(store.calls.record).toBe(0);
	});
});
