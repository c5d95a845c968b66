import type { Event } from '../filters';
import type { TimedLists } from './timedLists';

export interface Watch {
	lists: TimedLists;
	event: Event;
	/** Rows that one window has at most, those aside that were emitted before. */
	maxRows: number;
	/** How late a document may appear in a list, after the time that it is stamped with. */
	lookBackMs: number;
	/** When the poll started, on the gateway's clock: each answer shows the time there. */
	startedAt: () => number;
	/** Now, on the same clock. */
	now: () => number;
}
