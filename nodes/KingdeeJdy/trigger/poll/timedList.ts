import type { Call } from '../../catalogue/types';
import type { Endpoint } from '../../gateway/types';
import type { ItemEnded, ItemFailure } from '../../shared/outcomes';
import { pageSizeFor, readList } from '../../shared/pages';
import { findRows, holdsNothing } from '../../shared/rows';
import type { Row } from '../../shared/rows';
import type { Event } from './given';
import type { Span } from './window';

/** Makes one call that reads. */
export type Ask = (endpoint: Endpoint, body: string) => Promise<ItemEnded>;

/** The first page of a span, and how many rows the span has; undefined where nobody tells. */
export interface Head {
	span: Span;
	page: ItemEnded;
	total: number | undefined;
}

export type Read<T> = { value: T } | { failure: ItemFailure };

/** Pages of one list that are asked for at once. */
const CONCURRENCY = 2;

/** A list of JDY that filters by time. */
export class TimedList {
	private readonly times: { from: string; until: string };

	private readonly call: Call;

	private readonly filters: ReadonlyArray<readonly [name: string, value: string]>;

	private readonly ask: Ask;

	/**
	 * @param filters parameters of the query beside time and page, as they go on the wire
	 * @throws where the list has no filter for the event
	 */
	constructor(call: Call, event: Event, filters: TimedList['filters'], ask: Ask) {
		const times = call[event];
		if (!times) throw new TypeError(`${call.id} does not filter by time`);
		this.times = times;
		this.call = call;
		this.filters = filters;
		this.ask = ask;
	}

	/** Asks for the first page of a span. */
	async head(span: Span): Promise<Read<Head>> {
		const page = await this.page(span, 1, pageSizeFor(undefined));
		if (page.type === 'failed') return page;
		const { total } = findRows(page.envelope, this.call) ?? { total: holdsNothing(page.envelope) ? 0 : undefined };
		return { value: { span, page, total } };
	}

	/** The rows of a first page. */
	firstRows({ page }: Head): Row[] {
		return page.type === 'done' ? (findRows(page.envelope, this.call)?.rows ?? []) : [];
	}

	/** Reads all rows of a span. */
	async read({ span, page }: Head): Promise<Read<Row[]>> {
		let first: ItemEnded | undefined = page;
		const read = await readList({
			ask: async (number, size) => {
				const known = number === 1 ? first : undefined;
				first = undefined;
				return known ?? (await this.page(span, number, size));
			},
			limit: undefined,
			concurrency: CONCURRENCY,
			where: this.call,
			isPaged: this.call.paging !== undefined,
		});
		return 'failure' in read ? read : { value: read.rows };
	}

	/** Reads a page of so many rows. */
	private async page(span: Span, number: number, size: number): Promise<ItemEnded> {
		const { method, path, paging } = this.call;
		const query = new URLSearchParams(this.filters.map(([name, value]): [string, string] => [name, value]));
		query.append(this.times.from, String(span.fromMs));
		query.append(this.times.until, String(span.untilMs));
		if (paging) query.append(paging.page, String(number + paging.first - 1));
		if (paging?.pageSize !== undefined) query.append(paging.pageSize, String(size));
		return await this.ask({ method, path, query: query.toString(), effect: 'read' }, '');
	}
}
