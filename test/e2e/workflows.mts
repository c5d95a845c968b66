import type { IDataObject, INode } from 'n8n-workflow';

import type { WorkflowJson } from '../helpers/engine.mts';
import { NODE_TYPE } from '../helpers/nodeType.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { RealN8n } from '../helpers/n8n/realN8n.mts';
import type { Editor } from './browser.mts';

export const NODE = 'Kingdee JDY Custom Save';
export const TRIGGER = 'Orders';
const ORDERS = [
	{ orderNo: 'SO-2026-0001', amount: 1280.5, customerId: '1234567890123456789' },
	{ orderNo: 'SO-2026-0002', amount: 99, customerId: '1234567890123456790' },
];

type NodeSettings = Partial<INode> & Pick<INode, 'name' | 'type'>;

function nodeAt(index: number, settings: NodeSettings): INode {
	return { id: `node-${index}`, typeVersion: 1, position: [index * 260, 0], parameters: {}, ...settings };
}

/** A trigger with two orders, and the nodes behind it in a row. */
export function workflowOf(name: string, nodes: NodeSettings[]): WorkflowJson {
	const all = [{ name: TRIGGER, type: 'n8n-nodes-base.manualTrigger' }, ...nodes];
	const connections = Object.fromEntries(
		all.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: all[index + 1]?.name ?? '', type: 'main' as const, index: 0 }]] }]),
	);
	return { name, nodes: all.map((node, index) => nodeAt(index, node)), connections, pinData: { [TRIGGER]: ORDERS.map((json) => ({ json })) } };
}

export function saveNode(credentialId: string, settings: Partial<INode> = {}, options: IDataObject = {}): NodeSettings {
	return {
		name: NODE,
		type: NODE_TYPE,
		parameters: { bizType: 'ts_45465632434343', dataMode: 'inputItem', options: options as INode['parameters'] },
		credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } },
		...settings,
	};
}

/** Creates a workflow; gives back its id. */
export async function create(n8n: RealN8n, workflow: WorkflowJson): Promise<string> {
	return (await n8n.rest<{ id: string }>('/workflows', { settings: { executionOrder: 'v1' }, active: false, ...workflow })).id;
}

/** Waits for texts in the saved workflow that is open: n8n takes over what is typed a moment later, and saves the workflow by itself then. */
export async function keptInWorkflow({ page }: Editor, n8n: RealN8n, values: readonly string[]): Promise<void> {
	const id = /workflow\/(\w+)/.exec(page.url())?.[1] ?? '';
	await until(`${values.join()} in the saved workflow`, 30_000, async () => {
		const saved = JSON.stringify((await n8n.rest<WorkflowJson>(`/workflows/${id}`)).nodes);
		return values.every((value) => saved.includes(value));
	});
}
