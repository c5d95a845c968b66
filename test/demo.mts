/** `npm run demo`: the example workflow in n8n's own engine against the emulator. No account, no n8n installation. */
import { readFileSync } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { Emulator } from './emulator/server.mts';
import { KingdeeJdy, KingdeeJdyApi, KingdeeJdyCustomSave } from './helpers/built.mts';
import { tokenCredential } from './helpers/credentials.mts';
import { runWorkflow } from './helpers/engine.mts';
import type { Installation, WorkflowJson } from './helpers/engine.mts';
import { KINGDEE_JDY, NODE_TYPE } from './helpers/nodeType.mts';

const NODE = 'Kingdee JDY Custom Save';

const emulator = await Emulator.start();
const installation: Installation = {
	nodeTypes: { [NODE_TYPE]: new KingdeeJdyCustomSave(), [KINGDEE_JDY]: new KingdeeJdy() },
	credentialType: new KingdeeJdyApi(),
	credential: tokenCredential(emulator),
};

/** Reads the documents back with the node Kingdee JDY. */
const readBack: WorkflowJson = {
	name: 'Read back',
	nodes: [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Read back',
			type: KINGDEE_JDY,
			typeVersion: 1,
			position: [0, 0],
			parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_45465632434343', returnAll: true },
			credentials: { kingdeeJdyApi: { id: '1', name: 'Kingdee JDY' } },
		},
	],
	connections: { Start: { main: [[{ node: 'Read back', type: 'main', index: 0 }]] } },
};

/** The output of a node of a workflow. */
async function outputOf(workflow: WorkflowJson, node: string): Promise<IDataObject[]> {
	const result = await runWorkflow(workflow, installation);
	if (result.error) throw result.error;
	return (result.outputs(node)[0] ?? []).map(({ json }) => json);
}

try {
	const workflow = JSON.parse(readFileSync('examples/save-documents.json', 'utf8')) as WorkflowJson;
	console.log(`Emulated gateway at ${emulator.url}\nRunning the workflow "${workflow.name}"\n`);
	console.log('What the node gave back:');
	for (const json of await outputOf(workflow, NODE)) console.log(JSON.stringify(json, null, 2));
	console.log('\nRead back by the node Kingdee JDY, Get Many:');
	for (const json of await outputOf(readBack, 'Read back')) console.log(JSON.stringify(json));
} finally {
	await emulator.stop();
}
