import type { GatewayState } from '../../gateway/state';
import type { ReferenceKey, ReferenceRow } from '../contract/references';

/** Master data seldom change; what is remembered wrongly costs a refusal of JDY's, after which it is forgotten. */
const LIFETIME_MS = 5 * 60_000;

/** Of all accounts together. */
const MAX_ENTRIES = 50_000;

const SECOND_MS = 1000;

/** A row as it is kept: always with the same fields, and its end in whole seconds, so that V8 takes little for it. */
interface Entry {
	id: string;
	number: string | undefined;
	name: string | undefined;
	defaultUnit: string | undefined;
	fields: ReferenceRow['fields'] | undefined;
	untilS: number;
}

function entryOf({ id, number, name, defaultUnit, fields }: ReferenceRow, nowMs: number): Entry {
	return { id, number, name, defaultUnit, fields, untilS: Math.floor((nowMs + LIFETIME_MS) / SECOND_MS) };
}

function rowOf({ id, number, name, defaultUnit, fields }: Entry): ReferenceRow {
	return {
		id,
		...(number !== undefined && { number }),
		...(name !== undefined && { name }),
		...(defaultUnit !== undefined && { defaultUnit }),
		...(fields !== undefined && { fields }),
	};
}

/** The text of a key, as the row has it where it does: one string for both. */
function sharedText(value: string, { number, name }: Entry): string {
	return [number, name].find((text) => text === value) ?? value;
}

/** What the keys of one account, kind and owner have in common. */
function scopeOf(account: string, { target, by, owner, level }: ReferenceKey): string {
	return JSON.stringify([account, target.name, by, owner ?? null, level ?? null]);
}

/** What the process remembers of the master data of accounts. What was not found is never remembered. */
export class RememberedReferences {
	/** By what the keys have in common, then by their values; oldest first. */
	private readonly entries = new Map<string, Map<string, Entry>>();

	private size = 0;

	get(account: string, key: ReferenceKey, nowMs: number): ReferenceRow | undefined {
		const entry = this.entries.get(scopeOf(account, key))?.get(key.value);
		return entry && entry.untilS * SECOND_MS > nowMs ? rowOf(entry) : undefined;
	}

	keep(account: string, key: ReferenceKey, row: ReferenceRow, nowMs: number): void {
		this.forget(account, [key]);
		const scope = scopeOf(account, key);
		const entries = this.entries.get(scope) ?? new Map<string, Entry>();
		this.entries.set(scope, entries);
		const entry = entryOf(row, nowMs);
		entries.set(sharedText(key.value, entry), entry);
		this.size += 1;
		if (this.size > MAX_ENTRIES) this.dropOldest();
	}

	forget(account: string, keys: readonly ReferenceKey[]): void {
		for (const key of keys) if (this.entries.get(scopeOf(account, key))?.delete(key.value)) this.size -= 1;
	}

	/** Drops one of the keys that were first looked up. */
	private dropOldest(): void {
		for (const [scope, entries] of this.entries) {
			const [oldest] = entries.keys();
			if (oldest === undefined) {
				this.entries.delete(scope);
				continue;
			}
			entries.delete(oldest);
			this.size -= 1;
			return;
		}
	}
}

const remembered = new WeakMap<GatewayState, RememberedReferences>();

/** What is remembered beside the gateway's own state: for as long as the process lives. */
export function rememberedReferencesIn(state: GatewayState): RememberedReferences {
	const known = remembered.get(state) ?? new RememberedReferences();
	remembered.set(state, known);
	return known;
}
