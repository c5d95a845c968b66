import type { AccountFacts } from '../accountFacts/accountFacts';
import type { Caller } from '../contract/operation';
import { ReferenceLookUp } from './lookUp';
import type { RememberedReferences } from './remembered';
import { RowReader } from './rowReader';
import { textOfKey } from './keyText';
import type { FoundReferences, LookedUpReference, ReferenceKey, ReferenceTarget } from '../contract/references';

/** In which account references are looked up. */
interface Account {
	/** What names the account. */
	name: string;
	call: Caller;
	remembered: RememberedReferences;
	facts: AccountFacts;
	/** In epoch ms. */
	now: () => number;
}

/** Looks up what the items of a run refer to in one account, each key once. */
export class ReferenceFinder implements FoundReferences {
	private readonly found = new Map<string, LookedUpReference>();

	/** Keys by the target that they were found in. */
	private readonly counts = new Map<ReferenceTarget['name'], { target: ReferenceTarget; count: number }>();

	private readonly reader: RowReader;

	private readonly account: Account;

	constructor(account: Account) {
		this.account = account;
		this.reader = new RowReader(account.call);
	}

	get(key: ReferenceKey): LookedUpReference | undefined {
		return this.found.get(textOfKey(key));
	}

	/** Looks up those that are not known yet. */
	async find(keys: readonly ReferenceKey[]): Promise<void> {
		const wanted = new Map(keys.map((key) => [textOfKey(key), key]));
		const asked = new Map<string, ReferenceKey[]>();
		for (const [text, key] of wanted) {
			if (this.found.has(text)) continue;
			const { name, remembered, now } = this.account;
			const row = key.isFresh ? undefined : remembered.get(name, key, now());
			if (row) this.keep(key, { type: 'found', row });
			else if (!asked.get(key.target.name)?.push(key)) asked.set(key.target.name, [key]);
		}
		await Promise.all([...asked.values()].map(async (of) => await this.lookUp(of)));
	}

	/** Forgets what was remembered of keys: JDY has refused what they led to. */
	forget(keys: readonly ReferenceKey[]): void {
		this.account.remembered.forget(this.account.name, keys);
	}

	/** `12 customers, 40 products`, and the calls that they took. */
	summary(): { found: readonly string[]; calls: number } {
		const found = [...this.counts.values()].map(({ target: { label }, count }) => `${count} ${count === 1 ? label.one : label.several}`);
		return { found, calls: this.reader.calls };
	}

	private async lookUp(keys: readonly ReferenceKey[]): Promise<void> {
		const [first] = keys;
		if (!first) return;
		const { target } = first;
		const { name, remembered, facts, now } = this.account;
		const lookUp = new ReferenceLookUp(target, this.reader, facts.detailByNumber);
		await lookUp.run(keys);
		for (const [key, result] of lookUp.results) {
			if (result.type === 'found' && !key.isFresh) remembered.keep(name, key, result.row, now());
			this.keep(key, result);
		}
	}

	private keep(key: ReferenceKey, result: LookedUpReference): void {
		this.found.set(textOfKey(key), result);
		if (result.type !== 'found' || key.by === 'owned') return;
		const { target } = key;
		this.counts.set(target.name, { target, count: (this.counts.get(target.name)?.count ?? 0) + 1 });
	}
}
