import type { IDataDeduplicator } from 'n8n-workflow';

import { n8nCore } from './n8n/n8n.mts';

/**
 * n8n's processed-data store in memory: for each node one list of marks, newest last, cut to its length at every write.
 * One list is read, and written back a moment later, so that callers who do not take turns lose marks, as in n8n.
 */
class MemoryStore {
	lists = new Map<string, string[]>();
	calls = { record: 0, remove: 0 };
	/** How many calls fail before anything is written, and how many records fail once everything is. */
	failNext: { record?: number; remove?: number; committed?: number; count?: number } = {};
	/** How long a call takes from reading the list to writing it back, in ms; undefined: one turn of the event loop. */
	latencyMs: (() => number) | undefined;

	async #write<T>(key: string, change: (marks: string[]) => T): Promise<T> {
		const marks = [...(this.lists.get(key) ?? [])];
		const result = change(marks);
		const { latencyMs } = this;
		await new Promise((resolve) => (latencyMs ? setTimeout(resolve, latencyMs()) : setImmediate(resolve)));
		this.lists.set(key, marks);
		return result;
	}

	#fail(kind: 'record' | 'remove' | 'committed' | 'count'): void {
		const left = this.failNext[kind] ?? 0;
		if (left === 0) return;
		this.failNext[kind] = left - 1;
		throw new Error(kind === 'committed' ? 'the connection broke after COMMIT' : 'UNIQUE constraint failed');
	}

	get deduplicator(): IDataDeduplicator {
		const keyOf = ({ workflow, node }: { workflow: { id?: string }; node?: { id: string } }) => `${workflow.id} ${node?.id}`;
		return {
			checkProcessedAndRecord: async (items, _scope, context, options) => {
				this.calls.record += 1;
				this.#fail('record');
				const result = await this.#write(keyOf(context), (marks) => {
					const before = new Set(marks);
					const processed = items.filter((item) => before.has(String(item)));
					const fresh = items.filter((item) => !before.has(String(item)));
					marks.push(...fresh.map(String));
					marks.splice(0, Math.max(0, marks.length - (options.maxEntries ?? Infinity)));
					return { new: fresh, processed };
				});
				this.#fail('committed');
				return result;
			},
			removeProcessed: async (items, _scope, context) => {
				this.calls.remove += 1;
				this.#fail('remove');
				await this.#write(keyOf(context), (marks) => {
					for (const item of items) if (marks.includes(String(item))) marks.splice(marks.indexOf(String(item)), 1);
				});
			},
			getProcessedDataCount: async (_scope, context) => {
				this.#fail('count');
				return this.lists.get(keyOf(context))?.length ?? 0;
			},
			clearAllProcessedItems: async (_scope, context) => void this.lists.delete(keyOf(context)),
		};
	}
}

let current = new MemoryStore();
let isInstalled = false;

/** A fresh store for the engine; n8n-core takes only one for a process, so that one passes the calls on. */
export async function freshStore(): Promise<MemoryStore> {
	current = new MemoryStore();
	if (!isInstalled) {
		isInstalled = true;
		const pass = new Proxy({} as IDataDeduplicator, { get: (_target, name) => Reflect.get(current.deduplicator, name) as unknown });
		await n8nCore.DataDeduplicationService.init(pass);
	}
	return current;
}
