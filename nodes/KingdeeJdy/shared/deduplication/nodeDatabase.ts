import type { IExecuteFunctions } from 'n8n-workflow';

import { errorText } from '../contract/outcomes';
import { addHint } from '../results/executionHints';
import type { MarkDatabase } from './markQueue';

/** The store failed, and its content does not show how far it had got. */
export class UnclearStore extends Error {}

/** The newest keys that are remembered for a node. */
const MAX_KEYS = 10_000;

/** Items whose marks are written in one go; as many at most are unknown after a crash. */
export const BATCH = 20;

/** A key that was saved leaves two marks, one under way three; a batch has a witness as well. */
const MAX_ENTRIES = 2 * MAX_KEYS + 3 * BATCH + 1;

const STORE_OPTIONS = { mode: 'entries' as const, maxEntries: MAX_ENTRIES };

/** Tells the user when the list is full, because from then on the oldest keys are forgotten. */
export async function warnOfForgottenKeys(context: IExecuteFunctions): Promise<void> {
	if ((await context.helpers.getProcessedDataCount('node', STORE_OPTIONS)) < 2 * MAX_KEYS) return;
	addHint(
		context,
		`Kingdee JDY remembers the newest ${MAX_KEYS.toLocaleString('en')} Deduplication Keys of this node. Older ones are forgotten, and their documents would be sent again.`,
	);
}

/** What names the store of a node in this process. */
export function storeName(context: IExecuteFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

/** n8n's own store, for this node: every worker sees it. */
export function nodeDatabase({ helpers }: IExecuteFunctions): MarkDatabase {
	const count = async () => await helpers.getProcessedDataCount('node', STORE_OPTIONS);
	const write = async (marks: string[]) => (await helpers.checkProcessedAndRecord(marks, 'node', STORE_OPTIONS)).processed.map(String);

	/** A write that failed may have been done all the same: the unique mark shows it, and the number of marks what was there before. */
	async function addNew(marks: string[], unique: string): Promise<string[]> {
		const before = await count();
		let [wereAllNew, isUnwritten, error]: [boolean, boolean, unknown] = [false, true, undefined];
		// Two processes that write the first row at once: one of them fails, and finds the row the next time.
		for (let attempt = 1; attempt <= (wereAllNew ? 3 : 2); attempt++) {
			const result = await write(marks).then(
				(there) => ({ there }),
				(thrown: unknown) => ({ thrown }),
			);
			if ('there' in result) {
				const isOwn = attempt > 1 && result.there.includes(unique);
				if (!isOwn) return result.there;
				if (wereAllNew) return [];
				throw new UnclearStore(errorText(error));
			}
			error = result.thrown;
			const after = await count().catch(() => Number.NaN);
			wereAllNew ||= after === before + marks.length;
			isUnwritten &&= after === before && before + marks.length <= MAX_ENTRIES;
		}
		throw isUnwritten ? error : new UnclearStore(errorText(error));
	}

	return {
		add: async (marks, unique) => (unique === undefined ? await write(marks) : await addNew(marks, unique)),
		remove: async (marks) => void (await helpers.removeProcessed(marks, 'node', STORE_OPTIONS)),
	};
}
