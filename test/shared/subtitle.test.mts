import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { KingdeeJdyCustomSave } from '../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { KingdeeJdyPushTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.ts';
import { KingdeeJdyTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyTrigger.node.ts';
import { n8nWorkflow } from '../helpers/n8n/n8n.mts';

/** What n8n's editor shows under the name of a node on the canvas. */
function shownUnder(nodeType: INodeType, given: IDataObject): unknown {
	const { properties, subtitle } = nodeType.description;
	const bare = { id: 'n', name: 'Node', type: 'n', typeVersion: 1, position: [0, 0], parameters: given } as INode;
	const parameters = n8nWorkflow.NodeHelpers.getNodeParameters(properties, bare.parameters, true, false, bare, nodeType.description) ?? {};
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new n8nWorkflow.Workflow({ nodes: [{ ...bare, parameters }], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue({ ...bare, parameters }, subtitle, 'internal', {});
}

const chosen = (value: string, cachedResultName?: string) => ({ __rl: true, mode: cachedResultName === undefined ? 'path' : 'list', value, ...(cachedResultName !== undefined && { cachedResultName }) });

describe('under its name', () => {
	it.each<[string, IDataObject]>([
		['getMany: Sales Order (销售订单)', { resource: 'record', operation: 'getMany', type: chosen('scm/sal_order', 'Sales Order (销售订单)') }],
		['save: scm/sal_order', { resource: 'record', operation: 'save', type: chosen('scm/sal_order') }],
		['getMany: record', { resource: 'record', operation: 'getMany' }],
		['getMany: record', { resource: 'record', operation: 'getMany', type: chosen('={{ $json.type }}') }],
		['audit: ts_1', { resource: 'customDocument', operation: 'audit', bizType: 'ts_1' }],
		['get: customDocument', { resource: 'customDocument', operation: 'get', bizType: '={{ $json.type }}' }],
		['getMany: Stock Balance (库存余额)', { resource: 'report', operation: 'getMany', report: chosen('scm/inv', 'Stock Balance (库存余额)') }],
		['call: POST /jdy/v2/scm/sal_order', { resource: 'api', operation: 'call', call: chosen('POST /jdy/v2/scm/sal_order') }],
	])('Kingdee JDY shows %s', (expected, given) => {
		expect(shownUnder(new KingdeeJdy(), given)).toBe(expected);
	});

	it.each<[string, IDataObject]>([
		['changed: Sales Order (销售订单)', { type: chosen('scm/sal_order', 'Sales Order (销售订单)') }],
		['created: scm/sal_order', { event: 'created', type: chosen('scm/sal_order') }],
		['changed: record', {}],
		['changed: ts_1', { resource: 'customDocument', bizType: 'ts_1' }],
		['changed: customDocument', { resource: 'customDocument' }],
	])('Kingdee JDY Trigger shows %s', (expected, given) => {
		expect(shownUnder(new KingdeeJdyTrigger(), given)).toBe(expected);
	});

	it('the others show what they save, and whether documents are read back', () => {
		expect(shownUnder(new KingdeeJdyCustomSave(), { bizType: 'ts_1' })).toBe('ts_1');
		expect(shownUnder(new KingdeeJdyPushTrigger(), {})).toBe('read back');
		expect(shownUnder(new KingdeeJdyPushTrigger(), { readBack: false })).toBe('unverified');
	});
});
