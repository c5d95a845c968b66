import { allCalls, callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { writeMoment } from '../../nodes/KingdeeJdy/catalogue/encoding/dates.ts';
import type { Format, Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

/** 2026-03-01T16:30:00Z is half past midnight of the next day in Shanghai. */
const AFTER_MIDNIGHT = Date.UTC(2026, 2, 1, 16, 30);

const AS_GIVEN = { asGiven: true };
const NONE = { problem: '' };
const IMPOSSIBLE = { problem: ', a date that does not exist' };
const AMBIGUOUS = { problem: ', which can be read as more than one date' };
const OTHER_TIME = { problem: ', which is not between 1990 and 2100' };

const CASES: Array<[given: unknown, format: Format, timeZone: string, written: unknown]> = [
	['2026-03-01', 'date', SHANGHAI, '2026-03-01'],
	['2026/3/1', 'date', SHANGHAI, '2026-03-01'],
	['2026-03-01T00:00:00', 'date', NEW_YORK, '2026-03-01'],
	['2026-03-01T23:59:59', 'date', SHANGHAI, '2026-03-01'],
	['20260301235959', 'date', SHANGHAI, '2026-03-01'],
	['2026-03-01T16:30:00.000Z', 'date', SHANGHAI, '2026-03-02'],
	['2026-03-01T16:30:00.000Z', 'date', NEW_YORK, '2026-03-01'],
	['2026-03-02T00:30:00.000+08:00', 'dateTime', SHANGHAI, '2026-03-02 00:30:00'],
	['2026-03-02T00:30:00+0800', 'ms', NEW_YORK, String(AFTER_MIDNIGHT)],
	[new Date(AFTER_MIDNIGHT), 'date', SHANGHAI, '2026-03-02'],
	[{ toMillis: () => AFTER_MIDNIGHT }, 'dateTime', SHANGHAI, '2026-03-02 00:30:00'],
	[AFTER_MIDNIGHT, 'date', SHANGHAI, '2026-03-02'],
	[String(AFTER_MIDNIGHT), 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	[AFTER_MIDNIGHT / 1000, 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	['2026-03-02 00:30', 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	['20260302003000', 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	[202603020030, 'ms', SHANGHAI, String(AFTER_MIDNIGHT)],
	['2026-03-02 00:30:00.5', 'ms', SHANGHAI, String(AFTER_MIDNIGHT + 500)],
	['2026-03-01', 'ms', SHANGHAI, String(Date.UTC(2026, 1, 28, 16))],
	[46086, 'date', SHANGHAI, '2026-03-05'],
	[46086.5, 'dateTime', SHANGHAI, '2026-03-05 12:00:00'],
	// What JDY's own examples have where the other form is documented.
	['2026-03-01 23:59:59', 'date', SHANGHAI, AS_GIVEN],
	['2026-03-01', 'dateTime', SHANGHAI, AS_GIVEN],
	['2019-0-01', 'date', SHANGHAI, AS_GIVEN],
	['2019-01-00', 'dateTime', SHANGHAI, AS_GIVEN],
	['202603', 'period', SHANGHAI, '202603'],
	[202603, 'period', SHANGHAI, '202603'],
	['2026-3', 'period', SHANGHAI, '202603'],
	['2026年3月', 'period', SHANGHAI, '202603'],
	['2026-03-31', 'period', SHANGHAI, '202603'],
	[new Date(Date.UTC(2026, 1, 28, 16)), 'period', SHANGHAI, '202603'],
	['1700000000', 'timestamp', SHANGHAI, '1700000000'],
	['-1', 'timestamp', SHANGHAI, '-1'],
	[1700000000, 'timestamp', SHANGHAI, '1700000000'],
	[new Date(AFTER_MIDNIGHT), 'timestamp', SHANGHAI, String(AFTER_MIDNIGHT)],
	['tomorrow', 'date', SHANGHAI, NONE],
	['180', 'date', SHANGHAI, NONE],
	[46086, 'ms', SHANGHAI, NONE],
	['0', 'ms', SHANGHAI, NONE],
	[1e400, 'date', SHANGHAI, NONE],
	[JSON.rawJSON('1e400'), 'date', SHANGHAI, NONE],
	[true, 'date', SHANGHAI, NONE],
	[new Date(Number.NaN), 'date', SHANGHAI, NONE],
	[{}, 'date', SHANGHAI, NONE],
	['2026-02-30', 'date', SHANGHAI, IMPOSSIBLE],
	['2026-13-01', 'date', SHANGHAI, IMPOSSIBLE],
	['2026-03-01T00:00:00+99:99', 'dateTime', SHANGHAI, IMPOSSIBLE],
	['5/3/2026', 'date', SHANGHAI, AMBIGUOUS],
	['26-3-5', 'date', SHANGHAI, AMBIGUOUS],
	['1989-12-31', 'date', SHANGHAI, OTHER_TIME],
	['2101-01-01', 'date', SHANGHAI, OTHER_TIME],
	['1066-10-14 09:00', 'ms', SHANGHAI, OTHER_TIME],
	[new Date(0), 'dateTime', SHANGHAI, OTHER_TIME],
	['202613', 'period', SHANGHAI, NONE],
];

it.each(CASES)('%p as %s in %s is %p', (given, format, timeZone, written) => {
	expect(writeMoment(given, { format }, timeZone)).toEqual(typeof written === 'string' ? { text: written } : written);
});

const GUESSED: Array<[given: unknown, format: Format, written: unknown]> = [
	['180', 'date', AS_GIVEN],
	[180, 'date', AS_GIVEN],
	[46086, 'date', AS_GIVEN],
	['soon', 'date', AS_GIVEN],
	['长期', 'date', AS_GIVEN],
	['5/3/2026', 'date', AS_GIVEN],
	['2026-02-30', 'date', AS_GIVEN],
	['2026-03-01 12:00:00', 'date', AS_GIVEN],
	['2026/3/1', 'date', '2026-03-01'],
	[20260301, 'date', '2026-03-01'],
	['2026-03-01T16:30:00.000Z', 'date', '2026-03-02'],
	['1985/6/1', 'date', '1985-06-01'],
	['9999-12-31', 'date', '9999-12-31'],
	['1985-06-01', 'dateTime', AS_GIVEN],
	['1985/6/1', 'dateTime', '1985-06-01 00:00:00'],
	['202603', 'period', '202603'],
	['2026-03', 'period', AS_GIVEN],
	['2026年第3期', 'period', AS_GIVEN],
	[new Date(Date.UTC(2026, 2, 5)), 'period', '202603'],
];

it.each(GUESSED)('where only a name says so, %p as %s is %p', (given, format, written) => {
	expect(writeMoment(given, { format, isGuessed: true }, SHANGHAI)).toEqual(typeof written === 'string' ? { text: written } : written);
});

/** The format and whether it is guessed, by the names on the way to a parameter. */
async function formOf(id: string, ...names: string[]): Promise<string> {
	const [method = '', path = ''] = id.split(' ');
	const call = await callByPath(method, path);
	let level: Parameter[] = call ? parametersOf(call) : [];
	let found: Parameter | undefined;
	for (const name of names) {
		found = level.find((one) => one.name === name);
		level = found?.fields ?? [];
	}
	return `${found?.format}${found?.isGuessed ? '?' : ''}`;
}

it.each([
	['POST scm/sal_order', ['bill_date'], 'date'],
	['POST scm/pur_inbound', ['bill_date'], 'date'],
	['POST scm/sal_order', ['material_entity', 'kf_date'], 'date'],
	['POST scm/sal_order', ['material_entity', 'valid_date'], 'date?'],
	['POST scm/pur_order', ['material_entity', 'delivery_date'], 'date?'],
	['POST bd/customer', ['contact_persons', 'birthday'], 'dateTime?'],
	['POST bd/emp', ['hire_date'], 'date?'],
	['GET scm/sal_order', ['start_bill_date'], 'date'],
	['GET scm/sal_order', ['modify_start_time'], 'ms'],
	['POST fi/assistdetail_report', ['start_period'], 'period'],
	['GET fi/account_balance_report', ['start_period'], 'period?'],
])('%s %j is written as %s', async (id, names, form) => expect(await formOf(id, ...names)).toBe(form));

it('no guess is made of a time that filters: it must not be ignored', async () => {
	const guesses = (await allCalls()).flatMap((call) => parametersOf(call).filter(({ format, isGuessed }) => isGuessed && (format === 'ms' || format === 'timestamp')).map(({ name }) => `${call.id} ${name}`));
	expect(guesses).toEqual([]);
});
