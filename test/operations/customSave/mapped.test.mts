import type { IDataObject } from 'n8n-workflow';

import { demoCustomFields } from '../../emulator/customFields.mts';
import { Emulator } from '../../emulator/server.mts';
import { fieldsInEditor } from '../../helpers/loadOptions.mts';
import { save } from '../../helpers/jdy.mts';

const BIZ_TYPE = 'ts_45465632434343';
const LONG = '123456789012345678';
const PRIORITY = 'custom_field__1__demo00priority_id';
const REQUIRED = { order_no: 'A', bill_date: '2026-08-01' };

const TRUE_OR_FALSE = [{ name: 'True', value: true }, { name: 'False', value: false }];
const TRUTH = [
	{ id: 'no', displayName: 'no', type: 'string', required: false, display: true, defaultMatch: false },
	{ id: 'is_paid', displayName: 'is_paid', type: 'options', required: false, display: true, defaultMatch: false, options: TRUE_OR_FALSE },
];

let emulator: Emulator;
let schema: object[];
beforeAll(async () => {
	const own = await Emulator.start({ customFields: demoCustomFields });
	schema = (await fieldsInEditor(own, { bizType: BIZ_TYPE })).fields;
	await own.stop();
});
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

async function run(mapper: object, items: IDataObject[]) {
	const parameters = { dataMode: 'mapper', mapper: { schema, ...mapper } as IDataObject };
	const result = await save(emulator, { items, parameters });
	const sent = emulator.ledger.map(({ body }) => /"data":(.*)}$/.exec(body)?.[1]);
	return { ...result, sent, message: result.error?.message };
}

const chosen = async (value: IDataObject, items: IDataObject[] = [{}]) => await run({ mappingMode: 'defineBelow', value }, items);
const automatic = async (...items: IDataObject[]) => await run({ mappingMode: 'autoMapInputData', value: null }, items);

describe('fields that are filled in', () => {
	it.each([
		['a text', { order_no: 'B' }, {}, '{"order_no":"B","bill_date":"2026-08-01"}'],
		['a number', { amount: 12.5 }, {}, '{"order_no":"A","bill_date":"2026-08-01","amount":12.5}'],
		['18 digits in a text, all of them', { amount: '={{ $json.long }}' }, { long: LONG }, `{"order_no":"A","bill_date":"2026-08-01","amount":${LONG}}`],
		['18 decimals in a text, all of them', { amount: '={{ $json.long }}' }, { long: '0.100000000000000001' }, '{"order_no":"A","bill_date":"2026-08-01","amount":0.100000000000000001}'],
		['an ID that is text', { customer_id: LONG }, {}, `{"order_no":"A","bill_date":"2026-08-01","customer_id":"${LONG}"}`],
		['an ID that is a number', { customer_id: 7 }, {}, '{"order_no":"A","bill_date":"2026-08-01","customer_id":"7"}'],
		['a choice', { [PRIORITY]: 'A' }, {}, `{"order_no":"A","bill_date":"2026-08-01","${PRIORITY}":"A"}`],
		['a day of the date picker', { bill_date: '2026-09-01T00:00:00' }, {}, '{"order_no":"A","bill_date":"2026-09-01"}'],
		['a moment', { bill_date: '={{ DateTime.fromISO("2026-09-01T08:30:00+08:00", { setZone: true }) }}' }, {}, '{"order_no":"A","bill_date":"2026-09-01 08:30:00"}'],
		['lines as a list', { material_entity: '={{ $json.lines }}' }, { lines: [{ a: 1 }] }, '{"order_no":"A","bill_date":"2026-08-01","material_entity":[{"a":1}]}'],
		['lines as JSON, all digits kept', { material_entity: `[{"id": ${LONG}}]` }, {}, `{"order_no":"A","bill_date":"2026-08-01","material_entity":[{"id":${LONG}}]}`],
		['nothing, which is left out', { amount: null, customer_id: '', [PRIORITY]: '={{ $json.missing }}' }, {}, '{"order_no":"A","bill_date":"2026-08-01"}'],
	])('send %s', async (_what, value: IDataObject, item: IDataObject, expected) => {
		const { sent, error } = await chosen({ ...REQUIRED, ...value }, [item]);
		expect(error).toBeUndefined();
		expect(sent).toEqual([expected]);
	});

	// n8n itself refuses what is typed in; what an expression gives is known only here.
	it.each([
		['a number that has lost digits', { amount: Number(LONG) }, 'Field "amount" is 123456789012345680, a number too long to be exact, which lost digits before it came here; give it as text'],
		['a text that is no number', { amount: '={{ "12,50" }}' }, 'Field "amount" is not a number'],
		['a text that is no date', { bill_date: '={{ "tomorrow" }}' }, 'Field "bill_date" is not a date such as 2026-08-01 or 2026-08-01 08:00:00'],
		['lines that are no list', { material_entity: '={{ $json }}' }, 'Field "material_entity" is not a list'],
		['an empty field that is required', { order_no: '' }, 'Field "order_no" is required in JDY, but empty'],
		['an expression that gives nothing for a required field', { order_no: '={{ $json.missing }}' }, 'Field "order_no" is required in JDY, but empty'],
		['an expression that is not filled in', { order_no: '{{ $json.no }}' }, 'Field "order_no" holds an expression that is not filled in; switch the field from Fixed to Expression'],
	])('refuse %s, before anything is sent', async (_what, value: IDataObject, complaint) => {
		expect((await chosen({ ...REQUIRED, ...value })).message).toBe(complaint);
		expect(emulator.connections).toBe(0);
	});

	it('are told where an expression gave nothing in all items', async () => {
		const { hints } = await chosen({ ...REQUIRED, customer_id: '={{ $json.missing }}' }, [{}, {}]);
		expect(hints('Save').map(({ message }) => message)).toContain('customer_id was empty in 2 of 2 items');
	});

	it('make objects where their names have dots', async () => {
		const dotted = ['customer.id', 'customer.name'].map((id) => ({ id, displayName: id, type: 'string', required: false, display: true, defaultMatch: false }));
		const { sent } = await run({ mappingMode: 'defineBelow', value: { 'customer.id': '1', 'customer.name': 'X' }, schema: dotted }, [{}]);
		expect(sent).toEqual(['{"customer":{"id":"1","name":"X"}}']);
	});

	it.each([
		[true, {}, '{"no":"A","is_paid":true}'],
		[false, {}, '{"no":"A","is_paid":false}'],
		['={{ $json.paid }}', { paid: true }, '{"no":"A","is_paid":true}'],
		['={{ $json.paid }}', { paid: 'true' }, '{"no":"A","is_paid":true}'],
		[null, {}, '{"no":"A"}'],
	])('send what is chosen of True and False: %j of %j', async (value, item: IDataObject, expected) => {
		const { sent, error } = await run({ mappingMode: 'defineBelow', value: { no: 'A', is_paid: value }, schema: TRUTH }, [item]);
		expect(error).toBeUndefined();
		expect(sent).toEqual([expected]);
	});

	it('are left out where the user has removed them', async () => {
		const removed = schema.map((field) => ((field as { id: string }).id === 'amount' ? { ...field, removed: true } : field));
		const { sent } = await run({ mappingMode: 'defineBelow', value: { ...REQUIRED, amount: 1 }, schema: removed }, [{}]);
		expect(sent).toEqual(['{"order_no":"A","bill_date":"2026-08-01"}']);
	});
});

describe('fields that are mapped automatically', () => {
	it('go by their names, in the types that JDY wants', async () => {
		const { sent, hints } = await automatic({ ...REQUIRED, amount: LONG, customer_id: 7 }, { order_no: 2, bill_date: '2026-08-02T00:00:00.000+08:00' });
		expect(sent).toEqual([`{"order_no":"A","bill_date":"2026-08-01","amount":${LONG},"customer_id":"7"}`, '{"order_no":"2","bill_date":"2026-08-02"}']);
		expect(hints('Save').map(({ message }) => message)).toEqual(['2 saved']);
	});

	it('go by the names that people know', async () => {
		expect((await automatic({ 单据编号: 'A', 单据日期: '2026-08-01', 金额: 5 })).sent).toEqual(['{"order_no":"A","bill_date":"2026-08-01","amount":5}']);
	});

	it('leave out what has no field, and say so', async () => {
		const { sent, hints } = await automatic({ ...REQUIRED, row_number: 2, status: 'x' });
		expect(sent).toEqual(['{"order_no":"A","bill_date":"2026-08-01"}']);
		expect(hints('Save').map(({ message }) => message)).toEqual(['Not sent, because no field of the document is called so: row_number, status']);
	});

	it.each([[true], ['true']])('have the truth of a field of the same name: %j', async (is_paid) => {
		expect((await run({ mappingMode: 'autoMapInputData', value: null, schema: TRUTH }, [{ is_paid }])).sent).toEqual(['{"is_paid":true}']);
	});

	it('must have what is required', async () => {
		expect((await automatic({ bill_date: '2026-08-01' })).message).toBe('Field "order_no" is required in JDY, but empty');
		expect(emulator.connections).toBe(0);
	});

	it('find what stands in an object', async () => {
		const dotted = [{ id: 'customer.id', displayName: 'customer.id', type: 'string', required: false, display: true, defaultMatch: false }];
		const { sent, hints } = await run({ mappingMode: 'autoMapInputData', value: null, schema: dotted }, [{ customer: { id: 1 } }]);
		expect([sent, hints('Save')]).toEqual([['{"customer":{"id":"1"}}'], []]);
	});
});

it.each(['', 'text', null, []])('a parameter that is no choice of fields is refused: %j', async (mapper) => {
	const { error } = await save(emulator, { items: [{}], parameters: { dataMode: 'mapper', mapper } as IDataObject });
	expect(error?.message).toMatch(/^Fields must /);
	expect(emulator.connections).toBe(0);
});
