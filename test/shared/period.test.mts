import { daysOf } from '../../nodes/KingdeeJdy/shared/data/period.ts';
import type { Period } from '../../nodes/KingdeeJdy/shared/data/period.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

/** From a calendar: 2026-01-01 is a Thursday, 2024 a leap year, 2025-12-29 a Monday. */
const CASES: Array<[now: string, zone: string, period: Period, from: string, until: string]> = [
	['2026-03-05T08:00:00Z', SHANGHAI, 'today', '2026-03-05', '2026-03-05'],
	['2026-03-05T08:00:00Z', SHANGHAI, 'yesterday', '2026-03-04', '2026-03-04'],
	['2026-03-05T15:59:59Z', SHANGHAI, 'today', '2026-03-05', '2026-03-05'],
	['2026-03-05T16:00:00Z', SHANGHAI, 'today', '2026-03-06', '2026-03-06'],
	['2026-03-05T16:00:00Z', NEW_YORK, 'today', '2026-03-05', '2026-03-05'],
	['2026-03-06T04:59:59Z', NEW_YORK, 'today', '2026-03-05', '2026-03-05'],
	['2025-12-31T15:59:59Z', SHANGHAI, 'thisYear', '2025-01-01', '2025-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'thisYear', '2026-01-01', '2026-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'lastYear', '2025-01-01', '2025-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'yesterday', '2025-12-31', '2025-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'lastMonth', '2025-12-01', '2025-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'lastQuarter', '2025-10-01', '2025-12-31'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'thisWeek', '2025-12-29', '2026-01-04'],
	['2025-12-31T16:00:00Z', SHANGHAI, 'lastWeek', '2025-12-22', '2025-12-28'],
	['2026-01-04T15:59:59Z', SHANGHAI, 'thisWeek', '2025-12-29', '2026-01-04'],
	['2026-01-04T16:00:00Z', SHANGHAI, 'thisWeek', '2026-01-05', '2026-01-11'],
	['2026-01-04T16:00:00Z', SHANGHAI, 'lastWeek', '2025-12-29', '2026-01-04'],
	['2024-02-29T01:00:00Z', SHANGHAI, 'thisMonth', '2024-02-01', '2024-02-29'],
	['2026-03-31T01:00:00Z', SHANGHAI, 'lastMonth', '2026-02-01', '2026-02-28'],
	['2026-03-31T16:00:00Z', SHANGHAI, 'thisQuarter', '2026-04-01', '2026-06-30'],
	['2026-03-31T16:00:00Z', SHANGHAI, 'lastQuarter', '2026-01-01', '2026-03-31'],
	['2026-08-15T01:00:00Z', SHANGHAI, 'thisQuarter', '2026-07-01', '2026-09-30'],
	['2024-12-31T10:00:00Z', SHANGHAI, 'lastYear', '2023-01-01', '2023-12-31'],
	['2024-03-01T01:00:00Z', SHANGHAI, 'yesterday', '2024-02-29', '2024-02-29'],
];

it.each(CASES)('at %s in %s, %s is %s to %s', (now, zone, period, from, until) => {
	expect(daysOf(period, Date.parse(now), zone)).toEqual({ from, until });
});
