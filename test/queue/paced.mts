import type { LedgerEntry } from '../emulator/ledger.mts';

const MINUTE_MS = 60_000;
const SAVE_PATH = '/jdy/v2/cust/save';
const TOO_MANY = 429;

/** What workers made of one account that takes so many calls a minute. */
export interface Paced {
	/** Calls refused for their rate, among all. */
	refusedShare: number;
	/** Calls that passed, as a part of what the account takes. */
	limitUsed: number;
	/** What the worker with the fewest calls got, as a part of its fair share. */
	leastShare: number;
	/** How long that was. */
	pacedMinutes: number;
	workers: number;
}

/**
 * From the end of the first minute until the first worker has no more documents; shares from when all have been at it for a
 * minute. Times are the emulator's.
 */
export function pacedOf(ledger: LedgerEntry[], limit: number): Paced {
	const saves = ledger.filter(({ path }) => path === SAVE_PATH);
	const byWorker = [...Map.groupBy(saves, ({ headers }) => headers['app-token']).values()];
	const firstCalls = byWorker.map(([first]) => first?.at ?? 0);
	const until = Math.min(...byWorker.map((calls) => calls.at(-1)?.at ?? 0));
	const from = Math.min(...firstCalls) + MINUTE_MS;
	const allFrom = Math.max(...firstCalls) + MINUTE_MS;
	const within = saves.filter(({ at }) => at >= from && at < until);
	const passed = within.filter(({ status }) => status !== TOO_MANY);
	const counts = byWorker.map((calls) => calls.filter(({ at, status }) => at >= allFrom && at < until && status !== TOO_MANY).length);
	const minutes = (until - from) / MINUTE_MS;
	const rounded = (value: number) => Number(value.toFixed(4));
	return {
		refusedShare: rounded(1 - passed.length / within.length),
		limitUsed: rounded(passed.length / (limit * minutes)),
		leastShare: rounded((Math.min(...counts) * counts.length) / counts.reduce((sum, count) => sum + count, 0)),
		pacedMinutes: rounded(minutes),
		workers: byWorker.length,
	};
}
