import { callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { encodeQuery } from '../../nodes/KingdeeJdy/catalogue/encoding/query.ts';
import { readValues } from '../../nodes/KingdeeJdy/catalogue/encoding/values.ts';
import type { Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';
import { parseExact, stringify } from '../../nodes/KingdeeJdy/gateway/json/json.ts';

const timeZone = 'Asia/Shanghai';

function parameter(name: string, type: Parameter['type'], more: Partial<Parameter> = {}): Parameter {
	return { name, label: name.toUpperCase(), labelZh: name, type, required: false, alternatives: [], ...more };
}

const PARAMETERS = [
	parameter('text', 'string'),
	parameter('number', 'number'),
	parameter('whole', 'integer'),
	parameter('flag', 'boolean'),
	parameter('day', 'string', { format: 'date' }),
	parameter('expiry', 'string', { format: 'date', isGuessed: true }),
	parameter('status', 'string', { options: [{ value: '', label: 'All' }, { value: 'C', label: 'Audited' }, { value: 'Z', label: 'Unaudited' }] }),
	parameter('yes', 'string', { options: [{ value: '1', label: 'Yes' }, { value: '0', label: 'No' }] }),
	parameter('truth', 'string', { options: [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] }),
	parameter('ids', 'array'),
	parameter('custom', 'map'),
	parameter('any', 'object'),
	parameter('entries', 'list', { fields: [parameter('qty', 'number', { required: true }), parameter('price', 'string')] }),
];

/** JSON of what is given, JSON of what goes out. */
const WRITTEN: Array<[given: string, written: string]> = [
	['{"text":1.5,"number":"1.50"}', '{"text":"1.5","number":1.50}'],
	['{"text":1234567890123456789,"number":1234567890123456789.5}', '{"text":"1234567890123456789","number":1234567890123456789.5}'],
	['{"text":0.0000001,"number":1e-7}', '{"text":"0.0000001","number":0.0000001}'],
	['{"text":true}', '{"text":"true"}'],
	['{"text":""}', '{"text":""}'],
	['{"number":"","whole":" ","day":"","flag":""}', '{}'],
	['{"text":null,"number":null}', '{}'],
	['{"whole":"12"}', '{"whole":12}'],
	['{"whole":-3}', '{"whole":-3}'],
	['{"whole":true,"number":false}', '{"whole":1,"number":0}'],
	['{"flag":"true"}', '{"flag":true}'],
	['{"flag":0}', '{"flag":false}'],
	['{"flag":"1"}', '{"flag":true}'],
	['{"day":"2026-03-01T16:30:00Z"}', '{"day":"2026-03-02"}'],
	['{"day":20260302143000,"expiry":20260302}', '{"day":"2026-03-02","expiry":"2026-03-02"}'],
	['{"day":46086}', '{"day":"2026-03-05"}'],
	['{"status":"C"}', '{"status":"C"}'],
	['{"status":"unaudited"}', '{"status":"Z"}'],
	['{"status":"z"}', '{"status":"z"}'],
	['{"status":"new in JDY"}', '{"status":"new in JDY"}'],
	['{"yes":true,"truth":false}', '{"yes":"1","truth":"false"}'],
	['{"yes":1}', '{"yes":"1"}'],
	['{"ids":[1,"2",1234567890123456789]}', '{"ids":["1","2","1234567890123456789"]}'],
	['{"ids":"1, 2"}', '{"ids":["1","2"]}'],
	['{"ids":"[1234567890123456789]"}', '{"ids":["1234567890123456789"]}'],
	['{"ids":7}', '{"ids":["7"]}'],
	['{"ids":[{"a":1}]}', '{"ids":[{"a":1}]}'],
	['{"custom":{"custom_field__2__a":1.5,"b":null,"c":{"id":1}}}', '{"custom":{"custom_field__2__a":"1.5","c":{"id":1}}}'],
	['{"any":{"a":1}}', '{"any":{"a":1}}'],
	['{"any":"{\\"a\\":1}"}', '{"any":{"a":1}}'],
	['{"entries":[{"qty":"2","price":3}]}', '{"entries":[{"qty":2,"price":"3"}]}'],
	['{"entries":{"qty":2}}', '{"entries":[{"qty":2}]}'],
	['{"entries":"[{\\"qty\\":2,\\"price\\":1234567890123456789}]"}', '{"entries":[{"qty":2,"price":"1234567890123456789"}]}'],
	['{"unknown":1234567890123456789}', '{"unknown":1234567890123456789}'],
	['{"__proto__":1}', '{"__proto__":1}'],
];

it.each(WRITTEN)('%s goes out as %s', (given, written) => {
	const { values } = readValues(PARAMETERS, parseExact(given) as Record<string, unknown>, { timeZone });
	expect(stringify(values)).toBe(written);
});

/** What cannot be what the page says goes out as it is, and is named. */
const AS_GIVEN: Array<[given: string, written: string, named: string]> = [
	['{"number":"two"}', '{"number":"two"}', 'number (a number)'],
	['{"number":"1,000"}', '{"number":"1,000"}', 'number (a number)'],
	['{"number":[1]}', '{"number":[1]}', 'number (a number)'],
	['{"whole":1.5}', '{"whole":1.5}', 'whole (a whole number)'],
	['{"flag":"maybe"}', '{"flag":"maybe"}', 'flag (true or false)'],
	['{"flag":2}', '{"flag":2}', 'flag (true or false)'],
	['{"text":{"a":1}}', '{"text":{"a":1}}', 'text (text)'],
	['{"text":[1234567890123456789]}', '{"text":[1234567890123456789]}', 'text (text)'],
	['{"any":"x"}', '{"any":"x"}', 'any (an object with fields)'],
	['{"custom":7}', '{"custom":7}', 'custom (an object with fields)'],
	['{"entries":["x",{"qty":1}]}', '{"entries":["x",{"qty":1}]}', 'entries (an object with qty, price)'],
	['{"entries":[{"qty":"x"},{"qty":"y"}]}', '{"entries":[{"qty":"x"},{"qty":"y"}]}', 'entries.qty (a number)'],
	['{"expiry":"180"}', '{"expiry":"180"}', 'expiry (a date, e.g. 2026-03-31)'],
	['{"expiry":180}', '{"expiry":"180"}', 'expiry (a date, e.g. 2026-03-31)'],
	['{"expiry":["2026-03-01"]}', '{"expiry":["2026-03-01"]}', 'expiry (a date, e.g. 2026-03-31)'],
	['{"day":"2019-0-01"}', '{"day":"2019-0-01"}', 'day (a date, e.g. 2026-03-31)'],
	['{"day":"2026-03-01 12:00:00"}', '{"day":"2026-03-01 12:00:00"}', 'day (a date, e.g. 2026-03-31)'],
];

it.each(AS_GIVEN)('%s goes out as %s, and is named', (given, written, named) => {
	const { values, asGiven } = readValues(PARAMETERS, parseExact(given) as Record<string, unknown>, { timeZone });
	expect([stringify(values), asGiven]).toEqual([written, [named]]);
});

const REFUSED: Array<[given: Record<string, unknown>, complaint: string]> = [
	[{ day: 'soon' }, 'Field "day" (DAY) must be a date, e.g. 2026-03-31, but is string "soon"'],
	[{ day: '180' }, 'Field "day" (DAY) must be a date, e.g. 2026-03-31, but is string "180"'],
	[{ day: ['2026-03-01'] }, 'Field "day" (DAY) must be a date, e.g. 2026-03-31, but is a list'],
	[{ day: '5/3/2026' }, 'Field "day" (DAY) must be a date, e.g. 2026-03-31, but is string "5/3/2026", which can be read as more than one date'],
	[{ entries: [{ qty: 1 }, { price: 'x' }] }, 'Field "entries"[1] > "qty" (QTY) is required'],
	[{ entries: '[{]' }, 'Field "entries" (ENTRIES) is not valid: expected a name in double quotes, but found "]" (line 1, column 3)'],
	[{ text: 12345678901234567890 }, 'Field "text" is 12345678901234567000, a number too long to be exact, which lost digits before it came here; give it as text'],
	[{ entries: [{ qty: 2 ** 60 }] }, 'Field "entries"[0] > "qty" is 1152921504606847000, a number too long to be exact, which lost digits before it came here; give it as text'],
];

it.each(REFUSED)('%j is refused', (given, complaint) => {
	expect(() => readValues(PARAMETERS, given, { timeZone })).toThrow(complaint);
});

it('names what no page knows, and sends it', () => {
	const { values, unknown } = readValues(PARAMETERS, { colour: 'red', entries: [{ qty: 1, size: 2 }, { qty: 1, size: 3 }] }, { timeZone });
	expect(unknown).toEqual(['colour', 'entries.size']);
	expect(values).toEqual({ colour: 'red', entries: [{ qty: 1, size: 2 }, { qty: 1, size: 3 }] });
});

describe('what is required', () => {
	async function read(id: string, given: Record<string, unknown>) {
		const [method = '', path = ''] = id.split(' ');
		const call = await callByPath(method, path);
		return readValues(call ? parametersOf(call) : [], given, { timeZone }).values;
	}

	it('is refused where it is missing or empty', async () => {
		await expect(read('POST bd/supplier', { number: 'S1' })).rejects.toThrow('Field "name" (Name) is required');
		await expect(read('POST bd/supplier', { number: 'S1', name: ' ' })).rejects.toThrow('Field "name" (Name) is required');
		await expect(read('POST scm/sal_order', { bill_date: '2026-03-01', customer_id: '1', material_entity: [] })).rejects.toThrow('Field "material_entity" (Product Lines) is required');
	});

	it.each<[unknown, string]>([
		[{}, 'Fields "bill_date" (Bill Date), "customer_id" (Customer ID), "material_entity" (Product Lines) are required'],
		[{ customer_id: '1', material_entity: [{ qty: 1 }] }, 'Fields "bill_date" (Bill Date), "material_entity"[0] > "is_free" (Is Gift), "material_entity"[0] > "material_id" (Product ID) or "material_entity"[0] > "outside_material_number" (External Product Number), "material_entity"[0] > "price" (Price) or "material_entity"[0] > "tax_price" (Price Incl. Tax), "material_entity"[0] > "unit_id" (Unit ID) are required'],
	])('is named all at once: %j', async (given, complaint) => {
		await expect(read('POST scm/sal_order', given as Record<string, unknown>)).rejects.toThrow(new Error(complaint));
	});

	it('is named for ten fields, and counted for the rest', () => {
		const entries = Array.from({ length: 13 }, () => ({ price: '1' }));
		const named = entries.slice(0, 10).map((_entry, index) => `"entries"[${index}] > "qty" (QTY)`);
		expect(() => readValues(PARAMETERS, { entries }, { timeZone })).toThrow(new Error(`Fields ${named.join(', ')} and 3 more are required`));
	});

	it('may be one of two', async () => {
		await expect(read('GET scm/sal_order_detail', {})).rejects.toThrow('Field "id" (ID) is required, or instead of it "number" (Number)');
		expect(await read('GET scm/sal_order_detail', { number: 7 })).toEqual({ number: '7' });
	});

	it('is not the ID of a new document', async () => {
		const line = { delivery_date: '2026-03-31', material_id: 1, material_number: 'P1', qty: '2', unit_id: 3, unit_number: 'pcs', price: 12.5 };
		const order = { bill_date: '2026-03-01', supplier_id: 1, supplier_number: 'S1', material_entity: [line] };
		expect(stringify(await read('POST scm/pur_order', order))).toBe(
			'{"bill_date":"2026-03-01","supplier_id":"1","supplier_number":"S1","material_entity":[{"delivery_date":"2026-03-31","material_id":"1","material_number":"P1","qty":2,"unit_id":"3","unit_number":"pcs","price":"12.5"}]}',
		);
	});
});

describe('the query', () => {
	const values = { bill_no: 'A B', flag: true, ids: ['1', '2'], qty: JSON.rawJSON('1.50'), empty: '', none: [] };

	it('has lists as JSON', () => {
		expect(encodeQuery(values, 'json')).toBe('bill_no=A+B&flag=true&ids=%5B%221%22%2C%222%22%5D&qty=1.50');
	});

	it('has lists by repeated keys', () => {
		expect(encodeQuery(values, 'repeat')).toBe('bill_no=A+B&flag=true&ids=1&ids=2&qty=1.50');
	});
});
