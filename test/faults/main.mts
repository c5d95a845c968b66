/**
 * `npm run test:faults [seeds]`: everything that can go wrong between n8n and the gateway, in n8n's engine over real
 * sockets, against the books of the emulator. One line a fault; the last line is JSON.
 */
import { setGlobalDispatcher } from 'undici';

import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { KingdeeJdyApi, lookUpAt, processState } from '../helpers/built.mts';
import { certificate, trust } from '../helpers/certificate.mts';
import { credentialFor } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { routed } from '../helpers/officialHost.mts';
import { freshStore } from '../helpers/processedData.mts';
import { ACCOUNTS, manyAccounts } from './accounts.mts';
import { GATEWAY, LOOK_UP_TIMES_MS, MINUTE_MS, afterLookingUp, faults, whileLookingUp } from './faults.mts';
import type { FaultCase, Scene } from './faults.mts';
import { add, bookedOf, emptyTally, judge, line, toldOf } from './judge.mts';
import type { Tally } from './judge.mts';
import { inLanes } from './lanes.mts';
import { lookUps } from './lookUps.mts';
import { Random } from './random.mts';
import { senders } from './senders.mts';
import type { Sender } from './senders.mts';
import { reads, standardSaves } from './standard.mts';

const ITEMS = 50;
const SEEDS = Number(process.argv[2] ?? 20);
const FEW_SEEDS = 3;
const AT_ONCE = 4;
const SAVE_PATH = '/jdy/v2/cust/save';
const LIST_PATH = '/jdy/v2/cust/list';
/** Of the saves whose answer was lost so many at least must be found. */
const MIN_FOUND = 0.95;
const OFFICIAL = 'https://api.kingdee.com';
const good = await certificate(['api.kingdee.com']);
const bad = await certificate(['elsewhere.invalid']);
trust(good);
/** Where `fetch` finds the official gateway; one emulator at a time. */
const official = { port: 9, ca: good.cert, connections: 0 };
setGlobalDispatcher(routed(official));
await freshStore();
lookUpAt(LOOK_UP_TIMES_MS);
processState.windowMs = MINUTE_MS;
let runs = 0;

function workflowOf({ parameters, settings }: Sender): WorkflowJson {
	runs += 1;
	return {
		// Keys are remembered by workflow, and no run may know those of another.
		id: `faults-${runs}`,
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
		if (target === LIST_PATH) return fault.strikeRead?.(scene);
		if (target !== SAVE_PATH) return undefined;
		const { item } = (JSON.parse(body) as { data: { item: number } }).data;
		return hit.delete(item) ? fault.strike(scene) : undefined;
	};
}

async function run(fault: FaultCase, seed: number, sender: Sender): Promise<Tally> {
	const account = { ...demoAccount };
	const settings = { accounts: [account], ...GATEWAY, ...fault.settings };
	const emulator = await Emulator.start(settings, fault.usesTls || sender.isDirect ? { tls: good } : {});
	try {
		const held = credentialFor[fault.way ?? 'appToken'](emulator, account);
		const credential = sender.isDirect ? { ...held, gatewayUrl: OFFICIAL } : held;
		official.port = Number(new URL(emulator.url).port);
		const scene: Scene = { emulator, account, random: new Random(seed), credential, tls: { good, bad } };
		arm(fault, scene);
		const result = await runWorkflow(workflowOf(sender), { nodeTypes: { sender: sender.nodeType }, credentialType: new KingdeeJdyApi(), credential });
		const told = toldOf(result.outputs('Save').flat());
		await emulator.settled();
		const booked = bookedOf(emulator.gateway.documents.all.map(({ data }) => Number(JSON.stringify(data.item))));
		const isKnown = fault.isKnown === 'alone' ? !sender.sendsSeveral : fault.isKnown;
		const found = result.outputs('Save').flat().filter(({ json }) => json.lookedUp === true).length;
		return { ...judge(ITEMS, told, booked, !isKnown), found };
	} finally {
		await emulator.stop();
	}
}

/** Runs a fault with many seeds, a few at a time. */
async function runSeeds(fault: FaultCase, seeds: number, sender: () => Sender, atOnce = AT_ONCE): Promise<Tally> {
	const total = emptyTally();
	const all = Array.from({ length: seeds }, (_unused, index) => index + 1);
	await inLanes(atOnce, all, async (seed) => add(total, await run(fault, seed, sender())));
	return total;
}

/** The 50 MB answer comes once, not in every seed. */
const seedsOf = ({ name }: FaultCase, seeds: number) => (name.includes('50 MB') ? 1 : seeds);

const total = emptyTally();
for (const fault of faults) {
	const tally = await runSeeds(fault, seedsOf(fault, SEEDS), senders.node);
	add(total, tally);
	console.log(line(fault.name, tally));
}

/** The same faults with a few seeds for another sender. */
async function beside(sender: () => Sender, atOnce = AT_ONCE, cases: readonly FaultCase[] = faults): Promise<Tally> {
	const tally = emptyTally();
	for (const fault of cases) add(tally, await runSeeds(fault, seedsOf(fault, Math.min(SEEDS, FEW_SEEDS)), sender, atOnce));
	return tally;
}

const fiveAtOnce = await beside(senders.fiveAtOnce);
const directly = await beside(senders.fiveAtOnceDirectly, 1);
const lookingUp = await beside(senders.lookingUp, AT_ONCE, [...faults, ...whileLookingUp]);
const tooLate = await beside(senders.lookingUp, AT_ONCE, afterLookingUp);
const inContinueMode = await beside(senders.retryInContinueMode);
const overAccounts = await manyAccounts(AT_ONCE);
const standard = await standardSaves(AT_ONCE);
const read = await reads(AT_ONCE);
const byName = await lookUps(AT_ONCE);
const inStopMode = await beside(senders.retryInStopMode);
const httpRequest = await beside(senders.httpRequest);

console.log(`\n${line('five at once, request helper', fiveAtOnce)}`);
console.log(line('five at once, pooled connection', directly));
console.log(line('Look Up', lookingUp));
console.log(`${'Look Up, of the saves whose answer was lost'.padEnd(46)} found ${lookingUp.found}, missed ${lookingUp.missed}`);
console.log(line('Look Up, 40 s late', tooLate));
console.log(line('Retry On Fail 3, continue', inContinueMode));
console.log(`${line(`${ACCOUNTS} accounts in one run`, overAccounts)}, in the wrong books ${overAccounts.wrongBooks}`);
console.log(line('Document or Master Data', standard));
console.log(`${'the same, of the saves whose answer was lost'.padEnd(46)} found ${standard.found}, missed ${standard.missed}`);
console.log(`${'Get Many, 250 rows'.padEnd(46)} whole ${read.whole}, failed ${read.failed} of ${read.reads} | rows lost ${read.rowsLost}, doubled ${read.rowsDoubled}`);
console.log(`${line('numbers and names looked up', byName)}, wrong IDs ${byName.wrongIds}`);
// Stop mode tells of one failed item only, so that the others have no outcome of their own.
console.log(`${'Retry On Fail 3, stop'.padEnd(46)} duplicated ${inStopMode.duplicated} of ${inStopMode.items}`);
console.log(line("beside it: HTTP Request node's helper, Retry 3", httpRequest));

const checked = emptyTally();
for (const tally of [total, fiveAtOnce, directly, lookingUp, tooLate, inContinueMode, overAccounts, standard, byName]) add(checked, tally);
const { items, lost, misjudged } = checked;
const { wrongBooks } = overAccounts;
const { rowsLost, rowsDoubled } = read;
const { wrongIds } = byName;
const shareOf = ({ found, missed }: Tally) => Number((found / (found + missed)).toFixed(4));
const foundShare = Math.min(shareOf(lookingUp), shareOf(standard));
const duplicated = checked.duplicated + inStopMode.duplicated;
console.log(JSON.stringify({ faults: faults.length, nonceOnce: GATEWAY.nonceOnce, items, lost, duplicated, misjudged, foundShare, accounts: ACCOUNTS, wrongBooks, rowsLost, rowsDoubled, wrongIds }));
const isAllTried = items > 0 && byName.items > 0 && standard.items > 0 && read.whole > 0;
process.exitCode = isAllTried && lost + duplicated + misjudged + wrongBooks + rowsLost + rowsDoubled + wrongIds === 0 && foundShare >= MIN_FOUND ? 0 : 1;
