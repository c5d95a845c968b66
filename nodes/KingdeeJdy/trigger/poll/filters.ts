import type { Call, Parameter } from '../../catalogue/types';
import { filterParameters } from '../../operations/standard/listing';
import type { Event } from './given';

/** The parameters that choose among what a trigger watches: the trigger itself fills in times and pages. */
export function watchFilters(list: Call, event: Event): Parameter[] {
	const own = Object.values(list[event] ?? {});
	return filterParameters(list).filter(({ name }) => !own.includes(name));
}
