import type { IDataObject } from 'n8n-workflow';

import { answerWith, refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { readWorkflow, save } from '../helpers/jdy.mts';
import type { SaveOptions } from '../helpers/jdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE, RETRY } from '../helpers/settings.mts';

let emulator: Emulator;
let store: Awaited<ReturnType<typeof freshStore>>;

beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	store = await freshStore();
});
afterEach(async () => await emulator.stop());

function orders(count: number, from = 1): IDataObject[] {
	return Array.from({ length: count }, (_unused, index) => ({ no: `SO${from + index}` }));
}

async function guarded(items: IDataObject[], options: Partial<SaveOptions> & { more?: IDataObject } = {}) {
	const { more, ...rest } = options;
	return await save(emulator, { items, parameters: { options: { deduplicationKey: '={{ $json.no }}', maxAttempts: 1, ...more } }, settings: CONTINUE, ...rest });
}

/** The numbers of the documents in the books, in the order in which they were saved. */
function booked(): unknown[] {
	return emulator.gateway.documents.all.map(({ data }) => data.no);
}

function answerTo(no: string, body: string, saves = false) {
	emulator.chooseFault = ({ body: sent }) => (sent.includes(`"${no}"`) ? answerWith(200, body, { saves }) : undefined);
}

/** The marks of keys; beside each of a saved key stands one of its data. */
function marks(): string[] {
	return [...store.lists.values()].flat().filter((mark) => !mark.startsWith('data:'));
}

describe('the duplicate guard', () => {
	it('does not send again what an earlier run has saved', async () => {
		await guarded(orders(3));
		const { saved, failed } = await guarded(orders(4));
		expect(failed).toEqual([]);
		expect(saved.slice(0, 3)).toEqual(
			orders(3).map(({ no }, item) => ({
				json: { errcode: 0, description: 'already saved by an earlier run', data: null, alreadySaved: true, deduplicationKey: no },
				pairedItem: { item },
			})),
		);
		expect(booked()).toEqual(['SO1', 'SO2', 'SO3', 'SO4']);
		expect(marks().sort()).toEqual([1, 2, 3, 4].map((number) => `seen:ts_45465632434343:SO${number}`));
	});

	it('gives the same item back with the output Data Only', async () => {
		await guarded(orders(1));
		const { saved } = await guarded(orders(1), { more: { output: 'data' } });
		expect(saved[0]?.json).toMatchObject({ errcode: 0, alreadySaved: true, deduplicationKey: 'SO1' });
	});

	it('sends again what was refused', async () => {
		answerTo('SO2', '{"errcode":1030002000,"description":"missing"}');
		await guarded(orders(3));
		emulator.chooseFault = () => undefined;
		const { saved } = await guarded(orders(3));
		expect(saved.map(({ json }) => json.alreadySaved ?? false)).toEqual([true, false, true]);
		expect(booked()).toEqual(['SO1', 'SO3', 'SO2']);
	});

	it('leaves unknown what was unknown, until the user has looked', async () => {
		answerTo('SO2', 'cut off', true);
		await guarded(orders(3));
		emulator.chooseFault = () => undefined;
		const second = await guarded(orders(3));
		expect(second.failed[0]?.json).toMatchObject({
			error: {
				message: 'An earlier run may have saved this document',
				description: expect.stringMatching(/Look for it in JDY.*switch on Resend Unknown/),
				outcome: 'unknown',
			},
		});
		expect((await guarded(orders(3))).failed).toHaveLength(1);
		expect(booked()).toEqual(['SO1', 'SO2', 'SO3']);
		const { saved } = await guarded(orders(3), { more: { resendUnknown: true } });
		expect(saved.map(({ json }) => json.alreadySaved ?? false)).toEqual([true, false, true]);
		expect((await guarded(orders(3))).saved.every(({ json }) => json.alreadySaved)).toBe(true);
	});

	it('takes as saved what the user has found in JDY, and sends nothing', async () => {
		answerTo('SO2', 'cut off', true);
		const { failed } = await guarded(orders(3));
		expect((failed[0]?.json.error as IDataObject).description).toMatch(/if it is there, Take Unknown as Saved\. With the option Look Up Field/);
		emulator.chooseFault = () => undefined;
		const taken = await guarded(orders(3), { more: { takeUnknownAsSaved: true } });
		expect(taken.saved.map(({ json }) => [json.alreadySaved, json.deduplicationKey])).toEqual([[true, 'SO1'], [true, 'SO2'], [true, 'SO3']]);
		expect((await guarded(orders(3))).saved.every(({ json }) => json.alreadySaved)).toBe(true);
		expect(booked()).toEqual(['SO1', 'SO2', 'SO3']);
	});

	it('takes as saved only what an earlier run left unknown: the rest is sent', async () => {
		const { saved } = await guarded(orders(2), { more: { takeUnknownAsSaved: true } });
		expect(saved.map(({ json }) => json.alreadySaved ?? false)).toEqual([false, false]);
		expect(booked()).toEqual(['SO1', 'SO2']);
	});

	it('refuses to take as saved and to send again at once', async () => {
		const { failed } = await guarded(orders(1), { more: { takeUnknownAsSaved: true, resendUnknown: true } });
		expect(failed[0]?.json.error).toMatchObject({ message: 'Item 0: Take Unknown as Saved and Resend Unknown cannot both be on' });
	});

	it('keeps a key unknown when sending it again was refused', async () => {
		answerTo('SO1', 'cut off', true);
		await guarded(orders(1));
		answerTo('SO1', '{"errcode":1030002002,"description":"exists already"}');
		await guarded(orders(1), { more: { resendUnknown: true } });
		emulator.chooseFault = () => undefined;
		expect((await guarded(orders(1))).failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
	});

	it('takes what a killed process left for unknown, never for saved', async () => {
		store.lists.set('engine-test 1f6d2a0e-0001-4000-8000-000000000002', ['seen:ts_45465632434343:SO1', 'open:ts_45465632434343:SO1', 'seen:ts_45465632434343:SO2', 'open:ts_45465632434343:SO3']);
		const { saved, failed } = await guarded(orders(4));
		expect(saved.map(({ json }) => json.deduplicationKey ?? 'sent')).toEqual(['SO2', 'sent']);
		expect(failed.map(({ json }) => json.no)).toEqual(['SO1', 'SO3']);
		expect(booked()).toEqual(['SO4']);
	});

	it('takes back the marks of what a stopped run did not send', async () => {
		answerTo('SO3', '{"errcode":1030002000,"description":"missing"}');
		const { error } = await guarded(orders(50), { settings: {} });
		expect(error?.context).toMatchObject({ itemIndex: 2, savedCount: 2 });
		expect(marks()).toEqual(['seen:ts_45465632434343:SO1', 'seen:ts_45465632434343:SO2']);
		emulator.chooseFault = () => undefined;
		await guarded(orders(50));
		expect(booked()).toHaveLength(50);
	});

	it('sends equal keys of one run once', async () => {
		const { saved, failed } = await guarded([{ no: 'A' }, { no: 'B' }, { no: 'A' }]);
		expect(failed).toEqual([]);
		expect(saved[2]?.json).toEqual({ errcode: 0, description: 'already saved by item 0 of this run', data: null, alreadySaved: true, deduplicationKey: 'A' });
		expect(booked()).toEqual(['A', 'B']);
	});

	it('does not send the second of equal keys when the first was refused', async () => {
		answerTo('A', '{"errcode":1030002000,"description":"missing"}');
		const { failed } = await guarded([{ no: 'A' }, { no: 'A' }]);
		expect(failed[1]?.json).toMatchObject({ error: { message: 'Not sent, because item 0 has the same Deduplication Key and was not saved', outcome: 'notSent' } });
		expect(emulator.ledger).toHaveLength(1);
	});

	it('keeps the same key apart for two document types', async () => {
		await guarded(orders(1));
		await save(emulator, { items: orders(1), parameters: { bizType: 'ts_2', options: { deduplicationKey: '={{ $json.no }}' } } });
		expect(booked()).toEqual(['SO1', 'SO1']);
	});

	it('works with Retry On Fail', async () => {
		let refusals = 0;
		emulator.chooseFault = ({ body }) =>
			body.includes('"SO1"') && ++refusals <= 2 ? refuse(1030002000, 'missing') : undefined;
		const { saved } = await guarded(orders(3), { settings: { onError: 'continueRegularOutput', ...RETRY } });
		expect(saved.map(({ json }) => json.errcode)).toEqual([0, 0, 0]);
		expect(booked().sort()).toEqual(['SO1', 'SO2', 'SO3']);
	});

	it.each([
		['empty', ''],
		['blank', ' \t'],
		['missing', undefined],
		['null', null],
	])('refuses a key that is %s, before anything is sent', async (_name, no) => {
		const { error } = await guarded([{ no: 'A' }, { no }], { settings: {} });
		expect(error?.message).toBe('Deduplication Key must not be blank');
		expect(emulator.connections).toBe(0);
		expect(store.calls).toEqual({ record: 0, remove: 0 });
	});

	it.each(['', '__EMPTY__'])('needs a saved workflow (id %j)', async (id) => {
		const { failed } = await guarded(orders(1), { workflow: { ...readWorkflow('test/workflows/save.json'), id } });
		expect(failed[0]?.json.error).toHaveProperty('message', 'Item 0: Deduplication Key works in a saved workflow only; save the workflow first');
		expect(emulator.connections).toBe(0);
	});

	it('is not touched by a dry run', async () => {
		await guarded(orders(2), { more: { dryRun: true } });
		expect(store.calls).toEqual({ record: 0, remove: 0 });
	});

	it('tries again when another process wrote the first row at the same time', async () => {
		store.failNext.record = 1;
		await guarded(orders(1));
		expect(booked()).toEqual(['SO1']);
	});

	it('sends nothing whose key cannot be written', async () => {
		store.failNext.record = 2;
		const { failed, saved } = await guarded(orders(21));
		expect(failed.map(({ json }) => json.no)).toEqual(['SO1']);
		expect(failed[0]?.json).toMatchObject({ error: { message: 'The keys of earlier runs could not be read: UNIQUE constraint failed', outcome: 'notSent' } });
		expect(saved).toHaveLength(20);
		expect(booked()).not.toContain('SO1');
		expect(marks().sort()).toEqual(orders(20, 2).map(({ no }) => `seen:ts_45465632434343:${String(no)}`).sort());
	});

	it('errs to unknown when a mark cannot be taken back, and says so in the log', async () => {
		store.failNext.remove = 99;
		const { saved, logs } = await guarded(orders(1));
		expect(saved).toHaveLength(1);
		expect(logs.join()).toMatch(/could not update its keys/);
		expect((await guarded(orders(1))).failed[0]?.json.error).toMatchObject({ outcome: 'unknown' });
		expect(booked()).toEqual(['SO1']);
	});

	it('keeps two executions at once from losing each other, and from saving anything twice', async () => {
		const [left, right] = await Promise.all([guarded(orders(60)), guarded(orders(60))]);
		expect(new Set(booked()).size).toBe(60);
		expect(booked()).toHaveLength(60);
		expect(left.saved.length + left.failed.length).toBe(60);
		expect(right.saved.length + right.failed.length).toBe(60);
		expect(marks().filter((mark) => mark.startsWith('seen:'))).toHaveLength(60);
		expect(marks().filter((mark) => mark.startsWith('open:'))).toEqual([]);
	});

	it('writes for 20 items at a time', async () => {
		await guarded(orders(100));
		// Each time it writes, looks, and looks again when the keys have ended; in the end once more.
		expect(store.calls.record).toBeLessThanOrEqual(16);
		expect(store.calls.remove).toBeLessThanOrEqual(10);
	});

	it('forgets the oldest keys beyond 10,000, the mark of a save first, and says so', async () => {
		const old = Array.from({ length: 10_030 }, (_unused, index) => [`seen:old${index}`, `open:old${index}`]).flat();
		store.lists.set('engine-test 1f6d2a0e-0001-4000-8000-000000000002', old);
		const { hints } = await guarded(orders(1));
		expect(store.lists.get('engine-test 1f6d2a0e-0001-4000-8000-000000000002')?.slice(0, 3)).toEqual(['open:old1', 'seen:old2', 'open:old2']);
		expect(hints('Save')[0]?.message).toMatch(/newest 10,000 Deduplication Keys/);
	});
});
