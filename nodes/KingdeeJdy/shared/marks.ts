import type { IExecuteFunctions } from 'n8n-workflow';

import type { Memory } from '../gateway/memory';
import { addHint } from './executionHints';
import { textOf } from './outcomes';

/** A list of marks that outlives the run, as n8n's processed-data store keeps it. */
export interface MarkStore {
	/**
	 * Adds the marks that are not there yet; gives back those that were.
	 *
	 * @throws UnclearStore where nobody knows whether they were added, any other error where they surely were not
	 */
	record: (marks: string[]) => Promise<string[]>;
	remove: (marks: string[]) => Promise<void>;
}

/** The store failed, and what it holds now does not tell how far it had come. */
export class UnclearStore extends Error {}

/** The newest keys that are remembered for a node. */
const MAX_KEYS = 10_000;

/** Items whose marks are written in one go; as many at most are unknown after a crash. */
export const BATCH = 20;

/** A key that was saved leaves two marks, one under way three. */
const MAX_ENTRIES = 2 * MAX_KEYS + 3 * BATCH;

const ATTEMPTS = 2;

const STORE_OPTIONS = { mode: 'entries' as const, maxEntries: MAX_ENTRIES };

/** Tells the user when the list is full, because from then on the oldest keys are forgotten. */
export async function warnOfForgottenKeys(context: IExecuteFunctions): Promise<void> {
	if ((await context.helpers.getProcessedDataCount('node', STORE_OPTIONS)) < 2 * MAX_KEYS) return;
	addHint(
		context,
		`Kingdee JDY remembers the newest ${MAX_KEYS.toLocaleString('en')} Deduplication Keys of this node. Older ones are forgotten, and their documents would be sent again.`,
	);
}

/** The store is one row that is read and written back without a lock, so in one process only one call at a time. */
async function inTurn<T>({ queues }: Memory, queue: string, work: () => Promise<T>): Promise<T> {
	const turn = (queues.get(queue) ?? Promise.resolve()).then(work, work);
	queues.set(queue, turn);
	try {
		return await turn;
	} finally {
		if (queues.get(queue) === turn) queues.delete(queue);
	}
}

/** What names the store of a node in this process. */
export function storeName(context: IExecuteFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

/** n8n's own store, for this node: every worker sees it. */
export function nodeStore(context: IExecuteFunctions, memory: Memory): MarkStore {
	const { helpers } = context;
	const name = storeName(context);
	const count = async () => await helpers.getProcessedDataCount('node', STORE_OPTIONS);
	const write = async (marks: string[]) => (await helpers.checkProcessedAndRecord(marks, 'node', STORE_OPTIONS)).processed.map(String);

	/** A write that failed may have been done all the same: the number of marks tells. */
	async function isUnwritten(marks: string[], before: number, error: unknown): Promise<boolean> {
		const after = await count().catch(() => Number.NaN);
		if (after === before + marks.length) return false;
		if (after === before && before + marks.length <= MAX_ENTRIES) return true;
		throw new UnclearStore(textOf(error));
	}

	async function record(marks: string[]): Promise<string[]> {
		const before = await count();
		let error: unknown;
		// Two processes that write the first row at once: one of them fails, and finds the row the next time.
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const result = await write(marks).then(
				(there) => ({ there }),
				(thrown: unknown) => ({ thrown }),
			);
			if ('there' in result) return result.there;
			error = result.thrown;
			if (!(await isUnwritten(marks, before, error))) return [];
		}
		throw error;
	}

	return {
		record: async (marks) => await inTurn(memory, name, async () => await record(marks)),
		remove: async (marks) => {
			await inTurn(memory, name, async () => await helpers.removeProcessed(marks, 'node', STORE_OPTIONS));
		},
	};
}
