import { businessError } from '../answers.mts';
import type { Reply } from '../answers.mts';
import type { Asked } from './jdyCall.mts';
import type { Values } from './query.mts';

const SALES = '/jdy/v2/sal/sal_summary_rpt_ims';
const RECEIVABLES = '/jdy/v2/arap/ar_report';
const BALANCE = '/jdy/v2/fi/account_balance_report';

/** Months of sales in one call. [R] */
const MOST_MONTHS = 6;
/** Rows of receivables without a filter. [R] */
const MOST_ROWS = 100;

function monthsBetween(start: string, end: string): number {
	const [from, to] = [start, end].map((text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)));
	return (to ?? 0) - (from ?? 0) + 1;
}

/** What real accounts refuse of a report, whatever its page says [R]; the errcodes are [?]. */
export function reportRefusal({ jdy, settings }: Asked, values: Values): Reply | undefined {
	if (!settings.reportLimits) return undefined;
	const text = (name: string) => String(values.get(name) ?? '');
	const isLong = jdy.path === SALES && text('start_date') !== '' && monthsBetween(text('start_date'), text('end_date')) > MOST_MONTHS;
	if (isLong) return businessError(2016013001, '查询时间范围不能超过6个月');
	const isCompact = jdy.path === BALANCE && ['start_period', 'end_Period'].some((name) => /^\d{6}$/.test(text(name)));
	return isCompact ? businessError(1030002006, '期间格式错误') : undefined;
}

/** Receivables without a filter are cut without a word [R]. */
export function cutReport<T>({ jdy, settings }: Asked, values: Values, rows: T[]): T[] {
	const filters = [...values.keys()].filter((name) => !/^(start_date|end_date|page|page_size|order_by|show_|not_view)/.test(name));
	return settings.reportLimits && jdy.path === RECEIVABLES && filters.length === 0 ? rows.slice(0, MOST_ROWS) : rows;
}

/** Only the first page of the sales summary tells the right number of pages [R]. */
export function hidesTotal({ jdy, settings }: Asked, { page }: { page: number }): boolean {
	return settings.reportLimits && jdy.path === SALES && page > 1;
}
