import type { Format } from '../types';

/** A moment as a zone's clock shows it, and as the world counts it. */
interface Moment {
	/** `yyyy-MM-dd` */
	date: string;
	/** `HH:mm:ss` */
	time: string;
	epochMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
	const known = formatters.get(timeZone);
	if (known) return known;
	const [numeric, hourCycle] = ['numeric', 'h23'] as const;
	const formatter = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle,
		year: numeric,
		month: numeric,
		day: numeric,
		hour: numeric,
		minute: numeric,
		second: numeric,
	});
	formatters.set(timeZone, formatter);
	return formatter;
}

/** What the clock of a zone shows, as if it stood in Greenwich. */
function wallMs(epochMs: number, timeZone: string): number {
	const parts = formatterOf(timeZone).formatToParts(epochMs);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** When the clock of a zone shows this. The second look is for the hours around a change of the clock. */
function epochOf(wall: number, timeZone: string): number {
	const offsetAt = (epochMs: number) => wallMs(epochMs, timeZone) - epochMs;
	const guess = wall - offsetAt(wall);
	return wall - offsetAt(guess);
}

function atEpoch(epochMs: number, timeZone: string): Moment | undefined {
	if (!Number.isFinite(epochMs) || Math.abs(epochMs) > 8.64e15) return undefined;
	const seconds = Math.floor(epochMs / SECOND_MS) * SECOND_MS;
	const [date = '', time = ''] = new Date(wallMs(seconds, timeZone)).toISOString().split('T');
	return { date, time: time.slice(0, 8), epochMs };
}

/** Day and time with any of the usual separators; the zone where one is told. */
const WRITTEN = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

function offsetMs(zone: string): number {
	if (zone.toUpperCase() === 'Z') return 0;
	const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

function ofText(text: string, timeZone: string): Moment | undefined {
	const found = WRITTEN.exec(text);
	if (!found) return undefined;
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = found;
	const numbers = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)] as const;
	const wall = Date.UTC(...numbers);
	const back = new Date(wall);
	const isReal = [
		back.getUTCFullYear(),
		back.getUTCMonth(),
		back.getUTCDate(),
		back.getUTCHours(),
		back.getUTCMinutes(),
		back.getUTCSeconds(),
	].every((value, index) => value === numbers[index]);
	if (!isReal) return undefined;
	const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
	if (zone !== undefined) return atEpoch(wall - offsetMs(zone) + ms, timeZone);
	const [date = '', time = ''] = back.toISOString().split('T');
	return { date, time: time.slice(0, 8), epochMs: epochOf(wall, timeZone) + ms };
}

/** A Date, or what luxon and dayjs make. */
function epochOfObject(value: object): number | undefined {
	if (value instanceof Date) return value.getTime();
	if ('toMillis' in value && typeof value.toMillis === 'function') return Number(value.toMillis());
	return 'valueOf' in value && 'toISOString' in value ? Number(value.valueOf()) : undefined;
}

const EPOCH_MS = /^\d{12,14}$/;

function momentOf(value: unknown, timeZone: string): Moment | undefined {
	if (typeof value === 'object' && value !== null) {
		const epochMs = epochOfObject(value);
		return epochMs === undefined ? undefined : atEpoch(epochMs, timeZone);
	}
	const text = typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint' ? String(value).trim() : '';
	return EPOCH_MS.test(text) ? atEpoch(Number(text), timeZone) : ofText(text, timeZone);
}

const PERIOD = /^\d{4}(?:0[1-9]|1[0-2])$/;
const MONTH = /^(\d{4})[-/.](\d{1,2})$/;

function periodOf(value: unknown, timeZone: string): string | undefined {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const [, year = '', month = ''] = MONTH.exec(text) ?? [];
	const written = year === '' ? text : year + month.padStart(2, '0');
	return PERIOD.test(written) ? written : momentOf(value, timeZone)?.date.slice(0, 7).replace('-', '');
}

/** What a complaint says that each format wants. */
export const WANTED: Record<Format, string> = {
	date: 'a date, e.g. 2026-03-31',
	dateTime: 'a date with time, e.g. 2026-03-31 14:30:00',
	ms: 'a date with time, e.g. 2026-03-31 14:30:00',
	period: 'an accounting period, e.g. 202603',
	timestamp: 'a timestamp',
};

/**
 * A moment in the words of a parameter. Dates without a zone are meant as they stand, those with one are seen from
 * `timeZone`; epoch milliseconds are taken too.
 *
 * @returns undefined for what is no moment; for `timestamp` texts and numbers as they are
 */
export function writeMoment(value: unknown, format: Format, timeZone: string): string | undefined {
	if (format === 'period') return periodOf(value, timeZone);
	if (format === 'timestamp' && typeof value !== 'object') return String(value).trim();
	const moment = momentOf(value, timeZone);
	if (moment === undefined) return undefined;
	if (format === 'date') return moment.date;
	return format === 'dateTime' ? `${moment.date} ${moment.time}` : String(moment.epochMs);
}

/** Whether a value is an object that stands for a moment. */
export function isMoment(value: unknown): boolean {
	return typeof value === 'object' && value !== null && epochOfObject(value) !== undefined;
}
