import { isPassing } from '../../gateway/retry';
import type { AccountFacts } from '../accountFacts/accountFacts';
import type { ItemFailure } from '../contract/outcomes';
import { distinctRows, match } from './match';
import { lookUpOwned } from './ownedRows';
import type { RowReader } from './rowReader';
import type { LookedUpReference, ReferenceKey, ReferenceRow, ReferenceTarget, RowChoice } from '../contract/references';

/** "Does not exist" [R], and how JDY says it in words. */
const NOT_THERE = 1030002003;

export function saysNotThere({ errcode, message }: Pick<ItemFailure, 'errcode' | 'message'>): boolean {
	return errcode === NOT_THERE || message.includes('不存在');
}

/** Whether JDY refused the request itself, so that another way to ask may be taken. */
function isRefusal(failure: ItemFailure): boolean {
	return failure.outcome === 'rejected' && failure.kind === 'field';
}

/** Looks up keys of one target in one account, with as few calls as it takes. */
export class ReferenceLookUp {
	readonly results = new Map<ReferenceKey, LookedUpReference>();

	private readonly target: ReferenceTarget;

	private readonly reader: RowReader;

	private readonly details: AccountFacts['detailByNumber'];

	/** @param details what the account has shown of its details */
	constructor(target: ReferenceTarget, reader: RowReader, details: AccountFacts['detailByNumber']) {
		this.target = target;
		this.reader = reader;
		this.details = details;
	}

	async run(keys: readonly ReferenceKey[]): Promise<void> {
		const isOwned = ({ owner }: ReferenceKey) => owner !== undefined && this.target.list?.isOwned === true;
		const owned = keys.filter(isOwned);
		const others = keys.filter((key) => !isOwned(key));
		await Promise.all([lookUpOwned(this.target, owned, this.reader, this.results), others.length === 0 ? undefined : this.byFewestCalls(others)]);
	}

	/**
	 * One by one, or the whole list, whichever takes fewer calls. How long the list is shows on its first page, which is not
	 * asked for to find a single key.
	 */
	private async byFewestCalls(keys: readonly ReferenceKey[]): Promise<void> {
		const { isSmall, list, detail } = this.target;
		const isByKey = keys.every(({ by }) => (by === 'number' && detail !== undefined) || (by === 'name' && list?.isSearchable === true));
		if (!list || (isByKey && keys.length === 1)) return await this.oneByOne(keys);
		if (isSmall || !isByKey || !list.isPaged) return await this.wholeList(keys);
		const first = await this.reader.readFirst(this.target, this.enabled());
		if (!first) return await this.wholeList(keys);
		const { rows, total } = first;
		if (distinctRows(rows).length === rows.length && rows.length === total) return await this.settle(keys, rows, {});
		// A name on the first page may stand on another one as well; a number does not.
		const found = keys.filter((key) => key.by === 'number' && match(rows, key).type === 'found');
		for (const key of found) this.results.set(key, match(rows, key));
		const left = keys.filter((key) => !found.includes(key));
		const pages = total === undefined || rows.length === 0 ? 0 : Math.ceil(total / rows.length);
		if (left.length > 0) await (left.length < pages ? this.oneByOne(left) : this.wholeList(left));
	}

	/** What asks for the enabled rows, if the list can be asked for them. */
	private enabled(): { isEnabled?: true } {
		return this.target.list?.isFilteredByEnabled === true ? { isEnabled: true } : {};
	}

	/** @param choice all rows unless it says otherwise */
	private async wholeList(keys: readonly ReferenceKey[], choice: RowChoice = {}): Promise<void> {
		const read = await this.reader.readAll(this.target, { ...choice, ...this.enabled() });
		if ('failure' in read) return this.fail(keys, read.failure);
		await this.settle(keys, read.rows, choice);
	}

	/** What is not among the enabled rows may be disabled: the user is told so. */
	private async settle(keys: readonly ReferenceKey[], rows: readonly ReferenceRow[], choice: RowChoice): Promise<void> {
		for (const key of keys) this.results.set(key, match(rows, key));
		const missing = keys.filter((key) => this.results.get(key)?.type === 'none');
		if (missing.length === 0 || this.target.list?.isFilteredByEnabled !== true) return;
		const disabled = await this.reader.readAll(this.target, { ...choice, isEnabled: false });
		// Whether there is such a row must be known, where one is made otherwise.
		if ('failure' in disabled) return this.fail(missing.filter(({ isFresh }) => isFresh), disabled.failure);
		const all = [...rows, ...disabled.rows];
		for (const key of missing) {
			const found = match(all, key);
			if (found.type !== 'none') this.results.set(key, found);
		}
	}

	private async oneByOne(keys: readonly ReferenceKey[]): Promise<void> {
		const unclear: ReferenceKey[] = [];
		await Promise.all(
			keys.map(async (key) => {
				if (key.by === 'name') return await this.wholeList([key], { search: key.value });
				if (!(await this.byDetail(key))) unclear.push(key);
			}),
		);
		if (unclear.length === 0) return;
		if (this.target.list) return await this.wholeList(unclear);
		for (const key of unclear) this.results.set(key, { type: 'none', nearest: [] });
	}

	/** @returns whether it is clear now: a detail that JDY documents by ID may not take the number [?], and answer with nothing or another one */
	private async byDetail(key: ReferenceKey): Promise<boolean> {
		const { detail, list, read } = this.target;
		if (!detail || (this.details.get(this.target.name) === 'refuses' && list)) return false;
		const answered = await this.reader.readDetail(detail, key.value);
		if ('failure' in answered) return this.refused(key, answered.failure);
		const [row] = read(answered.data);
		if (row?.number?.trim() !== key.value) {
			this.details.set(this.target.name, 'refuses');
			return false;
		}
		this.details.set(this.target.name, 'answers');
		// A row that does not say whether it is enabled is looked for among those that are.
		if (row.isEnabled === undefined && list?.isFilteredByEnabled === true) return false;
		this.results.set(key, row.isEnabled === false ? { type: 'disabled', row } : { type: 'found', row });
		return true;
	}

	private refused(key: ReferenceKey, failure: ItemFailure): boolean {
		if (saysNotThere(failure)) {
			if (this.details.get(this.target.name) !== 'answers' && this.target.detail?.isDocumented !== true) return false;
			this.results.set(key, { type: 'none', nearest: [] });
			return true;
		}
		if (isRefusal(failure) && !isPassing(failure) && this.target.list) {
			this.details.set(this.target.name, 'refuses');
			return false;
		}
		this.results.set(key, { type: 'failed', failure });
		return true;
	}

	private fail(keys: readonly ReferenceKey[], failure: ItemFailure): void {
		for (const key of keys) this.results.set(key, { type: 'failed', failure });
	}
}
