import type { IDataObject } from 'n8n-workflow';

import { NODE_TYPE } from '../helpers/nodeType.mts';

/** A workflow as `import:workflow` takes it. */
export interface ImportedWorkflow extends IDataObject {
	id: string;
	name: string;
}

interface Wanted {
	id: string;
	path: string;
	/** Options of the Custom Save node. */
	options: IDataObject;
	credentialId: string;
	/** When the webhook answers. */
	responseMode: 'onReceived' | 'lastNode';
}

/** Webhook -> one item for each order in the body -> Custom Save. */
export function ordersWorkflow({ id, path, options, credentialId, responseMode }: Wanted): ImportedWorkflow {
	return {
		id,
		name: path,
		active: false,
		settings: { executionOrder: 'v1', saveManualExecutions: true },
		nodes: [
			{
				id: `${id}-1`,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: `${id}-hook`,
				parameters: { httpMethod: 'POST', path, responseMode, ...(responseMode === 'lastNode' ? { responseData: 'allEntries' } : {}), options: {} },
			},
			{ id: `${id}-2`, name: 'Orders', type: 'n8n-nodes-base.splitOut', typeVersion: 1, position: [220, 0], parameters: { fieldToSplitOut: 'body.orders', options: {} } },
			{
				id: `${id}-3`,
				name: 'Save',
				type: NODE_TYPE,
				typeVersion: 1,
				position: [440, 0],
				parameters: { bizType: 'ts_1', dataMode: 'inputItem', options: { callsPerMinute: 0, ...options } },
				onError: 'continueRegularOutput',
				credentials: { kingdeeJdyApi: { id: credentialId, name: credentialId } },
			},
		],
		connections: {
			Webhook: { main: [[{ node: 'Orders', type: 'main', index: 0 }]] },
			Orders: { main: [[{ node: 'Save', type: 'main', index: 0 }]] },
		},
	} as unknown as ImportedWorkflow;
}
