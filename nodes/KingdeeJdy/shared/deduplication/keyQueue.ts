import type { Unique } from '../contract/operation';

/** Keys that a run will ask for, in order. */
export class WaitingKeys {
	private keys: Map<string, Unique>;

	/** @param keys each once */
	constructor(keys: readonly Unique[]) {
		this.keys = new Map(keys.map((unique) => [unique.mark, unique]));
	}

	/** Takes up to so many of those that are free out of the waiting ones; before them the one that is asked for, free or not. */
	take(asked: string, size: number, isFree: (mark: string) => boolean): Unique[] {
		const taken: Unique[] = [];
		const takeOne = (unique: Unique) => {
			this.keys.delete(unique.mark);
			taken.push(unique);
		};
		const first = this.keys.get(asked);
		if (first) takeOne(first);
		for (const unique of this.keys.values()) {
			if (taken.length === size) break;
			if (isFree(unique.mark)) takeOne(unique);
		}
		return taken;
	}

	/** Has keys wait again, before all others. */
	putBack(keys: readonly Unique[]): void {
		this.keys = new Map([...keys.map((unique) => [unique.mark, unique] as const), ...this.keys]);
	}
}
