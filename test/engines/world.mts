import { afterEach, beforeEach } from 'node:test';

import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeExecutionData, INodeType, Workflow } from 'n8n-workflow';

import { Changes } from '../emulator/changes.mts';
import { Emulator } from '../emulator/server.mts';
import { KingdeeJdy, KingdeeJdyApi, KingdeeJdyCustomSave, KingdeeJdyPushTrigger, KingdeeJdyTrigger } from '../helpers/built.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { EngineResult, Installation, RunOptions } from '../helpers/engine.mts';
import { n8nWorkflow } from '../helpers/n8n/n8n.mts';
import { KINGDEE_JDY, NODE_TYPE, POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { freshStore } from '../helpers/processedData.mts';

/** The nodes as they are built, with the n8n-workflow of the engine that runs here. */
export const BUILT: Record<string, INodeType> = {
	[KINGDEE_JDY]: new KingdeeJdy(),
	[NODE_TYPE]: new KingdeeJdyCustomSave(),
	[POLL_TRIGGER]: new KingdeeJdyTrigger(),
	[PUSH_TRIGGER]: new KingdeeJdyPushTrigger(),
};

export const credentialType = new KingdeeJdyApi();

/** JDY, anew for each test. */
export const jdy: { emulator: Emulator; changes: Changes; credential: ICredentialDataDecryptedObject; installation: Installation } = {} as never;

/** Has every test of a file begin with an emulator of its own. */
export function withJdy(): void {
	beforeEach(async () => {
		const emulator = await Emulator.start({ callsPerSecond: Infinity, seed: 'firm' });
		const credential = tokenCredential(emulator);
		Object.assign(jdy, { emulator, changes: new Changes(emulator.gateway), credential, installation: { nodeTypes: BUILT, credentialType, credential } });
		await freshStore();
	});
	afterEach(async () => await jdy.emulator.stop());
}

export function nodeOf(type: string, parameters: IDataObject, settings: Partial<INode> = {}): INode {
	return {
		id: 'jdy',
		name: 'JDY',
		type,
		typeVersion: 1,
		position: [0, 0],
		credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } },
		...settings,
		parameters: parameters as INode['parameters'],
	};
}

/** A document that somebody makes in JDY itself, stamped a little behind the clock: in a span that the next poll reads. */
export function madeInJdy(kind: string, data: IDataObject): string {
	const { settings } = jdy.emulator.gateway;
	const { now } = settings;
	settings.now = () => now() - 5_000;
	const { id } = jdy.changes.create(kind, data);
	settings.now = now;
	return id;
}

/** A workflow of one node, which its triggers and the editor work with. */
export function workflowOf(type: string, parameters: IDataObject): Workflow {
	const nodeType = BUILT[type];
	if (!nodeType) throw new Error(`Unknown node type ${type}`);
	const find = () => nodeType;
	const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
	return new n8nWorkflow.Workflow({ id: 'one', name: 'One node', nodes: [nodeOf(type, parameters)], connections: {}, active: true, staticData: {}, nodeTypes });
}

/** Does something with the node of such a workflow, its expressions at hand. */
export async function inWorkflow<T>(workflow: Workflow, use: (node: INode) => Promise<T>): Promise<T> {
	const [node] = Object.values(workflow.nodes);
	if (!node) throw new Error('The workflow is empty');
	await workflow.expression.acquireIsolate?.();
	try {
		return await use(node);
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

interface Run extends EngineResult {
	/** The json of what left on the success output, and on the error output. */
	done: IDataObject[];
	failed: IDataObject[];
	/** Both, with what pairs them. */
	items: INodeExecutionData[];
}

interface NodeOptions extends Pick<RunOptions, 'onStart'> {
	parameters: IDataObject;
	items?: IDataObject[];
	settings?: Partial<INode>;
}

/** Runs one node with these items. */
export async function run(type: string, { parameters, items = [{}], settings, onStart }: NodeOptions): Promise<Run> {
	const start = { id: 'items', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const result = await runWorkflow(
		{
			name: 'One node',
			nodes: [start, nodeOf(type, parameters, settings)],
			connections: { Items: { main: [[{ node: 'JDY', type: 'main', index: 0 }]] } },
			pinData: { Items: items.map((json) => ({ json })) },
		},
		jdy.installation,
		onStart ? { onStart } : {},
	);
	const [done = [], failed = []] = result.outputs('JDY');
	const jsonOf = (list: INodeExecutionData[]) => list.map(({ json }) => json);
	return { ...result, done: jsonOf(done), failed: jsonOf(failed), items: [...done, ...failed] };
}

/** How often each document was sent, by its number. */
export function sent(field = 'no'): Record<string, number> {
	const numbers = jdy.emulator.ledger.map(({ body }) => String(((JSON.parse(body) as { data: IDataObject }).data)[field]));
	return Object.fromEntries([...new Set(numbers)].map((no) => [no, numbers.filter((other) => other === no).length]));
}
