/** How people and programs write a date: from a text to what a clock shows. */

/** What a text says a clock shows. */
interface WrittenDate {
	/** Epoch milliseconds of a clock in UTC that shows the same. */
	wallMs: number;
	/** Of the clock from UTC; undefined if the text has no zone. */
	offsetMs: number | undefined;
}

/** Why a text is no date: it has another form, or the form of one that no calendar, clock or map has. */
export type NoDate = 'unreadable' | 'impossible';

const MINUTE_MS = 60_000;

const DAYS = [
	/^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
	/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\d)/,
	/^(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)/,
	/^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/,
	/^(\d{4})(\d{2})(\d{2})(?!\d)/,
];

/** Between day and time: a T, a comma, spaces, or nothing after 日. */
const GAP = /^(?:T|,? *)/i;

/** Half of the day, hour, minute, second, fraction, half of the day. */
const TIMES = [
	/^(上午|下午)? ?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(AM|PM))?/i,
	/^(上午|下午)? ?(\d{1,2}) ?[时時点點](?: ?(\d{1,2}) ?分)?(?: ?(\d{1,2}) ?秒)?/,
];

const COMPACT_DAY = /^\d{8}/;

const COMPACT_TIME = /^()(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?/;

const ZONE = /^ ?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)$/i;

/** Full-width digits and signs as they are usually typed, and every dash as a minus. */
export function plainText(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[‐‑‒–—−]/g, '-')
		.trim();
}

/** The hour of the day, which may be written in halves of the day; NaN if it is not possible. */
function hourOf(hour: number, half: string): number {
	switch (half.toUpperCase()) {
		case 'AM':
			return hour > 12 || hour === 0 ? NaN : hour % 12;
		case '上午':
			// Twelve o'clock in the morning is midnight to programs, and noon to people.
			return hour < 12 ? hour : NaN;
		case 'PM':
		case '下午':
			return hour === 0 ? NaN : hour < 12 ? hour + 12 : hour;
		default:
			return hour;
	}
}

/** What a clock shows; undefined if none can show it, such as the 30th of February. */
function wallMsOf(parts: readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]): number | undefined {
	const [year, month, day, hour, minute, second] = parts;
	const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
	const clock = new Date(wallMs);
	const shown = [clock.getUTCFullYear(), clock.getUTCMonth() + 1, clock.getUTCDate(), clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds()];
	return shown.every((value, index) => value === parts[index]) ? wallMs : undefined;
}

const MAX_OFFSET_MINUTES = 14 * 60;

/** Undefined for an offset that no place on earth has. */
function offsetMsOf(sign: string, hours: number, minutes: number): number | undefined {
	const total = hours * 60 + minutes;
	return minutes > 59 || total > MAX_OFFSET_MINUTES ? undefined : (sign === '-' ? -1 : 1) * total * MINUTE_MS;
}

interface Piece {
	parts: string[];
	rest: string;
}

/** What the first pattern that fits takes from the beginning of a text. */
function pieceOf(text: string, patterns: readonly RegExp[]): Piece | undefined {
	for (const pattern of patterns) {
		const found = pattern.exec(text);
		if (found) return { parts: found.slice(1).map((part: string | undefined) => part ?? ''), rest: text.slice(found[0].length) };
	}
	return undefined;
}

const MIDNIGHT: Piece = { parts: ['', '0', '0', '0', '', ''], rest: '' };

/** Reads a date, with or without time and zone, such as `2026-03-05`, `2026/3/5 14:30`, `2026年3月5日 下午2点30分`, `20260305T063000Z`. */
export function readWritten(text: string): WrittenDate | NoDate {
	const day = pieceOf(text, DAYS);
	if (!day) return 'unreadable';
	const time = day.rest === '' ? MIDNIGHT : pieceOf(day.rest.replace(GAP, ''), COMPACT_DAY.test(text) ? [...TIMES, COMPACT_TIME] : TIMES);
	if (!time) return 'unreadable';
	const zone = time.rest === '' ? undefined : ZONE.exec(time.rest);
	if (zone === null) return 'unreadable';
	const [before = '', hour = '', minute, second, fraction = '', after = ''] = time.parts;
	const clock = [hourOf(Number(hour), before === '' ? after : before), Number(minute), Number(second)] as const;
	const [year, month, date] = day.parts.map(Number) as [number, number, number];
	const wallMs = wallMsOf([year, month, date, ...clock]);
	const [, sign = '', hours = '0', minutes = '0'] = zone ?? [];
	const offsetMs = zone ? offsetMsOf(sign, Number(hours), Number(minutes)) : undefined;
	if (wallMs === undefined || (zone && offsetMs === undefined)) return 'impossible';
	return { wallMs: wallMs + Number(fraction.slice(0, 3).padEnd(3, '0')), offsetMs };
}
