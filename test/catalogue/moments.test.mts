import type { Format } from '../../nodes/KingdeeJdy/catalogue/types.ts';
import { writeMoment } from '../../nodes/KingdeeJdy/catalogue/wire/moments.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

/** 2026-03-01T16:30:00Z is half past midnight of the next day in Shanghai. */
const AFTER_MIDNIGHT = Date.UTC(2026, 2, 1, 16, 30);

const CASES: Array<[given: unknown, format: Format, timeZone: string, written: string | undefined]> = [
	['2026-03-01', 'date', SHANGHAI, '2026-03-01'],
	['2026/3/1', 'date', SHANGHAI, '2026-03-01'],
	['2026-03-01T00:00:00', 'date', NEW_YORK, '2026-03-01'],
	['2026-03-01 23:59:59', 'date', SHANGHAI, '2026-03-01'],
	['2026-03-01T16:30:00.000Z', 'date', SHANGHAI, '2026-03-02'],
	['2026-03-01T16:30:00.000Z', 'date', NEW_YORK, '2026-03-01'],
	['2026-03-02T00:30:00.000+08:00', 'dateTime', SHANGHAI, '2026-03-02 00:30:00'],
	['2026-03-02T00:30:00+0800', 'ms', NEW_YORK, String(AFTER_MIDNIGHT)],
	[new Date(AFTER_MIDNIGHT), 'date', SHANGHAI, '2026-03-02'],
	[{ toMillis: () => AFTER_MIDNIGHT }, 'dateTime', SHANGHAI, '2026-03-02 00:30:00'],
	[AFTER_MIDNIGHT, 'date', SHANGHAI, '2026-03-02'],
	[String(AFTER_MIDNIGHT), 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	['2026-03-02 00:30', 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	['2026-03-02 00:30:00.5', 'ms', SHANGHAI, String(AFTER_MIDNIGHT + 500)],
	['2026-03-01', 'ms', SHANGHAI, String(Date.UTC(2026, 1, 28, 16))],
	// The clock of New York was put forward at two o'clock.
	['2026-03-08 03:00:00', 'ms', NEW_YORK, String(Date.UTC(2026, 2, 8, 7))],
	['2026-03-01', 'dateTime', SHANGHAI, '2026-03-01 00:00:00'],
	['202603', 'period', SHANGHAI, '202603'],
	[202603, 'period', SHANGHAI, '202603'],
	['2026-3', 'period', SHANGHAI, '202603'],
	['2026-03-31', 'period', SHANGHAI, '202603'],
	['1700000000', 'timestamp', SHANGHAI, '1700000000'],
	[1700000000, 'timestamp', SHANGHAI, '1700000000'],
	[new Date(AFTER_MIDNIGHT), 'timestamp', SHANGHAI, String(AFTER_MIDNIGHT)],
	['tomorrow', 'date', SHANGHAI, undefined],
	['2026-02-30', 'date', SHANGHAI, undefined],
	['2026-13-01', 'date', SHANGHAI, undefined],
	['202613', 'period', SHANGHAI, undefined],
	[true, 'date', SHANGHAI, undefined],
	[20260301, 'date', SHANGHAI, undefined],
	[new Date(Number.NaN), 'date', SHANGHAI, undefined],
	[{}, 'date', SHANGHAI, undefined],
];

it.each(CASES)('%p as %s in %s is %p', (given, format, timeZone, written) => {
	expect(writeMoment(given, format, timeZone)).toBe(written);
});
