import { isRecord } from '../../gateway/json/json';
import { Semaphore } from '../concurrency/lanes';
import type { Caller } from '../contract/operation';
import { asRead } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';
import type { ReferenceRow, ReferenceTarget, RowChoice } from '../contract/references';
import type { Row } from '../contract/row';
import { PAGE_SIZE } from '../pagination/page';
import { readList } from '../pagination/pages';
import { findRows } from '../pagination/rows';

/** Look-ups of one account under way at once. */
const AT_ONCE = 10;

export type Rows = { rows: readonly ReferenceRow[] } | { failure: ItemFailure };

type List = NonNullable<ReferenceTarget['list']>;

/** Reads rows of master data from one account, and counts the calls that it takes. */
export class RowReader {
	calls = 0;

	private readonly slots = new Semaphore(AT_ONCE);

	private readonly call: Caller;

	constructor(call: Caller) {
		this.call = call;
	}

	/** All rows of a list, or those that are chosen. */
	async readAll({ list, read }: ReferenceTarget, choice: RowChoice): Promise<Rows> {
		if (!list) return { rows: [] };
		if (list.isObject) return await this.readObject(list, read, choice);
		const whole = await readList({
			ask: async (page, size) => asRead(await this.ask(list.request(page, size, choice))),
			limit: undefined,
			concurrency: AT_ONCE,
			where: list.where,
			isPaged: list.isPaged,
		});
		if ('failure' in whole) return whole;
		return { rows: whole.rows.flatMap((row) => read(row)).map((row) => (choice.isEnabled === false ? { ...row, isEnabled: false } : row)) };
	}

	/** The rows of the first page, and of how many rows in all; undefined if that is not reported. */
	async readFirst({ list, read }: ReferenceTarget, choice: RowChoice): Promise<{ rows: readonly ReferenceRow[]; total: number | undefined } | undefined> {
		const result = list && asRead(await this.ask(list.request(1, PAGE_SIZE, choice)));
		const found = result?.type === 'done' ? findRows(result.envelope, list?.where) : undefined;
		return found && { rows: found.rows.flatMap((row) => read(row)), total: found.total };
	}

	/** What the detail of a number shows, as it is; a failure if JDY refused. */
	async readDetail({ request }: NonNullable<ReferenceTarget['detail']>, number: string): Promise<{ data: Row } | { failure: ItemFailure }> {
		const result = asRead(await this.ask(request(number)));
		if (result.type === 'failed') return result;
		const { data } = result.envelope;
		return { data: isRecord(data) ? data : {} };
	}

	private async readObject(list: List, read: ReferenceTarget['read'], choice: RowChoice): Promise<Rows> {
		const result = asRead(await this.ask(list.request(1, 1, choice)));
		if (result.type === 'failed') return result;
		return { rows: isRecord(result.envelope.data) ? read(result.envelope.data) : [] };
	}

	private ask({ endpoint, body }: ReturnType<List['request']>): ReturnType<Caller> {
		this.calls += 1;
		return this.slots.run(async () => await this.call(endpoint, body));
	}
}
