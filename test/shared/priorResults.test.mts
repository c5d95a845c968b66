import type { IExecuteData } from 'n8n-workflow';

import type { ItemResult } from '../../nodes/KingdeeJdy/shared/contract/outcomes.ts';
import { openPriorResults } from '../../nodes/KingdeeJdy/shared/results/priorResults.ts';
import { lost, refuse, silence } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { readWorkflow, save } from '../helpers/jdy.mts';
import { RETRY } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

/** Refuses the calls from one index up to another. */
function refusing(from: number, to: number) {
	return (_request: unknown, index: number) =>
		index >= from && index < to ? refuse(1030002000, 'no') : undefined;
}

describe('n8n runs the node again', () => {
	it('Retry On Fail in stop mode sends again only what was surely not saved', async () => {
		emulator.chooseFault = refusing(1, 3);
		const { saved } = await save(emulator, { items: [{ no: 1 }, { no: 2 }, { no: 3 }], settings: RETRY });
		expect(saved.map(({ json }) => (json.data as { data: { no: number } }).data.no)).toEqual([1, 2, 3]);
		expect(emulator.ledger.map(({ body }) => (JSON.parse(body) as { data: { no: number } }).data.no)).toEqual([1, 2, 2, 2, 3]);
		expect(emulator.savedIds).toHaveLength(3);
	});

	it('Retry On Fail never sends an unknown document again', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await save(emulator, { items: [{ no: 1 }, { no: 2 }], settings: RETRY });
		expect(error?.context).toMatchObject({ outcome: 'unknown', itemIndex: 0 });
		expect(emulator.ledger).toHaveLength(1);
	});

	it('Retry On Fail in continue mode keeps what was saved', async () => {
		emulator.chooseFault = refusing(0, 1);
		const { saved } = await save(emulator, { items: [{ no: 1 }, { no: 2 }], settings: { ...RETRY, onError: 'continueRegularOutput' } });
		expect(saved.map(({ json }) => json.errcode)).toEqual([0, 0]);
		expect(emulator.savedIds).toHaveLength(2);
	});

	it('two nodes that get the same items both save them', async () => {
		const workflow = readWorkflow('test/workflows/save.json');
		const twin = { ...structuredClone(workflow.nodes[1]), id: 'twin', name: 'Twin' } as (typeof workflow.nodes)[number];
		workflow.nodes.push(twin);
		workflow.connections.Items?.main[0]?.push({ node: 'Twin', type: 'main', index: 0 });
		await save(emulator, { items: [{ no: 1 }], workflow });
		expect(emulator.savedIds).toHaveLength(2);
	});
});

describe('the memory of earlier tries', () => {
	const executeData = { data: {}, node: {}, source: null } as unknown as IExecuteData;
	const json = { no: 1 };
	const saved: ItemResult = { type: 'done', envelope: { errcode: 0, description: 'success', data: null } };

	// An AI agent hands one IExecuteData to every call of every tool; n8n's retries hand it out again with the same items.
	it('belongs to one node, one position and one input object', () => {
		const item = { itemIndex: 0, json };
		openPriorResults(executeData, 'node').keep([item], saved);
		expect(openPriorResults(executeData, 'node').get([item])).toBe(saved);
		expect(openPriorResults(executeData, 'other node').get([item])).toBeUndefined();
		expect(openPriorResults(executeData, 'node').get([{ itemIndex: 1, json }])).toBeUndefined();
		expect(openPriorResults(executeData, 'node').get([{ itemIndex: 0, json: { ...json } }])).toBeUndefined();
		expect(openPriorResults({ ...executeData }, 'node').get([item])).toBeUndefined();
	});

	it('does not let items go out again in another document than before', () => {
		const [first, second, third] = [0, 1, 2].map((itemIndex) => ({ itemIndex, json: { itemIndex } }));
		const priorResults = openPriorResults(executeData, 'node');
		priorResults.keep([first, second], saved);
		expect(priorResults.get([first, second])).toBe(saved);
		expect(priorResults.get([third])).toBeUndefined();
		expect(priorResults.get([second, third])).toMatchObject({ type: 'failed', failure: { outcome: 'unknown' } });
	});
});

describe('the user stops the execution', () => {
	it('aborts the call in flight and sends nothing more, not even with Retry On Fail', async () => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = (_request, index) => {
			if (index === 1) setTimeout(() => stop(), 50);
			return index === 1 ? silence() : undefined;
		};
		const { error } = await save(emulator, { items: [{}, {}, {}], settings: RETRY, onStart: (cancel) => (stop = cancel) });
		expect(error).toMatchObject({ message: 'The execution was stopped', context: { itemIndex: 1, outcome: 'unknown' } });
		expect(error?.description).toMatch(/^It is not known whether this document was saved/);
		expect(emulator.ledger).toHaveLength(2);
	});

	it('sends nothing more where errors continue', async () => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = (_request, index) => {
			if (index === 1) setTimeout(() => stop(), 50);
			return index === 1 ? silence() : undefined;
		};
		await save(emulator, { items: [{}, {}, {}, {}], settings: { onError: 'continueRegularOutput' }, onStart: (cancel) => (stop = cancel) });
		expect(emulator.ledger).toHaveLength(2);
	});
});
