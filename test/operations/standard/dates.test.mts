import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { save as customSave } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

const NEW_YORK = 'America/New_York';
const ORDER = '/jdy/v2/scm/sal_order';

/** Half past midnight of the 14th of July in China; the 13th in New York. */
const AFTER_MIDNIGHT = '2026-07-14T00:30:00+08:00';
const AFTER_MIDNIGHT_MS = Date.UTC(2026, 6, 13, 16, 30);

const type = (value: string) => ({ __rl: true, mode: 'list', value });
const form = (value: IDataObject) => ({ mappingMode: 'defineBelow', value });
const order = (more: IDataObject) => ({ customer_id: '1', material_entity: [{ material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false }], ...more });
const messageOf = (json: IDataObject | undefined) => (json?.error as IDataObject | undefined)?.message;

async function saveOrders(items: IDataObject[], options: IDataObject = {}) {
	const parameters = { resource: 'record', operation: 'save', type: type('scm/sal_order'), dataMode: 'inputItem', options };
	return await kingdeeJdy(emulator, { parameters, items, settings: CONTINUE, timezone: NEW_YORK });
}

async function listOrders(more: IDataObject) {
	return await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'getMany', type: type('scm/sal_order'), ...more }, settings: CONTINUE, timezone: NEW_YORK });
}

const queryOf = () => readQuery(emulator.ledger[0]?.query ?? '');

describe('the date of a document', () => {
	const DAYS = [
		'2026-03-05',
		'2026-3-5',
		'2026/3/5',
		'2026.3.5',
		'2026年3月5日',
		'２０２６－０３－０５',
		'20260305',
		20260305,
		'202603051430',
		202603051430,
		'20260305143000',
		20260305143000,
		46086,
		'2026-03-05T14:30:00',
		'2026-03-04T16:30:00.000Z',
		'2026-3-5 9:05',
		'2026/3/5 下午2:30',
		Date.UTC(2026, 2, 4, 16, 30),
	];

	it('means what people in China mean, whatever the zone of the workflow', async () => {
		const { done } = await saveOrders(DAYS.map((bill_date) => order({ bill_date })));
		expect(done).toHaveLength(DAYS.length);
		expect(bodiesOf(emulator, ORDER).map(({ bill_date }) => bill_date)).toEqual(DAYS.map(() => '2026-03-05'));
	});

	it('is refused where it surely is none, or may be another, and nothing is sent', async () => {
		const none = ['soon', '180', '46086', '2026-02-30', '2026-03-05T00:00:00+99:99', '1989-12-31', '2101-01-01', '5/3/2026', '26-3-5', '2026030514', 631151999, 4133980800000, true];
		const { failed } = await saveOrders(none.map((bill_date) => order({ bill_date })));
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(none.map(() => 'notSent'));
		expect(failed.map(({ json }) => String(messageOf(json)).includes('"bill_date"'))).toEqual(none.map(() => true));
		expect(emulator.connections).toBe(0);
	});

	it('is refused where it is a number that JSON alone can hold', async () => {
		const parameters = { resource: 'record', operation: 'save', type: type('scm/sal_order'), dataMode: 'json', dataJson: JSON.stringify(order({})).replace('{', '{"bill_date":1e400,') };
		const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect(messageOf(failed[0]?.json)).toContain('"bill_date" (Bill Date) must be a date');
		expect(emulator.connections).toBe(0);
	});

	it('is that of JDY for what tells a zone of its own, also from an expression', async () => {
		const value = { ...order({}), material_entity: JSON.stringify(order({}).material_entity), bill_date: `={{ DateTime.fromISO("${AFTER_MIDNIGHT}") }}` };
		await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'save', type: type('scm/sal_order'), fields: form(value) }, timezone: NEW_YORK });
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ bill_date: '2026-07-14' }]);
	});

	it('is that of another zone, where that is set', async () => {
		await saveOrders([order({ bill_date: AFTER_MIDNIGHT }), order({ bill_date: '2026-07-14 00:30' })], { timeZone: 'Europe/Berlin' });
		expect(bodiesOf(emulator, ORDER).map(({ bill_date }) => bill_date)).toEqual(['2026-07-13', '2026-07-14']);
	});

	it.each(['Asia/Peking', '+8', 8])('is not guessed in a zone that nobody knows: %j', async (timeZone) => {
		const { failed } = await saveOrders([order({ bill_date: '2026-03-05' })], { timeZone });
		expect(messageOf(failed[0]?.json)).toBe(`Item 0: Time Zone "${timeZone}" is not known; use a name such as Asia/Shanghai`);
		expect(emulator.connections).toBe(0);
	});

	it('is written as JDY writes it where it is a custom field', async () => {
		const value = { ...order({ bill_date: '2026-03-05' }), material_entity: JSON.stringify(order({}).material_entity), 'custom_field.custom_field__3__a': AFTER_MIDNIGHT, 'custom_field.custom_field__3__b': '={{ "2026年7月14日" }}' };
		const schema = ['a', 'b'].map((name) => ({ id: `custom_field.custom_field__3__${name}`, type: 'dateTime' }));
		await kingdeeJdy(emulator, { parameters: { resource: 'record', operation: 'save', type: type('scm/sal_order'), fields: { ...form(value), schema } }, timezone: NEW_YORK });
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ custom_field: { custom_field__3__a: '2026-07-14 00:30:00', custom_field__3__b: '2026-07-14' } }]);
	});
});

describe('a date that filters', () => {
	it.each<[string, unknown, unknown]>([
		['start_bill_date', AFTER_MIDNIGHT, '2026-07-14'],
		['start_bill_date', '2026-07-14T00:30:00', '2026-07-14'],
		['start_bill_date', 20260714, '2026-07-14'],
		['modify_start_time', AFTER_MIDNIGHT, String(AFTER_MIDNIGHT_MS)],
		['modify_start_time', '2026-07-14 00:30', String(AFTER_MIDNIGHT_MS)],
		['modify_start_time', '20260714003000', String(AFTER_MIDNIGHT_MS)],
		['modify_start_time', AFTER_MIDNIGHT_MS, String(AFTER_MIDNIGHT_MS)],
		['modify_start_time', AFTER_MIDNIGHT_MS / 1000, String(AFTER_MIDNIGHT_MS)],
	])('%s of %j is %j', async (name, given, written) => {
		await listOrders({ filterMode: 'json', filtersJson: JSON.stringify({ [name]: given }) });
		expect(queryOf()).toMatchObject({ [name]: written });
	});

	it.each<[string, unknown]>([
		['start_bill_date', '5/3/2026'],
		['modify_start_time', '0'],
		['modify_start_time', 46086],
		['modify_start_time', '2026-07-14T00:30:00+99:99'],
	])('%s of %j is refused', async (name, given) => {
		const { failed } = await listOrders({ filterMode: 'json', filtersJson: JSON.stringify({ [name]: given }) });
		expect(messageOf(failed[0]?.json)).toContain(`"${name}"`);
		expect(emulator.connections).toBe(0);
	});

	it.each([
		[AFTER_MIDNIGHT, {}, AFTER_MIDNIGHT_MS],
		['2026-07-14T00:30:00', {}, AFTER_MIDNIGHT_MS],
		[`={{ DateTime.fromISO("${AFTER_MIDNIGHT}") }}`, {}, AFTER_MIDNIGHT_MS],
		['2026-07-14T00:30:00', { timeZone: 'UTC' }, Date.UTC(2026, 6, 14, 0, 30)],
	])('Only Changed Since %s with %j is in the zone of JDY', async (changedSince, more, epochMs) => {
		await listOrders({ options: { changedSince, ...more } });
		expect(queryOf()).toMatchObject({ modify_start_time: String(epochMs) });
	});

	it('of a report is in the zone of JDY', async () => {
		const parameters = { resource: 'report', report: type('arap/ar_summary_report'), filterMode: 'json', filtersJson: JSON.stringify({ start_date: AFTER_MIDNIGHT, end_date: '2026年7月14日' }) };
		await kingdeeJdy(emulator, { parameters, settings: CONTINUE, timezone: NEW_YORK });
		expect(queryOf()).toMatchObject({ start_date: '2026-07-14', end_date: '2026-07-14' });
	});

	it('of an API call that is documented is in the zone of JDY', async () => {
		const parameters = { resource: 'api', call: { __rl: true, mode: 'list', value: 'GET /jdy/v2/scm/sal_order' }, inputMode: 'fields', parameters: form({ start_bill_date: AFTER_MIDNIGHT, page: '1', page_size: '10' }) };
		await kingdeeJdy(emulator, { parameters, settings: CONTINUE, timezone: NEW_YORK });
		expect(queryOf()).toMatchObject({ start_bill_date: '2026-07-14' });
	});
});

describe('Custom Save', () => {
	const schema = [{ id: 'day', displayName: 'day', type: 'dateTime', required: false, display: true, defaultMatch: false }];
	const saveDay = async (day: unknown, options: IDataObject = {}) => {
		const parameters = { dataMode: 'mapper', mapper: { mappingMode: 'defineBelow', value: { day: '={{ $json.day }}' }, schema }, options } as IDataObject;
		const result = await customSave(emulator, { items: [{ day } as IDataObject], parameters });
		return { ...result, sent: emulator.ledger.map(({ body }) => (JSON.parse(body) as { data: { day?: unknown } }).data.day) };
	};

	it.each<[unknown, IDataObject, string]>([
		[AFTER_MIDNIGHT, {}, '2026-07-14 00:30:00'],
		[AFTER_MIDNIGHT, { timeZone: 'UTC' }, '2026-07-13 16:30:00'],
		['2026-07-14T00:00:00', {}, '2026-07-14'],
		['2026年7月14日', {}, '2026-07-14'],
		['1975/7/14', {}, '1975-07-14'],
		[20260714, {}, '2026-07-14'],
	])('writes %j with %j as %s', async (day, options, written) => expect((await saveDay(day, options)).sent).toEqual([written]));

	it('refuses a zone that nobody knows', async () => {
		const { error, sent } = await saveDay(AFTER_MIDNIGHT, { timeZone: 'Asia/Peking' });
		expect([error?.message, sent]).toEqual(['Time Zone "Asia/Peking" is not known; use a name such as Asia/Shanghai', []]);
	});
});
