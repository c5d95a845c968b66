import type { IDataObject, ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { KingdeeJdyCustomSave } from '../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { KingdeeJdyPushTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.ts';
import { KingdeeJdyTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyTrigger.node.ts';
import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import { save } from '../helpers/jdy.mts';
import { kingdeeJdy } from '../helpers/kingdeeJdy.mts';
import { office } from '../helpers/office.mts';
import { listen } from '../helpers/pushTrigger.mts';
import { CONTINUE, RETRY, items } from '../helpers/settings.mts';

const MESSAGE = 'This package needs Node.js 22 or later, this is 20.x';
const FAILED = {
	message: MESSAGE,
	description: 'Nothing was sent for this item. Update Node.js, or the image of n8n, which brings its own.',
	outcome: 'notSent',
	errcode: null,
	requestId: null,
};

/** What Node.js 20 lacks of what the package looks at. */
const MISSING: Array<[object, string]> = [
	[Promise, 'withResolvers'],
	[Map, 'groupBy'],
	[JSON, 'rawJSON'],
	[globalThis, 'navigator'],
];

let emulator: Emulator;
let credential: IDataObject;
const taken: Array<() => void> = [];

beforeEach(async () => {
	emulator = await Emulator.start();
	credential = tokenCredential(emulator);
	for (const [owner, name] of MISSING) {
		const descriptor = Object.getOwnPropertyDescriptor(owner, name);
		if (!descriptor || !Reflect.deleteProperty(owner, name)) throw new Error(`${name} cannot be taken away`);
		taken.push(() => Object.defineProperty(owner, name, descriptor));
	}
});

afterEach(async () => {
	for (const restore of taken.splice(0)) restore();
	expect(emulator.ledger).toEqual([]);
	await emulator.stop();
});

const getMany = { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1' };

describe('on Node.js 20', () => {
	it('each item fails where errors continue on the error output, with its input fields', async () => {
		const { saved, failed } = await save(emulator, { items: items(3), settings: { ...CONTINUE, ...RETRY } });
		expect(saved).toEqual([]);
		expect(failed.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([0, 1, 2].map((no) => [{ no, error: expect.objectContaining(FAILED) }, { item: no }]));
	});

	it('each item fails where errors continue on the regular output', async () => {
		const { json } = await kingdeeJdy(emulator, { items: [{ a: 1 }, { a: 2 }], parameters: getMany, settings: { onError: 'continueRegularOutput' } });
		expect(json).toEqual([1, 2].map((a) => ({ a, error: expect.objectContaining(FAILED) })));
	});

	it.each([
		['Custom Save', async () => await save(emulator, { items: items(2) })],
		['Kingdee JDY', async () => await kingdeeJdy(emulator, { parameters: getMany })],
	])('a run of %s that stops at errors ends with one that says so', async (_node, run) => {
		const { error } = await run();
		expect(error).toMatchObject({ message: MESSAGE, description: FAILED.description, context: { outcome: 'notSent', itemIndex: 0 } });
	});

	it('a poll fails, and asks nothing', async () => {
		const { triggerOf, paths } = office();
		await expect(triggerOf({ resource: 'customDocument', bizType: 'ts_1', event: 'changed' })()).rejects.toMatchObject({ message: MESSAGE, context: { outcome: 'notSent' } });
		expect(paths).toEqual([]);
	});

	it('a message is answered with a failure, and starts nothing', async () => {
		const { webhooks, pusher } = await listen(emulator);
		try {
			const { status, body } = await pusher.message({ bizType: 'bd_material', data: { ids: ['1'] } });
			expect([status, body]).toEqual([500, expect.stringContaining(MESSAGE)]);
			expect(webhooks.started).toEqual([]);
		} finally {
			await webhooks.stop();
		}
	});

	it.each<[string, INodeType]>([
		['Kingdee JDY', new KingdeeJdy()],
		['Custom Save', new KingdeeJdyCustomSave()],
		['Trigger', new KingdeeJdyTrigger()],
		['Push Trigger', new KingdeeJdyPushTrigger()],
	])('every list and form of %s says so', async (_node, { methods = {} }) => {
		const all = Object.values(methods).flatMap((group) => Object.values(group as Record<string, (this: ILoadOptionsFunctions) => Promise<unknown>>));
		const context = { getNode: () => ({ name: 'Node' }) } as unknown as ILoadOptionsFunctions;
		expect(all).not.toEqual([]);
		for (const method of all) await expect(method.call(context)).rejects.toThrow(MESSAGE);
	});

	it('the test of the credential says so', async () => {
		expect(await testCredential(credential as never, new KingdeeJdyApi())).toEqual({ status: 'Error', message: MESSAGE });
	});
});
