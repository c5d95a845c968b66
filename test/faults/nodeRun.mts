import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Settings } from '../emulator/settings.mts';
import { KingdeeJdy, KingdeeJdyApi } from '../helpers/built.mts';
import { credentialFor } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { GATEWAY, TIMEOUT_MS } from './faults.mts';
import type { FaultCase } from './faults.mts';

export const OPTIONS = { timeout: TIMEOUT_MS, callsPerMinute: 0, concurrency: 3 };
export const typeOf = (value: string) => ({ __rl: true, mode: 'list', value });

let runs = 0;

/** One run of the node, which can be started once the faults are chosen. */
export function through(emulator: Emulator, fault: FaultCase, parameters: INode['parameters'], items: IDataObject[]) {
	const nodeType: INodeType = new KingdeeJdy();
	const credential = credentialFor[fault.way ?? 'appToken'](emulator, emulator.gateway.settings.accounts[0] ?? demoAccount);
	runs += 1;
	const workflow: WorkflowJson = {
		// Keys are remembered by workflow.
		id: `standard-${runs}`,
		name: 'standard',
		nodes: [
			{ id: '1', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: '2', name: 'JDY', type: 'jdy', typeVersion: 1, position: [0, 0], parameters, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } }, onError: 'continueErrorOutput' },
		],
		connections: { Items: { main: [[{ node: 'JDY', type: 'main', index: 0 }]] } },
		pinData: { Items: items.map((json) => ({ json })) },
	};
	return { credential, outputs: async () => (await runWorkflow(workflow, { nodeTypes: { jdy: nodeType }, credentialType: new KingdeeJdyApi(), credential })).outputs('JDY') };
}

/** A gateway that takes every order as often as it comes, so that a repeated save stands in the books twice. */
export async function withEmulator<T>(fault: FaultCase, more: Partial<Settings>, run: (emulator: Emulator) => Promise<T>): Promise<T> {
	const settings = { seed: 'firm' as const, accounts: [{ ...demoAccount }], numberOnce: false, ...GATEWAY, ...more, ...fault.settings };
	const emulator = await Emulator.start(settings);
	try {
		return await run(emulator);
	} finally {
		await emulator.stop();
	}
}
