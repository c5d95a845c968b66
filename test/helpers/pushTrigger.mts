import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeType, IWebhookFunctions } from 'n8n-workflow';

import { KingdeeJdyPushTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.ts';
import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { execute } from '../../nodes/KingdeeJdy/trigger/push/execute.ts';
import { receive } from '../../nodes/KingdeeJdy/trigger/push/receive.ts';
import { Pusher } from '../emulator/push.mts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { runWorkflow } from './engine.mts';
import type { EngineResult } from './engine.mts';
import { credentialWith, stateOf, secretsOf } from './jdy.mts';
import { PUSH_TRIGGER } from './nodeType.mts';
import { keepProduced } from './produced.mts';
import { Webhooks } from './webhooks.mts';

/** The node, with a memory of its own. */
function pushTriggerWith(state: GatewayState): INodeType {
	return Object.assign(new KingdeeJdyPushTrigger(), {
		async webhook(this: IWebhookFunctions) {
			return await receive(this, state);
		},
		async execute(this: IExecuteFunctions) {
			return [await execute(this, state)];
		},
	});
}

export interface PushOptions {
	parameters?: IDataObject;
	credential?: ICredentialDataDecryptedObject;
	mode?: 'webhook' | 'manual';
	/** Of the node. @default 'Push' */
	name?: string;
	/** What the process remembers; that of the emulator unless given. */
	state?: GatewayState;
}

/** Where an execution runs. */
export interface ExecuteOptions {
	/** Of the process, if another one than that which has received the message. */
	state?: GatewayState;
	/** What the process has read of the static data of the workflow. */
	staticData?: IDataObject;
	executionId?: string;
	mode?: 'webhook' | 'manual' | 'retry';
	settings?: Partial<INode>;
}

export interface Executed {
	items: IDataObject[];
	run: EngineResult;
	/** What the process writes to the static data of the workflow; undefined if nothing has changed. */
	staticData: IDataObject | undefined;
}

/** The trigger, listening; what its messages start is run in n8n's engine when it is asked for. */
export interface Listening {
	webhooks: Webhooks;
	pusher: Pusher;
	/** Runs one execution. */
	execute: (items: INodeExecutionData[], how?: ExecuteOptions) => Promise<Executed>;
	/** Runs the executions that have been started and not been run yet, and gives all their items. */
	run: () => Promise<{ items: IDataObject[]; runs: EngineResult[] }>;
}

export async function listen(emulator: Emulator, options: PushOptions = {}): Promise<Listening> {
	const { parameters = {}, credential = tokenCredential(emulator), mode = 'webhook', name = 'Push', state = stateOf(emulator) } = options;
	const nodeType = pushTriggerWith(state);
	const node: INode = {
		id: 'push',
		name,
		type: PUSH_TRIGGER,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } },
	};
	const installation = { nodeTypes: { [PUSH_TRIGGER]: nodeType }, credentialType: credentialWith(state), credential };
	const webhooks = await Webhooks.listen({ node, nodeType, installation, mode });
	let executions = 0;
	const execute: Listening['execute'] = async (items, how = {}) => {
		executions += 1;
		let written: IDataObject | undefined;
		const ofProcess = { ...installation, nodeTypes: { [PUSH_TRIGGER]: pushTriggerWith(how.state ?? state) } };
		const run = await runWorkflow({ id: 'pushed', name: 'Pushed', nodes: [{ ...node, ...how.settings }], connections: {} }, ofProcess, {
			startWith: { node: name, items, mode, executionId: `execution-${executions}`, ...how, staticData: how.staticData ?? webhooks.stored, onChanged: (staticData) => void (written = staticData) },
		});
		keepProduced({ data: run.run.data, error: run.error, logs: run.logs }, secretsOf(emulator, credential));
		return { items: (run.outputs(name)[0] ?? []).map(({ json }) => json), run, staticData: written };
	};
	const run: Listening['run'] = async () => {
		const executed: Executed[] = [];
		for (const items of webhooks.started.splice(0)) {
			const one = await execute(items);
			webhooks.stored = one.staticData ?? webhooks.stored;
			executed.push(one);
		}
		return { items: executed.flatMap(({ items }) => items), runs: executed.map(({ run: one }) => one) };
	};
	return { webhooks, pusher: new Pusher(webhooks.url), execute, run };
}
