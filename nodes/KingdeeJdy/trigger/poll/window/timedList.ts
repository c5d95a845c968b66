import type { ArrayFormat } from '../../../catalogue/encoding/query';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call } from '../../../catalogue/types';
import { filterParameters } from '../../../operations/common/pages';
import { requestOf } from '../../../operations/common/request';
import { unfilteredBy } from '../../../operations/common/answers/unfiltered';
import type { ItemResult } from '../../../shared/contract/outcomes';
import type { Row } from '../../../shared/contract/row';
import { pageSizeFor, readList } from '../../../shared/pagination/pages';
import { findRows, holdsNothing } from '../../../shared/pagination/rows';
import type { Ask, PollResult } from '../ask';
import type { Span } from './window';

/** The first page of a span, and how many rows the span has; undefined if the answer does not say. */
export interface Head {
	span: Span;
	page: ItemResult;
	total: number | undefined;
}

/** Parameters of the call beside time and page, in their documented types. */
export interface Filters {
	values: Values;
	arrayFormat: ArrayFormat;
}

/** Pages of one list that are asked for at once. */
const CONCURRENCY = 2;

/** A list of JDY that filters by one time. */
export class TimedList {
	private readonly times: { from: string; until: string };

	private readonly call: Call;

	private readonly filters: Filters;

	private readonly ask: Ask;

	/** @param times the parameters of the call that take the two ends of a span */
	constructor(call: Call, times: { from: string; until: string }, filters: Filters, ask: Ask) {
		this.times = times;
		this.call = call;
		this.filters = filters;
		this.ask = ask;
	}

	/** Asks for the first page of a span. */
	async head(span: Span): Promise<PollResult<Head>> {
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
	async read({ span, page }: Head): Promise<PollResult<Row[]>> {
		let first: ItemResult | undefined = page;
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
		if ('failure' in read) return read;
		const failure = unfilteredBy(read.rows, this.filters.values, filterParameters(this.call));
		return failure ? { failure } : { value: read.rows };
	}

	/** Reads a page of so many rows. */
	private async page(span: Span, number: number, size: number): Promise<ItemResult> {
		const { paging } = this.call;
		const times = { [this.times.from]: String(span.fromMs), [this.times.until]: String(span.untilMs) };
		const pages = paging
			? { [paging.page]: String(number + paging.first - 1), ...(paging.pageSize === undefined ? {} : { [paging.pageSize]: String(size) }) }
			: {};
		const { endpoint, body } = requestOf(this.call, { ...this.filters.values, ...times, ...pages }, this.filters);
		return await this.ask(endpoint, body);
	}
}
