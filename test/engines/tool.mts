import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { refuse } from '../emulator/replies.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { KINGDEE_JDY, NODE_TYPE } from '../helpers/nodeType.mts';
import { BUILT, jdy, nodeOf, sent, withJdy } from './world.mts';

const AGENT = 'agent';

/** Calls the tool that is connected to it, with what the model would fill in, once for each item. */
class Agent implements INodeType {
	description = {
		displayName: 'Agent',
		name: AGENT,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }],
		outputs: ['main'],
		properties: [],
	} as unknown as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [tool] = (await this.getInputConnectionData('ai_tool', 0)) as Array<{ invoke: (given: IDataObject) => Promise<string> }>;
		const items: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			// Up to 1.119 n8n tells the agent of a failure by a text, later by an error.
			const answer = await (tool?.invoke(json) ?? '').catch((error: Error) => error.message);
			items.push({ json: { answer } });
		}
		return [items];
	}
}

/** A node as n8n makes a tool of it, when `usableAsTool` stands in its description. */
function asTool(type: string): INodeType {
	const nodeType = BUILT[type];
	assert.ok(nodeType?.description.usableAsTool);
	return Object.assign(Object.create(nodeType) as INodeType, { description: { ...nodeType.description, name: `${nodeType.description.name}Tool`, inputs: [], outputs: ['ai_tool'] } });
}

async function call(type: string, parameters: IDataObject, given: IDataObject[], settings: Partial<INode> = {}): Promise<string[]> {
	const start = { id: 'items', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const agent = { ...start, id: 'agent', name: 'Agent', type: AGENT };
	const { outputs, error } = await runWorkflow(
		{
			name: 'An agent',
			nodes: [start, agent, nodeOf(`${type}Tool`, parameters, { name: 'Tool', ...settings })],
			connections: { Items: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] }, Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
			pinData: { Items: given.map((json) => ({ json })) },
		},
		{ ...jdy.installation, nodeTypes: { [AGENT]: new Agent(), [`${type}Tool`]: asTool(type) } },
	);
	assert.equal(error, undefined);
	return (outputs('Agent')[0] ?? []).map(({ json }) => String(json.answer));
}

const SAVE = { bizType: 'ts_1', dataMode: 'json', dataJson: "={{ JSON.stringify({ no: $fromAI('no', 'the number', 'string') }) }}" };

const errcodeOf = (answer: string) => (JSON.parse(answer) as IDataObject[])[0]?.errcode;

describe('as a tool', () => {
	withJdy();

	it('Custom Save saves what each call gives', async () => {
		const results = await call(NODE_TYPE, SAVE, [{ no: 'A' }, { no: 'B' }]);
		assert.deepEqual(results.map(errcodeOf), [0, 0]);
		assert.deepEqual(sent(), { A: 1, B: 1 });
	});

	it('a refusal reaches the agent as a failure, and the others are saved', async () => {
		jdy.emulator.chooseFault = ({ body }) => (body.includes('"A"') ? refuse(1030002000, '字段缺失') : undefined);
		const [first, second] = await call(NODE_TYPE, SAVE, [{ no: 'A' }, { no: 'B' }]);
		assert.match(String(first), /Not saved: 字段缺失|This document was not saved\./);
		assert.equal(errcodeOf(second ?? ''), 0);
	});

	it('Kingdee JDY reads, and what it would tell as a hint does not keep it from it', async () => {
		const filters = { mappingMode: 'defineBelow', value: { customer_number: null, bill_status: 'Audited' }, schema: [{ id: 'customer_number', removed: false }, { id: 'bill_status', removed: false }] };
		const parameters = { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, limit: "={{ $fromAI('limit', '', 'number') }}", filters };
		const [result] = await call(KINGDEE_JDY, parameters, [{ limit: 2 }]);
		const [answer] = JSON.parse(result ?? '') as [{ rows: unknown[]; hasMore: boolean }];
		assert.deepEqual([answer.rows.length, answer.hasMore], [2, true]);
		assert.match(jdy.emulator.ledger[0]?.query ?? '', /page_size=2$/);
	});
});
