import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';

import { KingdeeJdyCustomSave } from '../../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { n8nWorkflow } from '../../helpers/n8n/n8n.mts';
import { NODE_TYPE } from '../../helpers/nodeType.mts';

const { description } = new KingdeeJdyCustomSave();

/** The node as n8n makes a tool of it: the name ends in Tool. */
const toolDescription = { ...description, name: `${description.name}Tool` };

/** What stands in a node in which the user has set nothing but the document type. */
function untouched(of: INodeType['description']): INodeParameters {
	const node = { typeVersion: 1, type: of.name, parameters: {} } as unknown as INode;
	return n8nWorkflow.NodeHelpers.getNodeParameters(of.properties, { bizType: 'ts_1' }, true, false, node, of) ?? {};
}

describe('the node', () => {
	it('starts with fields to drag', () => expect(untouched(description)).toMatchObject({ bizType: 'ts_1', dataMode: 'fields', fields: {} }));
});

describe('the node as a tool of an AI agent', () => {
	const parameters = untouched(toolDescription);
	const asked: Array<{ key: string; type?: string }> = [];
	n8nWorkflow.traverseNodeParameters(parameters as never, asked as never);

	it('lets the model fill in the data and nothing else', () => {
		expect(parameters).toMatchObject({ bizType: 'ts_1', dataMode: 'json' });
		expect(asked).toEqual([expect.objectContaining({ key: 'data', type: 'json' })]);
	});

	it('says that it writes to an ERP', () => {
		const { usableAsTool, builderHint } = description;
		const told = typeof usableAsTool === 'object' ? usableAsTool.replacements?.description : '';
		expect(told).toMatch(/ERP.*writes to the live books/);
		expect(builderHint?.searchHint).toMatch(/writes to an ERP.*no key can be recognised/);
		// n8n would take it for an expression.
		expect(builderHint?.searchHint).not.toContain('={{');
	});
});

describe('what the editor tells before a run', () => {
	/** Which hints are shown for a node with these parameters and so many input items; by the start of their texts. */
	async function shown(parameters: IDataObject, itemCount: number): Promise<string[]> {
		const nodeType = new KingdeeJdyCustomSave();
		const find = () => nodeType;
		const node = { id: '1', name: 'Save', type: NODE_TYPE, typeVersion: 1, position: [0, 0] as [number, number], parameters: parameters as INodeParameters };
		const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } });
		const items = Array.from({ length: itemCount }, (_unused, no) => ({ json: { no } }));
		await workflow.expression.acquireIsolate?.();
		try {
			const isShown = (condition = '') => workflow.expression.getParameterValue(condition, null, 0, 0, 'Save', items, 'manual', {}) === true;
			return (description.hints ?? []).filter(({ displayCondition }) => isShown(displayCondition)).map(({ message }) => message.slice(0, 25));
		} finally {
			await workflow.expression.releaseIsolate?.();
		}
	}

	it.each([
		['several items and no key', {}, 2, ['Without a Deduplication K']],
		['one item', {}, 1, []],
		['a key', { deduplicationKey: '={{ $json.no }}' }, 2, []],
		['a key where the editor no longer shows it', { options: { deduplicationKey: '={{ $json.no }}' } }, 2, ['This workflow still has i']],
		['fields to choose that nobody has loaded', { dataMode: 'mapper', mapper: { mappingMode: 'defineBelow', value: null, schema: [] } }, 1, ['The fields are read from ']],
		['fields that are mapped by their names', { dataMode: 'mapper', mapper: { mappingMode: 'autoMapInputData', value: null, schema: [] } }, 1, []],
	])('%s', async (_what, parameters: IDataObject, count, expected) => expect(await shown({ bizType: 'ts_1', ...parameters }, count)).toEqual(expected));
});
