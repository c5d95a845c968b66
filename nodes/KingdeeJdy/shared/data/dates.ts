import { tryToParseDateTime } from 'n8n-workflow';

import { Complaint } from '../../gateway/complaint';

/** A date or a moment of ISO 8601, also with a space where it has a T. */
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?$/;

const IN_UTC = /Z$/;

const DAY_LENGTH = 'yyyy-MM-dd'.length;

type Moment = ReturnType<typeof tryToParseDateTime>;

/** Undefined for a day that no calendar has: those are moved to another day on the way. */
function momentOf(text: string, timezone: string): Moment | undefined {
	try {
		const moment = tryToParseDateTime(text.replace(' ', 'T').replace(' ', ''), timezone);
		return moment.toFormat('yyyy-MM-dd') === text.slice(0, DAY_LENGTH) ? moment : undefined;
	} catch {
		return undefined;
	}
}

/**
 * A date as JDY wants it [D]: `yyyy-MM-dd`, or `yyyy-MM-dd HH:mm:ss` where there is a time of day. What has an offset of its
 * own keeps the time of day that it tells; a moment in UTC becomes that of the workflow's time zone.
 *
 * @throws Complaint naming `label`
 */
export function dateText(label: string, value: unknown, timezone: string): string {
	const isDate = value instanceof Date && !Number.isNaN(value.getTime());
	const text = isDate ? value.toISOString() : String(value).trim();
	if (!ISO.test(text)) throw new Complaint(label, 'is not a date such as 2026-08-01 or 2026-08-01 08:00:00');
	const told = momentOf(text, timezone);
	if (!told) throw new Complaint(label, 'is a date that does not exist');
	const moment = IN_UTC.test(text) ? told.setZone(timezone) : told;
	const isDay = moment.hour === 0 && moment.minute === 0 && moment.second === 0;
	return moment.toFormat(isDay ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm:ss');
}
