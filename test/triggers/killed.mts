/**
 * `npm run test:killed [lane]`: the polling trigger in a real n8n on PostgreSQL that is killed ten times, most of them in the
 * middle of a poll, and started again, while documents are made in JDY. What each poll gave out is read from n8n's executions,
 * however they ended. The last line is JSON.
 */
import { resolve } from 'node:path';

import { Changes } from '../emulator/changes.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { Random } from '../faults/random.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { sleepMs, until } from '../helpers/n8n/programs.mts';
import type { Program } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';
import { installServers, startPostgres } from '../queue/servers.mts';
import { KilledBooks } from './killedBooks.mts';
import { N8nDatabase } from './killedDatabase.mts';
import { LANES } from './killedLanes.mts';
import type { Moment } from './killedLanes.mts';
import { POLLED, POLL_EVERY_MS, polledWorkflow } from './killedWorkflow.mts';

const LANE = process.argv[2] ?? 'default';
const EVERY_MS = 250;
const SERVICE_MS = 150;
/** How long n8n has to give out the last ones. */
const PATIENCE_MS = 60_000;
const LIST_PATH = '/jdy/v2/scm/sal_order';
/** n8n takes two minutes to try again where it was killed while it took a workflow into service. */
const LEASE = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15', N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000' };

const random = new Random(7);
const lane = LANES[LANE];
if (!lane) throw new Error(`Lanes are ${Object.keys(LANES).join(', ')}`);
const log = (text: string) => console.log(text);
installServers(log);
await installN8n(log);
const emulator = await Emulator.start({ seed: 'firm', callsPerMinute: Infinity, callsPerSecond: Infinity, serviceMs: SERVICE_MS });
const stops: Array<() => Promise<void>> = [async () => await emulator.stop()];
const polls = { asked: 0, answered: 0 };

emulator.chooseFault = ({ target }) => {
	if (target.startsWith(LIST_PATH)) polls.asked += 1;
	return undefined;
};
emulator.onAnswered = ({ path }) => {
	if (path === LIST_PATH) polls.answered += 1;
};

/** Waits for the next call of a poll, to a few milliseconds. */
async function next(what: keyof typeof polls, server: Program): Promise<void> {
	const before = polls[what];
	for (const endAt = Date.now() + 60_000; polls[what] === before; await sleepMs(2)) {
		if (Date.now() > endAt) throw new Error(`No poll within a minute\n${server.output.slice(-3000)}`);
	}
}

/** What n8n must not write before that moment. */
function heldFor(moment: Moment, stateTable: string): string | undefined {
	if (moment === 'beforeExecution') return 'execution_entity';
	return moment === 'beforeState' ? stateTable : undefined;
}

async function main({ settings, state, moments }: (typeof LANES)[string]): Promise<Record<string, number>> {
	const postgres = await startPostgres();
	stops.unshift(postgres.stop);
	const database = new N8nDatabase(postgres.settings);
	const n8n = await RealN8n.fresh(resolve('.cache', 'n8n', 'user-killed'), {
		...postgres.settings,
		...LEASE,
		...settings,
		// What waits for a lock must not keep the others from the database.
		DB_POSTGRESDB_POOL_SIZE: '20',
		// After a few crashed executions n8n would take the workflow out of service.
		N8N_WORKFLOW_AUTODEACTIVATION_ENABLED: 'false',
	});
	stops.unshift(async () => await n8n.stop());
	await n8n.importJson('credentials', [{ id: 'jdyTokenCred0001', name: 'Kingdee JDY', type: 'kingdeeJdyApi', data: tokenCredential(emulator, demoAccount) }]);
	await n8n.importJson('workflow', [polledWorkflow('jdyTokenCred0001')]);
	await n8n.command('publish:workflow', `--id=${POLLED}`);
	let server = await n8n.start();
	// The first poll starts from now; what it has written counts.
	await until('The first poll', 60_000, () => database.query(`select 1 from ${state.table} where ${state.column}::text like '%kingdeeJdy%'`).length > 0);
	const changes = new Changes(emulator.gateway);
	const made = new Set<string>();
	const books = new KilledBooks(database, state);
	const timer = setInterval(() => made.add(changes.create('scm.sal_order', { customer_name: 'new' }).id), EVERY_MS);
	try {
		for (const [index, moment] of moments.entries()) {
			// Of none, the poll with which n8n takes the workflow into service is the one that is killed.
			await sleepMs(random.below(4) * POLL_EVERY_MS);
			const table = heldFor(moment, state.table);
			if (table) await database.hold(table);
			await next(moment === 'asked' ? 'asked' : 'answered', server);
			if (table) {
				await database.untilHeldUp(table);
				// Whatever else the poll writes.
				await sleepMs(1_000);
			} else await sleepMs(random.below(moment === 'asked' ? SERVICE_MS : 30));
			await server.stop('SIGKILL');
			await database.cutOff();
			log(`killed ${index + 1} of ${moments.length} (${moment}): ${books.look(made)}`);
			server = await n8n.start();
		}
	} finally {
		clearInterval(timer);
	}
	for (const endAt = Date.now() + PATIENCE_MS; !books.isAllGivenOut(made) && Date.now() < endAt; ) await sleepMs(1_000);
	await server.stop();
	await database.cutOff();
	log(`stopped: ${books.look(made)}`);
	return { ...books.figures(made), kills: moments.length };
}

let isRight = false;
try {
	const { documents = 0, missed, doubled, kills, unexplained, lostInN8n } = await main(lane);
	isRight = documents > 0 && Number(kills) > 0 && missed === 0 && unexplained === 0 && (LANE !== 'durable' || doubled + lostInN8n === 0);
	stops.push(async () => console.log(JSON.stringify({ documents, missed, doubled, kills, unexplained, lostInN8n })));
} catch (error) {
	console.error(error);
} finally {
	for (const stop of stops) await stop().catch((error: unknown) => console.error(error));
}
process.exit(isRight ? 0 : 1);
