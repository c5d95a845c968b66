import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INode, INodeType, IWebhookFunctions } from 'n8n-workflow';

import type { Memory } from '../../nodes/KingdeeJdy/gateway/memory.ts';
import { KingdeeJdyPushTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.ts';
import { giveOut } from '../../nodes/KingdeeJdy/trigger/push/giveOut.ts';
import { receive } from '../../nodes/KingdeeJdy/trigger/push/receive.ts';
import { Pusher } from '../emulator/push.mts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { runWorkflow } from './engine.mts';
import type { EngineResult } from './engine.mts';
import { credentialWith, memoryOf, secretsOf } from './jdy.mts';
import { PUSH_TRIGGER } from './nodeType.mts';
import { keepProduced } from './produced.mts';
import { Webhooks } from './webhooks.mts';

/** The node, with a memory of its own. */
function pushTriggerWith(memory: Memory): INodeType {
	return Object.assign(new KingdeeJdyPushTrigger(), {
		async webhook(this: IWebhookFunctions) {
			return await receive(this, memory);
		},
		async execute(this: IExecuteFunctions) {
			return [await giveOut(this, memory)];
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
	memory?: Memory;
}

/** The trigger, listening; what its messages start is run in n8n's engine when it is asked for. */
export interface Listening {
	webhooks: Webhooks;
	pusher: Pusher;
	/** Runs the executions that have been started and not been run yet, and gives all their items. */
	run: () => Promise<{ items: IDataObject[]; runs: EngineResult[] }>;
}

export async function listen(emulator: Emulator, options: PushOptions = {}): Promise<Listening> {
	const { parameters = {}, credential = tokenCredential(emulator), mode = 'webhook', name = 'Push', memory = memoryOf(emulator) } = options;
	const nodeType = pushTriggerWith(memory);
	const node: INode = {
		id: 'push',
		name,
		type: PUSH_TRIGGER,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } },
	};
	const installation = { nodeTypes: { [PUSH_TRIGGER]: nodeType }, credentialType: credentialWith(memory), credential };
	const webhooks = await Webhooks.listen({ node, nodeType, installation, mode });
	const run: Listening['run'] = async () => {
		const runs: EngineResult[] = [];
		for (const items of webhooks.started.splice(0)) {
			runs.push(await runWorkflow({ id: 'pushed', name: 'Pushed', nodes: [node], connections: {} }, installation, {
				startWith: { node: name, items, mode, staticData: webhooks.stored, onChanged: (staticData) => void (webhooks.stored = staticData) },
			}));
		}
		keepProduced(runs.map(({ run: { data }, error, logs }) => ({ data, error, logs })), secretsOf(emulator, credential));
		return { items: runs.flatMap(({ outputs }) => (outputs(name)[0] ?? []).map(({ json }) => json)), runs };
	};
	return { webhooks, pusher: new Pusher(webhooks.url), run };
}
