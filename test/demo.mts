/** `npm run demo`: the example workflow in n8n's own engine against the emulator. No account, no n8n installation. */
import { readFileSync } from 'node:fs';

import { Emulator } from './emulator/server.mts';
import { KingdeeJdyApi, KingdeeJdyCustomSave } from './helpers/built.mts';
import { tokenCredential } from './helpers/credentials.mts';
import { runWorkflow } from './helpers/engine.mts';
import type { Installation, WorkflowJson } from './helpers/engine.mts';
import { NODE_TYPE } from './helpers/nodeType.mts';

const NODE = 'Kingdee JDY Custom Save';

const emulator = await Emulator.start();
const installation: Installation = {
	nodeTypes: { [NODE_TYPE]: new KingdeeJdyCustomSave() },
	credentialType: new KingdeeJdyApi(),
	credential: tokenCredential(emulator),
};

/** The documents as the gateway lists them, asked for with the credential's own signature. */
async function readBack(): Promise<unknown[]> {
	const body = JSON.stringify({ biz_type: 'ts_45465632434343', data: {}, page_no: '1', page_size: '10' });
	const sign = installation.credentialType.authenticate;
	if (typeof sign !== 'function') throw new Error('The credential signs nothing');
	const { url, headers } = await sign(installation.credential, { method: 'POST', url: `${emulator.url}/jdy/v2/cust/list`, body });
	const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(headers as Record<string, string>) }, body });
	const { data } = (await response.json()) as { data: { data: { rows: unknown[] } } };
	return data.data.rows;
}

try {
	const workflow = JSON.parse(readFileSync('examples/save-documents.json', 'utf8')) as WorkflowJson;
	console.log(`Emulated gateway at ${emulator.url}\nRunning the workflow "${workflow.name}"\n`);
	const result = await runWorkflow(workflow, installation);
	if (result.error) throw result.error;
	console.log('What the node gave back:');
	for (const { json } of result.outputs(NODE)[0] ?? []) console.log(JSON.stringify(json, null, 2));
	console.log('\nRead back by cust/list, signed by the credential:');
	for (const row of await readBack()) console.log(JSON.stringify(row));
} finally {
	await emulator.stop();
}
