/**
 * `npm run test:faults [seeds]`: everything that can go wrong between n8n and the gateway, in n8n's engine over real
 * sockets, against the books of the emulator. One line a fault; the last line is JSON.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { ICredentialType, INode, INodeType } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { certificate, trust } from '../helpers/certificate.mts';
import { credentialFor } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { SignedSave } from './contender.mts';
import { TIMEOUT_MS, faults } from './faults.mts';
import type { FaultCase, Scene } from './faults.mts';
import { add, emptyTally, judge, toldBy } from './judge.mts';
import type { Tally, Told } from './judge.mts';
import { Random } from './random.mts';

const ITEMS = 50;
const SEEDS = Number(process.argv[2] ?? 20);
const RETRY_SEEDS = 3;
const AT_ONCE = 4;
const SAVE_PATH = '/jdy/v2/cust/save';

const load = createRequire(resolve('package.json'));
const { KingdeeJdyApi } = load('./dist/credentials/KingdeeJdyApi.credentials.js') as { KingdeeJdyApi: new () => ICredentialType };
const { KingdeeJdyCustomSave } = load('./dist/nodes/KingdeeJdy/KingdeeJdyCustomSave.node.js') as { KingdeeJdyCustomSave: new () => INodeType };

const good = await certificate();
const bad = await certificate(['elsewhere.invalid']);
trust(good);

/** Who sends: this package's node, or what people use today. */
interface Sender {
	nodeType: INodeType;
	parameters: INode['parameters'];
	settings: Partial<INode>;
}

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const PARAMETERS = { bizType: 'ts_1', dataMode: 'inputItem', options: { timeout: TIMEOUT_MS } };

function node(settings: Partial<INode>): Sender {
	return { nodeType: new KingdeeJdyCustomSave(), parameters: PARAMETERS, settings };
}

const senders = {
	node: () => node({ onError: 'continueErrorOutput' }),
	retryInContinueMode: () => node({ onError: 'continueRegularOutput', ...RETRY_ON_FAIL }),
	retryInStopMode: () => node(RETRY_ON_FAIL),
	httpRequest: (): Sender => ({ nodeType: new SignedSave(), parameters: { timeout: TIMEOUT_MS }, settings: { onError: 'continueErrorOutput', ...RETRY_ON_FAIL } }),
};

function workflowOf({ parameters, settings }: Sender): WorkflowJson {
	return {
		name: 'faults',
		nodes: [
			{ id: '1', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: '2', name: 'Save', type: 'sender', typeVersion: 1, position: [0, 0], parameters, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } }, ...settings },
		],
		connections: { Items: { main: [[{ node: 'Save', type: 'main', index: 0 }]] } },
		pinData: { Items: Array.from({ length: ITEMS }, (_unused, item) => ({ json: { item } })) },
	};
}

/** Strikes the chosen saves, each once, however often they are sent. */
function arm(fault: FaultCase, scene: Scene): void {
	const hit = scene.random.choose(fault.hits ?? ITEMS / 10, ITEMS);
	scene.emulator.chooseFault = ({ target, body }) => {
		if (target !== SAVE_PATH) return undefined;
		const { item } = (JSON.parse(body) as { data: { item: number } }).data;
		return hit.delete(item) ? fault.strike(scene) : undefined;
	};
}

async function run(fault: FaultCase, seed: number, sender: Sender): Promise<Tally> {
	const account = { ...demoAccount };
	const settings = { accounts: [account], callsPerSecond: Infinity, callsPerMinute: Infinity, ...fault.settings };
	const emulator = await Emulator.start(settings, fault.usesTls ? { tls: good } : {});
	try {
		const credential = credentialFor[fault.way ?? 'appToken'](emulator, account);
		const scene: Scene = { emulator, account, random: new Random(seed), credential, tls: { good, bad } };
		arm(fault, scene);
		const result = await runWorkflow(workflowOf(sender), { nodeTypes: { sender: sender.nodeType }, credentialType: new KingdeeJdyApi(), credential });
		const told = new Map<number, Told[]>();
		for (const item of result.outputs('Save').flat()) {
			const index = (item.pairedItem as { item: number }).item;
			told.set(index, [...(told.get(index) ?? []), toldBy(item)]);
		}
		const booked = new Map<number, number>();
		for (const { data } of emulator.gateway.documents.all) {
			const item = Number(JSON.stringify(data.item));
			booked.set(item, (booked.get(item) ?? 0) + 1);
		}
		return judge(ITEMS, told, booked, !fault.isKnown);
	} finally {
		await emulator.stop();
	}
}

/** Runs a fault with many seeds, a few at a time. */
async function runSeeds(fault: FaultCase, seeds: number, sender: () => Sender): Promise<Tally> {
	const total = emptyTally();
	const left = Array.from({ length: seeds }, (_unused, index) => index + 1);
	const work = async () => {
		for (let seed = left.shift(); seed !== undefined; seed = left.shift()) add(total, await run(fault, seed, sender()));
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return total;
}

function line(name: string, tally: Tally): string {
	const { saved, rejected, notSent, unknown, lost, duplicated, misjudged } = tally;
	return `${name.padEnd(46)} saved ${saved}, rejected ${rejected}, not sent ${notSent}, unknown ${unknown} | lost ${lost}, duplicated ${duplicated}, misjudged ${misjudged}`;
}

/** The 50 MB answer comes once, not in every seed. */
const seedsOf = ({ name }: FaultCase, seeds: number) => (name.includes('50 MB') ? 1 : seeds);

const total = emptyTally();
for (const fault of faults) {
	const tally = await runSeeds(fault, seedsOf(fault, SEEDS), senders.node);
	add(total, tally);
	console.log(line(fault.name, tally));
}

const beside: Record<string, Tally> = {};
for (const name of ['retryInContinueMode', 'retryInStopMode', 'httpRequest'] as const) {
	beside[name] = emptyTally();
	for (const fault of faults) add(beside[name], await runSeeds(fault, seedsOf(fault, RETRY_SEEDS), senders[name]));
}

const { retryInContinueMode, retryInStopMode, httpRequest } = beside as Record<string, Tally>;
console.log(`\n${line('this node, Retry On Fail 3, continue', retryInContinueMode ?? emptyTally())}`);
console.log(`${'this node, Retry On Fail 3, stop'.padEnd(46)} duplicated ${retryInStopMode?.duplicated} of ${retryInStopMode?.items}`);
console.log(line("HTTP Request node's helper, Retry On Fail 3", httpRequest ?? emptyTally()));

const duplicatedByRetry = (retryInContinueMode?.duplicated ?? 0) + (retryInStopMode?.duplicated ?? 0);
const { items, lost, duplicated, misjudged } = total;
console.log(JSON.stringify({ faults: faults.length, items, lost, duplicated: duplicated + duplicatedByRetry, misjudged }));
process.exitCode = lost + duplicated + misjudged + duplicatedByRetry === 0 && (retryInContinueMode?.misjudged ?? 0) === 0 ? 0 : 1;
