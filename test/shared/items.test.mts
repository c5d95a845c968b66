import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { customSave } from '../../nodes/KingdeeJdy/operations/customSave/index.ts';
import { runItems } from '../../nodes/KingdeeJdy/shared/runner/items.ts';
import { answerWith, refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';
import { RETRY } from '../helpers/settings.mts';

const CONTINUES = ['continueErrorOutput', 'continueRegularOutput'] as const;
const ITEMS = [{ no: 1 }, { no: 2 }, { no: 3 }];

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

/** Odd things to throw; the text that an error item must be able to make of each. */
const THROWN: Array<[name: string, thrown: unknown, text: RegExp]> = [
	['an error', new Error('out of order'), /out of order/],
	['an error without a text', new Error(), /^The node itself failed: |^Item 0: /],
	['undefined', undefined, /undefined/],
	['null', null, /null/],
	['a text', 'out of order', /out of order/],
	['an object without a prototype', Object.create(null), /what was thrown has no text/],
	['an object whose text throws', { toString: () => { throw new Error('no'); } }, /what was thrown has no text/], // prettier-ignore
	['an error whose message throws', Object.defineProperty(new Error(), 'message', { get: () => { throw new Error('no'); } }), /what was thrown has no text/], // prettier-ignore
	['a symbol', Symbol('odd'), /Symbol\(odd\)/],
];

/** What of n8n's context throws, and whether a document may have gone out by then. */
const PLACES: Array<[place: string, outcome: 'unknown' | 'notSent', spoil: (fail: () => never) => Record<string, unknown>]> = [
	['getCredentials', 'notSent', (getCredentials) => ({ getCredentials })],
	['getNodeParameter', 'notSent', (getNodeParameter) => ({ getNodeParameter })],
	['getWorkflow', 'notSent', (getWorkflow) => ({ getWorkflow })],
	['getExecuteData', 'notSent', (getExecuteData) => ({ getExecuteData })],
	['getExecutionCancelSignal', 'notSent', (getExecutionCancelSignal) => ({ getExecutionCancelSignal })],
	['helpers.httpRequest', 'unknown', (httpRequest) => ({ helpers: { httpRequest } })],
	['the store of keys', 'notSent', (fail) => ({ helpers: { checkProcessedAndRecord: fail, getProcessedDataCount: async () => 0, removeProcessed: fail } })],
	['the hints', 'notSent', (addExecutionHints) => ({ addExecutionHints })],
	['the log', 'unknown', (fail) => ({ logger: { info: fail, warn: fail, error: fail, debug: fail } })],
];

/** A context that is whole but for one place; the parameters ask for everything there is. */
function contextThat(spoiled: Record<string, unknown>): IExecuteFunctions {
	const parameters: IDataObject = { bizType: 'ts_1', dataMode: 'fields', fields: { assignments: [{ name: 'empty', type: 'string', value: '' }, { name: 'no', type: 'string', value: 'x' }] }, options: { deduplicationKey: 'K', maxAttempts: 1 } };
	const node = { id: '1', name: 'Save', type: 't', typeVersion: 1, position: [0, 0], parameters: { ...parameters, fields: { assignments: [{ value: '={{ $json.empty }}' }] } } };
	const whole = {
		getInputData: () => [{ json: { no: 1 } }],
		getNode: () => node,
		getNodeParameter: (name: string) => parameters[name],
		getWorkflow: () => ({ id: 'w' }),
		getExecuteData: () => ({}),
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => tokenCredential(emulator),
		continueOnFail: () => true,
		addExecutionHints: () => undefined,
		getTimezone: () => 'Asia/Shanghai',
		logger: { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined },
	};
	const helpers = {
		httpRequest: async () => { throw new Error('nobody answers'); }, // prettier-ignore
		checkProcessedAndRecord: async (items: string[]) => ({ new: items, processed: [] }),
		getProcessedDataCount: async () => 0,
		removeProcessed: async () => undefined,
	};
	return { ...whole, ...spoiled, helpers: { ...helpers, ...(spoiled.helpers as object) } } as unknown as IExecuteFunctions;
}

function detailsOf(item: INodeExecutionData | undefined): IDataObject {
	return item?.json.error as IDataObject;
}

describe('an exception inside is an error item, whatever throws and wherever', () => {
	it.each(PLACES.flatMap(([place, outcome, spoil]) => THROWN.map(([name, thrown]) => [name, place, outcome, spoil, thrown] as const)))('%s in %s: %s', async (_name, _place, outcome, spoil, thrown) => {
		const items = await runItems(contextThat(spoil(() => { throw thrown; })), createState(), customSave); // prettier-ignore
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ error: { message: expect.any(String), description: expect.any(String), outcome: expect.any(String) } });
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
		expect(['unknown', 'notSent']).toContain(detailsOf(items[0]).outcome);
		if (outcome === 'notSent') expect(detailsOf(items[0]).outcome).toBe('notSent');
	});

	it.each(THROWN)('and says what was thrown: %s', async (_name, thrown, text) => {
		const items = await runItems(contextThat({ getCredentials: async () => { throw thrown; } }), createState(), customSave); // prettier-ignore
		expect(items[0]?.json.error).toHaveProperty('message', expect.stringMatching(text));
		const whole = await runItems(contextThat({ getExecuteData: () => { throw thrown; } }), createState(), customSave); // prettier-ignore
		expect(String((whole[0]?.json.error as IDataObject).message)).toMatch(/^The node itself failed: /);
	});

	it('leaves `error` as the only key of its json, by which every n8n knows a failed item', async () => {
		const [item] = await runItems(contextThat({ getNode: () => ({ id: '1', name: 'Save', type: 'save', parameters: {}, onError: 'continueErrorOutput' }) }), createState(), customSave);
		expect(Object.keys(item?.json ?? {})).toEqual(['error']);
	});

	it('tools of n8n before 1.119 have no place for hints, and run', async () => {
		const [item] = await runItems(contextThat({ addExecutionHints: undefined }), createState(), customSave);
		expect(detailsOf(item).message).toBe('The connection broke before the whole answer came back');
	});

	it('in stop mode it is thrown', async () => {
		const context = { ...contextThat({ getExecuteData: () => { throw new Error('out of order'); } }), continueOnFail: () => false }; // prettier-ignore
		await expect(runItems(context, createState(), customSave)).rejects.toThrow('out of order');
	});
});

describe.each(CONTINUES)('under %s', (onError) => {
	const failedOf = ({ saved, failed }: { saved: INodeExecutionData[]; failed: INodeExecutionData[] }) => (onError === 'continueErrorOutput' ? failed : saved);

	it('an app secret that JDY told with a lone surrogate fails the items, and leaves none untouched', async () => {
		emulator.chooseFault = ({ target }) => {
			if (!target.includes('push_app_authorize')) return undefined;
			const row = { accountId: '1', accountName: 'x', serviceId: '1', appKey: 'k', appSecret: 'secret-with-half-\ud83d-character', domain: 'https://tf.jdy.com', status: 1 };
			return answerWith(200, JSON.stringify({ code: 200, msg: 'success', data: [row] }));
		};
		const run = await save(emulator, { items: ITEMS, credential: instanceCredential(emulator), settings: { onError } });
		expect(failedOf(run)).toHaveLength(3);
		for (const { json } of failedOf(run)) expect(Object.keys(json)).toEqual(expect.arrayContaining(['error']));
		expect(run.saved.filter(({ json }) => !('error' in json))).toEqual([]);
		expect(callsOf(emulator).save).toBe(0);
	});

	it.each([401, 403])('HTTP %i without an errcode is sent once, Retry On Fail or not', async (status) => {
		emulator.chooseFault = () => answerWith(status, '');
		const run = await save(emulator, { items: Array.from({ length: 5 }, (_unused, no) => ({ no })), settings: { onError, ...RETRY } });
		expect(failedOf(run).map((item) => detailsOf(item).outcome)).toEqual(['rejected', 'notSent', 'notSent', 'notSent', 'notSent']);
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([
		['$error and $json', { $error: 'x', $json: { a: 1 } }],
		['error', { error: 'none' }],
		['$error', { $error: null }],
		['$json', { $json: {} }],
		['error, message and details', { error: 'x', message: 'y', details: {} }],
	])('a success with %s at the top is a success, and stays whole', async (_name, more) => {
		emulator.chooseFault = () => answerWith(200, { errcode: 0, description: 'success', data: { data: { id: '7' } }, ...more }, { saves: true });
		const run = await save(emulator, { items: ITEMS, settings: { onError, ...RETRY } });
		expect(run.failed).toEqual([]);
		expect(run.saved.map(({ json }) => json)).toEqual(ITEMS.map(() => ({ errcode: 0, description: 'success', data: { data: { id: '7' } }, more })));
		expect(emulator.savedIds).toHaveLength(3);
		const inner = await save(emulator, { items: ITEMS, settings: { onError, ...RETRY }, parameters: { options: { output: 'data' } } });
		expect(inner.saved.map(({ json }) => json)).toEqual(ITEMS.map(() => ({ id: '7' })));
	});

	it.each([['$error and $json', { $error: 'x', $json: {} }], ['error', { error: 'x' }]])('a document with a field %s is one under Data Only', async (_name, document) => {
		emulator.chooseFault = () => answerWith(200, { errcode: 0, description: 'success', data: { data: document } }, { saves: true });
		const run = await save(emulator, { items: ITEMS, settings: { onError, ...RETRY }, parameters: { options: { output: 'data' } } });
		expect(run.failed).toEqual([]);
		expect(run.saved.map(({ json }) => json)).toEqual(ITEMS.map(() => ({ data: document })));
		expect(emulator.savedIds).toHaveLength(3);
	});
});

it.each([401, 403])('HTTP %i without an errcode is sent once where the node stops, Retry On Fail or not', async (status) => {
	emulator.chooseFault = () => answerWith(status, '');
	const { error } = await save(emulator, { items: ITEMS, settings: RETRY });
	expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected' });
	expect(emulator.ledger).toHaveLength(1);
});

it('an item that was refused for its data goes out again with Retry On Fail', async () => {
	emulator.chooseFault = () => refuse(1030002000);
	await save(emulator, { items: [{}], settings: RETRY });
	expect(emulator.ledger).toHaveLength(3);
});
