import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const BYTES_A_MB = 1_000_000;

/** What is alive on the heap. */
export function heapMb(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed / BYTES_A_MB;
}

/** Wall and CPU time of one piece of work. */
export interface Cost {
	wallMs: number;
	cpuMs: number;
}

const US_A_MS = 1000;

/** The time of this process only: the gateway runs in another. */
export async function measure(work: () => Promise<unknown>): Promise<Cost> {
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	await work();
	const wallMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpu);
	return { wallMs, cpuMs: (user + system) / US_A_MS };
}

export function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function medianCost(costs: readonly Cost[]): Cost {
	return { wallMs: median(costs.map(({ wallMs }) => wallMs)), cpuMs: median(costs.map(({ cpuMs }) => cpuMs)) };
}

export const rounded = (number: number, digits = 2): number => Number(number.toFixed(digits));
