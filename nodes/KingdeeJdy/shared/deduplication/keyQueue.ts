import type { Deduplication } from '../contract/operation';

/** Keys that a run will ask for, in order. */
export class KeyQueue {
	private keys: Map<string, Deduplication>;

	/** @param keys each once */
	constructor(keys: readonly Deduplication[]) {
		this.keys = new Map(keys.map((deduplication) => [deduplication.mark, deduplication]));
	}

	/** Takes up to so many of those that are free out of the waiting ones; before them the one that is asked for, free or not. */
	take(asked: string, size: number, isFree: (mark: string) => boolean): Deduplication[] {
		const taken: Deduplication[] = [];
		const takeOne = (deduplication: Deduplication) => {
			this.keys.delete(deduplication.mark);
			taken.push(deduplication);
		};
		const first = this.keys.get(asked);
		if (first) takeOne(first);
		for (const deduplication of this.keys.values()) {
			if (taken.length === size) break;
			if (isFree(deduplication.mark)) takeOne(deduplication);
		}
		return taken;
	}

	/** Has keys wait again, before all others. */
	putBack(keys: readonly Deduplication[]): void {
		this.keys = new Map([...keys.map((deduplication) => [deduplication.mark, deduplication] as const), ...this.keys]);
	}
}
