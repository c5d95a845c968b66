import type { Row } from '../../../shared/contract/row';
import type { PollResult } from '../ask';
import { entriesOf } from '../entries';
import type { Entry } from '../entries';
import type { Head, TimedList } from './timedList';
import type { Span } from './window';

/** The first pages of a span. */
export interface Heads {
	span: Span;
	byEvent: Head;
	byCreation: Head | undefined;
	/** How many rows the longest list of the span has; undefined if none says. */
	total: number | undefined;
}

export interface Listed {
	entries: Entry[];
	/** Keys of those that the list by the time of the event does not show. */
	byCreation: ReadonlySet<string>;
}

/** As JDY writes a moment: in China, in whole seconds. */
const MOMENT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

function createdMs({ create_time: time }: Row): number {
	const [, day, hour] = (typeof time === 'string' && MOMENT.exec(time)) || [];
	return day === undefined || hour === undefined ? NaN : Date.parse(`${day}T${hour}+08:00`);
}

/** How many rows were created within a span; NaN if not every row has the time of its creation. */
function countCreated(entries: readonly Entry[], { fromMs, untilMs }: Span): number {
	const times = entries.flatMap(({ rows }) => rows.map(createdMs));
	return times.some(Number.isNaN) ? NaN : times.filter((ms) => ms >= fromMs && ms <= untilMs).length;
}

async function readAll(list: TimedList, span: Span): Promise<PollResult<Entry[]>> {
	const head = await list.head(span);
	if ('failure' in head) return head;
	const rows = await list.read(head.value);
	return 'failure' in rows ? rows : { value: entriesOf(rows.value) };
}

/** One list of JDY by the time of the event, and, for changes, by that of creation as well. */
export class TimedLists {
	private readonly byEvent: TimedList;

	private readonly byCreation: TimedList | undefined;

	constructor(byEvent: TimedList, byCreation: TimedList | undefined) {
		this.byEvent = byEvent;
		this.byCreation = byCreation;
	}

	async head(span: Span): Promise<PollResult<Heads>> {
		const byEvent = await this.byEvent.head(span);
		if ('failure' in byEvent) return byEvent;
		const byCreation = await this.byCreation?.head(span);
		if (byCreation && 'failure' in byCreation) return byCreation;
		const totals = [byEvent.value.total, byCreation?.value.total].filter((total) => total !== undefined);
		return { value: { span, byEvent: byEvent.value, byCreation: byCreation?.value, total: totals.length === 0 ? undefined : Math.max(...totals) } };
	}

	firstRows({ byEvent, byCreation }: Heads): Row[] {
		return [byEvent, byCreation].flatMap((head) => (head ? this.byEvent.firstRows(head) : []));
	}

	/** Reads all documents of a span. */
	async read({ span, byEvent, byCreation }: Heads): Promise<PollResult<Listed>> {
		const rows = await this.byEvent.read(byEvent);
		if ('failure' in rows) return rows;
		const entries = entriesOf(rows.value);
		// Most often the list by the event shows all that were created then, and the other one need not be read.
		if (!this.byCreation || !byCreation || byCreation.total === countCreated(entries, span)) return { value: { entries, byCreation: new Set() } };
		const created = await this.byCreation.read(byCreation);
		if ('failure' in created) return created;
		const known = new Set(entries.map(({ key }) => key));
		const others = entriesOf(created.value).filter(({ key }) => !known.has(key));
		return { value: { entries: [...entries, ...others], byCreation: new Set(others.map(({ key }) => key)) } };
	}

	/** Reads what the list by the time of the event shows of a span. */
	async readByEvent(span: Span): Promise<PollResult<Entry[]>> {
		return await readAll(this.byEvent, span);
	}

	/** Reads what the list by the time of creation shows of a span, if it is read at all. */
	async readByCreation(span: Span): Promise<PollResult<Entry[]>> {
		return this.byCreation ? await readAll(this.byCreation, span) : { value: [] };
	}
}
