import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { demoSettings } from '../emulator/demoSettings.mts';
import { Emulator } from '../emulator/server.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { freePort, isFree } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';

const CREDENTIAL = { name: 'Kingdee JDY', type: 'kingdeeJdyApi' };
const OFFICIAL = 'https://api.kingdee.com';
const EXAMPLES = 'examples';

interface Named {
	id: string;
	name: string;
}

/** A real n8n with this package, an emulated gateway, the demo credential and the example workflows. */
export interface Demo {
	n8n: RealN8n;
	emulator: Emulator;
	/** The list of workflows. After a login at the bare address n8n opens the page of its assistant instead. */
	startUrl: string;
	/** Of the demo credential. */
	credentialId: string;
	stop: () => Promise<void>;
}

async function portNear(preferred: number): Promise<number> {
	return (await isFree(preferred)) ? preferred : await freePort();
}

async function keepCredential(n8n: RealN8n, emulator: Emulator): Promise<string> {
	const data = instanceCredential(emulator);
	const known = (await n8n.rest<Named[]>('/credentials')).find(({ name }) => name === CREDENTIAL.name);
	if (!known) return (await n8n.rest<Named>('/credentials', { ...CREDENTIAL, data })).id;
	await n8n.rest(`/credentials/${known.id}`, { id: known.id, ...CREDENTIAL, data }, 'PATCH');
	return known.id;
}

/** The example workflows as a user has them after choosing the credential; calls to the official gateway go to the emulator. */
function examples(credentialId: string, gatewayUrl: string): WorkflowJson[] {
	const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));
	return files.map((file) => {
		const workflow = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8').replaceAll(OFFICIAL, gatewayUrl)) as WorkflowJson;
		const nodes = workflow.nodes.map((node) => (node.credentials?.[CREDENTIAL.type] ? { ...node, credentials: { [CREDENTIAL.type]: { id: credentialId, name: CREDENTIAL.name } } } : node));
		return { ...workflow, nodes };
	});
}

async function keepWorkflows(n8n: RealN8n, wanted: WorkflowJson[]): Promise<void> {
	const known = new Set((await n8n.rest<Named[]>('/workflows')).map(({ name }) => name));
	for (const workflow of wanted) if (!known.has(workflow.name)) await n8n.rest('/workflows', { ...workflow, active: false });
}

/**
 * Starts all of it.
 *
 * @param userFolder n8n's own folder; what an earlier start left there is kept unless `isFresh`
 * @param env more settings of n8n
 */
export async function startDemo(userFolder: string, { isFresh = false, env = {} }: { isFresh?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<Demo> {
	const emulator = await Emulator.start(demoSettings, { port: await portNear(5690) });
	const prepare = isFresh ? RealN8n.fresh : RealN8n.prepare;
	// Of China, so that $today is the day there.
	const n8n = await prepare(userFolder, { N8N_PORT: String(await portNear(5678)), GENERIC_TIMEZONE: 'Asia/Shanghai', ...env });
	const stop = async () => {
		await n8n.stop();
		await emulator.stop();
	};
	try {
		await n8n.start();
		const credentialId = await keepCredential(n8n, emulator);
		await keepWorkflows(n8n, examples(credentialId, emulator.url));
		return { n8n, emulator, startUrl: `${n8n.url}/home/workflows`, credentialId, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
