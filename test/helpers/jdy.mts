import { readFileSync } from 'node:fs';

import type { ICredentialDataDecryptedObject, ICredentialType, IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { KingdeeJdyCustomSave } from '../../nodes/KingdeeJdy/KingdeeJdyCustomSave.node.ts';
import { authenticateWith } from '../../nodes/KingdeeJdy/gateway/authentication/authenticate.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import type { GatewayState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { customSave } from '../../nodes/KingdeeJdy/operations/customSave/index.ts';
import { deduplicationState } from '../../nodes/KingdeeJdy/shared/deduplication/deduplicationState.ts';
import { runItems } from '../../nodes/KingdeeJdy/shared/runner/items.ts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { runWorkflow } from './engine.mts';
import type { EngineResult, RunOptions, WorkflowJson } from './engine.mts';
import { NODE_TYPE, asTool } from './nodeType.mts';
import { keepProduced } from './produced.mts';

export interface SaveOptions extends RunOptions {
	items: IDataObject[];
	/** Replaces parameters of the node; `{ bizType, dataMode: 'inputItem' }` otherwise. */
	parameters?: IDataObject;
	/** Node settings, e.g. `onError` or `retryOnFail`. */
	settings?: Partial<INode>;
	credential?: ICredentialDataDecryptedObject;
	workflow?: WorkflowJson;
	/** What the process remembers: a worker of its own has one of its own. That of the emulator unless given. */
	state?: GatewayState;
	/** Whether an AI agent runs the node: n8n makes `kingdeeJdyCustomSaveTool` of it. */
	isTool?: boolean;
}

export interface SaveRun extends EngineResult {
	/** Items on the success output. */
	saved: INodeExecutionData[];
	/** Items on the error output. */
	failed: INodeExecutionData[];
}

export function readWorkflow(path: string): WorkflowJson {
	return JSON.parse(readFileSync(path, 'utf8')) as WorkflowJson;
}

/** Every secret that was in use at an emulator. */
export function secretsOf(emulator: Emulator, credential: ICredentialDataDecryptedObject): string[] {
	const sent = emulator.ledger.flatMap(({ headers }) => [headers['app-token'] ?? '', headers['x-api-signature'] ?? '']);
	const held = ['clientSecret', 'appToken', 'appSecret'].map((name) => credential[name]);
	return [...new Set([...sent, ...held.filter((text): text is string => typeof text === 'string')])];
}

const states = new WeakMap<Emulator, GatewayState>();

/** What the nodes remember of an emulator: each test with one of its own begins anew. */
export function stateOf(emulator: Emulator): GatewayState {
	// One process alone has nobody to wait for.
	const known = states.get(emulator);
	if (known) return known;
	const state = createState();
	deduplicationState(state).markPauseMs = 0;
	states.set(emulator, state);
	return state;
}

/** The node, with a memory of its own. */
export function customSaveWith(state: GatewayState): INodeType {
	return Object.assign(new KingdeeJdyCustomSave(), {
		async execute(this: IExecuteFunctions) {
			return [await runItems(this, state, customSave)];
		},
	});
}

/** The credential, with the same memory. */
export function credentialWith(state: GatewayState): ICredentialType {
	return Object.assign(new KingdeeJdyApi(), { authenticate: authenticateWith(state) });
}

/** Runs test/workflows/save.json, or the workflow given, with these items, and keeps what came out for the secret check. */
export async function save(emulator: Emulator, options: SaveOptions): Promise<SaveRun> {
	const workflow = options.workflow ?? readWorkflow('test/workflows/save.json');
	const credential = options.credential ?? tokenCredential(emulator);
	const type = options.isTool ? `${NODE_TYPE}Tool` : NODE_TYPE;
	const nodes = workflow.nodes.map((node) =>
		node.type === NODE_TYPE ? { ...node, type, ...options.settings, parameters: { ...node.parameters, ...(options.parameters as INode['parameters']) } } : node,
	);
	const json: WorkflowJson = { ...workflow, nodes, pinData: { Items: options.items.map((item) => ({ json: item })) } };
	const state = options.state ?? stateOf(emulator);
	const installation = { nodeTypes: { [type]: asTool(customSaveWith(state), options) }, credentialType: credentialWith(state), credential };
	const result = await runWorkflow(json, installation, options);
	const [saved = [], failed = []] = result.outputs('Save');
	keepProduced({ data: result.run.data, error: result.error, logs: result.logs, hints: result.hints('Save') }, secretsOf(emulator, credential));
	return { ...result, saved, failed };
}

/** Runs a test with an emulator of its own and stops it whatever happens. */
export async function withEmulator<T>(emulator: Promise<Emulator>, use: (emulator: Emulator) => Promise<T>): Promise<T> {
	const started = await emulator;
	try {
		return await use(started);
	} finally {
		await started.stop();
	}
}

const TOKEN_PATH = '/jdyconnector/app_management/kingdee_auth_token';
const AUTHORIZE_PATH = '/jdyconnector/app_management/push_app_authorize';

export function callsOf(emulator: Emulator): { token: number; authorize: number; save: number } {
	const count = (path: string) => emulator.ledger.filter((entry) => entry.path === path).length;
	return { token: count(TOKEN_PATH), authorize: count(AUTHORIZE_PATH), save: count('/jdy/v2/cust/save') };
}

/** The most token calls that any minute saw, for one app key. */
export function tokenCallsInAnyMinute(emulator: Emulator): number {
	const byKey = Map.groupBy(
		emulator.ledger.filter(({ path }) => path === TOKEN_PATH),
		({ query, headers }) => `${headers['x-api-clientid']} ${new URLSearchParams(query).get('app_key')}`,
	);
	const counts = [...byKey.values()].flatMap((calls) => calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + 60_000).length));
	return Math.max(0, ...counts);
}
