import { ValidationError } from '../../gateway/errors/validationError';
import { plainText, readWritten } from './dateForms';
import type { NoDate } from './dateForms';
import { momentAt, momentOnClock } from './zonedTime';
import type { Moment } from './zonedTime';

/** Why a value is no moment; `ambiguous`: it may be read in two ways. */
export type DateProblem = NoDate | 'ambiguous';

/** How a value is read. */
interface DateReading {
	/** That of JDY's dates: a date with its own zone is converted to this one, a date without a zone is in it. */
	timeZone: string;
	/** Whether a number such as 46086 is a day of a spreadsheet: only if a date is surely meant. */
	takesSerials: boolean;
}

/** Numbers are dates of these years only: others are more likely something else. */
const YEARS = { min: 1990, max: 2100 } as const;

/** Whether a moment is of a time that business is done in. */
export function isOfOurTime({ date }: Moment): boolean {
	const year = Number(date.slice(0, date.indexOf('-', 1)));
	return year >= YEARS.min && year <= YEARS.max;
}

/** Epoch milliseconds of a Date, and of what luxon and dayjs make; undefined for every other object. */
function epochOfObject(value: object): number | undefined {
	if (value instanceof Date) return value.getTime();
	if ('toMillis' in value && typeof value.toMillis === 'function') return Number(value.toMillis());
	return 'valueOf' in value && 'toISOString' in value ? Number(value.valueOf()) : undefined;
}

/** Whether a value is an object that stands for a moment. */
export function isMoment(value: unknown): value is object {
	return typeof value === 'object' && value !== null && epochOfObject(value) !== undefined;
}

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** Spreadsheets count days from here: the first of January 1900 is day 1, and they take that year for a leap year. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);

const SERIAL = /^\d{5}(?:\.\d+)?$/;
const EPOCH_S = /^\d{10}$/;
const EPOCH_MS = /^\d{12,13}$/;
const COMPACT = /^(\d{8})(\d{2})(?:(\d{2})(?:(\d{2})(\d{3})?)?)?$/;

/** `20260305143000` as `20260305T143000`; an hour alone gets its minutes. */
function separated(digits: string): string | undefined {
	if (digits.length === 8) return digits;
	const [, day, hour = '', minute = '00', second = '00', ms = '000'] = COMPACT.exec(digits) ?? [];
	return day === undefined ? undefined : `${day}T${hour}${minute}${second}.${ms}`;
}

/** What a number or a text of digits may mean, in our time. */
function readingsOf(digits: string, isNumber: boolean, { timeZone, takesSerials }: DateReading): Moment[] {
	const compact = separated(digits);
	const written = compact === undefined ? undefined : readWritten(compact);
	const readings = [
		typeof written === 'object' ? momentOnClock(written.wallMs, timeZone) : undefined,
		EPOCH_S.test(digits) ? momentAt(Number(digits) * SECOND_MS, timeZone) : undefined,
		EPOCH_MS.test(digits) ? momentAt(Number(digits), timeZone) : undefined,
		takesSerials && isNumber && SERIAL.test(digits)
			? momentOnClock(DAY_ZERO_MS + Math.round((Number(digits) * DAY_MS) / SECOND_MS) * SECOND_MS, timeZone)
			: undefined,
	];
	return readings.flatMap((reading) => (reading !== undefined && isOfOurTime(reading) ? [reading] : []));
}

function ofDigits(digits: string, isNumber: boolean, reading: DateReading): Moment | DateProblem {
	const [first, ...others] = readingsOf(digits, isNumber, reading);
	if (first === undefined) return 'unreadable';
	return others.length === 0 ? first : 'ambiguous';
}

/** Day and month in an order that cannot be known: 5/3/2026 is in March here and in May there. */
const EITHER_WAY = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)/;

function ofText(text: string, { timeZone }: DateReading): Moment | DateProblem {
	const written = readWritten(text);
	if (typeof written === 'string') return EITHER_WAY.test(text) ? 'ambiguous' : written;
	const { wallMs, offsetMs } = written;
	if (offsetMs === undefined) return momentOnClock(wallMs, timeZone);
	return momentAt(wallMs - offsetMs, timeZone) ?? 'unreadable';
}

/** The text of a number, whatever holds its digits. */
function numberText(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'object' && value !== null && JSON.isRawJSON(value) ? value.rawJSON : undefined;
}

/**
 * The moment that a value means: a text in one of the usual forms, compact ones too (`20260305`, `20260305143000`), epoch
 * seconds or milliseconds, a Date, or what luxon and dayjs make. The one reader of dates.
 */
export function readMoment(value: unknown, reading: DateReading): Moment | DateProblem {
	const number = numberText(value);
	if (number !== undefined) return ofDigits(number, true, reading);
	if (typeof value === 'object' && value !== null) {
		const epochMs = epochOfObject(value);
		return (epochMs === undefined ? undefined : momentAt(epochMs, reading.timeZone)) ?? 'unreadable';
	}
	if (typeof value !== 'string') return 'unreadable';
	const text = plainText(value);
	return /^\d+$/.test(text) ? ofDigits(text, false, reading) : ofText(text, reading);
}

/** Both ways in which JDY writes a date itself [D]. */
const OF_JDY = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?$/;

/** Whether a text is written as JDY writes dates, so that nothing is to be changed. */
export function isWrittenByJdy(value: unknown): value is string {
	return typeof value === 'string' && OF_JDY.test(value);
}

/** What an error says of each problem. */
const PROBLEMS: Record<DateProblem, string> = {
	unreadable: 'is not a date such as 2026-08-01 or 2026-08-01 08:00:00',
	impossible: 'is a date that does not exist',
	ambiguous: 'can be read as more than one date; write it like 2026-08-01',
};

/** A moment in either of JDY's forms [D]: `yyyy-MM-dd`, or `yyyy-MM-dd HH:mm:ss` if there is a time of day. */
function dayOrTime(value: unknown, { date, time }: Moment): string {
	if (isWrittenByJdy(value)) return value;
	return time === '00:00:00' ? date : `${date} ${time}`;
}

/** A date in one of JDY's forms; anything else as it is. */
export function withDateText(value: unknown, timeZone: string): unknown {
	const moment = readMoment(value, { timeZone, takesSerials: true });
	return typeof moment === 'string' ? value : dayOrTime(value, moment);
}

/**
 * A date in one of JDY's forms.
 *
 * @throws ValidationError naming `label`, for what is none
 */
export function dateText(label: string, value: unknown, timeZone: string): string {
	const moment = readMoment(value, { timeZone, takesSerials: true });
	if (typeof moment === 'string') throw new ValidationError(label, PROBLEMS[moment]);
	return dayOrTime(value, moment);
}
