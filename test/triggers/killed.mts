/**
 * `npm run test:killed`: the polling trigger in a real n8n on PostgreSQL that is killed ten times, most of them in the middle
 * of a poll, and started again, while documents are made in JDY. What each poll gave out is read from n8n's own executions.
 * The last line is JSON.
 */
import { resolve } from 'node:path';

import { Changes } from '../emulator/changes.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { Random } from '../faults/random.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { runCommand, sleepMs, until } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';
import { POLL_TRIGGER } from '../helpers/nodeType.mts';
import { installServers, startPostgres } from '../queue/servers.mts';

const KILLS = 10;
const EVERY_MS = 250;
const SERVICE_MS = 150;
const LIST_PATH = '/jdy/v2/scm/sal_order';
const WORKFLOW = 'polled0000000001';
const random = new Random(7);
/** Every third second. n8n refuses a time that comes more often than once a minute, so there are twenty of them. */
const POLL_TIMES = Array.from({ length: 20 }, (_unused, nth) => ({ mode: 'custom', cronExpression: `${nth * 3} * * * * *` }));

const log = (text: string) => console.log(text);
installServers(log);
await installN8n(log);
const emulator = await Emulator.start({ seed: 'firm', callsPerMinute: Infinity, callsPerSecond: Infinity, serviceMs: SERVICE_MS });
const stops: Array<() => Promise<void>> = [async () => await emulator.stop()];
const polls = () => emulator.ledger.filter(({ path }) => path === LIST_PATH).length;

const workflow = {
	id: WORKFLOW,
	name: 'Polled',
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		{
			id: 'trigger',
			name: 'Changed',
			type: POLL_TRIGGER,
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: POLL_TIMES },
				resource: 'record',
				type: { __rl: true, mode: 'list', value: 'scm/sal_order' },
				event: 'changed',
				options: {},
			},
			credentials: { kingdeeJdyApi: { id: 'jdyTokenCred0001', name: 'Kingdee JDY' } },
		},
		{ id: 'after', name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [260, 0], parameters: {} },
	],
	connections: { Changed: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
};

async function main(): Promise<{ documents: number; missed: number; doubled: number; kills: number }> {
	const postgres = await startPostgres();
	stops.unshift(postgres.stop);
	const n8n = await RealN8n.fresh(resolve('.cache', 'n8n', 'user-killed'), postgres.settings);
	stops.unshift(async () => await n8n.stop());
	await n8n.importJson('credentials', [{ id: 'jdyTokenCred0001', name: 'Kingdee JDY', type: 'kingdeeJdyApi', data: tokenCredential(emulator, demoAccount) }]);
	await n8n.importJson('workflow', [workflow]);
	await n8n.command('publish:workflow', `--id=${WORKFLOW}`);
	let server = await n8n.start();
	const nextPoll = async () => {
		const before = polls();
		await until('A poll', 60_000, () => polls() > before).catch((error: Error) => {
			throw new Error(`${error.message}\n${server.output.slice(-3000)}`);
		});
	};
	// The first one starts from now.
	await nextPoll();
	await nextPoll();
	const changes = new Changes(emulator.gateway);
	const made = new Set<string>();
	const timer = setInterval(() => made.add(changes.create('scm.sal_order', { customer_name: 'new' }).id), EVERY_MS);
	try {
		for (let kill = 1; kill <= KILLS; kill++) {
			await nextPoll();
			await nextPoll();
			await sleepMs(random.below(4) * SERVICE_MS);
			await server.stop('SIGKILL');
			log(`killed ${kill} of ${KILLS}, ${made.size} documents made`);
			server = await n8n.start();
		}
	} finally {
		clearInterval(timer);
	}
	// What was made last shows once its second has surely passed.
	await sleepMs(6_000);
	await nextPoll();
	await nextPoll();
	await sleepMs(3_000);
	const { DB_POSTGRESDB_PORT = '' } = postgres.settings;
	const rows = runCommand('psql', ['-h', '127.0.0.1', '-p', DB_POSTGRESDB_PORT, '-U', 'n8n', '-At', '-c', 'select data from execution_data', 'n8n']).split('\n');
	const given = new Map<string, number>();
	for (const row of rows) for (const id of new Set(row.match(/\b18\d{17}\b/g) ?? [])) if (made.has(id)) given.set(id, (given.get(id) ?? 0) + 1);
	const times = [...made].map((id) => given.get(id) ?? 0);
	return { documents: made.size, missed: times.filter((count) => count === 0).length, doubled: times.filter((count) => count > 1).length, kills: KILLS };
}

let isRight = false;
try {
	const figures = await main();
	isRight = figures.missed === 0 && figures.documents > 0;
	stops.push(async () => console.log(JSON.stringify(figures)));
} catch (error) {
	console.error(error);
} finally {
	for (const stop of stops) await stop().catch((error: unknown) => console.error(error));
}
process.exit(isRight ? 0 : 1);
