import type { GatewayState } from '../../gateway/state';
import { deduplicationState } from './deduplicationState';
import type { ConcurrentRun } from './deduplicationState';

/** Registers a run beside those that are under way at the same store. */
export function addRun(state: GatewayState, storeName: string): ConcurrentRun {
	const { concurrentRuns } = deduplicationState(state);
	const others = concurrentRuns.get(storeName) ?? new Set();
	const run: ConcurrentRun = { leftUnknown: new Set(), beside: new Set(others) };
	for (const other of others) other.beside.add(run);
	concurrentRuns.set(storeName, others.add(run));
	return run;
}

/** Takes a run out that has ended. */
export function removeRun(state: GatewayState, storeName: string, run: ConcurrentRun): void {
	const { concurrentRuns } = deduplicationState(state);
	// Others may still ask what it left unknown; it asks no other any more.
	run.beside.clear();
	const others = concurrentRuns.get(storeName);
	others?.delete(run);
	if (others?.size === 0) concurrentRuns.delete(storeName);
}

/** Whether a run that was under way at the same time, or this one, left a key unknown: no user can have looked at it in JDY. */
export function wasJustLeftUnknown(run: ConcurrentRun, mark: string): boolean {
	return [run, ...run.beside].some(({ leftUnknown }) => leftUnknown.has(mark));
}
