import type { BenchGateway } from './benchGateway.mts';
import { median } from './measure.mts';
import { heapOfReading, timeOfReading } from './rows.mts';
import { heapGrowth, scale, secondsToFirstCall } from './scale.mts';
import type { Figure } from './figures.mts';

const MANY = 100_000;
const FEW = 1_000;
const ROUNDS = 3;

/** Runs of 100,000 documents and lists of 100,000 rows, against those of 1,000. */
export async function longRuns(gateway: BenchGateway): Promise<Record<string, Figure>> {
	await gateway.takes(0);
	const firstCallS = await secondsToFirstCall(MANY);
	const scaled = await scale(MANY, ROUNDS);
	const { growthMb, outputMb } = await heapGrowth(MANY);
	console.log(`output items of ${MANY} documents: ${outputMb.toFixed(1)} MB`);
	const [few, many]: [number[], number[]] = [[], []];
	for (let round = 0; round < ROUNDS; round++) {
		for (let short = 0; short < ROUNDS; short++) few.push(await timeOfReading(gateway, FEW));
		many.push(await timeOfReading(gateway, MANY));
	}
	return {
		scale_100k_over_1k: [scaled, '<= 1.1', '100,000 documents against 1,000: time an item'],
		first_call_100k_s: [firstCallS, '<= 30', '100,000 documents: s until all are checked and the first is sent'],
		heap_100k_mb: [growthMb, '<= 100', 'heap growth over 100,000 documents, output items aside, MB'],
		rows_100k_over_1k: [median(many) / median(few), '<= 1.1', '100,000 rows against 1,000: time a row'],
		rows_heap_100k_mb: [await heapOfReading(gateway, MANY), '<= 20', 'heap beside the output items of 100,000 rows, MB'],
	};
}
