import { readFileSync } from 'node:fs';

import { allCalls, callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { documentShapeOf, unwrapped, wrapped } from '../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import { formOf } from '../../nodes/KingdeeJdy/catalogue/forms/form.ts';
import { nested } from '../../nodes/KingdeeJdy/catalogue/forms/nested.ts';
import { readableKeysOf } from '../../nodes/KingdeeJdy/catalogue/readableKeys.ts';
import type { Call, Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';

async function callOf(id: string): Promise<Call> {
	const [method = '', path = ''] = id.split(' ');
	const call = await callByPath(method, path);
	if (!call) throw new Error(`No call ${id}`);
	return call;
}

/** A form as a user reads it. */
async function labelsOf(id: string, { isShown, lines }: { isShown: boolean; lines?: string }): Promise<string[]> {
	const form = formOf(documentShapeOf(await callOf(id)).parameters, { lines, without: ['page', 'page_size'] });
	return form.filter(({ removed }) => removed !== isShown).map(({ displayName }) => displayName);
}

function namesIn(parameters: readonly Parameter[], before = ''): string[] {
	return parameters.flatMap(({ name, type, fields }) => (fields && type === 'object' ? namesIn(fields, `${before}${name}.`) : [before + name]));
}

function readableIn(parameters: readonly Parameter[], before = ''): Array<[path: string, key: string, to: string]> {
	const here = readableKeysOf(parameters).flatMap((keys) => (['number', 'name'] as const).map((by): [string, string, string] => [before + (keys[by] ?? ''), by, keys.reference.to]));
	return [...here, ...parameters.flatMap(({ name, fields = [] }) => readableIn(fields, `${before}${name}.`))];
}

describe('a form', () => {
	it('shows what is required, what refers to master data by its number', async () => {
		expect(await labelsOf('POST scm/sal_order', { isShown: true })).toEqual(['Bill Date 单据日期 *', 'Customer Number 客户编码 (or Customer Name, Customer ID) *', 'Product Lines 商品明细 *']);
		const form = formOf(parametersOf(await callOf('POST scm/sal_order')));
		expect(form.find(({ id }) => id === 'bill_date')).toEqual({ id: 'bill_date', displayName: 'Bill Date 单据日期 *', required: false, defaultMatch: false, display: true, type: 'dateTime', removed: false });
		expect(form.find(({ id }) => id === 'material_entity')?.type).toBe('array');
		expect(form.find(({ id }) => id === 'exchange_rate')?.type).toBe('number');
		expect(form.find(({ id }) => id === 'operation_key')?.options?.length).toBeGreaterThan(0);
	});

	it('of lines shows the product by its number, and the unit, which has none, by its name', async () => {
		expect(await labelsOf('POST scm/sal_order', { isShown: true, lines: 'material_entity' })).toEqual([
			'Bill Date 单据日期 *',
			'Customer Number 客户编码 (or Customer Name, Customer ID) *',
			'Product Lines: Is Gift 赠品 *',
			'Product Lines: Product Number 商品编码 (or Product Name, Product Barcode, Product ID) *',
			'Product Lines: Price 单价 *',
			'Product Lines: Quantity 数量 *',
			'Product Lines: Unit Name 单位名称 (or Unit Number, Unit ID) *',
		]);
		const form = formOf(parametersOf(await callOf('POST scm/sal_order')), { lines: 'material_entity' });
		const ofLine = (name: string) => form.find(({ id }) => id === `material_entity.${name}`);
		expect(form.filter(({ required }) => required)).toEqual([]);
		expect(ofLine('qty')).toMatchObject({ type: 'number', removed: false });
		expect(ofLine('material_number')).toMatchObject({ type: 'string', removed: false });
		expect(ofLine('material_barcode')).toMatchObject({ displayName: 'Product Lines: Product Barcode 商品条形码 (or Product Number)', type: 'string', removed: true });
		expect(ofLine('material_id')).toMatchObject({ displayName: 'Product Lines: Product ID 商品ID (or Product Number)', type: 'string', removed: true });
		expect(ofLine('tax_price')).toMatchObject({ displayName: 'Product Lines: Price Incl. Tax 含税单价 (or Price)', removed: true });
		expect(ofLine('is_free')?.type).toBe('boolean');
		expect(['kf_date', 'valid_date'].map((name) => ofLine(name)?.type)).toEqual(['dateTime', 'string']);
		expect(ofLine('regain_price')).toMatchObject({ type: 'options', options: [{ value: true, name: 'True' }, { value: false, name: 'False' }] });
		expect(form.some(({ id }) => id === 'material_entity')).toBe(false);
	});

	it('has the fields of one entry of a list, and the list for several', async () => {
		const form = formOf(parametersOf(await callOf('POST bd/customer')));
		expect(form.find(({ id }) => id === 'contact_persons.mobile')).toMatchObject({ displayName: 'Contact Persons: Mobile 手机', type: 'string', removed: true });
		expect(form.find(({ id }) => id === 'contact_persons')).toMatchObject({ displayName: 'Contact Persons 联系人列表', type: 'array', removed: true });
		expect(form.find(({ id }) => id === 'mul_label.number')?.displayName).toBe('Labels: Number 标签编码');
		expect(form.map(({ id }) => id)).not.toContain('mul_label.id_number');
	});

	it('leaves out what the node fills in, and the options that say nothing', async () => {
		const form = formOf(parametersOf(await callOf('GET scm/sal_order')), { without: ['page', 'page_size'] });
		expect(form.some(({ id }) => id.startsWith('page'))).toBe(false);
		expect(form.find(({ id }) => id === 'bill_status')).toMatchObject({ type: 'options', options: [{ value: 'C', name: 'Audited' }, { value: 'Z', name: 'Unaudited' }] });
		expect(form.find(({ id }) => id === 'modify_start_time')?.type).toBe('dateTime');
	});

	it('has the usual fields first among those to be added, the technical ones last', async () => {
		const filters = await labelsOf('GET scm/sal_order', { isShown: false });
		expect(filters.slice(0, 8)).toEqual([
			'Bill Number 单据编号',
			'Bill Date From 单据开始日期',
			'Bill Date Until 单据结束日期',
			'Customer Number 客户编码',
			'Product Number 商品编码 (or Product Barcode)',
			'Product Barcode 商品条形码 (or Product Number)',
			'Employee Number 业务员编码 (or Employee Name, Employee ID)',
			'Employee Name 业务员名称 (or Employee Number)',
		]);
		expect(filters.slice(-2)).toEqual(['Department ID 部门ID (or Department Number)', 'Employee ID 业务员ID (or Employee Number)']);
		const customer = await labelsOf('POST bd/customer', { isShown: false });
		expect(customer.slice(0, 3)).toEqual(['Number 客户编码', 'Tax Rate 税率', 'Salesperson Number 业务员编码 (or Salesperson Name, Salesperson ID)']);
	});

	it('takes several values as text, where JDY wants a list', async () => {
		const form = formOf(parametersOf(await callOf('GET scm/inventory')));
		expect(form.find(({ id }) => id === 'material_numbers')).toMatchObject({ displayName: 'Product Numbers 商品编码', type: 'string' });
	});

	it('of every call has each documented name once, and offers nothing that cannot be looked up', async () => {
		const targets = JSON.parse(readFileSync('nodes/KingdeeJdy/catalogue/data/targets.json', 'utf8')) as Record<string, { number?: string; numbers?: string; name?: string }>;
		for (const call of await allCalls()) {
			const parameters = parametersOf(call);
			const ids = formOf(parameters).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids).toEqual(expect.arrayContaining(namesIn(parameters)));
			const documented = new Set(namesIn(parameters));
			for (const [path, by, to] of readableIn(parameters)) {
				if (!ids.includes(path) || path.includes('.') || documented.has(path)) continue;
				const { number, numbers, name } = targets[to] ?? {};
				expect([call.id, path, by === 'number' ? (number ?? numbers) : name]).toEqual([call.id, path, expect.any(String)]);
			}
		}
	});

	it('is made in a moment', async () => {
		const parameters = parametersOf(await callOf('POST scm/sal_order'));
		const took = [1, 2, 3].map(() => {
			const startedAt = performance.now();
			formOf(parameters, { lines: 'material_entity' });
			return performance.now() - startedAt;
		});
		expect(Math.min(...took)).toBeLessThan(20);
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
		'payment_entry.settle_account_number': '1002',
		'material_entity.custom_entity_field.custom_field__2__b': 'y',
		'something.else': 1,
	};
	expect(nested(parameters, filled)).toEqual({
		bill_date: '2026-03-01',
		cost_fee_entity: { del_ids: '1' },
		custom_field: { custom_field__2__a: 'x' },
		material_entity: [{ qty: 2, custom_entity_field: { custom_field__2__b: 'y' } }],
		payment_entry: [{ settle_account_number: '1002' }],
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
