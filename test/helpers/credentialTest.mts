import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IDataObject, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { additionalDataFor } from './engine.mts';
import { n8nCore, n8nWorkflow } from './n8n/n8n.mts';
import { createRunExecutionData } from './n8n/runData.mts';

export interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

interface ThrownCause {
	response?: { status: number; statusText?: string };
	code?: string;
}

/** Sends the test request of the credential through n8n's own routing, as the Test button does. */
async function request(credential: ICredentialDataDecryptedObject, test: ICredentialTestRequest, credentialType: ICredentialType): Promise<INodeExecutionData[][]> {
	const { Workflow } = n8nWorkflow;
	const { ExecuteContext, RoutingNode } = n8nCore;
	const nodeType = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'kingdeeJdyApi', required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: test.request } }],
		},
	} as unknown as INodeType;
	const node = { id: 'temp', name: 'Temp', type: 'temp', typeVersion: 1, position: [0, 0], parameters: {}, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } } } as INode;
	const find = () => nodeType;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } });
	const installation = { nodeTypes: {}, credentialType, credential };
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(workflow, node, additionalDataFor(installation), 'internal', createRunExecutionData(), 0, [], input, { node, data: {}, source: null }, []);
	const routing = new RoutingNode(context, nodeType, { id: '1', name: 'jdy', type: 'kingdeeJdyApi', data: credential });
	return (await routing.runNode()) ?? [];
}

/** The value of one field, as the rules read it. */
function field(json: IDataObject | undefined, key: string): unknown {
	return key.split('.').reduce<unknown>((value, name) => (value === null || value === undefined ? undefined : (value as Record<string, unknown>)[name]), json);
}

/** What the Test button of n8n shows: rules on the status for a thrown error, rules on the body otherwise. */
export async function testCredential(credential: ICredentialDataDecryptedObject, credentialType: ICredentialType): Promise<Verdict> {
	const { test } = credentialType;
	if (!test) throw new Error('The credential has no test');
	const rules = (test.rules ?? []) as Array<{ type: string; properties: { key?: string; value: unknown; message: string } }>;
	let items: INodeExecutionData[][];
	try {
		items = await request(credential, test, credentialType);
	} catch (error) {
		const { message, cause } = error as Error & { cause?: ThrownCause };
		if (cause?.response) {
			const { status, statusText } = cause.response;
			const rule = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
			return { status: 'Error', message: rule?.properties.message ?? statusText ?? `HTTP ${status}` };
		}
		return { status: 'Error', message: cause?.code ?? message };
	}
	const json = items[0]?.[0]?.json;
	const broken = rules.find(({ type, properties }) => type === 'responseSuccessBody' && field(json, properties.key ?? '') === properties.value);
	return broken ? { status: 'Error', message: broken.properties.message } : { status: 'OK', message: 'Connection successful!' };
}
