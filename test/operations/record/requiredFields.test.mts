import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const ORDER = '/jdy/v2/scm/sal_order';
const LINE = { material_id: '10', unit_id: '30', qty: 2, price: 12.5, is_free: false };
const DOCUMENT = { bill_date: '2026-03-01', customer_id: '1', material_entity: [LINE] };
const save = (type: string, more: IDataObject = {}): IDataObject => ({ resource: 'record', operation: 'save', type, dataMode: 'inputItem', ...more });
const messages = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);

/** A firm whose numbers are those of the notes of real accounts. */
function seed(): void {
	emulator.seed([
		{ entity: 'bd.measure_unit', number: 'DW01', name: 'pcs' },
		{ entity: 'bd.measure_unit', id: '8', number: 'DW08', name: 'box' },
		{ entity: 'bd.material', number: 'SP0001', name: 'SP0001', base_unit_name: 'pcs', units: [['box', 10]] },
		{ entity: 'bd.supplier', number: 'GYS0001', name: 'GYS0001' },
		{ entity: 'bd.customer', number: 'KH0001', name: 'KH0001' },
		{ entity: 'bd.store', number: 'CK01', name: 'CK01' },
		{ entity: 'bd.emp', number: 'ZY01', name: 'ZY01' },
	]);
}

/** What real accounts took [R], and what of it the pages call required; a number where a number is documented. */
const TAKEN: Array<[type: string, document: IDataObject, sent: IDataObject]> = [
	[
		'scm/pur_inbound',
		{ bill_date: '2026-09-16', trans_type: '2', remark: 'x', supplier_number: 'GYS0001', material_entity: [{ material_number: 'SP0001', qty: '2', price: 1.5, unit_id: '8', stock_number: 'CK01' }] },
		{ remark: 'x', supplier_number: 'GYS0001', material_entity: [{ material_number: 'SP0001', qty: 2, unit_id: '8', stock_number: 'CK01' }] },
	],
	[
		'scm/sal_out_bound',
		{ bill_date: '2026-09-16', trans_type: '2', customer_number: 'KH0001', material_entity: [{ material_number: 'SP0001', qty: '2', price: 1.5, unit_id: '8', stock_number: 'CK01' }] },
		{ customer_number: 'KH0001', material_entity: [{ material_number: 'SP0001', qty: 2, unit_id: '8', stock_number: 'CK01' }] },
	],
	[
		'scm/sal_out_bound',
		{ bill_date: '2026-09-16', customer_number: 'KH0001', emp_number: 'ZY01', material_entity: [{ material_number: 'SP0001', tax_price: 1.7, qty: 2, stock_number: 'CK01', unit_number: 'DW01', cess: 13 }] },
		{ customer_number: 'KH0001', emp_number: 'ZY01', material_entity: [{ material_number: 'SP0001', tax_price: 1.7, qty: 2, stock_number: 'CK01', unit_number: 'DW01' }] },
	],
	[
		'scm/pur_order',
		{ bill_date: '2026-09-16', remark: 'x', supplier_number: 'GYS0001', material_entity: [{ material_number: 'SP0001', qty: '2', price: '0.39', cess: '13', unit_id: '8' }] },
		{ supplier_number: 'GYS0001', material_entity: [{ material_number: 'SP0001', qty: 2, price: '0.39', cess: '13', unit_id: '8' }] },
	],
	['bd/supplier', { number: 'GYS0002', name: 'y' }, { number: 'GYS0002', name: 'y' }],
];

it.each(TAKEN)('%s goes out as real accounts took it, and is saved: %j', async (type, document, sent) => {
	seed();
	const { json, error } = await kingdeeJdy(emulator, { parameters: save(type), items: [document] });
	expect([error?.message, json[0]?.outcome]).toEqual([undefined, 'saved']);
	expect(bodiesOf(emulator, `/jdy/v2/${type}`)).toMatchObject([sent]);
});

describe('what is documented as required and not given', () => {
	it('goes out without it, and one hint says what and in how many items', async () => {
		emulator.gateway.settings.requiredFields = 'real';
		const { customer_id: _customer, ...rest } = DOCUMENT;
		const { unit_id: _unit, ...line } = LINE;
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order'), items: [DOCUMENT, rest, { ...rest, material_entity: [line, line] }], settings: CONTINUE });
		expect(bodiesOf(emulator, ORDER)).toHaveLength(3);
		const said = messages(hints('JDY')).filter((message) => message.includes('documents as required'));
		expect(said).toEqual(['JDY documents as required, and it is not given: customer_id in 2 of 3 items, material_entity.unit_id in 1 of 3 items']);
	});

	it('is counted in a run of one item as well', async () => {
		const { customer_id: _customer, ...rest } = DOCUMENT;
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order'), items: [rest], settings: CONTINUE });
		expect(messages(hints('JDY'))).toEqual(['JDY documents as required, and it is not given: customer_id in 1 item']);
	});

	it('is refused by JDY with a rejected outcome if it needs it', async () => {
		const { customer_id: _customer, ...rest } = DOCUMENT;
		const { failed } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order'), items: [rest], settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ outcome: 'rejected', errcode: 1030002000 });
	});

	it('is refused before anything is sent if that is wanted', async () => {
		const { customer_id: _customer, ...rest } = DOCUMENT;
		const { failed } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { options: { missing: 'refuse' } }), items: [rest], settings: CONTINUE });
		expect(failed[0]?.json.error).toMatchObject({ message: 'Item 0: Field "customer_id" (Customer ID) is required', outcome: 'notSent' });
		expect(emulator.ledger).toEqual([]);
	});

	it.each(['send', 'refuse'])('does not include the number that JDY gives by itself (%s)', async (missing) => {
		seed();
		const [, document = {}] = TAKEN[0] ?? [];
		const { json, hints } = await kingdeeJdy(emulator, { parameters: save('scm/pur_inbound', { options: { missing } }), items: [document] });
		expect([json[0]?.outcome, messages(hints('JDY')).join().includes('bill_no')]).toEqual(['saved', false]);
	});

	it('does not stop a list either, and is told', async () => {
		const { hints } = await kingdeeJdy(emulator, { parameters: { resource: 'report', operation: 'getMany', report: 'sal/sal_summary_rpt_ims' }, settings: CONTINUE });
		expect(emulator.ledger.length).toBeGreaterThan(0);
		expect(messages(hints('JDY')).join()).toContain('JDY documents as required, and it is not given: filter_summary_field');
	});
});

describe('empty fields', () => {
	const filled = { ...DOCUMENT, id: '7', remark: '', bill_dis_amount: '', contact_phone: null, custom_field: { custom_field__1__a: '', custom_field__1__b: 'x' }, material_entity: [{ ...LINE, comment: '', batch_no: null }] } as IDataObject;
	const form = { mappingMode: 'defineBelow', value: Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, value === '' || value === null ? `={{ $json.${name} }}` : value])) };
	const ways: Array<[way: string, parameters: IDataObject]> = [
		['the input item', {}],
		['JSON', { dataMode: 'json', dataJson: '={{ JSON.stringify($json) }}' }],
		['an object of an expression', { dataMode: 'json', dataJson: '={{ $json }}' }],
		['the form', { dataMode: 'fields', fields: form as unknown as IDataObject }],
	];

	it.each(ways)('are left out by %s, and counted in a hint', async (_way, more) => {
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', more), items: [filled], settings: CONTINUE });
		expect(bodiesOf(emulator, ORDER)).toEqual([{ ...DOCUMENT, id: '7', custom_field: { custom_field__1__b: 'x' } }]);
		expect(messages(hints('JDY'))).toContain(
			'6 empty fields were left out, so that JDY keeps what it has; the option Empty Fields can clear them: material_entity.comment in 1 item, material_entity.batch_no in 1 item, remark in 1 item, bill_dis_amount in 1 item, contact_phone in 1 item, custom_field.custom_field__1__a in 1 item',
		);
	});

	it.each(ways)('are cleared by %s if that is wanted', async (_way, more) => {
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { ...more, options: { emptyFields: 'clear' } }), items: [filled], settings: CONTINUE });
		expect(bodiesOf(emulator, ORDER)).toEqual([
			{ ...DOCUMENT, id: '7', remark: '', bill_dis_amount: null, contact_phone: '', custom_field: { custom_field__1__a: '', custom_field__1__b: 'x' }, material_entity: [{ ...LINE, comment: '', batch_no: '' }] },
		]);
		expect(messages(hints('JDY')).join()).not.toContain('left out');
	});

	it('of a new document are left out without a word', async () => {
		const { hints } = await kingdeeJdy(emulator, { parameters: save('scm/sal_order'), items: [{ ...DOCUMENT, remark: '' }] });
		expect(bodiesOf(emulator, ORDER)).toEqual([DOCUMENT]);
		expect(messages(hints('JDY')).join()).not.toContain('left out');
	});

	it('of a form are those whose expression found nothing, not those that nobody has filled in', async () => {
		const value = { ...DOCUMENT, remark: null, contact_phone: '={{ null }}', contact_address: '={{ $json.none }}' };
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { dataMode: 'fields', fields: { mappingMode: 'defineBelow', value }, options: { emptyFields: 'clear' } }) });
		expect(bodiesOf(emulator, ORDER)).toEqual([{ ...DOCUMENT, contact_phone: '' }]);
	});

	it.each(['leaveOut', 'clear'])('of rows that make one document are empty only if all of them are (%s)', async (emptyFields) => {
		const row = { no: 'A', bill_date: '2026-03-01', customer_id: '1', ...LINE };
		const items = [{ ...row, remark: '', contact_phone: '1', comment: '' }, { ...row, remark: null, contact_phone: '', comment: 'x' }] as IDataObject[];
		await kingdeeJdy(emulator, { parameters: save('scm/sal_order', { lines: 'groupItems', groupBy: 'no', linesField: 'material_entity', options: { emptyFields } }), items });
		const cleared = emptyFields === 'clear';
		const [body] = bodiesOf(emulator, ORDER);
		expect([body?.remark, body?.contact_phone, (body?.material_entity as IDataObject[]).map(({ comment }) => comment)]).toEqual([cleared ? '' : undefined, '1', [cleared ? '' : undefined, 'x']]);
	});
});
