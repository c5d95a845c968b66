import { momentAt } from './zonedTime';

/** Days, weeks from Monday, months, quarters and years, as the calendar has them. */
export const PERIODS = ['today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'thisQuarter', 'lastQuarter', 'thisYear', 'lastYear'] as const;

export type Period = (typeof PERIODS)[number];

/** The first and the last day of a period, `yyyy-MM-dd`. */
export interface DayRange {
	from: string;
	until: string;
}

const MONTHS: Record<string, number> = { Month: 1, Quarter: 3, Year: 12 };

function isoDay(year: number, month: number, day: number): string {
	return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 'yyyy-MM-dd'.length);
}

/** The days of a period, seen from a moment on the clock of a zone. */
export function daysOf(period: Period, nowMs: number, timeZone: string): DayRange {
	const today = momentAt(nowMs, timeZone)?.date ?? '';
	const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
	const monthIndex = month - 1;
	const back = period === 'yesterday' || period.startsWith('last') ? 1 : 0;
	const unit = period.replace(/^(?:this|last)/, '');
	const length = MONTHS[unit];
	if (length !== undefined) {
		const first = monthIndex - (monthIndex % length) - back * length;
		return { from: isoDay(year, first, 1), until: isoDay(year, first + length, 0) };
	}
	if (unit !== 'Week') return { from: isoDay(year, monthIndex, day - back), until: isoDay(year, monthIndex, day - back) };
	const sinceMonday = (new Date(Date.UTC(year, monthIndex, day)).getUTCDay() + 6) % 7;
	const monday = day - sinceMonday - back * 7;
	return { from: isoDay(year, monthIndex, monday), until: isoDay(year, monthIndex, monday + 6) };
}
