import type { Fields } from '../calls.mts';
import type { Account, Settings } from '../settings.mts';
import { RecordIndex } from './recordIndex.mts';

/** Something that was saved by a call of the standard API, or that stood there from the start. */
export interface JdyRecord {
	id: string;
	number: string;
	accountId: string;
	/** E.g. `scm.sal_order`. */
	entity: string;
	/** As they were sent, with the digits of their numbers. */
	data: Fields;
	/** What JDY adds to them where it shows them; `data` counts where both have a field. */
	derived?: Fields;
	createdMs: number;
	/** NaN: it was never modified. */
	modifiedMs: number;
	isAudited: boolean;
	isClosed: boolean;
	isVoid: boolean;
	/** It was made up to fill a list that nobody can fill by a save. */
	isFiller?: boolean;
}

/** Fills the books of an account before they are first used. */
export type Seed = (records: RecordStore, account: Account) => void;

const FIRST_ID = 1_800_000_000_000_000_001n;

/** The records of the standard API, of all accounts. */
export class RecordStore {
	readonly #settings: Settings;
	readonly #byKind = new Map<string, JdyRecord[]>();
	readonly #indexes = new WeakMap<JdyRecord[], RecordIndex>();
	readonly #seeded = new Set<string>();
	readonly #once = new Map<string, JdyRecord | undefined>();
	readonly #seed: Seed;
	/** Actions that were done, in their order. */
	readonly actions: Array<{ accountId: string; path: string; body: unknown }> = [];
	#ids = 0n;

	constructor(settings: Settings, seed: Seed = () => undefined) {
		this.#settings = settings;
		this.#seed = seed;
	}

	get all(): JdyRecord[] {
		return [...this.#byKind.values()].flat();
	}

	/** The records themselves: what is changed here is changed in the books. */
	of(account: Account, entity: string): JdyRecord[] {
		if (!this.#seeded.has(account.accountId)) {
			this.#seeded.add(account.accountId);
			this.#seed(this, account);
		}
		const key = `${account.accountId} ${entity}`;
		const found = this.#byKind.get(key) ?? [];
		this.#byKind.set(key, found);
		return found;
	}

	/** How many records an account has, of all kinds. */
	countOf(account: Account): number {
		return this.all.filter(({ accountId }) => accountId === account.accountId).length;
	}

	find(account: Account, entity: string, name: { id?: unknown; number?: unknown }): JdyRecord | undefined {
		return (name.id === undefined ? this.named(account, entity, 'number', name.number) : this.named(account, entity, 'id', name.id))[0];
	}

	/** All records of an ID, or of a number, which several may have. */
	named(account: Account, entity: string, by: 'id' | 'number', value: unknown): JdyRecord[] {
		const records = this.of(account, entity);
		const index = this.#indexes.get(records) ?? new RecordIndex(records);
		this.#indexes.set(records, index);
		return index.named(by, value);
	}

	/** A record that is not in the books yet. */
	make(account: Account, entity: string, data: Fields, number?: string): JdyRecord {
		const id = String(FIRST_ID + this.#ids++);
		const now = this.#settings.now();
		const made = `${(entity.split('.')[1] ?? entity).toUpperCase()}-${id.slice(-6)}`;
		return { id, number: number ?? made, accountId: account.accountId, entity, data, createdMs: now, modifiedMs: now, isAudited: false, isClosed: false, isVoid: false };
	}

	add(account: Account, record: JdyRecord): JdyRecord {
		this.of(account, record.entity).push(record);
		return record;
	}

	remove(account: Account, record: JdyRecord): void {
		const records = this.of(account, record.entity);
		records.splice(records.indexOf(record), 1);
		this.#indexes.delete(records);
	}

	/** What an idempotency field was first used for; undefined: it was not. */
	usedBy(account: Account, path: string, value: string): { record: JdyRecord | undefined } | undefined {
		const key = `${account.accountId} ${path} ${value}`;
		return this.#once.has(key) ? { record: this.#once.get(key) } : undefined;
	}

	use(account: Account, path: string, value: string, record?: JdyRecord): void {
		this.#once.set(`${account.accountId} ${path} ${value}`, record);
	}
}
