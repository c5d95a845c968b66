import { randomUUID } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { GatewayState } from '../../gateway/state';
import { markQueueOf } from './markQueue';
import type { MarkDatabase, MarkQueue } from './markQueue';
import { nodeDatabase, storeName } from './nodeDatabase';

/** What is to be written once keys have ended: marks to add, and to take back. */
export interface MarkChange {
	record: string[];
	remove: string[];
	/** The marks that must be there afterwards. */
	keep: string[];
	/** Whether the key counts as saved from now on, whichever process writes these marks once more. */
	isSaved: boolean;
}

/** So often marks are written again that another process has written over. */
const ROUNDS = 10;

/** So often a look is tried again that n8n's database has refused. */
const ATTEMPTS = 3;

/**
 * The marks of a node, as one run writes them. n8n's store is one row that is read and written back without a lock: a process
 * that has read it before undoes what is written meanwhile. So nothing counts as written before a later look has found it.
 * n8n can only look by adding what is missing. For marks that were taken back that would undo it, so a witness is looked for
 * in their place: a mark without meaning that was taken back in the same write.
 */
export class KeyStore {
	/** Marks without a meaning that are surely in the store. */
	private witnesses: string[] = [];

	private readonly queue: MarkQueue;

	private readonly database: MarkDatabase;

	constructor(queue: MarkQueue, database: MarkDatabase) {
		this.queue = queue;
		this.database = database;
	}

	/**
	 * Adds the marks that are not there yet; returns those that were.
	 *
	 * @throws UnclearStore if it is not known whether they were added, any other error if they surely were not
	 */
	async record(marks: readonly string[]): Promise<string[]> {
		const witness = this.newWitness();
		const all = [...marks, witness];
		const there = await this.add(all, witness);
		// They were written; if they cannot be found although they were written again and again, the end of the run will say so.
		await this.keep(all).catch(() => undefined);
		this.witnesses.push(witness);
		return marks.filter((mark) => there.has(mark));
	}

	/** Adds the marks that are not there yet and returns those that were; `unique` is one that was never written before. */
	async add(marks: readonly string[], unique: string): Promise<ReadonlySet<string>> {
		return await this.queue.add(this.database, marks, unique);
	}

	/** Adds marks until a later look finds all of them. */
	async keep(marks: readonly string[]): Promise<void> {
		if (marks.length === 0) return;
		await this.inRounds(async () => await this.holds(marks));
	}

	/** Adds marks until a look finds all of them that other processes cannot have undone since: theirs have ended by then. */
	async keepAmongOthers(marks: readonly string[]): Promise<void> {
		await this.inRounds(async () => {
			await this.queue.untilOthersHaveWritten();
			return await this.holds(marks);
		});
	}

	/** Writes how keys ended; `confirmed` resolves when a later look has found it so. */
	async end(endings: readonly MarkChange[]): Promise<{ confirmed: Promise<void> }> {
		const all = (name: 'record' | 'remove' | 'keep') => endings.flatMap((ending) => ending[name]);
		const [record, remove, keep] = [all('record'), all('remove'), all('keep')];
		if (record.length > 0) await this.queue.add(this.database, record);
		const taken = this.witnesses;
		this.witnesses = [];
		let isWritten = false;
		try {
			if (remove.length + taken.length > 0) await this.queue.remove(this.database, [...remove, ...taken]);
			isWritten = true;
		} finally {
			if (!isWritten) this.witnesses.push(...taken);
		}
		return { confirmed: this.confirm(remove, keep, taken[0]) };
	}

	/** @param known a witness that was taken back together with the marks; without one they are taken back once more with a new one */
	private async confirm(remove: readonly string[], keep: readonly string[], known: string | undefined): Promise<void> {
		const witness = known ?? this.newWitness();
		if (known === undefined) {
			await this.keep([witness]);
			await this.queue.remove(this.database, [...remove, witness]);
		}
		await this.inRounds(async () => {
			await this.queue.untilOthersHaveWritten();
			const there = await this.look([...keep, witness]);
			const isTakenBack = !there.has(witness);
			await this.queue.remove(this.database, isTakenBack ? [witness] : [...remove, witness]);
			return isTakenBack && keep.every((mark) => there.has(mark));
		});
	}

	private async inRounds(isDone: () => Promise<boolean>): Promise<void> {
		for (let round = 1; round <= ROUNDS; round++) if (await isDone()) return;
		throw new Error('other processes have written over them again and again');
	}

	/** Whether all of these marks are there; what is not is added. */
	private async holds(marks: readonly string[]): Promise<boolean> {
		const there = await this.look(marks);
		return marks.every((mark) => there.has(mark));
	}

	/** What is there of these marks; what is not is added. */
	private async look(marks: readonly string[]): Promise<ReadonlySet<string>> {
		for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
			const there = await this.queue.add(this.database, marks).catch(() => undefined);
			if (there) return there;
		}
		return await this.queue.add(this.database, marks);
	}

	private newWitness(): string {
		return `witness:${randomUUID()}`;
	}
}

/** The store of the node that runs. */
export function keyStoreOf(context: IExecuteFunctions, state: GatewayState): KeyStore {
	return new KeyStore(markQueueOf(state, storeName(context)), nodeDatabase(context));
}
