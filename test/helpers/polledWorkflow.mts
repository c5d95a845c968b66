import type { ICredentialDataDecryptedObject, IDataObject, INode, IPollFunctions, Workflow } from 'n8n-workflow';

import { KingdeeJdyTrigger } from '../../nodes/KingdeeJdy/KingdeeJdyTrigger.node.ts';
import { runPoll } from '../../nodes/KingdeeJdy/trigger/poll/poll.ts';
import type { Emulator } from '../emulator/server.mts';
import { tokenCredential } from './credentials.mts';
import { additionalDataFor } from './engine.mts';
import { credentialWith, stateOf } from './jdy.mts';
import { n8nCore, n8nWorkflow, useLogger } from './n8n/n8n.mts';
import { POLL_TRIGGER } from './nodeType.mts';

/** A trigger of a workflow. */
export interface PollNode {
	name: string;
	id?: string;
	parameters: IDataObject;
}

/** A workflow whose triggers n8n polls: with its own context, expressions and static data. */
export class PolledWorkflow {
	/** The static data, as n8n's database holds them. */
	stored: IDataObject = {};
	readonly logs: string[] = [];
	readonly #emulator: Emulator;
	readonly #more: ICredentialDataDecryptedObject;
	#workflow: Workflow | undefined;

	/** @param more fields of the credential */
	constructor(emulator: Emulator, more: ICredentialDataDecryptedObject = {}) {
		this.#emulator = emulator;
		this.#more = more;
	}

	/** Takes the workflow into service with these triggers, as n8n does where it is published and after a restart. */
	activate(...nodes: PollNode[]): void {
		const nodeType = new KingdeeJdyTrigger();
		this.#workflow = new n8nWorkflow.Workflow({
			id: 'polled',
			name: 'Polled',
			nodes: nodes.map(({ name, id = 'trigger', parameters }): INode => ({
				id,
				name,
				type: POLL_TRIGGER,
				typeVersion: 1,
				position: [0, 0],
				parameters: parameters as INode['parameters'],
				credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } },
			})),
			connections: {},
			active: true,
			settings: { executionOrder: 'v1' },
			staticData: structuredClone(this.stored),
			nodeTypes: { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) },
		});
	}

	/** One poll of a trigger. n8n writes the static data where it gives something out, and after the first one. */
	async poll(name: string): Promise<IDataObject[]> {
		const workflow = this.#workflow;
		const node = workflow?.getNode(name);
		if (!workflow || !node) throw new Error(`There is no trigger ${name}`);
		const log = (message: string) => void this.logs.push(message);
		useLogger({ error: log, warn: log, info: log, debug: log, scoped: () => undefined } as unknown as Parameters<typeof useLogger>[0]);
		await workflow.expression.acquireIsolate?.();
		const credential = { ...tokenCredential(this.#emulator), ...this.#more };
		const state = stateOf(this.#emulator);
		const additionalData = additionalDataFor({ nodeTypes: {}, credentialType: credentialWith(state), credential });
		const context = new n8nCore.PollContext(workflow, node, additionalData, 'trigger', 'activate') as unknown as IPollFunctions;
		const given = await runPoll(context, state);
		await workflow.expression.releaseIsolate?.();
		this.stored = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return (given ?? []).flat().map(({ json }) => json);
	}
}
