/**
 * `npm run bench`: what this package costs, against the least that is possible and against what people use today. All
 * sides send to the same TLS server on loopback, in turn; medians. The last line is JSON. `npm run bench -- --long`: runs
 * of 100,000 documents and 100,000 rows instead.
 */
import { cpus } from 'node:os';

import { compareAccounts } from './accounts.mts';
import { BenchGateway } from './benchGateway.mts';
import { callsFor250Rows, formMs, searchMs } from './catalogue.mts';
import { tell } from './figures.mts';
import type { Figure } from './figures.mts';
import { longRuns } from './long.mts';
import { lookUps, rememberedMb } from './lookUps.mts';
import { medianCost } from './measure.mts';
import type { Cost } from './measure.mts';
import { loadMs, packageSize } from './package.mts';
import { pace } from './pace.mts';
import { compareReading, heapOfReading } from './rows.mts';
import { heapGrowth, scale } from './scale.mts';
import { bareFetch, floor, helper, node, nodeReadingOnce } from './sides.mts';
import type { Side } from './sides.mts';
import { signingUs } from './signing.mts';

const ROUNDS = 7;
/** A difference of a few per cent takes more. */
const MORE_ROUNDS = 21;
/** By then V8 has compiled all sides, as it has in an n8n that has run for a minute. */
const WARM_UP_ROUNDS = 10;
const ITEMS = { 0: { 1: 1000, 10: 1000 }, 20: { 1: 50, 10: 400 } } as const;

type Costs<Name extends string> = Record<Name, Cost>;

async function compare<Name extends string>(sides: Record<Name, Side>, items: number, concurrency: number, rounds = ROUNDS): Promise<Costs<Name>> {
	const names = Object.keys(sides) as Name[];
	const costs = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Record<Name, Cost[]>;
	// Each round begins with another side, so that none always comes after the same one.
	for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
		for (const offset of names.keys()) {
			const name = names[(round + WARM_UP_ROUNDS + offset) % names.length] as Name;
			const { wallMs, cpuMs } = await sides[name](items, concurrency);
			if (round >= 0) costs[name].push({ wallMs: wallMs / items, cpuMs: cpuMs / items });
		}
	}
	return Object.fromEntries(names.map((name) => [name, medianCost(costs[name])])) as Costs<Name>;
}

/** What a call costs on its way, and where it stands between the least that is possible and what people use today. */
async function calls(gateway: BenchGateway): Promise<Record<string, Figure>> {
	const sides = { floor: floor(gateway), fetch: bareFetch, node, helper: helper(gateway) };
	const results: Record<string, Costs<keyof typeof sides>> = {};
	console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}; median of ${MORE_ROUNDS} rounds (${ROUNDS} where an answer takes 20 ms), ms an item: wall (CPU)\n`);
	for (const serviceMs of [0, 20] as const) {
		await gateway.takes(serviceMs);
		for (const concurrency of [1, 10] as const) {
			const costs = await compare(sides, ITEMS[serviceMs][concurrency], concurrency, serviceMs === 0 ? MORE_ROUNDS : ROUNDS);
			results[`${serviceMs}/${concurrency}`] = costs;
			const told = Object.entries(costs).map(([name, { wallMs, cpuMs }]) => `${name} ${wallMs.toFixed(3)} (${cpuMs.toFixed(3)})`);
			console.log(`service ${String(serviceMs).padStart(2)} ms, ${String(concurrency).padStart(2)} at once: ${told.join('   ')}`);
		}
	}
	const [one, ten] = [results['0/1'], results['0/10']];
	if (!one || !ten) throw new Error('No figures');
	await gateway.takes(0);
	const reading = await compare({ once: nodeReadingOnce, each: node }, ITEMS[0][10], 10, MORE_ROUNDS);
	return {
		node_over_fetch_c1: [one.node.wallMs / one.fetch.wallMs, '<= 1.5', 'node / fetch alone, wall an item, 1 at once'],
		node_over_fetch_c10: [ten.node.wallMs / ten.fetch.wallMs, '<= 1.5', 'node / fetch alone, wall an item, 10 at once'],
		node_over_floor_c1: [one.node.wallMs / one.floor.wallMs, undefined, 'node / undici alone, wall an item, 1 at once'],
		node_over_floor_c10: [ten.node.wallMs / ten.floor.wallMs, undefined, 'node / undici alone, wall an item, 10 at once'],
		helper_over_node_c1: [one.helper.wallMs / one.node.wallMs, '>= 2.2', 'helper / node, wall an item, 1 at once'],
		helper_over_node_c10: [ten.helper.wallMs / ten.node.wallMs, '>= 4', 'helper / node, wall an item, 10 at once'],
		cpu_helper_over_node: [one.helper.cpuMs / one.node.cpuMs, '>= 3', 'helper / node, CPU an item'],
		credential_each_over_once: [reading.each.wallMs / reading.once.wallMs, '<= 1.05', 'credential read for each item / for the first, wall an item'],
	};
}

async function everything(gateway: BenchGateway): Promise<Record<string, Figure>> {
	const measured = await calls(gateway);
	const scaled = await scale();
	const heap = await heapGrowth();
	const read = await compareReading(gateway);
	const rowsHeapMb = await heapOfReading(gateway);
	const size = packageSize();
	const search = await searchMs();
	const rows250Calls = await callsFor250Rows();
	const accounts = await compareAccounts(gateway);
	const looked = await lookUps();
	const lookUpMemoryMb = await rememberedMb();
	const paced = await pace();
	console.log(`\noutput items of 20,000 documents: ${heap.outputMb.toFixed(1)} MB; package: ${size.packedKb.toFixed(0)} kB packed, ${size.unpackedKb.toFixed(0)} kB unpacked, ${size.files} files\n`);
	return {
		...measured,
		sign_us: [signingUs(), '<= 20', 'signature, us'],
		scale_20k_over_1k: [scaled, '<= 1.1', '20,000 items against 1,000: time an item'],
		heap_mb: [heap.growthMb, '<= 20', 'heap growth over 20,000 items, output items aside, MB'],
		rows_helper_over_node_c1: [read.one, '>= 1', 'HTTP Request node / node, 10,000 rows, 1 at once'],
		rows_helper_over_node_c5: [read.five, '>= 3', 'HTTP Request node / node, 10,000 rows, 5 at once'],
		rows_heap_mb: [rowsHeapMb, '<= 20', 'heap beside the output items of 10,000 rows, MB'],
		accounts10_over_1: [accounts.tenOverOne, '<= 1.3', '10 accounts x 500 documents / 1 x 500, one run, wall'],
		accounts200_s: [accounts.twoHundredS, undefined, '200 accounts x 5 documents, one run, sessions fetched, s'],
		search_ms: [search.othersMs, '<= 20', 'slowest search of types, reports and calls, ms'],
		search_first_ms: [search.firstMs, undefined, 'first search of a process, with the reading of the catalogue, ms'],
		form_ms: [await formMs(), '<= 50', 'slowest form beside the call of the account, ms'],
		lookup_calls: [looked.calls, '<= 100', 'reads beside 200 orders by numbers and names, 60 of 5,000 products, 15 of 2,000 customers'],
		lookup_calls_again: [looked.again, '= 0', 'the same in a second run'],
		lookup_ms: [looked.ms, '<= 2', 'numbers and names against IDs, CPU an order of 5 lines, ms'],
		lookup_heap_mb: [lookUpMemoryMb, '<= 15', '50,000 remembered keys, MB'],
		rows250_calls: [rows250Calls, '<= 3', 'calls for 250 rows'],
		pace_over_min: [paced.overMinimum, '<= 1.03', '1,000 items at 500 a minute, against the minimum'],
		pace_429: [paced.refused, '= 0', 'calls refused for their rate meanwhile'],
		load_ms: [loadMs(), '<= 30', 'loading both entry files, ms'],
	};
}

const gateway = await BenchGateway.start();
try {
	tell(process.argv.includes('--long') ? await longRuns(gateway) : await everything(gateway));
} finally {
	gateway.stop();
}
