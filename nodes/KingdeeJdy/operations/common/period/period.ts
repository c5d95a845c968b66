import type { INodeProperties } from 'n8n-workflow';

import { periodFiltersOf } from '../../../catalogue/encoding/periodFilters';
import type { PeriodFilters } from '../../../catalogue/encoding/periodFilters';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { daysOf, PERIODS } from '../../../shared/data/period';
import type { DayRange, Period } from '../../../shared/data/period';
import { oneOf } from '../../../shared/parameters/checks';
import type { NodeParameters, StandardSettings } from '../nodeParameters';

export const periodProperty: INodeProperties = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	options: [
		{ name: 'Last Month', value: 'lastMonth' },
		{ name: 'Last Quarter', value: 'lastQuarter' },
		{ name: 'Last Week', value: 'lastWeek' },
		{ name: 'Last Year', value: 'lastYear' },
		{ name: 'This Month', value: 'thisMonth' },
		{ name: 'This Quarter', value: 'thisQuarter' },
		{ name: 'This Week', value: 'thisWeek' },
		{ name: 'This Year', value: 'thisYear' },
		{ name: 'Today', value: 'today' },
		{ name: 'Yesterday', value: 'yesterday' },
	],
	default: 'thisMonth',
	description: 'The days, or the accounting periods, that are read, as the calendar in Time Zone has them. Weeks begin on Monday. Takes the place of the filters by date.',
};

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

function accountingPeriods(period: Period, { from, until }: DayRange, filters: PeriodFilters, { name }: Call): [string, string] {
	const [first = '', last = ''] = [from, until].map((day) => day.slice(0, 'yyyy-MM'.length).replace('-', ''));
	if (filters.from !== filters.until || first === last) return [first, last];
	throw new ValidationError('Period', `"${period}" is ${first} to ${last}, but JDY takes one accounting period for ${name}; choose a month`);
}

/** The first and the last value, as the parameters take them. */
function valuesOf(period: Period, days: DayRange, filters: PeriodFilters, call: Call): [string, string] {
	if (filters.by === 'accountingPeriod') return accountingPeriods(period, days, filters, call);
	const { from, until } = days;
	return filters.from.format === 'date' ? [from, until] : [`${from} 00:00:00`, `${until} 23:59:59`];
}

/**
 * The filters by date that the option Period stands for.
 *
 * @param given the filters of the user's own
 * @throws ValidationError for a call that has no such filters, and if both are given
 */
export function periodFilters({ options, timeZone }: Pick<NodeParameters, 'options' | 'timeZone'>, call: Call, given: Values, { hint }: StandardSettings): Values {
	if (!isGiven(options.period)) return {};
	const period = oneOf(options.period, PERIODS, 'Period');
	const filters = periodFiltersOf(call);
	if (!filters) throw new ValidationError('Period', `cannot be used with ${call.name}: JDY has no filter by date for it`);
	const own = [filters.from, filters.until].find(({ name }) => isGiven(given[name]));
	if (own) throw new ValidationError('Period', `and the filter "${own.name}" (${own.label}) cannot both be given; take one of them out`);
	const [from, until] = valuesOf(period, daysOf(period, Date.now(), timeZone), filters, call);
	if (filters.by === 'created') hint(`Period filters ${call.name} by when it was created: JDY has no filter by another date for it`);
	return { [filters.from.name]: from, [filters.until.name]: until };
}
