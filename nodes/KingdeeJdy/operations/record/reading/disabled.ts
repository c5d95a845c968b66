import { parametersOf } from '../../../catalogue/catalogue';
import type { Values } from '../../../catalogue/encoding/values';
import type { Call, RecordType } from '../../../catalogue/types';
import { truth } from '../../../shared/parameters/checks';
import type { NodeParameters, StandardSettings } from '../../common/nodeParameters';

const FILTER = 'enable';

/** What JDY takes for both, even if a page names 1 and 0 only [D, R]. */
const BOTH = '-1';

/** Filters that ask for what is disabled as well; undefined if they say which, or if the list hides nothing. */
export function withBoth(filters: Values, list: Call): Values | undefined {
	const parameter = parametersOf(list).find((one) => one.name === FILTER);
	// Where the page says that nothing stands for both, nothing is hidden.
	const hides = parameter !== undefined && parameter.options?.some(({ value }) => value === '') !== true;
	return hides && (filters[FILTER] ?? '') === '' ? { ...filters, [FILTER]: BOTH } : undefined;
}

/**
 * Filters of a list that shows only what is enabled unless it is asked for both. A filter by `enable` itself counts more than the option.
 *
 * @throws ValidationError for an option that is neither yes nor no
 */
export function withDisabled(filters: Values, { list, name }: RecordType, { options }: Pick<NodeParameters, 'options'>, { hint }: StandardSettings): Values {
	const isWanted = truth(options.includeDisabled ?? false, 'Include Disabled');
	if (!list || parametersOf(list).every((one) => one.name !== FILTER)) {
		if (isWanted) hint(`Include Disabled changes nothing for ${name}: JDY has no filter for it by what is enabled`);
		return filters;
	}
	const both = withBoth(filters, list);
	if (!both) return filters;
	if (isWanted) return both;
	hint(`JDY lists only what is enabled of ${name}. To have what is disabled as well, switch on the option Include Disabled`);
	return filters;
}
