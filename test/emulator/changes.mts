import { demoAccount } from './accounts.mts';
import type { Account } from './accounts.mts';
import type { Fields } from './calls.mts';
import type { Gateway } from './gateway.mts';

interface Due {
	atMs: number;
	act: () => void;
}

export interface When {
	/** How long it takes until lists show it; it is stamped now. @default 0 */
	lateMs?: number;
	/** How far the clock that stamps it is ahead. @default 0 */
	aheadMs?: number;
	/** Whether what is new has a time of modification as well. @default true */
	isModified?: boolean;
}

/** IDs that no save gives. */
const FIRST_ID = 1_750_000_000_000_000_001n;

const isStandard = (kind: string): boolean => kind.includes('.');

/** What people do to the books who work in JDY itself: nobody's call makes these changes. Time is that of the emulator. */
export class Changes {
	readonly #gateway: Gateway;
	readonly #account: Account;
	#due: Due[] = [];
	#made = 0;
	/** When the last change of a record shows: those of one record show in their order. */
	readonly #shownAt = new Map<string, number>();

	constructor(gateway: Gateway, account: Account = demoAccount) {
		this.#gateway = gateway;
		this.#account = account;
	}

	get #now(): number {
		return this.#gateway.settings.now();
	}

	/** How many changes do not show yet. */
	get waiting(): number {
		return this.#due.length;
	}

	/** @param kind an entity of the standard API, e.g. `scm.sal_order`, or the code of a custom document type */
	create(kind: string, data: Fields, { lateMs = 0, aheadMs = 0, isModified = true }: When = {}): { id: string; showsAtMs: number } {
		if (!isStandard(kind)) {
			const { all } = this.#gateway.documents;
			const id = String(FIRST_ID + BigInt(this.#made++));
			return { id, showsAtMs: this.#later(id, lateMs, () => void all.push({ id, accountId: this.#account.accountId, bizType: kind, data, isAudited: false })) };
		}
		const made = this.#gateway.records.make(this.#account, kind, data);
		const record = { ...made, createdMs: made.createdMs + aheadMs, modifiedMs: isModified ? made.modifiedMs + aheadMs : NaN };
		return { id: record.id, showsAtMs: this.#later(record.id, lateMs, () => this.#gateway.records.add(this.#account, record)) };
	}

	/** Changes fields of a record, which may not show yet itself. */
	change(kind: string, id: string, data: Fields, { lateMs = 0, aheadMs = 0 }: When = {}): { showsAtMs: number } {
		const modifiedMs = this.#now + aheadMs;
		const act = () => {
			const found = this.#find(kind, id);
			if (found) Object.assign(found, { data: { ...found.data, ...data }, modifiedMs });
		};
		return { showsAtMs: this.#later(id, lateMs, act) };
	}

	/** @returns whether it was there */
	remove(kind: string, id: string): boolean {
		if (isStandard(kind)) {
			const record = this.#gateway.records.find(this.#account, kind, { id });
			if (record) this.#gateway.records.remove(this.#account, record);
			return record !== undefined;
		}
		const { all } = this.#gateway.documents;
		const index = all.findIndex((document) => document.id === id && document.bizType === kind);
		if (index !== -1) all.splice(index, 1);
		return index !== -1;
	}

	/** Lets everything show that is due by now. */
	arrive(): void {
		const due = this.#due.filter(({ atMs }) => atMs <= this.#now);
		this.#due = this.#due.filter(({ atMs }) => atMs > this.#now);
		for (const { act } of due.sort((a, b) => a.atMs - b.atMs)) act();
	}

	#find(kind: string, id: string): { data: Fields } | undefined {
		if (isStandard(kind)) return this.#gateway.records.find(this.#account, kind, { id });
		return this.#gateway.documents.all.find((document) => document.id === id && document.bizType === kind);
	}

	#later(id: string, lateMs: number, act: () => void): number {
		const atMs = Math.max(this.#now + lateMs, this.#shownAt.get(id) ?? 0);
		this.#shownAt.set(id, atMs);
		this.#due.push({ atMs, act });
		this.arrive();
		return atMs;
	}
}
