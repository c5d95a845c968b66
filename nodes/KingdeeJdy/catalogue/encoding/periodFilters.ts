import { parametersOf } from '../catalogue';
import type { Call, Parameter } from '../types';

/** The parameters of a list or a report that say from when until when; both the same if one takes an accounting period. */
export interface PeriodFilters {
	from: Parameter;
	until: Parameter;
	/** `created`: JDY cannot filter by its date, but by when it was made. */
	by: 'date' | 'accountingPeriod' | 'created';
}

const PAIRS: ReadonlyArray<readonly [from: RegExp, until: RegExp, by: PeriodFilters['by']]> = [
	[/^start_bill_date$/, /^end_bill_date$/, 'date'],
	[/^bill_start_date$/, /^bill_end_date$/, 'date'],
	[/^start_date$/, /^end_date$/, 'date'],
	[/^start_period$/i, /^end_period$/i, 'accountingPeriod'],
	[/^period$/, /^period$/, 'accountingPeriod'],
];

/** Undefined if a call has no such filters. */
export function periodFiltersOf(call: Call): PeriodFilters | undefined {
	const parameters = parametersOf(call);
	for (const [start, end, by] of PAIRS) {
		const [from, until] = [start, end].map((pattern) => parameters.find(({ name, format }) => format !== undefined && pattern.test(name)));
		if (from && until) return { from, until, by };
	}
	const { created } = call;
	const [from, until] = [created?.from, created?.until].map((wanted) => parameters.find(({ name }) => name === wanted));
	return from && until ? { from, until, by: 'created' } : undefined;
}
