import type { GatewayState } from '../../gateway/state';
import type { ReferenceKey, ReferenceRow } from '../contract/references';
import { textOfKey } from './keyText';

/** Master data seldom change; what is remembered wrongly costs a refusal of JDY's, after which it is forgotten. */
const LIFETIME_MS = 5 * 60_000;

/** Of all accounts together. */
const MAX_ENTRIES = 50_000;

interface Entry {
	row: ReferenceRow;
	untilMs: number;
}

/** How an account's details answer to a number; undefined: nobody has seen it. */
export type DetailByNumber = 'answers' | 'refuses';

/** What the process remembers of the master data of accounts. What was not found is never remembered. */
export class RememberedReferences {
	/** Oldest first. */
	private readonly entries = new Map<string, Entry>();

	/** What stands for an account in 50,000 keys: its name is long. */
	private readonly accounts = new Map<string, number>();

	private readonly details = new Map<string, DetailByNumber>();

	get(account: string, key: ReferenceKey, nowMs: number): ReferenceRow | undefined {
		const entry = this.entries.get(this.nameOf(account, key));
		return entry && entry.untilMs > nowMs ? entry.row : undefined;
	}

	keep(account: string, key: ReferenceKey, row: ReferenceRow, nowMs: number): void {
		const text = this.nameOf(account, key);
		this.entries.delete(text);
		this.entries.set(text, { row, untilMs: nowMs + LIFETIME_MS });
		if (this.entries.size <= MAX_ENTRIES) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	forget(account: string, keys: readonly ReferenceKey[]): void {
		for (const key of keys) this.entries.delete(this.nameOf(account, key));
	}

	private nameOf(account: string, key: ReferenceKey): string {
		const known = this.accounts.get(account) ?? this.accounts.size;
		this.accounts.set(account, known);
		return `${known}${textOfKey(key)}`;
	}

	detailByNumber(account: string, target: string): DetailByNumber | undefined {
		return this.details.get(`${account} ${target}`);
	}

	keepDetailByNumber(account: string, target: string, answer: DetailByNumber): void {
		this.details.set(`${account} ${target}`, answer);
	}
}

const remembered = new WeakMap<GatewayState, RememberedReferences>();

/** What is remembered beside the gateway's own state: for as long as the process lives. */
export function rememberedReferencesIn(state: GatewayState): RememberedReferences {
	const known = remembered.get(state) ?? new RememberedReferences();
	remembered.set(state, known);
	return known;
}
