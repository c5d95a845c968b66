import type { Values } from '../../catalogue/encoding/values';
import type { Call, Parameter } from '../../catalogue/types';
import { filterParameters } from '../../operations/common/pages';

/** What starts the workflow; `changed` includes what is new. */
export type Event = 'changed' | 'created';

/** The parameters of a list that take the two ends of a span. */
type Times = NonNullable<Call['changed']>;

/** By what a trigger finds what has happened: the time of the event, and others for what has no such time. */
export function timesOf(list: Call, event: Event, filters: Values): Times[] {
	const { changed, created } = list;
	// What was never modified has no time of modification.
	const isFree = created !== undefined && !(created.from in filters) && !(created.until in filters);
	return [list[event], event === 'changed' && changed && isFree ? created : undefined].filter((times) => times !== undefined);
}

/** The parameters that choose among what a trigger watches: the trigger itself fills in times and pages. */
export function watchFilters(list: Call, event: Event): Parameter[] {
	const own = Object.values(list[event] ?? {});
	return filterParameters(list).filter(({ name }) => !own.includes(name));
}
