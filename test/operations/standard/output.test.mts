import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { KingdeeJdy } from '../../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy, put } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const get = (type: string, options: IDataObject = {}) => ({ resource: 'record', operation: 'get', type, by: 'id', key: '7', options });
const getMany = (type: string, options: IDataObject = {}) => ({ resource: 'record', operation: 'getMany', type, options });
const report = (path: string, options: IDataObject = {}) => ({ resource: 'report', operation: 'getMany', report: path, options });
const custom = (operation: string, options: IDataObject = {}) => ({ resource: 'customDocument', operation, bizType: 'ts_1', conditionsMode: 'json', conditionsJson: '{"no":"A"}', options });

const ORDER = {
	all_debt: 0,
	auditor_name: '张三',
	bill_close_state: 'C',
	bill_date: '2026-03-05',
	bill_no: 'XSDD-1',
	bill_status: 'C',
	contact_phone: 'bsiV0ZrykeIH/5ZZ65lX5A==',
	create_time: '2026-03-05 10:00:00',
	custom_field: { custom_field__1__abc: '加急' },
	customer_id: '1486132453218684928',
	customer_name: '北京百货',
	customer_number: 'KH0001',
	dept_id: '0',
	emp_id: '9',
	emp_name: '',
	id: '7',
	material_entity: [
		{ aux_name1: '红', base_qty: '2', id: '71', is_free: false, material_id: '5', material_is_batch: true, material_name: '螺丝', material_number: 'SP0001', price: 1.5, qty: '2.00', seq: 1, stock_id: '3', stock_name: '总仓', unit_id: '8', unit_name: '个', all_amount: '3.39' },
		{ id: '72', material_id: '6', material_name: '', qty: '1', unit_name: '盒' },
	],
	payment_entry: [{ id: '1', pay_amount: '3' }],
	remark: null,
	total_amount: '3.39',
};

const SIMPLE_ORDER = {
	bill_no: 'XSDD-1',
	bill_date: '2026-03-05',
	bill_status: 'Audited',
	bill_close_state: 'Open',
	customer_number: 'KH0001',
	customer_name: '北京百货',
	emp_id: '9',
	total_amount: '3.39',
	custom_field: { custom_field__1__abc: '加急' },
	id: '7',
	material_entity: [
		{ material_number: 'SP0001', material_name: '螺丝', aux_name1: '红', qty: '2.00', unit_name: '个', price: 1.5, all_amount: '3.39', stock_name: '总仓' },
		{ material_id: '6', qty: '1', unit_name: '盒' },
	],
};

describe('Simplified', () => {
	it('shows of an order what people read, in the order in which they read it', async () => {
		emulator.chooseFault = () => succeed(ORDER);
		const { json } = await kingdeeJdy(emulator, { parameters: get('scm/sal_order', { output: 'simplified' }) });
		expect(json).toEqual([SIMPLE_ORDER]);
		expect(JSON.stringify(json)).toBe(JSON.stringify([SIMPLE_ORDER]));
	});

	it('is the output of a tool unless another is set', async () => {
		emulator.chooseFault = () => succeed(ORDER);
		const [usual, full, ofNode] = [
			await kingdeeJdy(emulator, { parameters: get('scm/sal_order'), isTool: true }),
			await kingdeeJdy(emulator, { parameters: get('scm/sal_order', { output: 'full' }), isTool: true }),
			await kingdeeJdy(emulator, { parameters: get('scm/sal_order') }),
		];
		expect([usual.json, full.json, ofNode.json]).toEqual([[SIMPLE_ORDER], [ORDER], [ORDER]]);
	});

	const ROWS: Array<[what: string, parameters: IDataObject, row: IDataObject, shown: IDataObject]> = [
		['a list of orders', getMany('scm/pur_order', { output: 'simplified' }), { id: '1', bill_status: 'Z', supplier_id: '4', total_amount: '9', bill_no: 'CG1', bill_date: '2026-01-02' }, { bill_no: 'CG1', bill_date: '2026-01-02', bill_status: 'Unaudited', supplier_id: '4', total_amount: '9', id: '1' }],
		['a code that is not documented', getMany('scm/pur_order', { output: 'simplified' }), { bill_no: 'CG1', bill_status: 'Q' }, { bill_no: 'CG1', bill_status: 'Q' }],
		['a customer', getMany('bd/customer', { output: 'simplified' }), { id: '1', c_level_id: '2', enable: '1', group_name: '零售', name: '甲', number: 'KH1', remark: '' }, { number: 'KH1', name: '甲', group_name: '零售', enable: 'Enabled', id: '1' }],
		['a type that has no entry', getMany('bd/department', { output: 'simplified' }), { id: '1', create_time: '2026-01-01 00:00:00', parent_id: '0', is_leaf: true, name: '销售部', number: 'BM1', charger_id: '5', charger_name: '李四', phone: '' }, { number: 'BM1', name: '销售部', charger_name: '李四', id: '1' }],
		['a report', report('inv/inv_inventory_ims', { output: 'simplified' }), { aux_prop_id: '0', base_unit_id: '8', material_id: '5', material_is_batch: false, cost: '7', qty: '10', stock_id: '3', stock_number: 'CK01', material_name: '螺丝', material_number: 'SP0001', amount: 5, amount_for: 5 }, { material_number: 'SP0001', material_name: '螺丝', qty: '10', amount: 5, base_unit_id: '8', cost: '7', stock_number: 'CK01' }],
	];

	it.each(ROWS)('of %s', async (_what, parameters, row, shown) => {
		emulator.chooseFault = () => succeed({ rows: [row], items: [row], count: 1, total_page: 1, total: 1 });
		const { json } = await kingdeeJdy(emulator, { parameters });
		expect(JSON.stringify(json)).toBe(JSON.stringify([shown]));
	});

	it('leaves no row out, also where nothing of it is shown', async () => {
		emulator.chooseFault = () => succeed({ rows: [{ id: '1', name: '' }, {}, { create_time: 'x' }], count: 3 });
		const { json } = await kingdeeJdy(emulator, { parameters: getMany('bd/department', { output: 'simplified' }) });
		expect(json).toEqual([{ id: '1' }, {}, {}]);
	});

	it('serves custom documents, whose fields nobody documents', async () => {
		const [id] = put(emulator, [{ no: 'A', remark: '', creator_name: 'x', lines: [{ id: '1', qty: 2 }] }]);
		for (const operation of ['get', 'getMany']) {
			const { json } = await kingdeeJdy(emulator, { parameters: { ...custom(operation, { output: 'simplified' }), conditionsJson: JSON.stringify({ id }) } });
			expect(json).toEqual([{ check: false, no: 'A', id, lines: [{ qty: 2 }] }]);
		}
	});
});

describe('Selected Fields', () => {
	const SELECTIONS: Array<[what: string, outputFields: unknown, shown: IDataObject]> = [
		['names of a row, in their order', ['total_amount', 'bill_no'], { total_amount: '3.39', bill_no: 'XSDD-1' }],
		['a text with commas', 'bill_no， id', { bill_no: 'XSDD-1', id: '7' }],
		['fields of lines', ['bill_no', 'material_entity.qty', 'material_entity.unit_name'], { bill_no: 'XSDD-1', material_entity: [{ qty: '2.00', unit_name: '个' }, { qty: '1', unit_name: '盒' }] }],
		['a field of an object', ['custom_field.custom_field__1__abc'], { custom_field: { custom_field__1__abc: '加急' } }],
		['a whole list, also where one of its fields is named', ['payment_entry.id', 'payment_entry'], { payment_entry: [{ id: '1', pay_amount: '3' }] }],
		['an empty field', ['remark'], { remark: null }],
		['an expression', '={{ ["bill_no"] }}', { bill_no: 'XSDD-1' }],
	];

	it.each(SELECTIONS)('takes %s', async (_what, outputFields, shown) => {
		emulator.chooseFault = () => succeed(ORDER);
		const { json, hints } = await kingdeeJdy(emulator, { parameters: get('scm/sal_order', { output: 'selected', outputFields } as IDataObject) });
		expect(JSON.stringify(json)).toBe(JSON.stringify([shown]));
		expect(hints('JDY')).toEqual([]);
	});

	it('tells of a field that no row has', async () => {
		emulator.chooseFault = () => succeed({ rows: [{ id: '1', bill_no: 'A' }, { id: '2' }], count: 2 });
		const { json, hints } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { output: 'selected', outputFields: ['bill_no', 'colour', 'material_entity.qty'] }) });
		expect(json).toEqual([{ bill_no: 'A' }, {}]);
		expect(hints('JDY').map(({ message }) => message)).toEqual(['No row has the fields colour, material_entity.qty that Output Field Names or IDs asks for']);
	});

	it.each([
		[{ output: 'selected' }, 'Output Field Names or IDs must name at least one field, for example bill_no'],
		[{ output: 'all' }, 'Output must be one of full, simplified, selected'],
	])('%j is refused, and nothing is sent', async (options, message) => {
		for (const parameters of [get('scm/sal_order', options), getMany('scm/sal_order', options), report('scm/inventory', options), custom('get', options), custom('getMany', options)]) {
			const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
			expect(failed).toMatchObject([{ json: { error: { message: `Item 0: ${message}` } } }]);
		}
		expect(emulator.ledger).toEqual([]);
	});

	const fieldsFor = async (parameters: IDataObject) => {
		const read = (name: string) => name.split('.').reduce<unknown>((value, part) => (value as IDataObject | undefined)?.[part], parameters);
		return await new KingdeeJdy().methods.loadOptions.getOutputFields.call({ getCurrentNodeParameter: read } as unknown as ILoadOptionsFunctions);
	};

	it('can be chosen from the documented answer', async () => {
		const [ofDetail, ofList, ofWhole, ofReport] = [await fieldsFor(get('scm/sal_order')), await fieldsFor(getMany('scm/sal_order')), await fieldsFor(getMany('scm/sal_order', { details: true })), await fieldsFor(report('fi/account_balance_report'))];
		expect(ofDetail).toContainEqual({ name: 'Bill Date 单据日期', value: 'bill_date', description: 'bill_date' });
		expect(ofDetail.map(({ value }) => value)).toEqual(expect.arrayContaining(['material_entity.qty', 'cost_fee_entity.fee_records.all_amount']));
		expect(ofList.map(({ value }) => value)).toHaveLength(26);
		expect(ofWhole).toEqual(ofDetail);
		expect(ofReport.map(({ value }) => value)).toEqual(expect.arrayContaining(['account_no', 'end_bal']));
		expect(await fieldsFor(getMany('no/such'))).toEqual([]);
	});
});
