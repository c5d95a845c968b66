/** `npm run demo`: the example workflow in n8n's own engine against the emulator. No account, no n8n installation. */
import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { demoSettings } from './emulator/demoSettings.mts';
import { Emulator } from './emulator/server.mts';
import { KingdeeJdy, KingdeeJdyApi, KingdeeJdyCustomSave } from './helpers/built.mts';
import { tokenCredential } from './helpers/credentials.mts';
import { runWorkflow } from './helpers/engine.mts';
import type { Installation, WorkflowJson } from './helpers/engine.mts';
import { KINGDEE_JDY, NODE_TYPE } from './helpers/nodeType.mts';

const NODE = 'Kingdee JDY Custom Save';
const DOCUMENT_TYPE = 'ts_45465632434343';

const emulator = await Emulator.start(demoSettings);
const installation: Installation = {
	nodeTypes: { [NODE_TYPE]: new KingdeeJdyCustomSave(), [KINGDEE_JDY]: new KingdeeJdy() },
	credentialType: new KingdeeJdyApi(),
	credential: tokenCredential(emulator),
};

const ofOne = { type: KINGDEE_JDY, typeVersion: 1, credentials: { kingdeeJdyApi: { id: '1', name: 'Kingdee JDY' } } };

/** Reads the documents and audits what was read, with the node Kingdee JDY. */
const readAndAudit: WorkflowJson = {
	name: 'Read and audit',
	nodes: [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ ...ofOne, id: '2', name: 'Read', position: [200, 0], parameters: { resource: 'customDocument', operation: 'getMany', bizType: DOCUMENT_TYPE, returnAll: true } },
		{ ...ofOne, id: '3', name: 'Audit', position: [400, 0], parameters: { resource: 'customDocument', operation: 'audit', bizType: DOCUMENT_TYPE, ids: '={{ $json.id }}' } },
	],
	connections: {
		Start: { main: [[{ node: 'Read', type: 'main', index: 0 }]] },
		Read: { main: [[{ node: 'Audit', type: 'main', index: 0 }]] },
	},
};

/** Runs a workflow, and gives back the output of each of these nodes. */
async function outputsOf(workflow: WorkflowJson, names: string[]): Promise<IDataObject[][]> {
	const result = await runWorkflow(workflow, installation);
	if (result.error) throw result.error;
	return names.map((name) => (result.outputs(name)[0] ?? []).map(({ json }) => json));
}

function show(title: string, items: IDataObject[] = [], indent = 0): void {
	console.log(title);
	for (const json of items) console.log(JSON.stringify(json, null, indent));
}

try {
	const workflow = JSON.parse(readFileSync('examples/save-documents.json', 'utf8')) as WorkflowJson;
	console.log(`Emulated gateway at ${emulator.url}\nRunning the workflow "${workflow.name}"\n`);
	const [saved] = await outputsOf(workflow, [NODE]);
	show('What the node gave back:', saved, 2);
	const [read, audited] = await outputsOf(readAndAudit, ['Read', 'Audit']);
	show('\nRead back by the node Kingdee JDY, Get Many:', read);
	show('\nAudited by the node Kingdee JDY, Audit:', audited);
} finally {
	await emulator.stop();
}
