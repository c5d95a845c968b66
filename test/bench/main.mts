/**
 * `npm run bench`: what this package costs, against the least that is possible and against what people use today. All
 * sides send to the same TLS server on loopback, in turn; medians. The last line is JSON.
 */
import { cpus } from 'node:os';

import { BenchGateway } from './benchGateway.mts';
import { medianCost, rounded } from './measure.mts';
import type { Cost } from './measure.mts';
import { loadMs, packageSize } from './package.mts';
import { pace } from './pace.mts';
import { heapGrowth, scale } from './scale.mts';
import { bareFetch, floor, helper, node } from './sides.mts';
import type { Side } from './sides.mts';
import { signingUs } from './signing.mts';

const ROUNDS = 7;
const ITEMS = { 0: { 1: 1000, 10: 1000 }, 20: { 1: 50, 10: 400 } } as const;

type Name = 'floor' | 'fetch' | 'node' | 'helper';

async function compare(sides: Record<Name, Side>, items: number, concurrency: number): Promise<Record<Name, Cost>> {
	const costs: Record<Name, Cost[]> = { floor: [], fetch: [], node: [], helper: [] };
	// The first round warms up.
	for (let round = 0; round <= ROUNDS; round++) {
		for (const name of Object.keys(sides) as Name[]) {
			const { wallMs, cpuMs } = await sides[name](items, concurrency);
			if (round > 0) costs[name].push({ wallMs: wallMs / items, cpuMs: cpuMs / items });
		}
	}
	return { floor: medianCost(costs.floor), fetch: medianCost(costs.fetch), node: medianCost(costs.node), helper: medianCost(costs.helper) };
}

const gateway = await BenchGateway.start();
const results: Record<string, Record<Name, Cost>> = {};
try {
	const sides = { floor: floor(gateway), fetch: bareFetch, node, helper: helper(gateway) };
	console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}; median of ${ROUNDS} rounds, ms an item: wall (CPU)\n`);
	for (const serviceMs of [0, 20] as const) {
		await gateway.takes(serviceMs);
		for (const concurrency of [1, 10] as const) {
			const costs = await compare(sides, ITEMS[serviceMs][concurrency], concurrency);
			results[`${serviceMs}/${concurrency}`] = costs;
			const told = Object.entries(costs).map(([name, { wallMs, cpuMs }]) => `${name} ${wallMs.toFixed(3)} (${cpuMs.toFixed(3)})`);
			console.log(`service ${String(serviceMs).padStart(2)} ms, ${String(concurrency).padStart(2)} at once: ${told.join('   ')}`);
		}
	}
} catch (error) {
	gateway.stop();
	throw error;
}
const [one, ten] = [results['0/1'], results['0/10']];
if (!one || !ten) throw new Error('No figures');

await gateway.takes(0);
const scaled = await scale();
const heap = await heapGrowth();
gateway.stop();
const size = packageSize();
const paced = await pace();

const figures = {
	node_over_floor_c1: [one.node.wallMs / one.floor.wallMs, '<= 1.5', 'node / floor, wall an item, 1 at once'],
	node_over_floor_c10: [ten.node.wallMs / ten.floor.wallMs, '<= 3.0', 'node / floor, wall an item, 10 at once'],
	helper_over_node_c1: [one.helper.wallMs / one.node.wallMs, '>= 2.2', 'helper / node, wall an item, 1 at once'],
	helper_over_node_c10: [ten.helper.wallMs / ten.node.wallMs, '>= 4', 'helper / node, wall an item, 10 at once'],
	cpu_helper_over_node: [one.helper.cpuMs / one.node.cpuMs, '>= 3', 'helper / node, CPU an item'],
	sign_us: [signingUs(), '<= 20', 'signature, us'],
	scale_20k_over_1k: [scaled, '<= 1.1', '20,000 items against 1,000: time an item'],
	heap_mb: [heap.growthMb, '<= 20', 'heap growth over 20,000 items, output items aside, MB'],
	pace_over_min: [paced.overMinimum, '<= 1.03', '1,000 items at 500 a minute, against the minimum'],
	pace_429: [paced.refused, '= 0', 'calls refused for their rate meanwhile'],
	load_ms: [loadMs(), '<= 30', 'loading both entry files, ms'],
} as const satisfies Record<string, readonly [number, string, string]>;

/** `<= 1.5` and its like. */
function isMet(figure: number, goal: string): boolean {
	const [sign, text] = goal.split(' ');
	const limit = Number(text);
	return sign === '<=' ? figure <= limit : sign === '>=' ? figure >= limit : figure === limit;
}

console.log(`\nnode / fetch alone, wall an item: ${(one.node.wallMs / one.fetch.wallMs).toFixed(2)} one at once, ${(ten.node.wallMs / ten.fetch.wallMs).toFixed(2)} ten at once`);
console.log(`output items of 20,000 documents: ${heap.outputMb.toFixed(1)} MB; package: ${size.packedKb.toFixed(0)} kB packed, ${size.unpackedKb.toFixed(0)} kB unpacked, ${size.files} files\n`);
for (const [figure, goal, what] of Object.values(figures)) console.log(`${what.padEnd(56)} ${figure.toFixed(2).padStart(7)}   goal ${goal.padEnd(8)} ${isMet(figure, goal) ? 'met' : 'missed'}`);
console.log(JSON.stringify(Object.fromEntries(Object.entries(figures).map(([name, [figure]]) => [name, rounded(figure)]))));
