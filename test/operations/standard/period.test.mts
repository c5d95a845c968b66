import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

/** 2026-01-01 00:10 in Shanghai, 2025-12-31 in New York. */
const NOW = Date.parse('2025-12-31T16:10:00Z');

let emulator: Emulator;
let clock: { mockRestore: () => void };
beforeEach(async () => {
	const real = Date.now;
	const start = real();
	clock = jest.spyOn(Date, 'now').mockImplementation(() => NOW + real() - start);
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => {
	clock.mockRestore();
	await emulator.stop();
});

const list = (type: string, options: IDataObject, filters: IDataObject = {}) => ({ resource: 'record', operation: 'getMany', type, filters: { mappingMode: 'defineBelow', value: filters }, options });
const report = (path: string, options: IDataObject, filters: IDataObject = {}) => ({ resource: 'report', operation: 'getMany', report: path, filters: { mappingMode: 'defineBelow', value: filters }, options });

const SENT: Array<[what: string, parameters: IDataObject, sent: IDataObject]> = [
	['days of documents', list('scm/sal_order', { period: 'lastMonth' }), { start_bill_date: '2025-12-01', end_bill_date: '2025-12-31' }],
	['the zone that is set', list('scm/sal_order', { period: 'today', timeZone: 'America/New_York' }), { start_bill_date: '2025-12-31', end_bill_date: '2025-12-31' }],
	['other filters as well', list('scm/sal_order', { period: 'today' }, { bill_status: 'C' }), { start_bill_date: '2026-01-01', end_bill_date: '2026-01-01', bill_status: 'C' }],
	['days of a report', report('arap/ar_summary_report', { period: 'thisYear' }), { start_date: '2026-01-01', end_date: '2026-12-31' }],
	['accounting periods', report('fi/qty_sum', { period: 'lastQuarter' }), { start_period: '202510', end_period: '202512' }],
	['one accounting period', report('fi/balancesheet', { period: 'lastMonth' }), { period: '202512' }],
	['moments of a day', report('ls/recharge_record', { period: 'yesterday' }), { start_date: '2025-12-31 00:00:00', end_date: '2025-12-31 23:59:59' }],
	['the time of creation where there is no other date', list('bd/supplier', { period: 'yesterday' }), { create_start_time: String(Date.parse('2025-12-30T16:00:00Z')), create_end_time: String(Date.parse('2025-12-31T15:59:59Z')) }],
];

it.each(SENT)('Period sends %s', async (_what, parameters, sent) => {
	const { hints } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
	const call = emulator.ledger.at(-1);
	expect(readQuery(call?.query ?? '')).toMatchObject(sent);
	expect(hints('JDY').some(({ message }) => message.startsWith('Period filters'))).toBe('create_start_time' in sent);
});

it.each([
	['is given with a filter by date', list('scm/sal_order', { period: 'today' }, { end_bill_date: '2026-01-01' }), 'Period and the filter "end_bill_date" (Bill Date Until) cannot both be given; take one of them out'],
	['takes several accounting periods where there can be one', report('fi/profit_report', { period: 'thisQuarter' }), 'Period "thisQuarter" is 202601 to 202603, but JDY takes one accounting period for Income Statement; choose a month'],
	['meets a list without dates', list('fi/voucher_type', { period: 'today' }), 'Period cannot be used with Voucher Type: List: JDY has no filter by date for it'],
	['is none', list('scm/sal_order', { period: 'tomorrow' }), 'Period must be one of today, yesterday, thisWeek, lastWeek, thisMonth, lastMonth, thisQuarter, lastQuarter, thisYear, lastYear'],
])('Period is refused, and nothing sent, where it %s', async (_what, parameters, message) => {
	const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
	expect(failed).toMatchObject([{ json: { error: { message: `Item 0: ${message}` } } }]);
	expect(emulator.ledger).toEqual([]);
});
