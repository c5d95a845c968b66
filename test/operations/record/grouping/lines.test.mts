import { typeByPath } from '../../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { documentShapeOf } from '../../../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import type { Parameter } from '../../../../nodes/KingdeeJdy/catalogue/types.ts';
import { Columns } from '../../../../nodes/KingdeeJdy/operations/record/grouping/columns.ts';
import { documentOf, lineShapeError, usualLinesField } from '../../../../nodes/KingdeeJdy/operations/record/grouping/lines.ts';

let parameters: Parameter[];
beforeAll(async () => {
	const save = (await typeByPath('scm/sal_order'))?.save;
	parameters = save ? documentShapeOf(save).parameters : [];
});

type Row = Record<string, unknown>;

/** The document of these rows, or the complaint. */
function merged(rows: Row[], { groupFields = ['order'], custom = {} }: { groupFields?: string[]; custom?: Record<string, string> } = {}) {
	const columns = new Columns({ parameters, linesField: 'material_entity', groupFields });
	columns.learn(new Map(Object.entries(custom)));
	const members = rows.map((given, itemIndex) => ({ itemIndex, given }));
	try {
		return documentOf('A', members, columns, { linesField: 'material_entity', timeZone: 'Asia/Shanghai' });
	} catch (error) {
		return (error as Error).message;
	}
}

it('makes one document of rows, each a line', () => {
	const rows = [
		{ order: 'A', bill_date: '2026-03-01', customer_id: '1', material_id: '10', qty: 1 },
		{ order: 'A', bill_date: '2026-03-01', customer_id: 1, material_id: '11', qty: 3 },
	];
	expect(merged(rows)).toEqual({ bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '10', qty: 1 }, { material_id: '11', qty: 3 }] });
});

it.each<[what: string, rows: Row[], document: Row]>([
	['an empty text', [{ customer_id: '1', qty: 1 }, { customer_id: '', qty: 2 }], { customer_id: '1', material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['blanks', [{ customer_id: ' ', qty: 1 }, { customer_id: '1', qty: 2 }], { customer_id: '1', material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['null', [{ customer_id: '1', qty: 1 }, { customer_id: null, qty: 2 }], { customer_id: '1', material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['a custom field', [{ custom_field: { a: 'x' }, qty: 1 }, { custom_field: { a: '' }, qty: 2 }], { custom_field: { a: 'x' }, material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['all custom fields', [{ custom_field: { a: 'x' } }, { custom_field: { a: null } }, { custom_field: {} }, { custom_field: '' }], { custom_field: { a: 'x' }, material_entity: [] }],
	['custom fields that another row has', [{ custom_field: { a: 'x' } }, { custom_field: { b: 'y' } }, { custom_field: '{"a":"x"}' }], { custom_field: { a: 'x', b: 'y' }, material_entity: [] }],
	['everything of a custom field', [{ custom_field: { a: '' }, qty: 1 }], { material_entity: [{ qty: 1 }] }],
	['a field of an object', [{ contact_info: { linkman: 'Li', phone: '' } }, { contact_info: { linkman: '', phone: '1' } }], { contact_info: { linkman: 'Li', phone: '1' }, material_entity: [] }],
	['a column that JDY does not document', [{ colour: 'red', qty: 1 }, { colour: '', qty: 2 }], { colour: 'red', material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['a list', [{ payment_entry: [{ amount: 1 }], qty: 1 }, { payment_entry: [], qty: 2 }], { payment_entry: [{ amount: 1 }], material_entity: [{ qty: 1 }, { qty: 2 }] }],
	['the lines themselves', [{ material_entity: '', qty: 1 }, { material_entity: [], qty: 2 }], { material_entity: [{ qty: 1 }, { qty: 2 }] }],
])('%s that is blank agrees with anything', (_what, rows, document) => {
	expect(merged(rows)).toEqual(document);
});

it.each<[rows: Row[], complaint: string]>([
	[[{ customer_id: '1' }, { customer_id: '1' }, { customer_id: '2' }], 'Field "customer_id" (Customer ID) is "1" in item 0, but "2" in item 2, and both belong to "A"'],
	[[{ custom_field: { a: 'x' } }, { custom_field: { a: 'y' } }], 'Field "custom_field" > "a" is "x" in item 0, but "y" in item 1, and both belong to "A"'],
	[
		[{ colour: 'red' }, { colour: 'blue' }],
		'Field "colour" is "red" in item 0, but "blue" in item 1, and both belong to "A". JDY documents no such field; if it belongs to the lines, call it "material_entity.colour"',
	],
	[[{ bill_date: '2026-03-01' }, { bill_date: '2026-03-02' }], 'Field "bill_date" (Bill Date) is "2026-03-01" in item 0, but "2026-03-02" in item 1, and both belong to "A"'],
])('%j is named where the document would be two', (rows, complaint) => {
	expect(merged(rows)).toBe(complaint);
});

it('takes different ways of writing for the same', () => {
	const rows = [{ bill_date: '2026-03-01', bill_no: '1001' }, { bill_date: '2026/3/1', bill_no: 1001 }, { bill_date: new Date('2026-03-01T02:00:00+08:00'), bill_no: ' 1001 ' }];
	expect(merged(rows)).toEqual({ bill_date: '2026-03-01', bill_no: '1001', material_entity: [] });
});

it.each([
	['bill_no', { bill_no: 'A', order: 'A' }, { bill_no: 'A', order: 'A', material_entity: [{ qty: 1 }] }],
	['stock_id', { stock_id: '7' }, { material_entity: [{ stock_id: '7', qty: 1 }] }],
	['material_entity.stock_id', { 'material_entity.stock_id': '7' }, { material_entity: [{ stock_id: '7', qty: 1 }] }],
	['order', { order: 'A' }, { material_entity: [{ qty: 1 }] }],
])('the field %s stays where a page knows it, although it groups', (groupField, row, document) => {
	expect(merged([{ ...row, qty: 1 }], { groupFields: [groupField] })).toEqual(document);
});

describe('a column that JDY does not document', () => {
	const custom = { weight: 'material_entity', channel: 'head', plan: 'payment_entry' };

	it('goes where the account says, and into the head otherwise', () => {
		const rows = [{ weight: 1, channel: 'web', colour: 'red', qty: 1 }, { weight: 2, channel: 'web', colour: 'red', qty: 2 }];
		expect(merged(rows, { custom })).toEqual({
			custom_field: { channel: 'web' },
			colour: 'red',
			material_entity: [{ qty: 1, custom_entity_field: { weight: 1 } }, { qty: 2, custom_entity_field: { weight: 2 } }],
		});
	});

	it('stands beside custom fields that are given as such', () => {
		const rows = [{ channel: 'web', custom_field: { other: 'x' }, weight: 1, 'material_entity.custom_entity_field': { size: 'L' } }];
		expect(merged(rows, { custom })).toEqual({ custom_field: { channel: 'web', other: 'x' }, material_entity: [{ custom_entity_field: { weight: 1, size: 'L' } }] });
	});

	it('is refused where it belongs to other lines', () => {
		expect(merged([{ plan: 1 }], { custom })).toBe('Field "plan" belongs to the lines "payment_entry", but the items make lines of "material_entity"');
	});

	it('stays where it groups the items too', () => {
		expect(merged([{ channel: 'web', qty: 1 }], { custom, groupFields: ['channel'] })).toEqual({ custom_field: { channel: 'web' }, material_entity: [{ qty: 1 }] });
	});
});

it('takes whole lines, as a list or as JSON, and fields with the name of the list before them', () => {
	const rows = [{ material_entity: [{ qty: 1 }, { qty: 2 }] }, { 'material_entity.qty': 3, 'material_entity.id': '9' }, { material_entity: '[{"qty":4}]', 'material_entity.qty': 5 }];
	expect(merged(rows)).toEqual({ material_entity: [{ qty: 1 }, { qty: 2 }, { qty: 3, id: '9' }, { qty: 4 }, { qty: 5 }] });
});

it('says which lists there are where the one that is named is none', () => {
	expect(lineShapeError({ parameters, linesField: 'lines' })?.message).toBe('Lines Field must be a list of the document: material_entity, attachments_url, cus_bear_fee_entry, payment_entry');
	expect(lineShapeError({ parameters: [], linesField: 'lines' })?.message).toBe('Lines Field cannot be used: documents of this type have no lines');
	expect(usualLinesField(parameters)).toBe('material_entity');
	expect(usualLinesField([])).toBeUndefined();
});
