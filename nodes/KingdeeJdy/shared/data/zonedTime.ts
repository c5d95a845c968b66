/** A moment as the clock of a time zone shows it, and as epoch milliseconds. */
export interface Moment {
	/** `yyyy-MM-dd` */
	date: string;
	/** `HH:mm:ss` */
	time: string;
	epochMs: number;
}

const SECOND_MS = 1000;

/** The greatest date of JavaScript. */
const MAX_EPOCH_MS = 8.64e15;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError if there is no such time zone */
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

/** Whether a text names a time zone, e.g. `Asia/Shanghai`. */
export function isTimeZone(name: string): boolean {
	try {
		formatterOf(name);
		return true;
	} catch {
		return false;
	}
}

/** What the clock of a zone shows, as epoch milliseconds of a clock in UTC that shows the same. */
function wallClockMs(epochMs: number, timeZone: string): number {
	const parts = formatterOf(timeZone).formatToParts(epochMs);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** When the clock of a zone shows this. The second look is for the hours around a change of the clock. */
function epochOf(wallMs: number, timeZone: string): number {
	const offsetAt = (epochMs: number) => wallClockMs(epochMs, timeZone) - epochMs;
	return wallMs - offsetAt(wallMs - offsetAt(wallMs));
}

function clockTexts(wallMs: number): Pick<Moment, 'date' | 'time'> {
	const [date = '', time = ''] = new Date(wallMs).toISOString().split('T');
	return { date, time: time.slice(0, 'HH:mm:ss'.length) };
}

const wholeSeconds = (ms: number) => Math.floor(ms / SECOND_MS) * SECOND_MS;

/** A moment of the world on the clock of a zone; undefined for what no calendar has. */
export function momentAt(epochMs: number, timeZone: string): Moment | undefined {
	if (!Number.isFinite(epochMs) || Math.abs(epochMs) > MAX_EPOCH_MS) return undefined;
	return { ...clockTexts(wallClockMs(wholeSeconds(epochMs), timeZone)), epochMs };
}

/** The moment at which the clock of a zone shows `wallMs`, which is counted as if the clock were in UTC. */
export function momentOnClock(wallMs: number, timeZone: string): Moment {
	const seconds = wholeSeconds(wallMs);
	return { ...clockTexts(seconds), epochMs: epochOf(seconds, timeZone) + (wallMs - seconds) };
}
