import type { Memory } from '../gateway/memory';
import { unlessAborted } from '../gateway/transport/timing';
import { BATCH, UnclearStore } from './marks';
import type { MarkStore } from './marks';
import type { Unique } from './plan';

/** What is known about a key: send it, or what an earlier run made of it. */
export type Admission = 'send' | 'savedEarlier' | 'savedOtherData' | 'unknownEarlier' | 'unknownNow' | 'unclear' | 'stopped';

/** How an item that was admitted ended; `savedEarlier`: it did not go out, and what an earlier run left unknown is in JDY. */
export type Settlement = 'saved' | 'savedEarlier' | 'notSaved' | 'unknown';

/** `seen` is written first, so that it is also the first to be forgotten: `open` alone still means unknown. */
const seen = ({ mark }: Unique) => `seen:${mark}`;
const open = ({ mark }: Unique) => `open:${mark}`;
/** Key and data belonged together. */
const data = ({ mark, digest }: Unique) => `data:${mark}:${digest}`;

const marksOf = (unique: Unique) => [seen(unique), open(unique), data(unique)];

/** A key that this run holds, so that no other run of the process sends it meanwhile. */
interface Held {
	unique: Unique;
	admission: Admission;
	/** The marks that were there before this run wrote its own. */
	before: ReadonlySet<string>;
	isHandedOut: boolean;
	isWanted: boolean;
	release: () => void;
}

/**
 * Writes the marks of keys and says what earlier runs made of them.
 *
 * Before an item is sent, three marks are written: `seen`, `open` and `data`. `open` is taken back after a save, all three
 * after a definite refusal, none where the outcome is unknown. So `seen` alone means saved, and a crash errs to unknown,
 * never to saved. A key that another run of this process holds is waited for: its marks say nothing yet.
 */
export class Admissions {
	/** Keys that this run will ask for, in order. */
	private waiting: Map<string, Unique>;

	private readonly held = new Map<string, Held>();

	/** Keys that need no hold: an earlier run has saved them, or nobody knows. */
	private readonly known = new Map<string, Admission>();

	private toRecord: string[] = [];

	private toRemove: string[] = [];

	/** Settled keys whose marks are still to be written. */
	private settled: string[] = [];

	/** The keys whose marks are being written. */
	private batch: { marks: ReadonlySet<string>; written: Promise<void> } | undefined;

	private readonly store: MarkStore;

	private readonly memory: Memory;

	private readonly storeName: string;

	/**
	 * @param storeName what names the store in this process
	 * @param keys that will be asked for, each once, in that order
	 */
	constructor(store: MarkStore, memory: Memory, storeName: string, keys: readonly Unique[]) {
		this.store = store;
		this.memory = memory;
		this.storeName = storeName;
		this.waiting = new Map(keys.map((unique) => [unique.mark, unique]));
	}

	/** Marks this key and the next ones, and says what earlier runs made of it. */
	async admit({ mark }: Unique, signal: AbortSignal): Promise<Admission> {
		let hasWaited = false;
		for (;;) {
			const known = this.known.get(mark);
			if (known) return known;
			const held = this.held.get(mark);
			if (held) {
				held.isHandedOut = true;
				// Another run has just left it unknown: that is no earlier unknown, which the user could have looked at.
				return hasWaited && held.admission === 'unknownEarlier' ? 'unknownNow' : held.admission;
			}
			if (signal.aborted) return 'stopped';
			const other = this.batch?.marks.has(mark) ? undefined : this.memory.claims.get(this.claimOf(mark));
			if (other) {
				hasWaited = true;
				// Two runs that wait for each other must not hold what the other one wants.
				await this.giveBack();
				other.wanted();
				await unlessAborted(other.released, signal, () => undefined);
				continue;
			}
			// One batch at a time, for all items under way; one that fails is not the fault of the next.
			this.batch ??= this.begin(mark);
			await this.batch.written;
		}
	}

	/** Whether the run that left a key unknown had the same data for it. */
	hadSameData(unique: Unique): boolean {
		return this.held.get(unique.mark)?.before.has(data(unique)) ?? true;
	}

	/** Takes down how a key that was admitted ended. */
	async settle({ mark }: Unique, settlement: Settlement): Promise<void> {
		const held = this.held.get(mark);
		if (!held) return;
		const { unique, admission, before } = held;
		const wasUnknown = admission === 'unknownEarlier';
		if (settlement === 'saved') {
			this.toRemove.push(open(unique));
			// A worker that closed meanwhile may have taken them back.
			if (wasUnknown) this.toRecord.push(seen(unique), data(unique));
		} else if (settlement === 'savedEarlier') {
			const hadSameData = before.has(data(unique));
			this.toRemove.push(open(unique), ...(hadSameData ? [] : [data(unique)]));
			this.toRecord.push(seen(unique), ...(hadSameData ? [data(unique)] : []));
		} else if (settlement === 'notSaved' && !wasUnknown) this.toRemove.push(...marksOf(unique));
		// The earlier run may have saved it: that stays unknown, however this one ended.
		else if (settlement === 'notSaved' && !before.has(data(unique))) this.toRemove.push(data(unique));
		this.settled.push(mark);
		if (held.isWanted) await this.flush();
	}

	/** Takes back the marks of everything that was not sent after all, and lets go of all keys. */
	async close(): Promise<void> {
		try {
			await this.giveBack();
			await this.flush();
		} finally {
			for (const mark of [...this.held.keys()]) this.release(mark);
		}
	}

	/** Gives back what nobody has asked for yet: it surely did not go out. */
	private async giveBack(): Promise<void> {
		const unused = [...this.held.values()].filter(({ unique, isHandedOut }) => !isHandedOut && !this.known.has(unique.mark));
		if (unused.length === 0) return;
		for (const { unique, admission, before } of unused) {
			this.toRemove.push(...(admission === 'send' ? marksOf(unique) : [data(unique)].filter((mark) => !before.has(mark))));
			this.settled.push(unique.mark);
		}
		await this.flush();
		this.waiting = new Map([...unused.map(({ unique }) => [unique.mark, unique] as const), ...this.waiting]);
	}

	private claimOf(mark: string): string {
		return `${this.storeName} ${mark}`;
	}

	/** Takes free keys out of the waiting ones, first the one that is asked for. */
	private take(first: string): Held[] {
		const batch: Held[] = [];
		const takeOne = (unique: Unique) => {
			const { promise, resolve } = Promise.withResolvers<void>();
			const held: Held = { unique, admission: 'send', before: new Set(), isHandedOut: false, isWanted: false, release: resolve };
			const wanted = () => {
				held.isWanted = true;
				// What cannot be written now is written when the run closes.
				if (this.settled.includes(unique.mark)) this.flush().catch(() => undefined);
			};
			this.waiting.delete(unique.mark);
			this.memory.claims.set(this.claimOf(unique.mark), { released: promise, wanted });
			batch.push(held);
		};
		const asked = this.waiting.get(first);
		if (asked) takeOne(asked);
		for (const unique of this.waiting.values()) {
			if (batch.length === BATCH) break;
			if (!this.memory.claims.has(this.claimOf(unique.mark))) takeOne(unique);
		}
		return batch;
	}

	private begin(first: string): { marks: ReadonlySet<string>; written: Promise<void> } {
		const batch = this.take(first);
		const written = this.admitBatch(batch, first).finally(() => {
			this.batch = undefined;
		});
		return { marks: new Set(batch.map(({ unique }) => unique.mark)), written };
	}

	private async admitBatch(batch: readonly Held[], first: string): Promise<void> {
		const write = async () => {
			await this.flush();
			return await this.store.record(batch.flatMap(({ unique }) => marksOf(unique)));
		};
		const before = await write().catch((error: unknown) => {
			this.drop(batch, first, error instanceof UnclearStore);
			if (!(error instanceof UnclearStore)) throw error;
			return undefined;
		});
		if (before) for (const entry of batch) this.judge(entry, new Set(before));
	}

	/** Lets go of keys whose marks could not be written; all but the first are tried again, unless nobody knows. */
	private drop(batch: readonly Held[], first: string, isUnclear: boolean): void {
		for (const { unique, release } of batch) {
			this.memory.claims.delete(this.claimOf(unique.mark));
			if (isUnclear) this.known.set(unique.mark, 'unclear');
			release();
		}
		const others = batch.filter(({ unique }) => !isUnclear && unique.mark !== first);
		this.waiting = new Map([...others.map(({ unique }) => [unique.mark, unique] as const), ...this.waiting]);
	}

	/** What the marks that were there before say of a key; one that goes nowhere is let go at once. */
	private judge(entry: Held, before: ReadonlySet<string>): void {
		const { unique } = entry;
		this.held.set(unique.mark, entry);
		entry.before = before;
		if (before.has(open(unique))) entry.admission = 'unknownEarlier';
		else if (before.has(seen(unique))) {
			const hasSameData = before.has(data(unique));
			this.known.set(unique.mark, hasSameData ? 'savedEarlier' : 'savedOtherData');
			// The marks just made are taken back: the key stays what it was.
			this.toRemove.push(open(unique), ...(hasSameData ? [] : [data(unique)]));
			this.settled.push(unique.mark);
		}
	}

	/** Writes what has been settled; what cannot be written stays for the next time. */
	private async flush(): Promise<void> {
		const [recorded, removed, settled] = [this.toRecord, this.toRemove, this.settled];
		[this.toRecord, this.toRemove, this.settled] = [[], [], []];
		let isWritten = false;
		try {
			if (recorded.length > 0) await this.store.record(recorded);
			if (removed.length > 0) await this.store.remove(removed);
			isWritten = true;
		} finally {
			if (!isWritten) {
				this.toRecord.unshift(...recorded);
				this.toRemove.unshift(...removed);
				this.settled.unshift(...settled);
			}
		}
		for (const mark of settled) this.release(mark);
	}

	private release(mark: string): void {
		const held = this.held.get(mark);
		this.held.delete(mark);
		this.memory.claims.delete(this.claimOf(mark));
		held?.release();
	}
}
