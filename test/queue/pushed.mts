/**
 * `npm run test:queue` as well: messages pushed to n8n in queue mode, with two workers that execute them at the same moment.
 * Then n8n starts anew, and every message is sent once more. None may be lost. n8n's list of processed data is a row that workers
 * write over each other: a few may come out twice while the machine is so busy that a write takes unusually long. The last line
 * is JSON.
 */
import { resolve } from 'node:path';

import { Pusher } from '../emulator/push.mts';
import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { freePort, sleepMs, until } from '../helpers/n8n/programs.mts';
import type { Program } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';
import { NODE_TYPE, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { installServers, startPostgres, startRedis } from './servers.mts';

const MESSAGES = 200;
const AT_ONCE = 20;
const WORKERS = 2;
/** Of the messages. */
const MAX_TWICE = 0.02;
const WORKFLOW = 'pushed0000000001';

const log = (text: string) => console.log(text);
installServers(log);
await installN8n(log);

const emulator = await Emulator.start({ callsPerMinute: Infinity, callsPerSecond: Infinity });
const stops: Array<() => Promise<void>> = [async () => await emulator.stop()];

/** Push Trigger -> Custom Save: what has come out stands in the books. */
const workflow = {
	id: WORKFLOW,
	name: 'Pushed',
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		{ id: 'push-1', name: 'Push', type: PUSH_TRIGGER, typeVersion: 1, position: [0, 0], webhookId: 'push-hook', parameters: { readBack: false } },
		{
			id: 'push-2',
			name: 'Save',
			type: NODE_TYPE,
			typeVersion: 1,
			position: [220, 0],
			parameters: { bizType: 'ts_1', dataMode: 'inputItem', options: { callsPerMinute: 0 } },
			credentials: { kingdeeJdyApi: { id: 'jdyTokenCred0001', name: 'jdyTokenCred0001' } },
		},
	],
	connections: { Push: { main: [[{ node: 'Save', type: 'main', index: 0 }]] } },
};

/** How often each message has come out. */
function cameOut(): number[] {
	const times = new Map<string, number>();
	for (const { data } of emulator.gateway.documents.all) times.set(String(data.msgId), (times.get(String(data.msgId)) ?? 0) + 1);
	times.delete('warm-up');
	return [...times.values()];
}

async function sendAll(pusher: Pusher): Promise<void> {
	const waiting = Array.from({ length: MESSAGES }, (_unused, index) => `m-${index}`);
	const send = async () => {
		for (let msgId = waiting.shift(); msgId !== undefined; msgId = waiting.shift()) {
			const message = { bizType: 'sal_bill_order', msgId, data: [msgId] };
			// What n8n could not take JDY sends again.
			await until('An answer', 60_000, async () => (await pusher.message(message)).status === 200);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, send));
}

interface Executions {
	count: number;
	results: Array<{ status: string }>;
}

async function main(): Promise<Record<string, number>> {
	const redis = await startRedis();
	stops.unshift(redis.stop);
	const postgres = await startPostgres();
	stops.unshift(postgres.stop);
	const n8n = await RealN8n.fresh(resolve('.cache', 'n8n', 'user-queue-pushed'), {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		...postgres.settings,
	});
	stops.unshift(async () => await n8n.stop());
	await n8n.importJson('credentials', [{ id: 'jdyTokenCred0001', name: 'jdyTokenCred0001', type: 'kingdeeJdyApi', data: tokenCredential(emulator) }]);
	await n8n.importJson('workflow', [workflow]);
	await n8n.command('publish:workflow', `--id=${WORKFLOW}`);

	const launch = async (): Promise<Program[]> => {
		const server = await n8n.start();
		const workers = await Promise.all(
			Array.from({ length: WORKERS }, async () => {
				const port = await freePort();
				const worker = await n8n.launch(['worker', '--concurrency=5'], { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) });
				await until('The start of a worker', 120_000, async () => (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok);
				return worker;
			}),
		);
		await until('The address', 60_000, async () => (await pusher.message({ bizType: 'sal_bill_order', msgId: 'warm-up', data: [] })).status === 200);
		return [server, ...workers];
	};
	const pusher = new Pusher(`${n8n.url}/webhook/push-hook/webhook`);
	const executions = async (): Promise<Executions> => await n8n.rest<Executions>(`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: WORKFLOW }))}&limit=20`);
	const untilIdle = async () => {
		let before = -1;
		await until('The end of all executions', 180_000, async () => {
			const { count, results } = await executions();
			const isIdle = results.every(({ status }) => status === 'success' || status === 'error') && count === before;
			before = count;
			if (!isIdle) await sleepMs(2_000);
			return isIdle;
		});
		return (await executions()).count;
	};

	const programs = await launch();
	log(`n8n runs with ${WORKERS} workers`);
	await sendAll(pusher);
	await until(`${MESSAGES} messages`, 180_000, () => cameOut().length === MESSAGES);
	const startedBefore = await untilIdle();
	log(`${MESSAGES} messages came out, by ${startedBefore} executions`);
	await Promise.all(programs.map(async (program) => await program.stop()));
	await launch();
	log('n8n runs again');
	await sendAll(pusher);
	const startedAgain = (await untilIdle()) - startedBefore;
	return { messages: cameOut().length, startedAgain, cameOutTwice: cameOut().filter((times) => times > 1).length };
}

let isRight = false;
try {
	const figures = await main();
	isRight = figures.messages === MESSAGES && Number(figures.cameOutTwice) <= MAX_TWICE * MESSAGES;
	stops.push(async () => console.log(JSON.stringify(figures)));
} catch (error) {
	console.error(error);
} finally {
	for (const stop of stops) await stop().catch((error: unknown) => console.error(error));
}
process.exit(isRight ? 0 : 1);
