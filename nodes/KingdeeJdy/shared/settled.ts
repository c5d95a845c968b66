import type { Change } from './keyMarks';
import type { MarkStore } from './marks';

/** Keys that have ended, until the store says so: `T` is what stands for one. */
export class Settled<T> {
	private waiting: Array<{ key: T; change: Change }> = [];

	private writing: Promise<void> = Promise.resolve();

	private readonly store: MarkStore;

	private readonly whenWritten: (key: T) => void;

	/** @param whenWritten called for each key once its marks are written */
	constructor(store: MarkStore, whenWritten: (key: T) => void) {
		this.store = store;
		this.whenWritten = whenWritten;
	}

	add(key: T, change: Change): void {
		this.waiting.push({ key, change });
	}

	/** Those whose marks are still to be written. */
	get keys(): T[] {
		return this.waiting.map(({ key }) => key);
	}

	/** Writes what is waiting, one time after the other; what cannot be written stays for the next time. */
	async flush(): Promise<void> {
		this.writing = this.writing.catch(() => undefined).then(async () => await this.write());
		await this.writing;
	}

	private async write(): Promise<void> {
		const written = this.waiting;
		this.waiting = [];
		const [recorded, removed] = [written.flatMap(({ change }) => change.record), written.flatMap(({ change }) => change.remove)];
		let isWritten = false;
		try {
			if (recorded.length > 0) await this.store.record(recorded);
			if (removed.length > 0) await this.store.remove(removed);
			isWritten = true;
		} finally {
			if (!isWritten) this.waiting.unshift(...written);
		}
		for (const { key } of written) this.whenWritten(key);
	}
}
