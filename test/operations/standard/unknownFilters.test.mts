import type { IDataObject } from 'n8n-workflow';

import { readPollSettings } from '../../../nodes/KingdeeJdy/trigger/poll/parameters.ts';
import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { office } from '../../helpers/office.mts';
import { CONTINUE } from '../../helpers/settings.mts';
import { pollContext } from '../../triggers/pollContext.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const located = (value: string) => ({ __rl: true, mode: 'list', value });
const SEND = { unknownFilters: 'send' };

const getMany = (type: string, filters: IDataObject, options: IDataObject = {}): IDataObject => ({ resource: 'record', operation: 'getMany', type: located(type), filterMode: 'json', filtersJson: JSON.stringify(filters), options });
const report = (path: string, filters: IDataObject, options: IDataObject = {}): IDataObject => ({ resource: 'report', operation: 'getMany', report: located(path), filterMode: 'json', filtersJson: JSON.stringify(filters), options });

async function run(parameters: IDataObject) {
	const { json, failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
	return { json, errors: failed.map(({ json: { error } }) => error as IDataObject) };
}

/** Answers every list with these rows. */
function serve(rows: IDataObject[]): void {
	emulator.chooseFault = () => answerWith(200, { errcode: 0, description: 'success', data: { rows, count: rows.length } });
}

describe('a filter that is not documented', () => {
	it.each<[string, IDataObject, string, string]>([
		['a slip', getMany('scm/sal_order', { custmer_number: 'KH0003' }), 'custmer_number', 'customer_number'],
		['what the row is called', getMany('bd/material', { number: 'SP0001' }), 'number', 'search'],
		['a custom field', getMany('scm/sal_order', { custom_field__1__x: 'A' }), 'custom_field__1__x', ''],
		['one beside others', getMany('scm/sal_order', { bill_no: 'XSDD000001', bill_number: 'X' }), 'bill_number', 'bill_no'],
		['of a report', report('scm/inventory', { material_nr: 'SP0001' }), 'material_nr', 'material_numbers'],
		['one level down', report('fi/assistdetail_report', { start_period: '202601', end_period: '202602', assist_list: [{ id: '1', number: 'A', typ: '2' }] }), 'assist_list.typ', 'assist_list.type'],
		['of a form', { ...getMany('scm/sal_order', {}), filterMode: 'fields', filters: { mappingMode: 'defineBelow', value: { bill_nr: 'X' } } }, 'bill_nr', 'bill_no'],
	])('is refused with the nearest ones: %s', async (_what, parameters, name, nearest) => {
		const { json, errors } = await run(parameters);
		expect([json, emulator.ledger]).toEqual([[], []]);
		expect(errors).toMatchObject([{ outcome: 'notSent' }]);
		const [, said = '', named = ''] = /^Item 0: Filter "([\w.]+)" is not documented here: JDY ignores filters that it does not know and answers with everything\. Nearest documented filters: (.*)\. To send/.exec(String(errors[0]?.message)) ?? [];
		expect(said).toBe(name);
		expect(named.split(', ').length).toBeLessThan(4);
		expect(named).toContain(nearest);
	});

	it('is sent where that is wanted, and a hint names it', async () => {
		const { hints, json } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { colour: 'red' }, SEND) });
		expect(json).toHaveLength(50);
		expect(hints('JDY').map(({ message }) => message)).toContain('JDY documents no field with this name, so it was sent as given: colour');
		expect(readQuery(emulator.ledger[0]?.query ?? '')).toMatchObject({ colour: 'red' });
	});

	it('is sent where it is empty: it would not filter anyway', async () => {
		const { json } = await run(getMany('scm/sal_order', { bill_no: 'XSDD000001', search: '' }));
		expect(json).toMatchObject([{ bill_no: 'XSDD000001' }]);
	});

	it('is sent by API Call as it is', async () => {
		const { json } = await run({ resource: 'api', operation: 'call', call: 'GET /jdy/v2/scm/sal_order', queryJson: '{"colour":"red"}' });
		expect(json).toMatchObject([{ errcode: 0 }]);
	});

	it('fails where rows show that it did not filter', async () => {
		const { json, errors } = await run(getMany('bd/material', { number: 'SP0001' }, SEND));
		expect(json).toEqual([]);
		expect(errors).toMatchObject([{ message: 'JDY did not filter by number: 39 of 40 rows have another value', outcome: 'rejected', type: 'bd/material', description: 'Take this filter out, and filter in the workflow instead, for example with the Filter node.' }]);
	});
});

describe('a documented filter that did not filter', () => {
	const rows = [{ bill_no: 'XSDD1', bill_status: 'C', bill_date: '2026-01-10', customer_number: 'KH1', modify_time: '2026-01-10 08:00:00', create_time: '2026-01-10 08:00:00' }, { bill_no: 'XSDD2', bill_status: 'Z', bill_date: '2026-02-10', customer_number: 'KH2', modify_time: '2026-02-10 08:00:00', create_time: '2026-02-10 08:00:00' }];
	it.each<[string, IDataObject, string | undefined]>([
		['bill_no', { bill_no: 'XSDD1' }, 'bill_no'],
		['a part of bill_no', { bill_no: 'XSDD' }, undefined],
		['bill_status', { bill_status: 'C' }, 'bill_status'],
		['both statuses', { bill_status: 'C,Z' }, undefined],
		['customer_number', { customer_number: 'KH1' }, 'customer_number'],
		['in other letters', { customer_number: 'kh' }, undefined],
		['from a day', { start_bill_date: '2026-02-01' }, 'start_bill_date'],
		['until a day', { end_bill_date: '2026-01-31' }, 'end_bill_date'],
		['the days that are there', { start_bill_date: '2026-01-10', end_bill_date: '2026-02-10' }, undefined],
		['changed since', { modify_start_time: '2026-02-01T00:00:00+08:00' }, 'modify_start_time'],
		['changed since the same day', { modify_start_time: '2026-01-10T12:00:00+08:00' }, undefined],
		['created until', { create_end_time: '2026-01-20T00:00:00+08:00' }, 'create_end_time'],
		['changed until, and once more since', { modify_end_time: '2026-01-20T00:00:00+08:00' }, undefined],
		['a list of statuses as JSON', { bill_status: '["C","Z"]' }, undefined],
		['a number as a number', { bill_no: 1 }, 'bill_no'],
		['blanks around', { bill_no: ' XSDD ' }, undefined],
		['what rows do not show', { io_status: 'A' }, undefined],
	])('%s', async (_what, filters, name) => {
		serve(rows);
		const { json, errors } = await run(getMany('scm/sal_order', filters));
		if (name === undefined) expect([json, errors]).toEqual([rows, []]);
		else expect(errors).toMatchObject([{ message: `JDY did not filter by ${name}: 1 of 2 rows have another value`, outcome: 'rejected' }]);
	});

	it('says nothing of rows that leave the field empty', async () => {
		const empty = [{ bill_no: 'A', customer_number: '' }, { bill_no: 'B' }, { bill_no: 'C', customer_number: null }];
		serve(empty);
		expect(await run(getMany('scm/sal_order', { customer_number: 'KH1' }))).toEqual({ json: empty, errors: [] });
	});

	it.each<[string, string, IDataObject, IDataObject[], string | undefined]>([
		['vouchers not audited are drafts or saved', 'fi/voucher', { bill_status: 'A' }, [{ bill_status: 'A' }, { bill_status: 'B' }], undefined],
		['vouchers that are audited', 'fi/voucher', { bill_status: 'A' }, [{ bill_status: 'B' }, { bill_status: 'C' }], 'bill_status'],
		['the number of the category', 'bd/aux_attribute', { number: 'YS' }, [{ number: 'RED' }, { number: 'BLUE' }], undefined],
		['the number of the row itself', 'bd/aux_info', { number: 'A1' }, [{ number: 'A1' }, { number: 'B1' }], 'number'],
		['a number with the characters of a list', 'scm/sal_order', { customer_number: 'A[1]"x"' }, [{ customer_number: 'A[1]"x"' }, { customer_number: 'B' }], 'customer_number'],
		['such a number alone', 'scm/sal_order', { customer_number: '2",3"' }, [{ customer_number: '2",3"' }], undefined],
		['several with full-width commas', 'scm/sal_order', { bill_no: 'A，B' }, [{ bill_no: 'A' }, { bill_no: 'B' }], undefined],
		['the number of a voucher, with zeros in front', 'fi/voucher', { number: '0007' }, [{ number: 7 }, { number: '07' }], undefined],
		['numbers of 19 digits', 'scm/sal_order', { bill_no: '1234567890123456789' }, [{ bill_no: '1234567890123456789' }, { bill_no: '1234567890123456788' }], 'bill_no'],
		['what is searched for', 'bd/material', { search: 'nut' }, [{ name: 'Nut', number: '1' }, { name: 'Walnut', number: '2' }], undefined],
		['days under another name', 'pm/subm_prod_rtn', { bill_start_date: '2026-02-01' }, [{ bill_date: '2026-01-31' }, { bill_date: '2026-02-01' }], 'bill_start_date'],
		['the day of creation', 'pm/mat_issue_order', { start_date: '2026-02-01' }, [{ bill_date: '2026-01-31' }, { bill_date: '2026-02-01' }], undefined],
		['the days of both ends, with a time', 'scm/pur_order', { start_bill_date: '2026-02-01', end_bill_date: '2026-02-02' }, [{ bill_date: '2026-02-01 00:00:00' }, { bill_date: '2026-02-02 23:59:59' }], undefined],
		['moments in another zone', 'scm/pur_order', { start_bill_date: '2026-02-01' }, [{ bill_date: '2026-01-31T16:00:00Z' }, { bill_date: '2026-02-01' }], undefined],
	])('%s', async (_what, type, filters, listed, name) => {
		serve(listed);
		const { json, errors } = await run(getMany(type, filters));
		if (name === undefined) expect([json, errors]).toEqual([listed, []]);
		else expect(errors).toMatchObject([{ message: `JDY did not filter by ${name}: 1 of 2 rows have another value`, type }]);
	});

	it.each<[string, IDataObject, IDataObject[], string | undefined]>([
		['a custom field', { custom_field__1__x: 'A' }, [{ custom_field: { custom_field__1__x: 'A' } }, { custom_field: { custom_field__1__x: 'B' } }], 'custom_field__1__x'],
		['a price with more zeros', { price: '2.50' }, [{ price: 2.5 }, { price: '2.5' }], undefined],
		['all', { enable: -1 }, [{ enable: 1 }, { enable: 0 }], undefined],
		['a comparison', { price: '>5' }, [{ price: 6 }, { price: 7 }], undefined],
		['yes or no', { is_free: 'true' }, [{ is_free: '1' }, { is_free: 1 }], undefined],
		['an ID', { customer_id2: '1900000000000000001' }, [{ customer_id2: '1900000000000000001' }, { customer_id2: '1900000000000000002' }], 'customer_id2'],
	])('of those that are not documented: %s', async (_what, filters, listed, name) => {
		serve(listed);
		const { json, errors } = await run(getMany('scm/sal_order', filters, SEND));
		if (name === undefined) expect([json, errors]).toEqual([listed, []]);
		else expect(errors).toMatchObject([{ message: `JDY did not filter by ${name}: 1 of 2 rows have another value` }]);
	});

	it('of a report says nothing where its rows have a number of their own', async () => {
		serve([{ bill_no: 'HX1' }, { bill_no: 'HX2' }]);
		expect(await run(report('ls/coupons_write_off', { store_id: '1', bill_no: 'LS1' }))).toMatchObject({ json: [{ bill_no: 'HX1' }, { bill_no: 'HX2' }], errors: [] });
	});

	it('of a report fails as well', async () => {
		serve([{ material_number: 'SP1', qty: 1 }, { material_number: 'SP2', qty: 2 }]);
		const { errors } = await run(report('scm/inventory', { material_numbers: ['SP1'] }));
		expect(errors).toMatchObject([{ message: 'JDY did not filter by material_numbers: 1 of 2 rows have another value', report: 'scm/inventory' }]);
	});
});

describe('a trigger', () => {
	const settings = async (parameters: IDataObject) => await readPollSettings(pollContext({ workflowId: '1', parameters, credential: {}, httpRequest: async () => ({}), staticData: {} }));
	const watching = (filters: IDataObject, options: IDataObject = {}) => ({ resource: 'record', type: located('scm/sal_order'), filterMode: 'json', filtersJson: JSON.stringify(filters), options: { callsPerMinute: 0, ...options } }) as unknown as IDataObject;

	it('refuses a filter that is not documented, unless it is to be sent', async () => {
		await expect(settings(watching({ custmer_number: 'KH1' }))).rejects.toThrow(/^Filter "custmer_number" is not documented here: .* Nearest documented filters: customer_number, /);
		expect(await settings(watching({ custmer_number: 'KH1' }, SEND))).toMatchObject({ filters: { custmer_number: 'KH1' }, unknown: ['custmer_number'] });
	});

	it('does not take all documents for those that it filters by', async () => {
		const room = office();
		const poll = room.triggerOf(watching({ customer_number: 'KH1' }));
		await poll();
		const rows = [{ id: '1', customer_number: 'KH1' }, { id: '2', customer_number: 'KH2' }];
		room.setAccident(() => ({ status: 200, body: JSON.stringify({ errcode: 0, description: 'success', data: { rows, count: 2 } }) }));
		await expect(poll()).rejects.toThrow('JDY did not filter by customer_number: 1 of 2 rows have another value');
	});
});
