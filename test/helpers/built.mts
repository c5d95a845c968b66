import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';

/** What `npm run build` made, as n8n loads it. */
const load = createRequire(resolve('package.json'));

export const CREDENTIAL_FILE = './dist/credentials/KingdeeJdyApi.credentials.js';
export const NODE_FILE = './dist/nodes/KingdeeJdy/KingdeeJdyCustomSave.node.js';

const MEMORY_FILE = './dist/nodes/KingdeeJdy/gateway/state.js';

export const { KingdeeJdyApi } = load(CREDENTIAL_FILE) as { KingdeeJdyApi: new () => ICredentialType };
export const { KingdeeJdy } = load('./dist/nodes/KingdeeJdy/KingdeeJdy.node.js') as { KingdeeJdy: new () => INodeType };
export const { KingdeeJdyCustomSave } = load(NODE_FILE) as { KingdeeJdyCustomSave: new () => INodeType };
export const { KingdeeJdyPushTrigger } = load('./dist/nodes/KingdeeJdy/KingdeeJdyPushTrigger.node.js') as { KingdeeJdyPushTrigger: new () => INodeType };
export const { KingdeeJdyTrigger } = load('./dist/nodes/KingdeeJdy/KingdeeJdyTrigger.node.js') as { KingdeeJdyTrigger: new () => INodeType };
const { lookUpState } = load('./dist/nodes/KingdeeJdy/shared/lookup/lookUpState.js') as { lookUpState: (state: GatewayState) => { timesMs: readonly number[] } };

/** What the built package remembers in this process. */
export const { processState } = load(MEMORY_FILE) as { processState: GatewayState };

/** Has the built package look for lost documents at these times, in ms after a call. */
export function lookUpAt(timesMs: readonly number[]): void {
	lookUpState(processState).timesMs = timesMs;
}
