import type { Fault } from '../emulator/faults.mts';
import { lost, refuse, tooMany } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE, items } from '../helpers/settings.mts';

const LOST = lost();

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** What becomes of each item, by its number. */
function strike(faults: Record<number, Fault>): void {
	emulator.chooseFault = ({ body }) => faults[(JSON.parse(body) as { data: { no: number } }).data.no];
}

describe('a run that stops with several documents under way', () => {
	it('tells of those that may have been saved, beside the one that failed', async () => {
		strike({ 0: refuse(1030002000, 'refused'), 1: LOST, 2: LOST });
		const { error } = await save(emulator, { items: items(3), parameters: { options: { concurrency: 3 } } });
		const bizType = 'ts_45465632434343';
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected', unknown: [{ itemIndex: 1, bizType }, { itemIndex: 2, bizType }] });
		expect(error?.description).toContain(`may have been saved; look in JDY before you send them again: item 1 (${bizType}), item 2 (${bizType}).`);
	});

	it('does not send what waits for a slot, and names the item that failed', async () => {
		strike({ 1: refuse(1030002000, 'refused') });
		const { error } = await save(emulator, { items: items(4), parameters: { options: { concurrency: 4, callsPerMinute: 2 } } });
		expect(error?.context).toMatchObject({ itemIndex: 1, errcode: 1030002000, savedCount: 1 });
		expect(emulator.ledger).toHaveLength(2);
	});

	it('does not send what waits to be sent once more', async () => {
		strike({ 0: tooMany('60'), 1: refuse(1030002000, 'refused') });
		emulator.gateway.settings.serviceMs = 20;
		const { error } = await save(emulator, { items: items(2), parameters: { options: { concurrency: 2 } } });
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected' });
		expect(emulator.ledger).toHaveLength(2);
	});
});

it('refused credentials hold back what waits for a slot', async () => {
	strike({ 0: refuse(4008, 'refused') });
	const { saved, failed } = await save(emulator, { items: items(5), parameters: { options: { concurrency: 5, callsPerMinute: 2 } }, settings: CONTINUE });
	expect([saved.length, failed.length, emulator.ledger.length]).toEqual([1, 4, 2]);
	expect(failed.slice(1).map(({ json }) => json.error)).toEqual(Array.from({ length: 3 }, () => 'Not sent, because the gateway refused the credentials: refused'));
});

it('an item whose key is that of an unknown one is unknown as well', async () => {
	await freshStore();
	strike({ 0: LOST });
	const parameters = { options: { deduplicationKey: 'same' } };
	const { failed } = await save(emulator, { items: [{ no: 0 }, { no: 0 }], parameters, settings: CONTINUE });
	expect(failed.map(({ json }) => (json.details as { outcome: string }).outcome)).toEqual(['unknown', 'unknown']);
	expect(failed[1]?.json.error).toBe('Not sent, because item 0 has the same Deduplication Key and may have been saved');
	expect(emulator.ledger).toHaveLength(1);
});
