import type { IDataObject } from 'n8n-workflow';

import { lost, refuse, succeed } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import type { SaveOptions, SaveRun } from '../helpers/jdy.mts';
import { keyed } from '../helpers/keyed.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

const BY_NO = '={{ $json.no }}';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
	await freshStore();
});
afterEach(async () => await emulator.stop());

async function keep(items: IDataObject[], key: unknown = BY_NO, more: Partial<SaveOptions> = {}): Promise<SaveRun> {
	return await save(emulator, { items, parameters: keyed(key), settings: CONTINUE, ...more });
}

function booked(): unknown[] {
	return emulator.gateway.documents.all.map(({ data }) => data.no);
}

describe('a key that says nothing is refused, and nothing is sent', () => {
	it.each<[name: string, key: unknown, no: unknown, complaint: string]>([
		['an expression in a field that stayed Fixed', '{{ $json.no }}', 'A', 'holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['the same without spaces', '{{$json.no}}', 'A', 'holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['an expression inside other text', 'SO-{{ $json.no }}', 'A', 'holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['the time', '{{ $now.toISO() }}', 'A', 'holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['a function of the input', '{{ String($json.no) }}', 'A', 'holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['a number beyond 2^53', BY_NO, 2 ** 53, 'is 9007199254740992, a number too long to be exact, which lost digits before it came here; give it as text'],
		['one below -2^53', BY_NO, -(2 ** 53) - 2, 'is -9007199254740994, a number too long to be exact, which lost digits before it came here; give it as text'],
		['NaN', BY_NO, NaN, 'is NaN, which cannot tell documents apart'],
		['Infinity', BY_NO, Infinity, 'is Infinity, which cannot tell documents apart'],
		['the text undefined', '={{ String($json.missing) }}', 'A', 'is the text "undefined": its expression found nothing'],
		['the text null', '={{ String(null) }}', 'A', 'is the text "null": its expression found nothing'],
		['the text of an object', '={{ String({}) }}', 'A', 'is the text "[object Object]": its expression found nothing'],
		['an object', '={{ ({ no: $json.no }) }}', 'A', 'must be text or a number'],
		['true', '={{ true }}', 'A', 'must be text or a number'],
		['nothing', '={{ $json.missing }}', 'A', 'must not be blank'],
	])('%s', async (_name, key, no, complaint) => {
		const { failed } = await keep([{ no }, { no: 'other' }] as IDataObject[], key);
		expect(failed[0]?.json).toMatchObject({ error: { message: `Item 0: Deduplication Key ${complaint}`, outcome: 'notSent' } });
		expect(booked()).toEqual(failed.length === 2 ? [] : ['other']);
	});

	it.each(['9007199254740993', '18014398509481985', 'SO {{ $json.x }}', '{{ price }}'])('but text as it stands in the input is a key like any other: %s', async (no) => {
		const { saved } = await keep([{ no }]);
		expect(saved[0]?.json).toMatchObject({ errcode: 0 });
		expect((await keep([{ no }])).saved[0]?.json).toMatchObject({ alreadySaved: true, deduplicationKey: no });
	});
});

describe('equal keys', () => {
	const items = [{ no: 'A', qty: 1 }, { no: 'B', qty: 1 }, { no: 'A', qty: 2 }, { no: 'A', qty: 1 }];

	it('with other data: the later one is an error that names both, the first goes', async () => {
		const { saved, failed } = await keep(items);
		expect(saved.map(({ json }) => [json.errcode, json.alreadySaved ?? false])).toEqual([[0, false], [0, false], [0, true]]);
		expect(failed).toMatchObject([
			{ json: { error: { message: 'Item 2: The Deduplication Key "A" of item 2 is that of item 0 as well, but their data differ', outcome: 'notSent' } }, pairedItem: { item: 2 } },
		]);
		expect(booked()).toEqual(['A', 'B']);
	});

	it('with other data: where the node stops nothing is sent', async () => {
		const { error } = await keep(items, BY_NO, { settings: {} });
		expect(error).toMatchObject({ message: 'The Deduplication Key "A" of item 2 is that of item 0 as well, but their data differ', context: { outcome: 'notSent', itemIndex: 2 } });
		expect(emulator.connections).toBe(0);
	});

	it('from a field with the same text for all items: one is sent, the others are errors', async () => {
		const { saved, failed } = await keep([{ no: 1 }, { no: 2 }, { no: 3 }], 'orderNo');
		expect([saved.length, failed.length]).toEqual([1, 2]);
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('with other data in a later run: not sent, and the item and a hint say so', async () => {
		await keep([{ no: 'A', qty: 1 }, { no: 'B', qty: 1 }]);
		const { saved, hints } = await keep([{ no: 'A', qty: 2 }, { no: 'B', qty: 1 }, { no: 'C', qty: 1 }]);
		expect(saved.map(({ json }) => [json.alreadySaved, json.dataDiffers])).toEqual([[true, true], [true, undefined], [undefined, undefined]]);
		expect(saved[0]?.json).toEqual({ errcode: 0, description: 'already saved by an earlier run, with other data', data: null, alreadySaved: true, deduplicationKey: 'A', dataDiffers: true });
		expect(hints('Save').map(({ message }) => message)).toEqual(['1 of 3 items have a Deduplication Key that an earlier run saved with other data; they were not sent: item 0', '1 saved, 2 already saved']);
		expect(booked()).toEqual(['A', 'B', 'C']);
		// The data that were not sent are not remembered, those that were stay so.
		const third = await keep([{ no: 'A', qty: 2 }, { no: 'B', qty: 1 }]);
		expect(third.saved.map(({ json }) => json.dataDiffers)).toEqual([true, undefined]);
		expect((await keep([{ no: 'A', qty: 1 }])).saved[0]?.json).not.toHaveProperty('dataDiffers');
	});

	it('remember the data that were refused for no longer than they are under way', async () => {
		emulator.chooseFault = () => refuse(1030002000, 'missing');
		await keep([{ no: 'A', qty: 1 }]);
		emulator.chooseFault = () => undefined;
		await keep([{ no: 'A', qty: 2 }]);
		expect((await keep([{ no: 'A', qty: 1 }])).saved[0]?.json).toMatchObject({ alreadySaved: true, dataDiffers: true });
		expect((await keep([{ no: 'A', qty: 2 }])).saved[0]?.json).not.toHaveProperty('dataDiffers');
	});

	it.each([
		['spaces', '{"no":"A","id":1234567890123456789,"list":[1,{"b":2,"a":1}]}', '{ "no" : "A",\n "id": 1234567890123456789, "list": [ 1, { "b":2, "a":1 } ] }'],
		['the order of names', '{"no":"A","list":[{"b":2,"a":1}],"x":{"y":1,"z":2}}', '{"x":{"z":2,"y":1},"list":[{"a":1,"b":2}],"no":"A"}'],
		['escapes', '{"no":"A","name":"上海 \\"x\\""}', '{"no":"\\u0041","name":"\\u4e0a\\u6d77 \\u0022x\\u0022"}'],
		['zeros', '{"no":"A","price":1.50}', '{"no":"A","price":1.5e0}'],
	])('and the same data, written with other %s, are the same document', async (_name, left, right) => {
		const json = (texts: string[]) => texts.map((text) => ({ text }));
		const parameters = { ...keyed('={{ JSON.parse($json.text).no }}'), dataMode: 'json', dataJson: '={{ $json.text }}' };
		const { saved } = await keep(json([left, right]), undefined, { parameters });
		expect(saved[1]?.json).toMatchObject({ alreadySaved: true });
		expect((await keep(json([right]), undefined, { parameters })).saved[0]?.json).toEqual({ errcode: 0, description: 'already saved by an earlier run', data: null, alreadySaved: true, deduplicationKey: 'A' });
	});

	it.each([
		['digits that a double would lose', '{"no":"A","id":1234567890123456789}', '{"no":"A","id":1234567890123456788}'],
		['the order of a list', '{"no":"A","list":[1,2]}', '{"no":"A","list":[2,1]}'],
		['a number as text', '{"no":"A","id":1}', '{"no":"A","id":"1"}'],
		['a field that is null', '{"no":"A"}', '{"no":"A","x":null}'],
	])('and data that differ in %s are not', async (_name, left, right) => {
		const parameters = { ...keyed('A'), dataMode: 'json', dataJson: '={{ $json.text }}' };
		const { failed } = await keep([{ text: left }, { text: right }], undefined, { parameters });
		expect(failed[0]?.json.error).toHaveProperty('message', expect.stringMatching(/their data differ$/));
	});

	it.each([
		['a:b', 'c', 'a', 'b:c'],
		['a', 'b', 'a:b', 'b'],
		['a%3Ab', 'c', 'a', 'b:c'],
		['a ', 'b:c', 'a:b', 'c'],
	])('are those of one document type: %j with %j is not %j with %j', async (type, no, otherType, otherNo) => {
		// The emulator takes no such types, JDY may.
		emulator.chooseFault = () => succeed(null, { saves: false });
		const parameters = { ...keyed('={{ $json.no }}'), bizType: '={{ $json.type }}' };
		const { saved } = await keep([{ type, no }, { type: otherType, no: otherNo }], undefined, { parameters });
		expect(saved.map(({ json }) => json.alreadySaved ?? false)).toEqual([false, false]);
		expect(emulator.ledger).toHaveLength(2);
	});
});

it('an item whose key is that of an unknown one is unknown as well', async () => {
	emulator.chooseFault = () => lost();
	const { failed } = await keep([{ no: 0 }, { no: 0 }], 'same');
	expect(failed.map(({ json }) => (json.error as { outcome: string }).outcome)).toEqual(['unknown', 'unknown']);
	expect(failed[1]?.json.error).toHaveProperty('message', 'Not sent, because item 0 has the same Deduplication Key and may have been saved');
	expect(emulator.ledger).toHaveLength(1);
});
