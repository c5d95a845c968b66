import type { KeyRun, Memory } from '../../gateway/state';

/** Registers a run beside those that are under way at the same store. */
export function enterRun({ keyRuns }: Memory, storeName: string): KeyRun {
	const others = keyRuns.get(storeName) ?? new Set();
	const run: KeyRun = { leftUnknown: new Set(), beside: new Set(others) };
	for (const other of others) other.beside.add(run);
	keyRuns.set(storeName, others.add(run));
	return run;
}

/** Takes a run out that has ended. */
export function leaveRun({ keyRuns }: Memory, storeName: string, run: KeyRun): void {
	// Others may still ask what it left unknown; it asks nobody any more.
	run.beside.clear();
	const others = keyRuns.get(storeName);
	others?.delete(run);
	if (others?.size === 0) keyRuns.delete(storeName);
}

/** Whether a run that was under way at the same time, or this one, left a key unknown: nobody can have looked at it in JDY. */
export function wasJustLeftUnknown(run: KeyRun, mark: string): boolean {
	return [run, ...run.beside].some(({ leftUnknown }) => leftUnknown.has(mark));
}
