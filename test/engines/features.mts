/** Prints, as one line of JSON, what this engine has of what the package makes use of. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { INode, INodeType } from 'n8n-workflow';

import { n8nCore, n8nWorkflow } from '../helpers/n8n/n8n.mts';

export interface Features {
	core: string;
	/** Whether the built nodes have the classes of this very engine. */
	sharesClasses: boolean;
	/** Whether the cause of a failed poll decides when n8n polls again. */
	waitsByCause: boolean;
	/** Whether a poll is told how long it may take. */
	tellsPollBudget: boolean;
}

const load = createRequire(resolve('package.json'));
const loadForNodes = createRequire(resolve('dist', 'nodes', 'KingdeeJdy', 'KingdeeJdy.node.js'));
const node: INode = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} };
const nodeType = { description: { properties: [], outputs: [] } } as unknown as INodeType;
const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
const { failure } = new n8nWorkflow.NodeApiError(node, {}, { failure: { cause: 'rate-limited', retryAfterMs: 1 } });

const features: Features = {
	core: (load('n8n-core/package.json') as { version: string }).version,
	sharesClasses: loadForNodes('n8n-workflow') === n8nWorkflow,
	waitsByCause: failure !== undefined,
	tellsPollBudget: 'getPollBudgetMs' in new n8nCore.PollContext(workflow, node, {} as never, 'trigger', 'activate'),
};
console.log(JSON.stringify(features));
// Older engines keep a timer.
process.exit();
