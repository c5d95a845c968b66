import type { IBinaryKeyData, ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { runNode } from '../../nodes/KingdeeJdy/operations/index.ts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { runWorkflow } from './engine.mts';
import type { EngineResult, RunOptions, WorkflowJson } from './engine.mts';
import { credentialWith, stateOf, secretsOf } from './jdy.mts';
import { KINGDEE_JDY, asTool } from './nodeType.mts';
import { keepProduced } from './produced.mts';

export interface NodeOptions extends RunOptions {
	/** One empty item unless given. */
	items?: IDataObject[];
	/** The files of every item. */
	binary?: IBinaryKeyData;
	/** With resource and operation. */
	parameters: IDataObject;
	/** Of the workflow. */
	timezone?: string;
	/** Node settings, e.g. `onError` or `retryOnFail`. */
	settings?: Partial<INode>;
	credential?: ICredentialDataDecryptedObject;
	/** Whether an AI agent runs the node: n8n makes `kingdeeJdyTool` of it. */
	isTool?: boolean;
}

const typeOf = ({ isTool = false }: NodeOptions): string => (isTool ? `${KINGDEE_JDY}Tool` : KINGDEE_JDY);

export interface NodeRun extends EngineResult {
	/** Items on the success output. */
	done: INodeExecutionData[];
	/** The same, without what pairs them. */
	json: IDataObject[];
	/** Items on the error output. */
	failed: INodeExecutionData[];
}

/** The node, with a memory of its own. */
export function kingdeeJdyWith(state: GatewayState): INodeType {
	return Object.assign(new KingdeeJdy(), {
		async execute(this: IExecuteFunctions) {
			return [await runNode(this, state)];
		},
	});
}

function workflowWith(options: NodeOptions): WorkflowJson {
	const { items = [{}], binary, parameters, settings, timezone } = options;
	const place = (id: string, name: string, type: string) => ({ id, name, type, typeVersion: 1, position: [0, 0] as [number, number], parameters: {} });
	return {
		name: 'One node',
		settings: timezone === undefined ? {} : { timezone },
		nodes: [
			place('items', 'Items', 'n8n-nodes-base.manualTrigger'),
			{ ...place('jdy', 'JDY', typeOf(options)), credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } }, ...settings, parameters: parameters as INode['parameters'] },
		],
		connections: { Items: { main: [[{ node: 'JDY', type: 'main', index: 0 }]] } },
		pinData: { Items: items.map((json) => ({ json, ...(binary && { binary }) })) },
	};
}

/** Runs the node Kingdee JDY with these items, and keeps what came out for the secret check. */
export async function kingdeeJdy(emulator: Emulator, options: NodeOptions): Promise<NodeRun> {
	const credential = options.credential ?? tokenCredential(emulator);
	const state = stateOf(emulator);
	const installation = { nodeTypes: { [typeOf(options)]: asTool(kingdeeJdyWith(state), options) }, credentialType: credentialWith(state), credential };
	const result = await runWorkflow(workflowWith(options), installation, options);
	const [done = [], failed = []] = result.outputs('JDY');
	keepProduced({ data: result.run.data, error: result.error, logs: result.logs, hints: result.hints('JDY') }, secretsOf(emulator, credential));
	return { ...result, done, json: done.map(({ json }) => json), failed };
}

/** Puts documents into the books of an emulator, as saves would, and gives their IDs. */
export function put(emulator: Emulator, documents: IDataObject[], bizType = 'ts_1'): string[] {
	const { documents: books, settings } = emulator.gateway;
	const [account] = settings.accounts;
	if (!account) throw new Error('The emulator has no account');
	return documents.map((data) => {
		const { saved } = books.save(account, { biz_type: bizType, data });
		if (!saved) throw new Error('The emulator did not save');
		return saved.id;
	});
}

/** The parsed bodies of the calls of a path, in order. */
export function bodiesOf(emulator: Emulator, path: string): IDataObject[] {
	return emulator.ledger.filter((entry) => entry.path === path).map(({ body }) => JSON.parse(body) as IDataObject);
}
