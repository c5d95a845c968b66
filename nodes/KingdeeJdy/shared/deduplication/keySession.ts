import type { KeyRun, Memory } from '../../gateway/state';
import type { Unique } from '../contract/operation';
import { enterRun, leaveRun, wasJustLeftUnknown } from './concurrentRuns';
import { Claims } from './keyLocks';
import { changeFor, hasSameData, knownOf, marksOf, untouched } from './keyMarks';
import type { Settlement } from './keyMarks';
import { WaitingKeys } from './keyQueue';
import type { KeyStore } from './keyStore';
import { BATCH, UnclearStore } from './nodeDatabase';
import { Settled } from './writeBehind';

/** What is known about a key: send it, or what an earlier run made of it. */
export type Admission = 'send' | 'savedEarlier' | 'savedOtherData' | 'unknownEarlier' | 'unknownNow' | 'unclear' | 'stopped';

/** A key that this run holds, so that no other run of the process sends it meanwhile. */
interface Held {
	unique: Unique;
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
 * after a definite refusal, none where the outcome is unknown. So `seen` alone means saved, and a crash errs to unknown,
 * never to saved. A key that another run of this process holds is waited for: its marks say nothing yet. One that a run
 * under way at the same time left unknown is no earlier unknown: nobody can have looked at it in JDY.
 */
export class Admissions {
	private readonly waiting: WaitingKeys;

	private readonly claims: Claims;

	private readonly held = new Map<string, Held>();

	/** Keys that need no hold: an earlier run has saved them, or nobody knows. */
	private readonly known = new Map<string, Admission>();

	private readonly settled: Settled<Held>;

	/** Keys that were given back and are held until their marks are gone: nobody may send them before. */
	private readonly leaving = new Set<string>();

	private batch: Batch | undefined;

	/** Keys that an item under way is waiting for. */
	private readonly asked = new Set<string>();

	private readonly run: KeyRun;

	private readonly store: KeyStore;

	private readonly memory: Memory;

	private readonly storeName: string;

	/**
	 * @param storeName what names the store in this process
	 * @param keys that will be asked for, each once, in that order
	 */
	constructor(store: KeyStore, memory: Memory, storeName: string, keys: readonly Unique[]) {
		this.store = store;
		this.settled = new Settled(store, (held) => this.release(held));
		this.memory = memory;
		this.storeName = storeName;
		this.waiting = new WaitingKeys(keys);
		this.claims = new Claims(memory, storeName);
		this.run = enterRun(memory, storeName);
	}

	/** Marks this key and the next ones, and says what earlier runs made of it. */
	async admit({ mark }: Unique, signal: AbortSignal): Promise<Admission> {
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
				await this.settled.confirm();
				continue;
			}
			if (!this.batch?.marks.has(mark) && this.claims.isTaken(mark)) {
				await this.claims.waitFor(mark, signal);
				continue;
			}
			// One batch at a time, for all items under way; one that fails is not the fault of the next.
			const { first, written } = (this.batch ??= this.begin(mark));
			await (first === mark ? written : written.catch(() => undefined));
		}
	}

	/** Whether the run that left a key unknown had the same data for it. */
	hadSameData(unique: Unique): boolean {
		const held = this.held.get(unique.mark);
		return !held || hasSameData(unique, held.before);
	}

	/** Takes down how a key that was admitted ended; only its first end counts. */
	async settle({ mark }: Unique, settlement: Settlement): Promise<void> {
		const held = this.held.get(mark);
		if (!held || held.isSettled) return;
		if (settlement === 'unknown') this.run.leftUnknown.add(mark);
		held.isSettled = true;
		this.settled.add(held, changeFor(held.unique, settlement, held.before));
		if (held.isWanted) await this.settled.flush();
	}

	/** Takes back the marks of everything that was not sent after all, and lets go of all keys. */
	async close(): Promise<void> {
		try {
			this.giveBack([...this.held.values()].filter(({ isHandedOut, isSettled }) => !isHandedOut && !isSettled));
			await this.settled.close();
		} finally {
			// What could not be written looks unknown, and that is not an earlier unknown for those who run beside.
			for (const held of new Set([...this.settled.keys, ...this.held.values()])) {
				this.run.leftUnknown.add(held.unique.mark);
				this.release(held);
			}
			leaveRun(this.memory, this.storeName, this.run);
		}
	}

	/** Has keys given back that no item has got: they surely did not go out. */
	private giveBack(unused: readonly Held[]): void {
		for (const held of unused) {
			const { unique, before } = held;
			this.settled.add(held, untouched(unique, before));
			this.held.delete(unique.mark);
			this.leaving.add(unique.mark);
		}
		this.waiting.putBack(unused.map(({ unique }) => unique));
	}

	/**
	 * Lets another run have a key as soon as possible: at once where it has ended or nobody here has asked for it yet. Otherwise
	 * the item that has it ends without waiting for any other key, so that runs never wait for each other in a circle.
	 */
	private yieldKey(held: Held): void {
		const { mark } = held.unique;
		held.isWanted = true;
		const isUnused = this.held.get(mark) === held && !held.isHandedOut && !held.isSettled && !this.asked.has(mark);
		if (isUnused) this.giveBack([held]);
		// What cannot be written now is written the next time somebody asks, or when the run closes.
		if (isUnused || this.settled.keys.includes(held)) this.settled.flush().catch(() => undefined);
	}

	/** Takes free keys out of the waiting ones, first the one that is asked for. */
	private take(first: string): Held[] {
		return this.waiting
			.take(first, BATCH, (mark) => !this.claims.isTaken(mark))
			.map((unique) => {
				const held: Held = {
					unique,
					admission: 'send',
					before: new Set(),
					isHandedOut: false,
					isWanted: false,
					isSettled: false,
					release: this.claims.take(unique.mark, () => this.yieldKey(held)),
				};
				return held;
			});
	}

	private begin(first: string): Batch {
		const batch = this.take(first);
		const written = this.admitBatch(batch, first).finally(() => {
			this.batch = undefined;
		});
		return { first, marks: new Set(batch.map(({ unique }) => unique.mark)), written };
	}

	private async admitBatch(batch: readonly Held[], first: string): Promise<void> {
		const write = async () => {
			await this.settled.flush();
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
			if (isUnclear) {
				this.known.set(unique.mark, 'unclear');
				// Its marks may now say unknown, whatever they said before.
				this.run.leftUnknown.add(unique.mark);
			}
			release();
		}
		const others = batch.map(({ unique }) => unique).filter(({ mark }) => !isUnclear && mark !== first);
		this.waiting.putBack(others);
	}

	/** What the marks that were there before say of a key; one that goes nowhere is let go at once. */
	private judge(entry: Held, before: ReadonlySet<string>): void {
		const { unique } = entry;
		const known = knownOf(unique, before);
		this.held.set(unique.mark, entry);
		entry.before = before;
		if (known === 'unknown') entry.admission = wasJustLeftUnknown(this.run, unique.mark) ? 'unknownNow' : 'unknownEarlier';
		else if (known !== 'nothing') {
			this.known.set(unique.mark, known);
			entry.isSettled = true;
			this.settled.add(entry, untouched(unique, before));
		}
		// Asked for while its marks were being written.
		if (entry.isWanted) this.yieldKey(entry);
	}

	private release(held: Held): void {
		const { mark } = held.unique;
		this.leaving.delete(mark);
		if (this.held.get(mark) === held) this.held.delete(mark);
		held.release();
	}
}
