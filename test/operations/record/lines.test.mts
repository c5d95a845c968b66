import { typeByPath } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { shapeOf } from '../../../nodes/KingdeeJdy/catalogue/documents.ts';
import type { Parameter } from '../../../nodes/KingdeeJdy/catalogue/types.ts';
import { complaintAbout, groupItems, usualLinesField } from '../../../nodes/KingdeeJdy/operations/record/lines.ts';

let parameters: Parameter[];
beforeAll(async () => {
	const save = (await typeByPath('scm/sal_order'))?.save;
	parameters = save ? shapeOf(save).parameters : [];
});

type Row = Record<string, unknown>;

function group(rows: Row[], groupField = 'order') {
	const members = rows.map((given, itemIndex) => ({ itemIndex, group: String(given.order), given }));
	return groupItems(members, { parameters, linesField: 'material_entity', groupField }).map((grouped) => ('document' in grouped ? { items: grouped.itemIndexes, document: grouped.document } : { items: grouped.itemIndexes, complaint: grouped.complaint.message }));
}

it('makes one document of the rows of each order, in the order of their first rows', () => {
	const rows = [
		{ order: 'A', bill_date: '2026-03-01', customer_id: '1', material_id: '10', qty: 1 },
		{ order: 'B', bill_date: '2026-03-02', customer_id: '2', material_id: '20', qty: 2 },
		{ order: 'A', bill_date: '2026-03-01', customer_id: 1, material_id: '11', qty: 3 },
	];
	expect(group(rows)).toEqual([
		{ items: [0, 2], document: { bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '10', qty: 1 }, { material_id: '11', qty: 3 }] } },
		{ items: [1], document: { bill_date: '2026-03-02', customer_id: '2', material_entity: [{ material_id: '20', qty: 2 }] } },
	]);
});

it('names both items where the document would be two', () => {
	const rows = [
		{ order: 'A', customer_id: '1', qty: 1 },
		{ order: 'A', customer_id: '1', qty: 1 },
		{ order: 'A', customer_id: '2', qty: 1 },
	];
	expect(group(rows)).toEqual([{ items: [0, 1, 2], complaint: 'Field "customer_id" (Customer ID) is "1" in item 0, but "2" in item 2, and both belong to "A"' }]);
});

it('takes what only the first row has for all of them', () => {
	const rows = [
		{ order: 'A', customer_id: '1', qty: 1 },
		{ order: 'A', customer_id: '', qty: 2 },
		{ order: 'A', customer_id: null, qty: 3 },
	];
	expect(group(rows)[0]).toMatchObject({ document: { customer_id: '1', material_entity: [{ qty: 1 }, { qty: 2 }, { qty: 3 }] } });
});

it('keeps the field that groups where a page knows it', () => {
	const rows = [{ order: 'A', bill_no: 'A', qty: 1 }];
	expect(group(rows, 'bill_no')[0]).toMatchObject({ document: { bill_no: 'A', order: 'A' } });
});

it('takes whole lines, and fields with the name of the list before them', () => {
	const rows = [
		{ order: 'A', material_entity: [{ qty: 1 }, { qty: 2 }] },
		{ order: 'A', 'material_entity.qty': 3, 'material_entity.id': '9' },
	];
	expect(group(rows)[0]).toMatchObject({ document: { material_entity: [{ qty: 1 }, { qty: 2 }, { qty: 3, id: '9' }] } });
});

it('leaves unknown fields in the document while all agree, and in the lines otherwise', () => {
	expect(group([{ order: 'A', colour: 'red', qty: 1 }, { order: 'A', colour: 'red', qty: 2 }])[0]).toMatchObject({ document: { colour: 'red', material_entity: [{ qty: 1 }, { qty: 2 }] } });
	expect(group([{ order: 'A', colour: 'red', qty: 1 }, { order: 'A', colour: 'blue', qty: 2 }])[0]).toMatchObject({ document: { material_entity: [{ colour: 'red', qty: 1 }, { colour: 'blue', qty: 2 }] } });
});

it('says which lists there are where the one that is named is none', () => {
	expect(complaintAbout({ parameters, linesField: 'lines' })?.message).toBe('Lines Field must be a list of the document: material_entity, attachments_url, cus_bear_fee_entry, payment_entry');
	expect(complaintAbout({ parameters: [], linesField: 'lines' })?.message).toBe('Lines Field cannot be used: documents of this type have no lines');
	expect(usualLinesField(parameters)).toBe('material_entity');
	expect(usualLinesField([])).toBeUndefined();
});
