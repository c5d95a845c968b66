/**
 * `npm run bench:store`: what the duplicate guard costs an item, in a real n8n with SQLite and with PostgreSQL, at
 * 10,000 remembered keys. Runs of 100 items with new keys against the same runs without a key, in turn.
 */
import { resolve } from 'node:path';

import { Emulator } from '../emulator/server.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { until } from '../helpers/n8n/programs.mts';
import { RealN8n } from '../helpers/n8n/realN8n.mts';
import { installServers, startPostgres } from '../queue/servers.mts';
import { ordersWorkflow } from '../queue/workflows.mts';
import { median } from './measure.mts';

const REMEMBERED = 10_000;
const FILL = 2_000;
const ITEMS = 100;
const ROUNDS = 9;

async function measure(name: string, database: NodeJS.ProcessEnv): Promise<number> {
	const emulator = await Emulator.start({ callsPerMinute: Infinity, callsPerSecond: Infinity });
	const n8n = await RealN8n.fresh(resolve('.cache', 'n8n', `user-store-${name}`), database);
	try {
		await n8n.importJson('credentials', [{ id: 'jdyTokenCred0001', name: 'jdy', type: 'kingdeeJdyApi', data: tokenCredential(emulator) }]);
		const wanted = [
			{ id: 'storeWithKey0001', path: 'with-key', options: { deduplicationKey: '={{ $json.no }}' } },
			{ id: 'storeNoKey000001', path: 'without-key', options: {} },
		];
		await n8n.importJson('workflow', wanted.map((workflow) => ordersWorkflow({ ...workflow, credentialId: 'jdyTokenCred0001', responseMode: 'lastNode' })));
		for (const { id } of wanted) await n8n.command('publish:workflow', `--id=${id}`);
		await n8n.start();
		let next = 0;
		const run = async (path: string, count: number) => {
			const orders = Array.from({ length: count }, () => ({ no: `order-${next++}` }));
			const startedAt = performance.now();
			const response = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ orders }) });
			if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
			await response.arrayBuffer();
			return performance.now() - startedAt;
		};
		await until('The webhooks', 30_000, async () => (await run('with-key', 1)) > 0 && (await run('without-key', 1)) > 0);
		for (let filled = 0; filled < REMEMBERED; filled += FILL) await run('with-key', FILL);
		const [withKey, withoutKey]: [number[], number[]] = [[], []];
		for (let round = 0; round < ROUNDS; round++) {
			withoutKey.push((await run('without-key', ITEMS)) / ITEMS);
			withKey.push((await run('with-key', ITEMS)) / ITEMS);
		}
		const cost = median(withKey) - median(withoutKey);
		console.log(`${name.padEnd(11)} with key ${median(withKey).toFixed(2)} ms an item, without ${median(withoutKey).toFixed(2)} ms: the guard costs ${cost.toFixed(2)} ms`);
		return cost;
	} finally {
		await n8n.stop();
		await emulator.stop();
	}
}

installServers((text) => console.log(text));
await installN8n((text) => console.log(text));
const sqlite = await measure('sqlite', {});
const postgres = await startPostgres();
const postgresql = await measure('postgresql', postgres.settings).finally(async () => await postgres.stop());
console.log(JSON.stringify({ rememberedKeys: REMEMBERED, itemsARun: ITEMS, sqlite_ms: Number(sqlite.toFixed(2)), postgresql_ms: Number(postgresql.toFixed(2)), goal_ms: 3 }));
