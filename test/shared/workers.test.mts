import type { IDataObject } from 'n8n-workflow';

import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { Emulator } from '../emulator/server.mts';
import { Random } from '../faults/random.mts';
import { save } from '../helpers/jdy.mts';
import { keyed } from '../helpers/keyed.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, nonceOnce: false });
	store = await freshStore();
});
afterEach(async () => await emulator.stop());

const parameters = keyed('={{ $json.no }}', { maxAttempts: 1, callsPerMinute: 0 });

/** Documents that stand in the books more than once. */
function savedTwice(): string[] {
	const booked = emulator.gateway.documents.all.map(({ data }) => String(data.no));
	return booked.filter((no, index) => booked.indexOf(no) !== index);
}

/** Runs of so many keys each, one for each list, at once: a worker remembers nothing that another knows. */
async function atOnce(runs: ReadonlyArray<{ worker: ReturnType<typeof createState>; nos: string[] }>): Promise<IDataObject[]> {
	const ended = await Promise.all(runs.map(async ({ worker, nos }) => await save(emulator, { items: nos.map((no) => ({ no })), parameters, settings: CONTINUE, state: worker })));
	return ended.flatMap(({ saved, failed }) => [...saved, ...failed].map(({ json }) => json));
}

describe.each([2, 3])('%i workers that mark other keys at the same moment', (count) => {
	const workers = () => Array.from({ length: count }, () => createState());

	it.each<[what: string, rounds: number, runs: number, keys: number, latencyMs: number]>([
		['one key in each run', 5, 6, 1, 4],
		['one key in each run, in a slow store', 3, 6, 1, 20],
		['30 keys in each run', 2, 1, 30, 4],
	])('save nothing twice: %s', async (_what, rounds, runs, keys, latencyMs) => {
		const random = new Random(count);
		store.latencyMs = () => 1 + random.below(latencyMs);
		const all = workers();
		const plan = Array.from({ length: rounds }, (_round, round) =>
			all.flatMap((worker, index) => Array.from({ length: runs }, (_run, run) => ({ worker, nos: Array.from({ length: keys }, (_key, key) => `${round}-${index}-${run}-${key}`) }))),
		);
		for (const round of plan) await atOnce(round);
		const booked = emulator.gateway.documents.all.length;
		expect(booked).toBe(rounds * count * runs * keys);
		const again: IDataObject[] = [];
		for (const round of plan) again.push(...(await atOnce(round.map(({ nos }, index) => ({ worker: all[(index + 1) % count] ?? createState(), nos })))));
		expect(savedTwice()).toEqual([]);
		expect(again.filter(({ alreadySaved }) => alreadySaved !== true)).toEqual([]);
		expect([...store.lists.values()].flat().filter((mark) => mark.startsWith('open:'))).toEqual([]);
	}, 60_000);
});
