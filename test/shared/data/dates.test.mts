import { isTimeZone } from '../../../nodes/KingdeeJdy/shared/data/zonedTime.ts';
import { dateText, readMoment } from '../../../nodes/KingdeeJdy/shared/data/dates.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

/** 2026-03-05 14:30:00 in Shanghai. */
const HALF_PAST_TWO = Date.UTC(2026, 2, 5, 6, 30);

function read(value: unknown, timeZone = SHANGHAI, takesSerials = true): string {
	const moment = readMoment(value, { timeZone, takesSerials });
	return typeof moment === 'string' ? moment : `${moment.date} ${moment.time}`;
}

describe('a date means what people in China mean', () => {
	it.each<[unknown, string]>([
		['2026-03-05', '2026-03-05 00:00:00'],
		[' 2026-03-05 ', '2026-03-05 00:00:00'],
		['2026-3-5', '2026-03-05 00:00:00'],
		['2026/3/5', '2026-03-05 00:00:00'],
		['2026/03/05', '2026-03-05 00:00:00'],
		['2026.3.5', '2026-03-05 00:00:00'],
		['2026.03.05', '2026-03-05 00:00:00'],
		['2026年3月5日', '2026-03-05 00:00:00'],
		['2026年03月05日', '2026-03-05 00:00:00'],
		['2026 年 3 月 5 日', '2026-03-05 00:00:00'],
		['2026年3月5号', '2026-03-05 00:00:00'],
		['２０２６－０３－０５', '2026-03-05 00:00:00'],
		['２０２６年３月５日', '2026-03-05 00:00:00'],
		['２０２６／３／５　１４：３０', '2026-03-05 14:30:00'],
		['2026–03–05', '2026-03-05 00:00:00'],
		['20260305', '2026-03-05 00:00:00'],
		['２０２６０３０５', '2026-03-05 00:00:00'],
		[20260305, '2026-03-05 00:00:00'],
		[20260305n, '2026-03-05 00:00:00'],
		[JSON.rawJSON('20260305'), '2026-03-05 00:00:00'],
		['202603051430', '2026-03-05 14:30:00'],
		[202603051430, '2026-03-05 14:30:00'],
		['20260305143005', '2026-03-05 14:30:05'],
		[20260305143005, '2026-03-05 14:30:05'],
		['20260305143005123', '2026-03-05 14:30:05'],
		['20260305T143005', '2026-03-05 14:30:05'],
		['20260305 1430', '2026-03-05 14:30:00'],
		['2026-03-05 14:30', '2026-03-05 14:30:00'],
		['2026-3-5 9:05', '2026-03-05 09:05:00'],
		['2026-03-05T14:30:05', '2026-03-05 14:30:05'],
		['2026-03-05t14:30:05.999', '2026-03-05 14:30:05'],
		['2026-03-05  14:30:05,5', '2026-03-05 14:30:05'],
		['2026/3/5 14:30:05', '2026-03-05 14:30:05'],
		['2026/3/5, 2:30:05 PM', '2026-03-05 14:30:05'],
		['2026/3/5 2:30 pm', '2026-03-05 14:30:00'],
		['2026/3/5 12:30 AM', '2026-03-05 00:30:00'],
		['2026/3/5 12:30 PM', '2026-03-05 12:30:00'],
		['2026/3/5 下午2:30:05', '2026-03-05 14:30:05'],
		['2026/3/5 上午9:05', '2026-03-05 09:05:00'],
		['2026/3/5 下午12:30', '2026-03-05 12:30:00'],
		['2026/3/5 下午14:30', '2026-03-05 14:30:00'],
		['2026年3月5日14:30', '2026-03-05 14:30:00'],
		['2026年3月5日 14时30分', '2026-03-05 14:30:00'],
		['2026年3月5日下午2点', '2026-03-05 14:00:00'],
		['2026年3月5日 14时30分5秒', '2026-03-05 14:30:05'],
		// From here with a zone of its own: the clock of JDY shows another time.
		['2026-03-05T06:30:00Z', '2026-03-05 14:30:00'],
		['2026-03-05T06:30:00.000z', '2026-03-05 14:30:00'],
		['20260305T063000Z', '2026-03-05 14:30:00'],
		['2026-03-05T16:30:00Z', '2026-03-06 00:30:00'],
		['2026-03-05 14:30:00 +0800', '2026-03-05 14:30:00'],
		['2026-03-05T01:30:00-05', '2026-03-05 14:30:00'],
		['2026-03-05T01:30:00-05:00', '2026-03-05 14:30:00'],
		['2026-03-05T20:30:00+14:00', '2026-03-05 14:30:00'],
		[new Date(HALF_PAST_TWO), '2026-03-05 14:30:00'],
		[{ toMillis: () => HALF_PAST_TWO }, '2026-03-05 14:30:00'],
		[HALF_PAST_TWO, '2026-03-05 14:30:00'],
		[String(HALF_PAST_TWO), '2026-03-05 14:30:00'],
		[HALF_PAST_TWO / 1000, '2026-03-05 14:30:00'],
		[String(HALF_PAST_TWO / 1000), '2026-03-05 14:30:00'],
		// Days of a spreadsheet, as LibreOffice and Excel count them.
		[46086, '2026-03-05 00:00:00'],
		[46086n, '2026-03-05 00:00:00'],
		[46086.604166666664, '2026-03-05 14:30:00'],
		[32874, '1990-01-01 00:00:00'],
		[73415, '2100-12-31 00:00:00'],
	])('%p: %s', (value, expected) => expect(read(value)).toBe(expected));

	it('in another zone, where that is set', () => {
		expect(read('2026-03-05T06:30:00Z', NEW_YORK)).toBe('2026-03-05 01:30:00');
		expect(read(HALF_PAST_TWO, NEW_YORK)).toBe('2026-03-05 01:30:00');
		expect(read('2026-03-05 14:30', NEW_YORK)).toBe('2026-03-05 14:30:00');
	});

	it.each<[string, string, number]>([
		['2026-03-05 14:30', SHANGHAI, HALF_PAST_TWO],
		['2026-03-05 14:30:00.5', SHANGHAI, HALF_PAST_TWO + 500],
		['2026-03-05T14:30:00.123456+08:00', NEW_YORK, HALF_PAST_TWO + 123],
		['20260305143000123', SHANGHAI, HALF_PAST_TWO + 123],
		// The clock of New York was put forward at two o'clock.
		['2026-03-08 03:00:00', NEW_YORK, Date.UTC(2026, 2, 8, 7)],
	])('%s in %s at %d', (value, timeZone, epochMs) => expect(readMoment(value, { timeZone, takesSerials: false })).toMatchObject({ epochMs }));
});

it.each<[unknown, string]>([
	['tomorrow', 'unreadable'],
	['', 'unreadable'],
	['180', 'unreadable'],
	[180, 'unreadable'],
	[0, 'unreadable'],
	[-1, 'unreadable'],
	['46086', 'unreadable'],
	[32873, 'unreadable'],
	[73416, 'unreadable'],
	[99999, 'unreadable'],
	['2026', 'unreadable'],
	['202603', 'unreadable'],
	['260305', 'unreadable'],
	['2026-03', 'unreadable'],
	['2026年3月', 'unreadable'],
	['3月5日', 'unreadable'],
	['2026-03-05Z', 'unreadable'],
	['2026-03-05-08', 'unreadable'],
	['2026-03-05 1430', 'unreadable'],
	['2026-03/05', 'unreadable'],
	['2026-03-05 14:30 CST', 'unreadable'],
	['2026-03-05 - 2026-03-06', 'unreadable'],
	['2026-W10-4', 'unreadable'],
	['二〇二六年三月五日', 'unreadable'],
	['19891231', 'unreadable'],
	['21010101', 'unreadable'],
	['20261345', 'unreadable'],
	[1e400, 'unreadable'],
	[JSON.rawJSON('1e400'), 'unreadable'],
	['1e400', 'unreadable'],
	// Before 1990, and after 2100.
	[631_151_999_999 - 8 * 3_600_000, 'unreadable'],
	['567993600000', 'unreadable'],
	['4133980800000', 'unreadable'],
	[8_640_000_000_000_001, 'unreadable'],
	[true, 'unreadable'],
	[null, 'unreadable'],
	[{}, 'unreadable'],
	[[], 'unreadable'],
	[new Date(Number.NaN), 'unreadable'],
	[{ toMillis: () => Number.NaN }, 'unreadable'],
	['2026-02-30', 'impossible'],
	['2026-02-29', 'impossible'],
	['2026-13-01', 'impossible'],
	['2026-00-01', 'impossible'],
	['2019-0-01', 'impossible'],
	['2026年2月30日', 'impossible'],
	['2026-03-05 24:00', 'impossible'],
	['2026-03-05 14:60', 'impossible'],
	['2026-03-05 14:30:60', 'impossible'],
	['2026/3/5 13:00 AM', 'impossible'],
	['2026/3/5 0:30 PM', 'impossible'],
	['2026-03-05T14:30:00+99:99', 'impossible'],
	['2026-03-05T14:30:00+14:30', 'impossible'],
	['2026-03-05T14:30:00+08:60', 'impossible'],
	['2026-03-05T14:30:00-15:00', 'impossible'],
	['5/3/2026', 'ambiguous'],
	['05-03-2026', 'ambiguous'],
	['01.08.2026', 'ambiguous'],
	['31/12/2026 14:30', 'ambiguous'],
	['26-3-5', 'ambiguous'],
	['26/03/05', 'ambiguous'],
	// An hour of 2026, and a second of 2034.
	['2026030514', 'ambiguous'],
])('%p is %s', (value, problem) => expect(read(value)).toBe(problem));

it('takes days of a spreadsheet only where a date is meant', () => {
	expect(read(46086, SHANGHAI, false)).toBe('unreadable');
});

describe('where JDY takes a day or a moment', () => {
	it.each([
		['2026-08-01', SHANGHAI, '2026-08-01'],
		[' 2026-08-01 ', SHANGHAI, '2026-08-01'],
		['2026/08/01', SHANGHAI, '2026-08-01'],
		['2026-08-01 10:30:00', SHANGHAI, '2026-08-01 10:30:00'],
		['2026-08-01 00:00:00', SHANGHAI, '2026-08-01 00:00:00'],
		['2026-08-01T10:30', SHANGHAI, '2026-08-01 10:30:00'],
		['1987-08-01', SHANGHAI, '1987-08-01'],
		// What the date picker of the editor writes.
		['2026-08-01T00:00:00', SHANGHAI, '2026-08-01'],
		['2026-08-01T00:00:00.000+08:00', SHANGHAI, '2026-08-01'],
		['2026-08-01T00:00:00.000+08:00', NEW_YORK, '2026-07-31 12:00:00'],
		['2026-07-31T16:00:00.000Z', SHANGHAI, '2026-08-01'],
		['2026-02-28', NEW_YORK, '2026-02-28'],
		[new Date('2026-07-31T16:30:00Z'), SHANGHAI, '2026-08-01 00:30:00'],
		[46235, SHANGHAI, '2026-08-01'],
	])('%s in %s is written as %s', (value, timeZone, expected) => expect(dateText('Field "d"', value, timeZone)).toBe(expected));

	it.each([
		['01.08.2026', 'can be read as more than one date; write it like 2026-08-01'],
		['46235', 'is not a date such as 2026-08-01 or 2026-08-01 08:00:00'],
		['tomorrow', 'is not a date such as 2026-08-01 or 2026-08-01 08:00:00'],
		['2026-02-30', 'is a date that does not exist'],
		['2026-08-01 25:00:00', 'is a date that does not exist'],
	])('%s is refused', (value, complaint) => expect(() => dateText('Field "d"', value, SHANGHAI)).toThrow(`Field "d" ${complaint}`));
});

it('knows time zones by their names', () => {
	expect(['Asia/Shanghai', 'UTC', 'Asia/Peking', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
