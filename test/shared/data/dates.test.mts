import { dateText } from '../../../nodes/KingdeeJdy/shared/data/dates.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

describe('a date for JDY', () => {
	it.each([
		['2026-08-01', SHANGHAI, '2026-08-01'],
		[' 2026-08-01 ', SHANGHAI, '2026-08-01'],
		['2026-08-01 10:30:00', SHANGHAI, '2026-08-01 10:30:00'],
		['2026-08-01T10:30', SHANGHAI, '2026-08-01 10:30:00'],
		// What the date picker of the editor writes.
		['2026-08-01T00:00:00', SHANGHAI, '2026-08-01'],
		['2026-08-01T00:00:00.000+08:00', SHANGHAI, '2026-08-01'],
		['2026-08-01T00:00:00.000+08:00', NEW_YORK, '2026-08-01'],
		['2026-08-01 09:00:00 +0800', NEW_YORK, '2026-08-01 09:00:00'],
		['2026-07-31T16:00:00.000Z', SHANGHAI, '2026-08-01'],
		['2026-07-31T16:00:00Z', NEW_YORK, '2026-07-31 12:00:00'],
		['2026-02-28', NEW_YORK, '2026-02-28'],
		[new Date('2026-07-31T16:30:00Z'), SHANGHAI, '2026-08-01 00:30:00'],
	])('%s in %s is %s', (value, timezone, expected) => expect(dateText('Field "d"', value, timezone)).toBe(expected));

	it.each([
		['01.08.2026', 'is not a date such as'],
		['2026/08/01', 'is not a date such as'],
		['46235', 'is not a date such as'],
		[46235, 'is not a date such as'],
		['tomorrow', 'is not a date such as'],
		[new Date(Number.NaN), 'is not a date such as'],
		[{}, 'is not a date such as'],
		['2026-02-30', 'is a date that does not exist'],
		['2026-13-01', 'is a date that does not exist'],
		['2026-08-01 25:00:00', 'is a date that does not exist'],
	])('%s is refused', (value, complaint) => expect(() => dateText('Field "d"', value, SHANGHAI)).toThrow(`Field "d" ${complaint}`));
});
