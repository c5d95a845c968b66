import type { INode, INodeParameters, INodeType } from 'n8n-workflow';

import { KingdeeJdyCustomSave } from '../../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { n8nWorkflow } from '../../helpers/n8n.mts';

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
