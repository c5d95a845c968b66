import { allCalls, callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { documentShapeOf, unwrapped, wrapped } from '../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import { formOf, nested } from '../../nodes/KingdeeJdy/catalogue/forms.ts';
import type { Call } from '../../nodes/KingdeeJdy/catalogue/types.ts';

async function callOf(id: string): Promise<Call> {
	const [method = '', path = ''] = id.split(' ');
	const call = await callByPath(method, path);
	if (!call) throw new Error(`No call ${id}`);
	return call;
}

describe('a form', () => {
	it('shows what is required, and has the rest to be added', async () => {
		const form = formOf(parametersOf(await callOf('POST scm/sal_order')));
		expect(form.filter(({ removed }) => !removed).map(({ id }) => id)).toEqual(['bill_date', 'customer_id', 'material_entity']);
		expect(form.find(({ id }) => id === 'bill_date')).toEqual({ id: 'bill_date', displayName: 'Bill Date *', required: false, defaultMatch: false, display: true, type: 'dateTime', removed: false });
		expect(form.find(({ id }) => id === 'material_entity')?.type).toBe('array');
		expect(form.find(({ id }) => id === 'exchange_rate')?.type).toBe('number');
		expect(form.find(({ id }) => id === 'operation_key')?.options?.length).toBeGreaterThan(0);
	});

	it('takes objects apart, and the lines where they are wanted', async () => {
		const form = formOf(parametersOf(await callOf('POST scm/sal_order')), { lines: 'material_entity' });
		const line = form.filter(({ id }) => id.startsWith('material_entity.'));
		expect(line.filter(({ displayName }) => displayName.endsWith(' *')).map(({ id }) => id)).toEqual(['is_free', 'material_id', 'price', 'qty', 'unit_id'].map((name) => `material_entity.${name}`));
		expect(form.filter(({ required }) => required)).toEqual([]);
		expect(line.filter(({ removed }) => !removed).map(({ id }) => id)).toEqual(['is_free', 'material_id', 'price', 'qty', 'unit_id'].map((name) => `material_entity.${name}`));
		expect(line.find(({ id }) => id === 'material_entity.qty')).toMatchObject({ displayName: 'Product Lines: Quantity *', type: 'number' });
		expect(line.find(({ id }) => id === 'material_entity.tax_price')).toMatchObject({ displayName: 'Product Lines: Price Incl. Tax (or Price)', required: false, removed: true });
		expect(line.find(({ id }) => id === 'material_entity.is_free')?.type).toBe('boolean');
		expect(['kf_date', 'valid_date'].map((name) => line.find(({ id }) => id === `material_entity.${name}`)?.type)).toEqual(['dateTime', 'string']);
		expect(line.find(({ id }) => id === 'material_entity.regain_price')).toMatchObject({ type: 'options', options: [{ value: true, name: 'True' }, { value: false, name: 'False' }] });
		expect(form.some(({ id }) => id === 'material_entity')).toBe(false);
		expect(form.find(({ id }) => id === 'cost_fee_entity.fee_records')?.type).toBe('array');
	});

	it('leaves out what the node fills in, and the options that say nothing', async () => {
		const form = formOf(parametersOf(await callOf('GET scm/sal_order')), { without: ['page', 'page_size'] });
		expect(form.some(({ id }) => id.startsWith('page'))).toBe(false);
		expect(form.find(({ id }) => id === 'bill_status')).toMatchObject({ type: 'options', options: [{ value: 'C', name: 'Audited' }, { value: 'Z', name: 'Unaudited' }] });
		expect(form.find(({ id }) => id === 'modify_start_time')?.type).toBe('dateTime');
	});

	it('has what can be added in the order of its labels', async () => {
		const form = formOf(parametersOf(await callOf('GET scm/sal_order')), { without: ['page', 'page_size'] });
		expect(form.slice(0, 8).map(({ displayName }) => displayName)).toEqual(['Bill Date From', 'Bill Date Until', 'Bill Number', 'Bill Status', 'Changed From', 'Changed Until', 'Close Status', 'Created From']);
	});

	it('can be made of every call', async () => {
		for (const call of await allCalls()) {
			const ids = formOf(parametersOf(call)).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
		}
	});
});

it('puts what was filled in back into objects, lists and custom fields', async () => {
	const parameters = parametersOf(await callOf('POST scm/sal_order'));
	const filled = {
		bill_date: '2026-03-01',
		remark: null,
		'cost_fee_entity.del_ids': '1',
		'custom_field.custom_field__2__a': 'x',
		'material_entity.qty': 2,
		'material_entity.custom_entity_field.custom_field__2__b': 'y',
		'something.else': 1,
	};
	expect(nested(parameters, filled)).toEqual({
		bill_date: '2026-03-01',
		cost_fee_entity: { del_ids: '1' },
		custom_field: { custom_field__2__a: 'x' },
		material_entity: [{ qty: 2, custom_entity_field: { custom_field__2__b: 'y' } }],
		'something.else': 1,
	});
	const delivery = parametersOf(await callOf('GET ls/delivery'));
	expect(nested(delivery, { 'request.store_id': '1' })).toEqual({ 'request.store_id': '1' });
});

/** What stands in a field as a whole, the field beside it, and what is sent or why it is not. */
const BESIDE: Array<[name: string, filled: Record<string, unknown>, expected: Record<string, unknown> | string]> = [
	['lines as JSON', { material_entity: '[{"qty":1}]', 'material_entity.qty': 2 }, { material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['a line as JSON', { material_entity: '{"qty":1}', 'material_entity.qty': 2 }, { material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['lines', { material_entity: [{ qty: 1 }], 'material_entity.qty': 2 }, { material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['one line', { material_entity: { qty: 1 }, 'material_entity.qty': 2 }, { material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['lines after the field', { 'material_entity.qty': 2, material_entity: '[{"qty":1}]' }, { material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['digits in JSON', { material_entity: '[{"material_id":1234567890123456789}]', 'material_entity.qty': 2 }, { material_entity: [{ material_id: JSON.rawJSON('1234567890123456789') }, { qty: 2 }] }],
	['custom fields as JSON', { custom_field: '{"custom_field__1__a":"x"}', 'custom_field.custom_field__2__b': 'y' }, { custom_field: { custom_field__1__a: 'x', custom_field__2__b: 'y' } }],
	['custom fields of a line as JSON', { 'material_entity.custom_entity_field': '{"custom_field__1__a":"x"}', 'material_entity.custom_entity_field.custom_field__2__b': 'y' }, { material_entity: [{ custom_entity_field: { custom_field__1__a: 'x', custom_field__2__b: 'y' } }] }],
	['an object as JSON', { cost_fee_entity: '{"del_ids":"1"}', 'cost_fee_entity.fee_records': [] }, { cost_fee_entity: { del_ids: '1', fee_records: [] } }],
	['nothing', { material_entity: ' ', 'material_entity.qty': 2, custom_field: null, 'custom_field.a': 1 }, { material_entity: [{ qty: 2 }], custom_field: { a: 1 } }],
	['a text', { material_entity: 'two lines', 'material_entity.qty': 2 }, 'Field "material_entity" (Product Lines) is not valid: expected a value, but found "t" (line 1, column 1)'],
	['a number', { material_entity: 7, 'material_entity.qty': 2 }, 'Field "material_entity" (Product Lines) must be a list, because fields of it are given as well'],
	['a list instead of custom fields', { custom_field: '[1]', 'custom_field.a': 1 }, 'Field "custom_field" (Custom Fields) must be an object with fields, because fields of it are given as well'],
	['the same custom field', { custom_field: '{"a":1}', 'custom_field.a': 2 }, 'Field "custom_field.a" is given twice: it is in "custom_field" as well'],
];

it.each(BESIDE)('%s beside a field of it', async (_name, filled, expected) => {
	const parameters = parametersOf(await callOf('POST scm/sal_order'));
	if (typeof expected === 'string') expect(() => nested(parameters, filled)).toThrow(new Error(expected));
	else expect(nested(parameters, filled)).toEqual(expected);
});

describe('a document in a wrapper', () => {
	it('goes into the list or the object that its body is', async () => {
		const voucher = documentShapeOf(await callOf('POST fi/voucher'));
		expect(voucher.wrapper).toEqual({ name: 'items', isList: true });
		expect(wrapped({ date: '2026-03-01' }, voucher)).toEqual({ items: [{ date: '2026-03-01' }] });
		const formula = documentShapeOf(await callOf('POST ls/formula'));
		expect(wrapped({ name: 'F' }, formula)).toEqual({ data: { name: 'F' } });
		const order = documentShapeOf(await callOf('POST scm/sal_order'));
		expect(wrapped({ remark: 'x' }, order)).toEqual({ remark: 'x' });
	});

	it('is taken out of a whole body with one document', async () => {
		const voucher = documentShapeOf(await callOf('POST fi/voucher'));
		expect(unwrapped({ items: [{ date: 1 }] }, voucher)).toEqual({ date: 1 });
		expect(unwrapped({ date: 1 }, voucher)).toEqual({ date: 1 });
		expect(unwrapped({ items: [{}, {}] }, voucher)).toBeUndefined();
	});
});
