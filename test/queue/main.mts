/**
 * `npm run test:queue`: n8n in queue mode with three workers. First two, then three of them mark other keys at the same
 * moment. One is killed in the middle of 300 saves; the same 300 are posted again. Then 200 webhooks are spread over all workers. At last three cold workers share one account at the defaults.
 * A minute takes 12 s, for the emulator and for the nodes.
 */
import { resolve } from 'node:path';

import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { freePort, sleepMs, until } from '../helpers/n8n/programs.mts';
import type { Program } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';
import { keysAtOnce } from './keysAtOnce.mts';
import { pacedOf } from './paced.mts';
import { installServers, startPostgres, startRedis } from './servers.mts';
import { fastClock, shortenMinute } from './shortMinute.mts';
import { ordersWorkflow } from './workflows.mts';

const ORDERS = 300;
const WORKERS = 3;
const KILL_AFTER = 120;
const WEBHOOKS = 200;
const MAX_UNKNOWN = 20;
/** Of a fair share. One that comes last has more from minute to minute: in the simulation 0.44 to 0.68 over the minutes that are counted here. */
const MIN_SHARE = 0.35;
/** Documents of each cold worker, and what the account takes a minute [D]. */
const PACED = 1200;
const CALLS_A_MINUTE = 500;
const SERVICE_MS = 15;
const SAVE_PATH = '/jdy/v2/cust/save';
const TOKEN_PATH = '/jdyconnector/app_management/kingdee_auth_token';

const figures: Record<string, number> = {};
const problems: string[] = [];
let checks = 0;

function check(what: string, isTrue: boolean): void {
	console.log(`${isTrue ? 'ok  ' : 'FAIL'} ${what}`);
	checks += 1;
	if (!isTrue) problems.push(what);
}

const log = (text: string) => console.log(text);
installServers(log);
await installN8n(log);

const webhookAccount: Account = { ...demoAccount, accountId: '1600000000000000002', appKey: 'demoKey2', outerInstanceId: '1500000000000000002' };
const pacedAccount: Account = { ...demoAccount, accountId: '1600000000000000003', appKey: 'demoKey3', outerInstanceId: '1500000000000000003' };
const emulator = await Emulator.start({
	accounts: [demoAccount, webhookAccount, pacedAccount],
	now: fastClock(),
	timestampToleranceMs: Infinity,
	callsPerMinute: Infinity,
	callsPerSecond: Infinity,
	serviceMs: SERVICE_MS,
});
const stops: Array<() => Promise<void>> = [async () => await emulator.stop()];

/** How often each order stands in the books. */
function booked(prefix: string): Map<string, number> {
	const times = new Map<string, number>();
	for (const { data } of emulator.gateway.documents.all) {
		const no = String(data.no);
		if (no.startsWith(prefix)) times.set(no, (times.get(no) ?? 0) + 1);
	}
	return times;
}

const orders = (prefix: string, count: number) => Array.from({ length: count }, (_unused, index) => ({ no: `${prefix}${index}` }));

interface Item {
	errcode?: number;
	alreadySaved?: boolean;
	error?: { message: string; outcome: string };
}

async function main(): Promise<void> {
	const redis = await startRedis();
	stops.unshift(redis.stop);
	const postgres = await startPostgres();
	stops.unshift(postgres.stop);
	const userFolder = resolve('.cache', 'n8n', 'user-queue');
	const n8n = await RealN8n.fresh(userFolder, {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		...postgres.settings,
	});
	stops.unshift(async () => await n8n.stop());
	shortenMinute(userFolder);

	await n8n.importJson('credentials', [
		{ id: 'jdyTokenCred0001', name: 'jdyTokenCred0001', type: 'kingdeeJdyApi', data: tokenCredential(emulator) },
		{ id: 'jdyInstanceCred1', name: 'jdyInstanceCred1', type: 'kingdeeJdyApi', data: instanceCredential(emulator, webhookAccount) },
		{ id: 'jdyInstanceCred2', name: 'jdyInstanceCred2', type: 'kingdeeJdyApi', data: instanceCredential(emulator, pacedAccount) },
	]);
	const deduplicationKey = '={{ $json.no }}';
	const workflows = [
		ordersWorkflow({ id: 'withKey000000001', path: 'with-key', options: { deduplicationKey }, credentialId: 'jdyTokenCred0001', responseMode: 'lastNode' }),
		ordersWorkflow({ id: 'keysAtOnce000001', path: 'keys-at-once', options: { deduplicationKey }, credentialId: 'jdyTokenCred0001', responseMode: 'lastNode' }),
		ordersWorkflow({ id: 'withoutKey000001', path: 'without-key', options: {}, credentialId: 'jdyTokenCred0001', responseMode: 'lastNode' }),
		ordersWorkflow({ id: 'oneByOne00000001', path: 'one', options: {}, credentialId: 'jdyInstanceCred1', responseMode: 'onReceived' }),
		ordersWorkflow({ id: 'paced00000000001', path: 'paced', options: { callsPerMinute: 480 }, credentialId: 'jdyInstanceCred2', responseMode: 'lastNode' }),
	];
	await n8n.importJson('workflow', workflows);
	for (const { id } of workflows) await n8n.command('publish:workflow', `--id=${id}`);
	await n8n.start();
	const launchWorker = async (concurrency = 5): Promise<Program> => {
		const port = await freePort();
		const worker = await n8n.launch(['worker', `--concurrency=${concurrency}`], { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) });
		await until('The start of a worker', 90_000, async () => (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok);
		return worker;
	};
	const launchWorkers = async (count: number, concurrency?: number) => await Promise.all(Array.from({ length: count }, async () => await launchWorker(concurrency)));
	const workers = await launchWorkers(WORKERS - 1);

	const post = async (path: string, body: unknown) => await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	await until('The webhooks', 30_000, async () => (await post('with-key', { orders: [{ no: 'warm-up-1' }] })).ok && (await post('without-key', { orders: [{ no: 'warm-up-2' }] })).ok);

	await until('The webhook for keys at once', 30_000, async () => (await post('keys-at-once', { orders: [{ no: 'warm-up-3' }] })).ok);
	const postKeys = async (of: Array<{ no: string }>) => (await (await post('keys-at-once', { orders: of })).json()) as Item[];
	for (const count of [WORKERS - 1, WORKERS]) {
		if (workers.length < count) workers.push(await launchWorker());
		const { keys, savedTwice, unrecognised, seconds } = await keysAtOnce({ post: postKeys, booked, workers: count });
		Object.assign(figures, { [`keysAtOnceSavedTwice${count}`]: savedTwice, [`keysAtOnceUnrecognised${count}`]: unrecognised, [`keysAtOnceSeconds${count}`]: seconds });
		check(`${count} workers that mark ${keys} keys at once: ${savedTwice} are saved twice later, ${unrecognised} not recognised`, savedTwice === 0 && unrecognised === 0);
	}

	/** Posts 300 orders, kills the worker that saves them, and waits until n8n has marked the execution. */
	const killInTheMiddle = async (path: string, workflowId: string, prefix: string): Promise<void> => {
		const abandoned = post(path, { orders: orders(prefix, ORDERS) }).catch(() => undefined);
		await until(`${KILL_AFTER} saves`, 60_000, () => booked(prefix).size >= KILL_AFTER);
		const busy = workers.find(({ output }) => output.lastIndexOf('Worker started execution') > output.lastIndexOf('Worker finished execution')) ?? workers[0];
		await busy?.stop('SIGKILL');
		const atDeath = booked(prefix).size;
		await until('The mark of a crash', 180_000, async () => {
			const { results } = await n8n.rest<{ results: Array<{ status: string }> }>(`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId }))}&limit=5`);
			return results.some(({ status }) => status === 'crashed' || status === 'error');
		});
		await sleepMs(3000);
		check(`${path}: n8n does not run the killed execution again (${booked(prefix).size} of ${ORDERS} saved, ${atDeath} at the kill)`, booked(prefix).size <= atDeath + 1);
		workers.splice(workers.indexOf(busy as Program), 1, await launchWorker());
		void abandoned;
	};

	await killInTheMiddle('with-key', 'withKey000000001', 'K');
	const savedBefore = booked('K').size;
	const answer = (await (await post('with-key', { orders: orders('K', ORDERS) })).json()) as Item[];
	const already = answer.filter(({ alreadySaved }) => alreadySaved).length;
	const unknown = answer.filter(({ error }) => error?.outcome === 'unknown').length;
	const fresh = answer.filter(({ errcode, alreadySaved }) => errcode === 0 && !alreadySaved).length;
	Object.assign(figures, { withKeySavedBeforeKill: savedBefore, withKeyAlreadySaved: already, withKeySavedNow: fresh, withKeyUnknown: unknown, withKeyDuplicates: [...booked('K').values()].filter((times) => times > 1).length });
	check(`with a key every item is accounted for: ${already} saved earlier, ${fresh} saved now, ${unknown} unknown`, answer.length === ORDERS && already + fresh + unknown === ORDERS);
	check('with a key no document stands in the books twice', figures.withKeyDuplicates === 0);
	check(`with a key at most ${MAX_UNKNOWN} are unknown, and the rest stand in the books`, unknown <= MAX_UNKNOWN && booked('K').size >= ORDERS - unknown);

	await killInTheMiddle('without-key', 'withoutKey000001', 'N');
	await post('without-key', { orders: orders('N', ORDERS) });
	figures.withoutKeyDuplicates = [...booked('N').values()].filter((times) => times > 1).length;
	check(`without a key ${figures.withoutKeyDuplicates} of ${ORDERS} stand in the books twice: that is what the key is for`, figures.withoutKeyDuplicates >= KILL_AFTER - 1);

	await until('The webhook for single orders', 30_000, async () => (await post('one', { orders: [] })).ok);
	const startedAt = Date.now();
	const waiting = orders('W', WEBHOOKS);
	await Promise.all(
		Array.from({ length: 20 }, async () => {
			for (let order = waiting.shift(); order; order = waiting.shift()) await until('A webhook call', 30_000, async () => (await post('one', { orders: [order] })).ok);
		}),
	);
	await until(`${WEBHOOKS} saves`, 120_000, () => booked('W').size >= WEBHOOKS);
	figures.webhookSeconds = Math.round((Date.now() - startedAt) / 1000);
	const saves = emulator.ledger.filter(({ path, accountId }) => path === SAVE_PATH && accountId === webhookAccount.accountId);
	const byToken = [...Map.groupBy(saves, ({ headers }) => headers['app-token']).values()].map((calls) => calls.length);
	figures.tokenCalls = emulator.ledger.filter(({ path, status }) => path === TOKEN_PATH && status === 200).length;
	check(`${WEBHOOKS} webhooks: none lost, none doubled`, booked('W').size === WEBHOOKS && [...booked('W').values()].every((times) => times === 1));
	check(`all workers saved (${byToken.join(', ')}), with one token each (${figures.tokenCalls} in all)`, byToken.length === WORKERS && figures.tokenCalls === WORKERS);

	await Promise.all(workers.map(async (worker) => await worker.stop()));
	// One execution at a time, so that each has a share of the work.
	const cold = await launchWorkers(WORKERS, 1);
	emulator.gateway.settings.callsPerMinute = CALLS_A_MINUTE;
	const begun = emulator.ledger.length;
	const answers = await Promise.all(cold.map(async (_worker, index) => (await (await post('paced', { orders: orders(`P${index}-`, PACED) })).json()) as Item[]));
	const failed = answers.map((items) => items.filter(({ errcode }) => errcode !== 0));
	const times = [...booked('P').values()];
	const { workers: paced, ...shares } = pacedOf(emulator.ledger.slice(begun), CALLS_A_MINUTE);
	Object.assign(figures, shares, { coldWorkersFailed: failed.filter((items) => items.length > 0).length });
	const told = cold.flatMap(({ output }) => output.match(/waiting for a token/g) ?? []).length;
	check(`${WORKERS} cold workers: none fails for want of a token, and the wait is told (${told} lines)`, paced === WORKERS && figures.coldWorkersFailed === 0 && told > 0);
	check(`${WORKERS} workers at the defaults: none lost, none doubled (${times.length} documents)`, times.length === WORKERS * PACED && times.every((count) => count === 1));
	check(`after the first minute at most 2 % are refused: ${shares.refusedShare}`, shares.refusedShare <= 0.02);
	check(`and at least 90 % of the limit is used: ${shares.limitUsed}, over ${shares.pacedMinutes} minutes`, shares.limitUsed >= 0.9);
	check(`no worker starves: the least share is ${shares.leastShare} of a fair one`, shares.leastShare >= MIN_SHARE);
	if (figures.coldWorkersFailed > 0) console.log(JSON.stringify(failed.flat().slice(0, 3)));
}

try {
	await main();
} catch (error) {
	problems.push(String(error));
	console.error(error);
} finally {
	for (const stop of stops) await stop().catch((error: unknown) => problems.push(`stop: ${String(error)}`));
}

console.log(JSON.stringify({ ...figures, problems: problems.length }));
process.exit(checks > 0 && problems.length === 0 ? 0 : 1);
