import { refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { save } from '../helpers/jdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE, items } from '../helpers/settings.mts';
import { freezeDate } from '../helpers/time.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** How many saves were under way at once, at most; each takes long enough for all others to have come. */
function watch(expected: number): () => number {
	let [underWay, most] = [0, 0];
	emulator.chooseFault = () => {
		most = Math.max(most, (underWay += 1));
		return undefined;
	};
	emulator.onAnswered = () => void (underWay -= 1);
	emulator.gateway.settings.serviceMs = 30 * expected;
	return () => most;
}

describe('several documents at once', () => {
	it.each([1, 4, 10])('%i at once keep the order of the input', async (concurrency) => {
		const most = watch(concurrency);
		const { saved } = await save(emulator, { items: items(40), parameters: { options: { concurrency } } });
		expect(saved.map(({ json, pairedItem }) => [(json.data as { data: { no: number } }).data.no, pairedItem])).toEqual(items(40).map(({ no }) => [no, { item: no }]));
		expect(most()).toBe(concurrency);
	});

	it('an error stops new sends at once, waits for those under way, and tells of the lowest index', async () => {
		emulator.gateway.settings.serviceMs = 30;
		emulator.chooseFault = ({ body }) => (/"no":(5|7)}/.test(body) ? refuse(1030002000, 'missing') : undefined);
		const { error } = await save(emulator, { items: items(100), parameters: { options: { concurrency: 10 } } });
		expect(error?.context).toMatchObject({ itemIndex: 5, errcode: 1030002000 });
		const { savedCount, saved } = error?.context as { savedCount: number; saved: Array<{ itemIndex: number }> };
		expect(savedCount).toBe(emulator.savedIds.length);
		expect(emulator.ledger.length).toBeLessThan(30);
		expect(saved.map(({ itemIndex }) => itemIndex)).toEqual(saved.map(({ itemIndex }) => itemIndex).toSorted((a, b) => a - b));
	});

	it('refused credentials hold back what has not started', async () => {
		emulator.gateway.settings.serviceMs = 10;
		emulator.chooseFault = ({ body }) => (/"no":3}/.test(body) ? refuse(4008, 'refused') : undefined);
		const { saved, failed } = await save(emulator, { items: items(50), parameters: { options: { concurrency: 5 } }, settings: CONTINUE });
		expect(saved.length + failed.length).toBe(50);
		expect(emulator.ledger.length).toBeLessThan(15);
	});

	it('work with the duplicate guard and with equal keys', async () => {
		await freshStore();
		const orders = items(60).map(({ no }) => ({ no: no % 50 }));
		const parameters = { options: { concurrency: 10, deduplicationKey: '={{ $json.no }}' } };
		const first = await save(emulator, { items: orders, parameters, settings: CONTINUE });
		expect(first.saved.filter(({ json }) => json.alreadySaved)).toHaveLength(10);
		const second = await save(emulator, { items: orders, parameters, settings: CONTINUE });
		expect(second.saved.filter(({ json }) => !json.alreadySaved).map(({ json }) => json)).toEqual([]);
		expect(emulator.savedIds).toHaveLength(50);
	});
});

describe('the log', () => {
	it('tells every 10 s how far a long run is', async () => {
		freezeDate();
		emulator.onAnswered = () => jest.setSystemTime(Date.now() + 4000);
		const { logs } = await save(emulator, { items: items(8), credential: tokenCredential(emulator) });
		jest.useRealTimers();
		const told = logs.filter((line) => line.startsWith('Kingdee JDY, node'));
		expect(told.map((line) => line.trim())).toEqual([
			'Kingdee JDY, node "Save": 3 saved, 0 failed, 5 left, 15 items a minute',
			'Kingdee JDY, node "Save": 6 saved, 0 failed, 2 left, 15 items a minute',
		]);
	});
});
