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

/** Rows of a sheet as people have them: names and codes instead of IDs, the order in its first row only, and a product that is unknown. */
const ROWS: IDataObject[] = [
	{ 订单号: 'WX001', 日期: '2026/3/5', 客户名称: '上海五金商行 01', 商品编码: 'SP0001', 数量: '1,000', 单位: '个', 单价: '￥1.50', 仓库: '主仓' },
	{ 商品编码: 'SP0002', 数量: '5', 单位: '个', 单价: '2.50', 仓库: '主仓' },
	{ 订单号: 'WX002', 日期: '2026年3月5日', 客户名称: '北京五金商行 02', 商品编码: '00123', 数量: '3', 单价: '9.90' },
];

const SHEET_NODE = 'Save rows';

/** Without Never Twice, which needs the database of an n8n. */
const sheet: WorkflowJson = {
	name: 'From a spreadsheet to documents',
	nodes: [
		{ id: '1', name: 'Rows', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ ...ofOne, id: '2', name: SHEET_NODE, position: [200, 0], onError: 'continueErrorOutput', parameters: { resource: 'record', operation: 'saveRows', type: 'scm/sal_order', deduplicate: false, fillDown: true } },
	],
	connections: { Rows: { main: [[{ node: SHEET_NODE, type: 'main', index: 0 }]] } },
	pinData: { Rows: ROWS.map((json) => ({ json })) },
};

/** Ends the demo as failed if it has not done what it shows. */
function check(what: string, isTrue: boolean): void {
	if (isTrue) return;
	process.exitCode = 1;
	console.error(`FAIL ${what}`);
}

/** Orders that were saved, and what the rows of the others have to correct. */
async function showSheet(): Promise<void> {
	const result = await runWorkflow(sheet, installation);
	if (result.error) throw result.error;
	const [saved = [], failed = []] = result.outputs(SHEET_NODE).map((items) => items.map(({ json }) => json));
	show('\nRows of a sheet:', ROWS);
	show('become sales orders by Save Rows as Documents:', saved);
	check('Orders of the sheet are saved', saved.length > 0 && failed.length > 0);
	show('and what could not be saved says why:', failed.map(({ error }) => ({ message: (error as IDataObject).message })));
}

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
	check('Two documents are saved', saved?.filter(({ errcode }) => errcode === 0).length === 2);
	const [read, audited] = await outputsOf(readAndAudit, ['Read', 'Audit']);
	check('Both are read back', read?.filter(({ order_no: number }) => /^SO-2026-000/.test(String(number))).length === 2);
	show('\nRead back by the node Kingdee JDY, Get Many:', read);
	show('\nAudited by the node Kingdee JDY, Audit:', audited);
	await showSheet();
} finally {
	await emulator.stop();
}
