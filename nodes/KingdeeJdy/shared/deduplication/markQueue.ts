import { stateSlot } from '../../gateway/state';
import type { GatewayState } from '../../gateway/state';
import { pause } from '../../gateway/waiting/timing';
import { deduplicationState } from './deduplicationState';

/** How the marks of one node are read and written: one row, which is read and written back without a lock. */
export interface MarkDatabase {
	/**
	 * Adds the marks that are missing and returns those that were there.
	 *
	 * @param unique a mark that was never written before: shows whether a write that failed was done
	 * @throws UnclearStore if it is not known whether they were added, any other error if they surely were not
	 */
	add: (marks: string[], unique: string | undefined) => Promise<string[]>;
	remove: (marks: string[]) => Promise<void>;
}

interface Job {
	database: MarkDatabase;
	marks: readonly string[];
	/** Of a job that needs to know what was there before. */
	unique?: string | undefined;
	resolve: (there: ReadonlySet<string>) => void;
	reject: (error: unknown) => void;
}

/** The last writes, by which it is known how long one may take. */
const MEASURED = 100;

/** No write is expected to take longer. */
const MAX_WRITE_MS = 1_000;

/** A pause is so many times as long as the write before it. */
const PAUSE_FACTOR = 2;

/**
 * Writes the marks of one node for all runs of this process: one write at a time, with everything that waits by then, and a
 * pause between two writes. After the pause a process reads what others have made of the row; without it, two that write all
 * the time would each read only what they have written themselves.
 */
export class MarkQueue {
	private adding: Job[] = [];

	private removing: Job[] = [];

	private isWorking = false;

	private notBeforeMs = -Infinity;

	/** How long the last writes took. */
	private readonly durationsMs: number[] = [];

	private readonly minPauseMs: number;

	constructor(minPauseMs: number) {
		this.minPauseMs = minPauseMs;
	}

	/** Adds the marks that are missing and returns those that were there, also of other jobs of the same write. */
	async add(database: MarkDatabase, marks: readonly string[], unique?: string): Promise<ReadonlySet<string>> {
		return await new Promise((resolve, reject) => {
			this.adding.push({ database, marks, unique, resolve, reject });
			void this.work();
		});
	}

	async remove(database: MarkDatabase, marks: readonly string[]): Promise<void> {
		await new Promise((resolve, reject) => {
			this.removing.push({ database, marks, resolve, reject });
			void this.work();
		});
	}

	/** Resolves when the writes of other processes that are under way have ended: they take no longer than those of this one. */
	async untilOthersHaveWritten(): Promise<void> {
		await pause(Math.min(MAX_WRITE_MS, Math.max(0, ...this.durationsMs)), undefined);
	}

	private async work(): Promise<void> {
		if (this.isWorking) return;
		this.isWorking = true;
		while (this.adding.length + this.removing.length > 0) {
			await this.inPause();
			await this.write(this.adding.splice(0), async (marks, database, unique) => await database.add(marks, unique));
			await this.inPause();
			await this.write(this.removing.splice(0), async (marks, database) => {
				await database.remove(marks);
				return [];
			});
		}
		this.isWorking = false;
	}

	private async inPause(): Promise<void> {
		const leftMs = this.notBeforeMs - performance.now();
		if (leftMs > 0) await pause(leftMs, undefined);
	}

	private async write(
		jobs: readonly Job[],
		write: (marks: string[], database: MarkDatabase, unique: string | undefined) => Promise<string[]>,
	): Promise<void> {
		const [first] = jobs;
		if (!first) return;
		const startedAtMs = performance.now();
		const unique = jobs.find((job) => job.unique !== undefined)?.unique;
		try {
			const there = new Set(await write([...new Set(jobs.flatMap(({ marks }) => marks))], first.database, unique));
			for (const { resolve } of jobs) resolve(there);
		} catch (error) {
			for (const { reject } of jobs) reject(error);
		}
		const endedAtMs = performance.now();
		const tookMs = endedAtMs - startedAtMs;
		this.durationsMs.push(tookMs);
		if (this.durationsMs.length > MEASURED) this.durationsMs.shift();
		const pauseMs = Math.max(this.minPauseMs, PAUSE_FACTOR * tookMs);
		// By chance, so that two processes do not keep in step.
		this.notBeforeMs = endedAtMs + pauseMs * (1 + Math.random());
	}
}

const markQueues = stateSlot(() => new Map<string, MarkQueue>());

/** The queue of a node, shared by all runs of this process. */
export function markQueueOf(state: GatewayState, name: string): MarkQueue {
	const known = markQueues(state);
	const queue = known.get(name) ?? new MarkQueue(deduplicationState(state).markPauseMs);
	known.set(name, queue);
	return queue;
}
