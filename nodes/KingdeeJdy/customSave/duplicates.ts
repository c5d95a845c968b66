import type { IExecuteFunctions } from 'n8n-workflow';

/** The newest keys that are remembered for a node. */
const MAX_KEYS = 10_000;

/** Items whose marks are written in one go; as many at most are unknown after a crash. */
const BATCH = 20;

/** Marks of items under way come on top of the keys that are remembered. */
const MAX_ENTRIES = MAX_KEYS + 2 * BATCH;

/** A list of marks that outlives the run, as n8n's processed-data store keeps it. */
export interface MarkStore {
	/** Adds the marks that are not there yet; gives back those that were. */
	record: (marks: string[]) => Promise<string[]>;
	remove: (marks: string[]) => Promise<void>;
}

/** What is known about a key: send it, or what an earlier run made of it. */
export type Admission = 'send' | 'savedEarlier' | 'unknownEarlier';

/** How an item that was admitted ended. */
export type Settlement = 'saved' | 'notSaved' | 'unknown';

/** `seen` is written first, so that it is also the first to be forgotten: `open` alone still means unknown. */
const seen = (key: string) => `seen:${key}`;
const open = (key: string) => `open:${key}`;

function admissionOf(key: string, before: ReadonlySet<string>): Admission {
	if (before.has(open(key))) return 'unknownEarlier';
	return before.has(seen(key)) ? 'savedEarlier' : 'send';
}

/**
 * Prevents that a document goes out twice over several runs.
 *
 * Before an item is sent, two marks are written: `seen` and `open`. `open` is taken back after a save, both after a
 * definite refusal, none where the outcome is unknown. So `seen` alone means saved, and a crash errs to unknown, never
 * to saved.
 */
export class DuplicateGuard {
	private readonly admissions = new Map<string, Admission>();

	/** Keys whose marks this run wrote and which nobody has asked for yet: their documents surely did not go out. */
	private readonly pending = new Set<string>();

	private readonly toRemove: string[] = [];

	private next = 0;

	private batch: Promise<void> | undefined;

	private readonly store: MarkStore;

	private readonly keys: readonly string[];

	/** @param keys of the items that may be sent, each once, in the order in which they will be admitted */
	constructor(store: MarkStore, keys: readonly string[]) {
		this.store = store;
		this.keys = keys;
	}

	/** Marks this key and the next ones, and says what earlier runs made of it. */
	async admit(key: string): Promise<Admission> {
		while (!this.admissions.has(key) && this.next < this.keys.length) {
			// One batch at a time, for all items under way; one that fails is not the fault of the next.
			this.batch ??= this.admitBatch().finally(() => {
				this.batch = undefined;
			});
			await this.batch;
		}
		this.pending.delete(key);
		return this.admissions.get(key) ?? 'unknownEarlier';
	}

	/** @param wasUnknown the key was unknown from an earlier run and was sent all the same */
	settle(key: string, settlement: Settlement, wasUnknown: boolean): void {
		if (settlement === 'saved') this.toRemove.push(open(key));
		// The earlier run may have saved it: that stays unknown, however this one ended.
		if (settlement === 'notSaved' && !wasUnknown) this.toRemove.push(seen(key), open(key));
	}

	/** Takes back the marks of everything that was not sent after all. */
	async close(): Promise<void> {
		for (const key of this.pending) this.toRemove.push(seen(key), open(key));
		this.pending.clear();
		await this.flush();
	}

	private async admitBatch(): Promise<void> {
		await this.flush();
		const batch = this.keys.slice(this.next, this.next + BATCH);
		const before = new Set(await this.store.record(batch.flatMap((key) => [seen(key), open(key)])));
		this.next += batch.length;
		for (const key of batch) {
			const admission = admissionOf(key, before);
			this.admissions.set(key, admission);
			if (admission === 'send') this.pending.add(key);
			// The mark just made is taken back: the key stays what it was.
			if (admission === 'savedEarlier') this.toRemove.push(open(key));
		}
	}

	private async flush(): Promise<void> {
		if (this.toRemove.length === 0) return;
		const marks = [...this.toRemove];
		await this.store.remove(marks);
		this.toRemove.splice(0, marks.length);
	}
}

const STORE_OPTIONS = { mode: 'entries' as const, maxEntries: MAX_ENTRIES };

/** Tells the user when the list is full, because from then on the oldest keys are forgotten. */
export async function warnOfForgottenKeys(context: IExecuteFunctions): Promise<void> {
	if ((await context.helpers.getProcessedDataCount('node', STORE_OPTIONS)) < MAX_KEYS) return;
	context.addExecutionHints({
		message: `Kingdee JDY Custom Save remembers the newest ${MAX_KEYS.toLocaleString('en')} Deduplication Keys. Older ones are forgotten, and their documents would be sent again.`,
	});
}

/** The store is one row that is read and written back without a lock, so in one process only one call at a time. */
const queues = new Map<string, Promise<unknown>>();

async function inTurn<T>(queue: string, work: () => Promise<T>): Promise<T> {
	const turn = (queues.get(queue) ?? Promise.resolve()).then(work, work);
	queues.set(queue, turn);
	try {
		return await turn;
	} finally {
		if (queues.get(queue) === turn) queues.delete(queue);
	}
}

/** n8n's own store, for this node: every worker sees it. */
export function nodeStore(context: IExecuteFunctions): MarkStore {
	const { helpers } = context;
	const queue = `${context.getWorkflow().id}:${context.getNode().id}`;
	const options = STORE_OPTIONS;
	const record = async (marks: string[]) => (await helpers.checkProcessedAndRecord(marks, 'node', options)).processed.map(String);
	return {
		// Two processes that write the first row at once: one of them fails, and finds the row the next time.
		record: async (marks) => await inTurn(queue, async () => await record(marks).catch(async () => await record(marks))),
		remove: async (marks) => {
			await inTurn(queue, async () => await helpers.removeProcessed(marks, 'node', options));
		},
	};
}
