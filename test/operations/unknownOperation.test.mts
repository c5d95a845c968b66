import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { credentialWith, stateOf } from '../helpers/jdy.mts';
import { kingdeeJdy, kingdeeJdyWith } from '../helpers/kingdeeJdy.mts';
import { KINGDEE_JDY } from '../helpers/nodeType.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

/** What stands in an imported workflow, and what is said of it. */
const FOREIGN: Array<[name: string, parameters: IDataObject, message: string]> = [
	['an operation of a later version', { resource: 'record', operation: 'merge', type: 'scm/sal_order' }, 'Operation "merge" is not known for the resource "record"'],
	['an operation that every object has', { resource: 'record', operation: 'toString', type: 'scm/sal_order' }, 'Operation "toString" is not known for the resource "record"'],
	['another operation of a resource that has one', { resource: 'report', operation: 'chart', report: 'scm/inventory' }, 'Operation "chart" is not known for the resource "report"'],
	['an operation that is an expression', { resource: 'record', operation: '={{ $json.none.there }}', type: 'scm/sal_order' }, 'Operation "{{ $json.none.there }}" is not known for the resource "record"'],
	['a resource of a later version', { resource: 'payroll', operation: 'check' }, 'Resource "payroll" is not known to this version of the package'],
	['a name that every object has', { resource: 'constructor', operation: 'call' }, 'Resource "constructor" is not known to this version of the package'],
	['a resource that is no text', { resource: { value: 'record' }, operation: 'get' }, 'Resource "[object Object]" is not known to this version of the package'],
];

const ITEMS = [{ no: 1 }, { no: 2 }];
const expected = (message: string, item: number) => ({ error: { message: `Item ${item}: ${message}`, description: 'Nothing was sent for this item.', outcome: 'notSent', errcode: null, requestId: null } });

describe.each(FOREIGN)('%s', (_name, parameters, message) => {
	it('leaves every item on the error output', async () => {
		const { done, failed, error } = await kingdeeJdy(emulator, { parameters, items: ITEMS, settings: { onError: 'continueErrorOutput' } });
		expect([error, done]).toEqual([undefined, []]);
		expect(failed.map(({ json }) => json)).toEqual(ITEMS.map((json, item) => ({ ...json, ...expected(message, item) })));
	});

	it('is an error beside the fields of each item on the regular output', async () => {
		const { json } = await kingdeeJdy(emulator, { parameters, items: ITEMS, settings: { onError: 'continueRegularOutput' } });
		expect(json).toEqual(ITEMS.map((fields, item) => ({ ...fields, ...expected(message, item) })));
	});

	it('stops the workflow otherwise, before anything is sent', async () => {
		const { error } = await kingdeeJdy(emulator, { parameters, items: ITEMS });
		expect(error).toMatchObject({ message, context: { itemIndex: 0, outcome: 'notSent' } });
		expect(emulator.connections).toBe(0);
	});
});

it.each(['resource', 'operation'])('nothing is thrown whatever n8n throws for the parameter %s', async (spoiled) => {
	const context = {
		getNodeParameter: (name: string) => {
			if (name === spoiled) throw new Error('Could not get parameter');
			return 'record';
		},
		getInputData: () => [{ json: { no: 1 } }],
		getNode: () => ({ type: KINGDEE_JDY, parameters: {}, onError: 'continueErrorOutput' }),
		continueOnFail: () => true,
	} as unknown as IExecuteFunctions;
	expect(await new KingdeeJdy().execute.call(context)).toEqual([[{ json: expected('Could not get parameter', 0), pairedItem: { item: 0 } }]]);
});

/** A model takes every item that comes back for a success. */
describe('as a tool', () => {
	/** n8n makes `kingdeeJdyTool` of the node, and an agent's engine runs it as any other. */
	const asTool = async (parameters: IDataObject) => {
		const type = `${KINGDEE_JDY}Tool`;
		const place = { typeVersion: 1, position: [0, 0] as [number, number] };
		const workflow = {
			name: 'Tool',
			nodes: [
				{ ...place, id: 'items', name: 'Items', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{ ...place, id: 'jdy', name: 'JDY', type, onError: 'continueErrorOutput' as const, credentials: { kingdeeJdyApi: { id: 'jdy', name: 'JDY' } }, parameters: parameters as never },
			],
			connections: { Items: { main: [[{ node: 'JDY', type: 'main' as const, index: 0 }]] } },
			pinData: { Items: [{ json: {} }] },
		};
		const state = stateOf(emulator);
		return await runWorkflow(workflow, { nodeTypes: { [type]: kingdeeJdyWith(state) }, credentialType: credentialWith(state), credential: tokenCredential(emulator) });
	};

	it.each(FOREIGN)('%s throws, whatever On Error says', async (_name, parameters, message) => {
		expect((await asTool(parameters)).run.data.resultData.runData.JDY?.[0]?.error?.message).toBe(`Not done: ${message}. Nothing was sent for this item. (outcome: notSent)`);
	});

	it.each([
		['whole documents come', undefined],
		['one that cannot be read throws', 'Sales Order'],
	])('%s', async (_what, message) => {
		Object.assign(emulator.gateway.settings, { rowsEverywhere: 2 });
		if (message !== undefined) emulator.chooseFault = ({ target }) => (target.includes('_detail') ? refuse(2016013001, '无权查看') : undefined);
		const { run, outputs } = await asTool({ resource: 'record', operation: 'getMany', type: 'scm/sal_order', limit: 2, options: { details: true } });
		const error = run.data.resultData.runData.JDY?.[0]?.error;
		if (message === undefined) expect([error, outputs('JDY')[0]]).toMatchObject([undefined, [{ json: { rows: [expect.anything(), expect.anything()] } }]]);
		else expect(error?.message).toMatch(/^Not read: Sales Order \d+: 无权查看\. .*\(outcome: rejected\)$/);
	});

	it('a refusal throws as well', async () => {
		emulator.chooseFault = () => refuse(2016013001, '单据已审核');
		const { run } = await asTool({ resource: 'record', operation: 'audit', type: 'scm/sal_order', by: 'id', keys: '1' });
		expect(run.data.resultData.runData.JDY?.[0]?.error).toMatchObject({ message: expect.stringMatching(/^Not done: 单据已审核\. .*\(outcome: rejected\)$/) });
	});
});
