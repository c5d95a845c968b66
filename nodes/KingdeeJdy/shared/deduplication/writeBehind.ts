import type { KeyStore, MarkChange } from './keyStore';

interface PendingWrite<T> {
	key: T;
	ending: MarkChange;
}

/** Those of 500 keys: older ones have been there for longer than another process can have held the row. */
const LATE_MARKS = 1_000;

/** Keys that have ended, until the store says so: `T` is what stands for one. */
export class WriteBehind<T> {
	private waiting: Array<PendingWrite<T>> = [];

	private writing: Promise<void> = Promise.resolve();

	/** Looks that are to find what was written. */
	private readonly looks = new Set<Promise<void>>();

	/** The marks of keys that count as saved, by the time at which they were found. */
	private readonly found: string[][] = [];

	private readonly store: KeyStore;

	private readonly letGo: (key: T) => void;

	/** @param letGo called for each key once others may have it */
	constructor(store: KeyStore, letGo: (key: T) => void) {
		this.store = store;
		this.letGo = letGo;
	}

	add(key: T, ending: MarkChange): void {
		this.waiting.push({ key, ending });
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

	/** Resolves when all that is waiting now has been written, and a later look has found it so. */
	async confirm(): Promise<void> {
		await this.flush();
		await Promise.all(this.looks);
	}

	/** Writes what is waiting, and looks once more for the marks of keys that were saved of late. */
	async close(): Promise<void> {
		await this.confirm();
		// The last ones have just been found.
		await this.store.keep(this.found.slice(0, -1).flat().slice(-LATE_MARKS));
	}

	private async write(): Promise<void> {
		const ended = this.waiting;
		if (ended.length === 0) return;
		this.waiting = [];
		let isWritten = false;
		try {
			const { confirmed } = await this.store.end(ended.map(({ ending }) => ending));
			const look: Promise<void> = confirmed.then(() => this.confirmed(ended)).finally(() => this.looks.delete(look));
			this.looks.add(look);
			look.catch(() => this.waiting.unshift(...ended));
			isWritten = true;
		} finally {
			if (!isWritten) this.waiting.unshift(...ended);
		}
		// Saved keys mean the same to every run. For the others, a run that had one would write the marks that are looked for.
		for (const { key, ending } of ended) if (ending.isSaved) this.letGo(key);
	}

	private confirmed(ended: ReadonlyArray<PendingWrite<T>>): void {
		this.found.push(ended.flatMap(({ ending }) => (ending.isSaved ? ending.keep : [])));
		for (const { key } of ended) this.letGo(key);
	}
}
