import { parametersOf } from '../../catalogue/catalogue';
import type { RecordType } from '../../catalogue/types';
import type { Values } from '../../catalogue/wire/values';
import { truth } from '../../shared/checks';
import type { Parameters, StandardSettings } from '../standard/reading';

const FILTER = 'enable';

/** What JDY takes for both, also where a page names 1 and 0 only [D, R]. */
const BOTH = '-1';

/**
 * Filters of a list that shows only what is enabled unless it is asked for both. A filter by `enable` itself counts more than the option.
 *
 * @throws Complaint for an option that is neither yes nor no
 */
export function withDisabled(filters: Values, { list, name }: RecordType, { options }: Pick<Parameters, 'options'>, { hint }: StandardSettings): Values {
	const isWanted = truth(options.includeDisabled ?? false, 'Include Disabled');
	const parameter = list && parametersOf(list).find((one) => one.name === FILTER);
	if (!parameter) {
		if (isWanted) hint(`Include Disabled changes nothing for ${name}: JDY has no filter for it by what is enabled`);
		return filters;
	}
	const isGiven = (filters[FILTER] ?? '') !== '';
	// Where the page says that nothing stands for both, nothing is hidden.
	const hides = parameter.options?.some(({ value }) => value === '') !== true;
	if (isGiven || !hides) return filters;
	if (isWanted) return { ...filters, [FILTER]: BOTH };
	hint(`JDY lists only what is enabled of ${name}. To have what is disabled as well, switch on the option Include Disabled`);
	return filters;
}
