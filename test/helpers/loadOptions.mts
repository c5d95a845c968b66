import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions, INodeListSearchResult, INodeParameters, IWorkflowExecuteAdditionalData, ResourceMapperFields } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { chooseFields } from '../../nodes/KingdeeJdy/operations/customSave/chooseFields.ts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { additionalDataFor } from './engine.mts';
import { credentialWith, customSaveWith, stateOf, secretsOf } from './jdy.mts';
import { n8nCore, n8nWorkflow } from './n8n/n8n.mts';
import { KINGDEE_JDY, NODE_TYPE } from './nodeType.mts';
import { keepProduced } from './produced.mts';

/** What the editor gets when it asks for the fields of the node's document type, or the error that it shows. */
export async function fieldsInEditor(
	emulator: Emulator,
	parameters: INodeParameters,
	credential: ICredentialDataDecryptedObject = tokenCredential(emulator),
): Promise<{ fields: ResourceMapperFields['fields']; error: string | undefined }> {
	const state = stateOf(emulator);
	const nodeType = customSaveWith(state);
	const find = () => nodeType;
	const node = { id: '1', name: 'Save', type: NODE_TYPE, typeVersion: 1, position: [0, 0] as [number, number], parameters, credentials: { kingdeeJdyApi: { id: 'jdy', name: 'jdy' } } };
	const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } });
	await workflow.expression.acquireIsolate?.();
	const additionalData = { ...additionalDataFor({ nodeTypes: {}, credentialType: credentialWith(state), credential }), currentNodeParameters: parameters } as IWorkflowExecuteAdditionalData;
	const [placed = node] = Object.values(workflow.nodes);
	const context = new n8nCore.LoadOptionsContext(workflow, placed, additionalData, 'parameters.mapper');
	try {
		const { fields } = await chooseFields(state).call(context as unknown as ILoadOptionsFunctions);
		return { fields, error: undefined };
	} catch (error) {
		keepProduced(error, secretsOf(emulator, credential));
		return { fields: [], error: (error as Error).message };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

/** What the editor gets from a list with search of the node Kingdee JDY. */
export async function searchedInEditor(emulator: Emulator, method: 'searchDocuments', parameters: INodeParameters, filter?: string, page?: string): Promise<INodeListSearchResult> {
	const credential = tokenCredential(emulator);
	const nodeType = new KingdeeJdy();
	const find = () => nodeType;
	const node = { id: '1', name: 'JDY', type: KINGDEE_JDY, typeVersion: 1, position: [0, 0] as [number, number], parameters, credentials: { kingdeeJdyApi: { id: 'jdy', name: 'jdy' } } };
	const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) } });
	await workflow.expression.acquireIsolate?.();
	const additionalData = { ...additionalDataFor({ nodeTypes: {}, credentialType: new KingdeeJdyApi(), credential }), currentNodeParameters: parameters } as IWorkflowExecuteAdditionalData;
	const [placed = node] = Object.values(workflow.nodes);
	const context = new n8nCore.LoadOptionsContext(workflow, placed, additionalData, 'parameters.key') as unknown as ILoadOptionsFunctions;
	try {
		const result = await nodeType.methods.listSearch[method].call(context, filter, page);
		keepProduced(result, secretsOf(emulator, credential));
		return result;
	} catch (error) {
		keepProduced(error, secretsOf(emulator, credential));
		throw error;
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}
