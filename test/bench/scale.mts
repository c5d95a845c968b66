import { collectGarbage, median } from './measure.mts';
import { node, runNode, saving } from './sides.mts';

const FEW = 1_000;
const MANY = 20_000;
const CONCURRENCY = 10;
const ROUNDS = 5;
const MB = 1_000_000;

function heapMb(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed / MB;
}

/** Time per item of long runs against short ones. */
export async function scale(): Promise<number> {
	const [few, many]: [number[], number[]] = [[], []];
	for (let round = 0; round < ROUNDS; round++) {
		few.push((await node(FEW, CONCURRENCY)).wallMs / FEW);
		many.push((await node(MANY, CONCURRENCY)).wallMs / MANY);
	}
	return median(many) / median(few);
}

/**
 * How much more is on the heap after the last item than before the first, in MB, while the engine still holds everything
 * of the run. The output items are measured by what leaving them out frees.
 */
export async function heapGrowth(): Promise<{ growthMb: number; outputMb: number }> {
	await node(FEW, CONCURRENCY);
	const heap = { before: 0, after: 0, withoutOutput: 0 };
	await runNode(saving, MANY, CONCURRENCY, async (execute) => {
		heap.before = heapMb();
		const output = await execute();
		heap.after = heapMb();
		output.length = 0;
		heap.withoutOutput = heapMb();
	});
	return { growthMb: heap.withoutOutput - heap.before, outputMb: heap.after - heap.withoutOutput };
}
