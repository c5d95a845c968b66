import type { GatewayState } from '../../gateway/state';
import type { Deduplication } from '../contract/operation';
import { addRun, removeRun, wasJustLeftUnknown } from './concurrentRuns';
import type { ConcurrentRun } from './deduplicationState';
import { KeyLocks } from './keyLocks';
import { changeFor, earlierStateOf, hasSameData, marksOf, untouched } from './keyMarks';
import type { Settlement } from './keyMarks';
import { KeyQueue } from './keyQueue';
import type { KeyStore } from './keyStore';
import { BATCH, UnclearStore } from './nodeDatabase';
import { WriteBehind } from './writeBehind';

/** What is known about a key: send it, or what an earlier run made of it. */
type Admission = 'send' | 'savedEarlier' | 'savedOtherData' | 'unknownEarlier' | 'unknownNow' | 'unclear' | 'stopped';

/** A key that this run holds, so that no other run of the process sends it meanwhile. */
interface HeldKey {
	deduplication: Deduplication;
	admission: Admission;
	/** The marks that were there before this run wrote its own. */
	before: ReadonlySet<string>;
	isHandedOut: boolean;
	isWanted: boolean;
	/** Whether it has ended, so that only its marks are still to be written. */
	isSettled: boolean;
	/** Lets other runs have it. */
	release: () => void;
}

/** Keys whose marks are being written together. */
interface Batch {
	/** The one that was asked for. */
	first: string;
	marks: ReadonlySet<string>;
	written: Promise<void>;
}

/**
 * Writes the marks of keys and says what earlier runs made of them.
 *
 * Before an item is sent, three marks are written: `seen`, `open` and `data`. `open` is taken back after a save, all three
 * after a definite refusal, none if the outcome is unknown. So `seen` alone means saved, and a crash errs to unknown,
 * never to saved. A key that another run of this process holds is waited for: its marks say nothing yet. One that a run
 * under way at the same time left unknown is no earlier unknown: no user can have looked at it in JDY.
 */
export class KeySession {
	private readonly queue: KeyQueue;

	private readonly keyLocks: KeyLocks;

	private readonly held = new Map<string, HeldKey>();

	/** Keys that need no lock: an earlier run has saved them, or it is not known. */
	private readonly known = new Map<string, Admission>();

	private readonly writeBehind: WriteBehind<HeldKey>;

	/** Keys that were released and stay held until their marks are gone: no run may send them before. */
	private readonly leaving = new Set<string>();

	private batch: Batch | undefined;

	/** Keys that an item under way is waiting for. */
	private readonly asked = new Set<string>();

	private readonly run: ConcurrentRun;

	private readonly store: KeyStore;

	private readonly state: GatewayState;

	private readonly storeName: string;

	/**
	 * @param storeName what names the store in this process
	 * @param keys that will be asked for, each once, in that order
	 */
	constructor(store: KeyStore, state: GatewayState, storeName: string, keys: readonly Deduplication[]) {
		this.store = store;
		this.writeBehind = new WriteBehind(store, (held) => this.release(held));
		this.state = state;
		this.storeName = storeName;
		this.queue = new KeyQueue(keys);
		this.keyLocks = new KeyLocks(state, storeName);
		this.run = addRun(state, storeName);
	}

	/** Marks this key and the next ones, and says what earlier runs made of it. */
	async admit({ mark }: Deduplication, signal: AbortSignal): Promise<Admission> {
		this.asked.add(mark);
		try {
			return await this.admitAsked(mark, signal);
		} finally {
			this.asked.delete(mark);
		}
	}

	private async admitAsked(mark: string, signal: AbortSignal): Promise<Admission> {
		for (;;) {
			const known = this.known.get(mark);
			if (known) return known;
			const held = this.held.get(mark);
			if (held) {
				held.isHandedOut = true;
				return held.admission;
			}
			if (signal.aborted) return 'stopped';
			if (this.leaving.has(mark)) {
				await this.writeBehind.confirm();
				continue;
			}
			if (!this.batch?.marks.has(mark) && this.keyLocks.isTaken(mark)) {
				await this.keyLocks.waitFor(mark, signal);
				continue;
			}
			// One batch at a time, for all items under way; one that fails is not the fault of the next.
			const { first, written } = (this.batch ??= this.begin(mark));
			await (first === mark ? written : written.catch(() => undefined));
		}
	}

	/** Whether the run that left a key unknown had the same data for it. */
	hadSameData(deduplication: Deduplication): boolean {
		const held = this.held.get(deduplication.mark);
		return !held || hasSameData(deduplication, held.before);
	}

	/** Takes down how a key that was admitted ended; only its first end counts. */
	async settle({ mark }: Deduplication, settlement: Settlement): Promise<void> {
		const held = this.held.get(mark);
		if (!held || held.isSettled) return;
		if (settlement === 'unknown') this.run.leftUnknown.add(mark);
		held.isSettled = true;
		this.writeBehind.add(held, changeFor(held.deduplication, settlement, held.before));
		if (held.isWanted) await this.writeBehind.flush();
	}

	/** Takes back the marks of everything that was not sent after all, and releases all keys. */
	async close(): Promise<void> {
		try {
			this.giveBack([...this.held.values()].filter(({ isHandedOut, isSettled }) => !isHandedOut && !isSettled));
			await this.writeBehind.close();
		} finally {
			// What could not be written looks unknown, and that is not an earlier unknown for those who run beside.
			for (const held of new Set([...this.writeBehind.keys, ...this.held.values()])) {
				this.run.leftUnknown.add(held.deduplication.mark);
				this.release(held);
			}
			removeRun(this.state, this.storeName, this.run);
		}
	}

	/** Releases keys that no item has got: they surely were not sent. */
	private giveBack(unused: readonly HeldKey[]): void {
		for (const held of unused) {
			const { deduplication, before } = held;
			this.writeBehind.add(held, untouched(deduplication, before));
			this.held.delete(deduplication.mark);
			this.leaving.add(deduplication.mark);
		}
		this.queue.putBack(unused.map(({ deduplication }) => deduplication));
	}

	/**
	 * Yields a key to another run as soon as possible: at once if it has ended or no item here has asked for it yet. Otherwise
	 * the item that has it ends without waiting for any other key, so that runs never wait for each other in a circle.
	 */
	private yieldKey(held: HeldKey): void {
		const { mark } = held.deduplication;
		held.isWanted = true;
		const isUnused = this.held.get(mark) === held && !held.isHandedOut && !held.isSettled && !this.asked.has(mark);
		if (isUnused) this.giveBack([held]);
		// What cannot be written now is written the next time somebody asks, or when the run closes.
		if (isUnused || this.writeBehind.keys.includes(held)) this.writeBehind.flush().catch(() => undefined);
	}

	/** Takes free keys out of the waiting ones, first the one that is asked for. */
	private take(first: string): HeldKey[] {
		return this.queue
			.take(first, BATCH, (mark) => !this.keyLocks.isTaken(mark))
			.map((deduplication) => {
				const held: HeldKey = {
					deduplication,
					admission: 'send',
					before: new Set(),
					isHandedOut: false,
					isWanted: false,
					isSettled: false,
					release: this.keyLocks.take(deduplication.mark, () => this.yieldKey(held)),
				};
				return held;
			});
	}

	private begin(first: string): Batch {
		const batch = this.take(first);
		const written = this.admitBatch(batch, first).finally(() => {
			this.batch = undefined;
		});
		return { first, marks: new Set(batch.map(({ deduplication }) => deduplication.mark)), written };
	}

	private async admitBatch(batch: readonly HeldKey[], first: string): Promise<void> {
		const write = async () => {
			await this.writeBehind.flush();
			return await this.store.record(batch.flatMap(({ deduplication }) => marksOf(deduplication)));
		};
		const before = await write().catch((error: unknown) => {
			this.drop(batch, first, error instanceof UnclearStore);
			if (!(error instanceof UnclearStore)) throw error;
			return undefined;
		});
		if (before) for (const entry of batch) this.judge(entry, new Set(before));
	}

	/** Releases keys whose marks could not be written; all but the first are tried again, unless it is not known. */
	private drop(batch: readonly HeldKey[], first: string, isUnclear: boolean): void {
		for (const { deduplication, release } of batch) {
			if (isUnclear) {
				this.known.set(deduplication.mark, 'unclear');
				// Its marks may now say unknown, whatever they said before.
				this.run.leftUnknown.add(deduplication.mark);
			}
			release();
		}
		const others = batch.map(({ deduplication }) => deduplication).filter(({ mark }) => !isUnclear && mark !== first);
		this.queue.putBack(others);
	}

	/** What the marks that were there before say of a key; one that is not to be sent is released at once. */
	private judge(entry: HeldKey, before: ReadonlySet<string>): void {
		const { deduplication } = entry;
		const known = earlierStateOf(deduplication, before);
		this.held.set(deduplication.mark, entry);
		entry.before = before;
		if (known === 'unknown') entry.admission = wasJustLeftUnknown(this.run, deduplication.mark) ? 'unknownNow' : 'unknownEarlier';
		else if (known !== 'nothing') {
			this.known.set(deduplication.mark, known);
			entry.isSettled = true;
			this.writeBehind.add(entry, untouched(deduplication, before));
		}
		// Asked for while its marks were being written.
		if (entry.isWanted) this.yieldKey(entry);
	}

	private release(held: HeldKey): void {
		const { mark } = held.deduplication;
		this.leaving.delete(mark);
		if (this.held.get(mark) === held) this.held.delete(mark);
		held.release();
	}
}
