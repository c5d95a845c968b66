import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Logger,
	NodeExecutionHint,
} from 'n8n-workflow';

import { n8nCore, n8nWorkflow, useLogger } from './n8n/n8n.mts';
import { createRunExecutionData } from './n8n/runData.mts';

/** A workflow as n8n exports it; the items of its trigger stand in `pinData`. */
export type WorkflowJson = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> & Partial<Pick<IWorkflowBase, 'id' | 'settings' | 'pinData'>>;

/** What the engine runs: node types by full name, one credential type, and the decrypted credential. */
export interface Installation {
	nodeTypes: Record<string, INodeType>;
	credentialType: ICredentialType;
	credential: ICredentialDataDecryptedObject;
}

export interface EngineResult {
	run: IRun;
	/** Output items of a node: one list for each output. */
	outputs: (nodeName: string) => INodeExecutionData[][];
	/** Hints of a node. */
	hints: (nodeName: string) => NodeExecutionHint[];
	/** The error that ended the run. */
	error: (Error & { description?: string; context?: IDataObject }) | undefined;
	/** Everything that was logged, as text. */
	logs: string[];
	/** How often the credential was decrypted, its expressions resolved for the item that asked. */
	credentialReads: number;
}

/** An execution that a webhook has started. */
interface Started {
	node: string;
	items: INodeExecutionData[];
	mode: 'webhook' | 'manual' | 'retry';
	/** @default 'execution-1' */
	executionId?: string;
	/** The static data of the workflow. */
	staticData: IDataObject;
	/** Called with them when the execution has changed them. */
	onChanged: (staticData: IDataObject) => void;
}

export interface RunOptions {
	/** Called with a function that stops the execution, as the user's stop button does. */
	onStart?: (stop: () => void) => void;
	/** Called with the signed form of every request that went through the credential's `authenticate`. */
	onAuthenticate?: (signed: IHttpRequestOptions) => void;
	/** Starts with a node and what its webhook has given, instead of the first node. */
	startWith?: Started;
}

/** Starts a workflow; its items come from pinData. */
class ManualTrigger implements INodeType {
	description = {
		displayName: 'Manual Trigger',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Manual Trigger' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	} as INodeType['description'];

	async execute(): Promise<INodeExecutionData[][]> {
		return [[{ json: {} }]];
	}
}

class NoOp implements INodeType {
	description = {
		displayName: 'No Operation',
		name: 'noOp',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'No Operation' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	} as INodeType['description'];

	async execute(this: { getInputData: () => INodeExecutionData[] }): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

const INSTANCE_URL = 'http://n8n.invalid/';

const OWN_TYPES: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': new ManualTrigger(),
	'n8n-nodes-base.noOp': new NoOp(),
	// It is drawn, never run.
	'n8n-nodes-base.stickyNote': new NoOp(),
};

function credentialsHelper({ credentialType, credential }: Installation, counters: { reads: number }, options: RunOptions) {
	class Helper extends n8nWorkflow.ICredentialsHelper {
		override getParentTypes = () => [];
		override isCredentialUsableByNode = () => true;
		override getCredentialsProperties = () => credentialType.properties;
		override preAuthentication = async () => undefined;
		override runPreAuthentication = async () => undefined;
		override updateCredentials = async () => undefined;
		override updateCredentialsOauthTokenData = async () => undefined;
		override getCredentials = async (): Promise<never> => {
			throw new Error('The engine asked for an encrypted credential');
		};
		override getDecrypted: ICredentialsHelper['getDecrypted'] = async (_data, _credentials, _type, mode, executeData, _raw, values) => {
			counters.reads += 1;
			const decrypted = { ...credential };
			if (!values) return decrypted;
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
			const { expression } = workflow;
			return expression.getParameterValue(decrypted as INodeParameters, runExecutionData, runIndex, itemIndex, node.name, connectionInputData, mode, {}, executeData, false, decrypted) as ICredentialDataDecryptedObject;
		};
		override authenticate = async (data: ICredentialDataDecryptedObject, _type: string, request: IHttpRequestOptions) => {
			if (typeof credentialType.authenticate !== 'function') throw new Error('The credential signs nothing');
			const signed = await credentialType.authenticate(data, request);
			options.onAuthenticate?.(signed);
			return signed;
		};
	}
	return new Helper();
}

function collectingLogger(logs: string[]): Logger {
	const log = (message: string, metadata?: object) => void logs.push(`${message} ${metadata ? JSON.stringify(metadata) : ''}`);
	return { error: log, warn: log, info: log, debug: log, scoped: () => collectingLogger(logs) } as unknown as Logger;
}

/** What n8n hands its engine beside the workflow. */
export function additionalDataFor(
	installation: Installation,
	{ counters = { reads: 0 }, options = {}, hooks }: { counters?: { reads: number }; options?: RunOptions; hooks?: unknown } = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(installation, counters, options),
		hooks,
		executionId: options.startWith?.executionId ?? 'execution-1',
		currentNodeExecutionIndex: 0,
		restApiUrl: INSTANCE_URL,
		instanceBaseUrl: INSTANCE_URL,
		webhookBaseUrl: INSTANCE_URL,
		webhookWaitingBaseUrl: INSTANCE_URL,
		webhookTestBaseUrl: INSTANCE_URL,
		formWaitingBaseUrl: INSTANCE_URL,
		variables: {},
		setExecutionStatus: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** Runs a workflow in n8n's own engine, from its first node to the end. */
export async function runWorkflow(json: WorkflowJson, installation: Installation, options: RunOptions = {}): Promise<EngineResult> {
	const { Workflow } = n8nWorkflow;
	const { ExecutionLifecycleHooks, WorkflowExecute } = n8nCore;
	const logs: string[] = [];
	useLogger(collectingLogger(logs));
	const known = { ...OWN_TYPES, ...installation.nodeTypes };
	const find = (name: string) => {
		const type = known[name];
		if (!type) throw new Error(`Unknown node type ${name}`);
		return type;
	};
	const workflow = new Workflow({
		id: json.id ?? 'engine-test',
		name: json.name,
		nodes: structuredClone(json.nodes),
		connections: json.connections,
		active: false,
		...(options.startWith && { staticData: structuredClone(options.startWith.staticData) }),
		settings: { executionOrder: 'v1', ...json.settings },
		nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
	});
	await workflow.expression.acquireIsolate?.();
	const start = options.startWith ? workflow.getNode(options.startWith.node) : workflow.getStartNode();
	if (!start) throw new Error('The workflow has no start node');
	const counters = { reads: 0 };
	const data = createRunExecutionData({
		resultData: { runData: {}, pinData: json.pinData ?? {} },
		executionData: { nodeExecutionStack: [{ node: start, data: { main: [options.startWith?.items ?? [{ json: {} }]] }, source: null }] },
	});
	const mode = options.startWith?.mode ?? 'manual';
	const additionalData = additionalDataFor(installation, { counters, options, hooks: new ExecutionLifecycleHooks(mode, 'execution-1', { ...json, id: workflow.id } as IWorkflowBase) });
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	options.onStart?.(() => execution.cancel());
	const run = await execution;
	await workflow.expression.releaseIsolate?.();
	if (workflow.staticData.__dataChanged === true) options.startWith?.onChanged(JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject);
	const lastRun = (name: string) => run.data.resultData.runData[name]?.at(-1);
	return {
		run,
		outputs: (name) => (lastRun(name)?.data?.main ?? []).map((items) => items ?? []),
		hints: (name) => lastRun(name)?.hints ?? [],
		error: run.data.resultData.error as EngineResult['error'],
		logs,
		credentialReads: counters.reads,
	};
}
