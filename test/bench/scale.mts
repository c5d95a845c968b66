import { heapMb, median } from './measure.mts';
import { node, runNode, saving } from './sides.mts';

const FEW = 1_000;
const MANY = 20_000;
const CONCURRENCY = 10;
const ROUNDS = 5;
const MS_A_SECOND = 1000;

/** Time per item of long runs against short ones. */
export async function scale(many = MANY, rounds = ROUNDS): Promise<number> {
	const [fewMs, manyMs]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		// Short runs before and after, so that a machine that gets busier meanwhile slows both.
		fewMs.push((await node(FEW, CONCURRENCY)).wallMs / FEW);
		manyMs.push((await node(many, CONCURRENCY)).wallMs / many);
		fewMs.push((await node(FEW, CONCURRENCY)).wallMs / FEW);
	}
	return median(manyMs) / median(fewMs);
}

/** Seconds from the start of a long run to its first call, by when all items have been checked. */
export async function secondsToFirstCall(items: number): Promise<number> {
	const send = globalThis.fetch;
	let firstCallMs: number | undefined;
	globalThis.fetch = async (...args) => {
		firstCallMs ??= performance.now();
		return await send(...args);
	};
	let startedAtMs = 0;
	try {
		await runNode(saving, items, CONCURRENCY, async (execute) => {
			startedAtMs = performance.now();
			return await execute();
		});
	} finally {
		globalThis.fetch = send;
	}
	return ((firstCallMs ?? Number.NaN) - startedAtMs) / MS_A_SECOND;
}

/**
 * How much more is on the heap after the last item than before the first, in MB, while the engine still holds everything
 * of the run. The output items are measured by what leaving them out frees.
 */
export async function heapGrowth(many = MANY): Promise<{ growthMb: number; outputMb: number }> {
	await node(FEW, CONCURRENCY);
	const heap = { before: 0, after: 0, withoutOutput: 0 };
	await runNode(saving, many, CONCURRENCY, async (execute) => {
		heap.before = heapMb();
		const output = await execute();
		heap.after = heapMb();
		output.length = 0;
		heap.withoutOutput = heapMb();
	});
	return { growthMb: heap.withoutOutput - heap.before, outputMb: heap.after - heap.withoutOutput };
}
