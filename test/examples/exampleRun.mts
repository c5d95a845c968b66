import { readFileSync } from 'node:fs';

import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../credentials/KingdeeJdyApi.credentials.ts';
import { lost, refuse } from '../emulator/replies.mts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { EngineResult, WorkflowJson } from '../helpers/engine.mts';
import { isTrigger, nodeTypesFor } from './exampleNodes.mts';
import { secretsOf } from '../helpers/jdy.mts';
import { keepProduced } from '../helpers/produced.mts';

export interface ExampleRun extends EngineResult {
	/** What an output of a node holds. */
	items: (nodeName: string, output?: number) => IDataObject[];
	/** What Respond to Webhook sent. */
	answers: IN8nHttpFullResponse[];
}

const CHAT = 'https://qyapi.weixin.qq.com';

/** JDY refuses one order, and the connection breaks over another one that it has saved. */
export function failFor(emulator: Emulator, { refused = 'no order', unknown = 'no order' }: { refused?: string; unknown?: string }): void {
	emulator.chooseFault = ({ body: sent }) => {
		if (sent.includes(refused)) return refuse(1030002006, '字段 bill_date 格式错误');
		return sent.includes(unknown) ? lost() : undefined;
	};
}

/**
 * Runs a file of examples/ as it is, against an emulator instead of the official gateway.
 *
 * @param trigger what the trigger gives; its pinned items unless set, or one empty item
 * @param chatUrl the host of the chat that is told
 */
export async function runExample(emulator: Emulator, file: string, trigger?: IDataObject, credential = tokenCredential(emulator), chatUrl = CHAT): Promise<ExampleRun> {
	const text = readFileSync(`examples/${file}`, 'utf8').replaceAll('https://api.kingdee.com', emulator.url).replaceAll(CHAT, chatUrl);
	const workflow = JSON.parse(text) as WorkflowJson;
	const start = workflow.nodes.find(isTrigger)?.name ?? '';
	const pinned = trigger ? [{ json: trigger }] : (workflow.pinData?.[start] ?? [{ json: {} }]);
	const answers: IN8nHttpFullResponse[] = [];
	const installation = { nodeTypes: nodeTypesFor(workflow.nodes, answers), credentialType: new KingdeeJdyApi(), credential };
	const result = await runWorkflow({ ...workflow, pinData: { [start]: pinned } }, installation);
	keepProduced({ data: result.run.data, error: result.error, logs: result.logs, answers }, secretsOf(emulator, credential));
	return { ...result, answers, items: (name, output = 0) => result.outputs(name)[output]?.map(({ json }) => json) ?? [] };
}
