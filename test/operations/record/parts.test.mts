import { typeByPath } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { documentShapeOf } from '../../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import { failureOf } from '../../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import { customFieldsOf } from '../../../nodes/KingdeeJdy/operations/record/customFields.ts';
import { saysKeyExists, withKey } from '../../../nodes/KingdeeJdy/operations/record/saving/ownKey.ts';

describe('a key that JDY checks', () => {
	it('is written where its field is empty', () => {
		expect(withKey({ bill_date: 'x' }, 'outside_pk_id', 'K1')).toEqual({ document: { bill_date: 'x', outside_pk_id: 'K1' }, isChecked: true });
		expect(withKey({ outside_pk_id: '' }, 'outside_pk_id', 'K1')).toEqual({ document: { outside_pk_id: 'K1' }, isChecked: true });
		expect(withKey({ outside_pk_id: 'K1' }, 'outside_pk_id', 'K1').isChecked).toBe(true);
		expect(withKey({ outside_pk_id: 'mine' }, 'outside_pk_id', 'K1')).toEqual({ document: { outside_pk_id: 'mine' }, isChecked: false });
	});

	const refusal = (errcode: number | null, message: string) => failureOf(errcode === null ? 'refusedWithin' : 'field', 'rejected', message, { errcode, code: errcode });

	it.each([
		['the code of another refusal', 1030002003, 'K1 不存在', false],
		['a message about the field', 1030002002, 'outside_pk_id已存在', true],
		['a message about the key', 1030002002, '外部单号K1已存在', true],
		['a message about the number', 1030002002, '编码PO-1已存在', false],
		['a message about the key behind errcode 0', null, '外部唯一标识K1已存在', true],
		['another refusal behind errcode 0', null, 'K1 借贷不平', false],
		['a number that only begins with the key', 1030002002, '编码K12已存在', false],
		['a number that ends with the key', 1030002002, '编码PO-K1已存在', false],
		['a number that begins with the key and a slash', 1030002002, '编码K1/2已存在', false],
		['a message that says nothing', 1030002002, '已存在', false],
		['a message about the field and no value', 1030002002, '该外部单号已存在', true],
		['a message about the field with a colon and quotes', 1030002002, '外部单号为“K1”已存在，请修改', true],
		['a message about the field in English', 1030002002, 'outside_pk_id "K1" already exists', true],
		['a message about the field with another value', 1030002002, '外部单号X9已存在', false],
		['a message about the field of a line', 1030002002, '第3行外部单号K1已存在', false],
		['a message about a line and the key', 1030002002, '第 3 行 K1 已存在', false],
		['a message about an entry and the key', 1030002002, '分录外部单号K1已存在', false],
		['a message about a custom field', 1030002002, '自定义字段“外部单号”K1已存在', false],
		['a message about a custom field by its name', 1030002002, 'custom_field__2__a K1已存在', false],
		['a message about another external field', 1030002002, '外部商品编码已存在', false],
		['a message about a field that ends like it', 1030002002, '商品外部单号已存在', false],
		['a message about a field that begins like it', 1030002002, '外部单号类型已存在', false],
		['a message about another field by its name', 1030002002, 'outside_material_number K1已存在', false],
		['a message that also names another field', 1030002002, 'bill_no, outside_pk_id已存在', false],
	])('exists already by %s or not', (_what, errcode, message, exists) => {
		expect(saysKeyExists(refusal(errcode, message), 'outside_pk_id', 'K1', { outside_pk_id: 'K1', bill_no: 'PO-1' })).toBe(exists);
	});

	it.each([
		['the number', { bill_no: 'K1' }, '编码K1已存在', false],
		['the number, where the message is about the field', { bill_no: 'K1' }, '外部单号K1已存在', true],
		['the number, where the message names the field', { bill_no: 'K1' }, 'outside_pk_id: K1已存在', true],
		['a number without quotes', { bill_no: 7, outside_pk_id: '7' }, '7已存在', false],
		['in a line', { bill_no: 'K1', material_entity: [{ outside_material_number: 'K1' }] }, '商品K1已存在', false],
	])('that is also %s', (_what, document, message, exists) => {
		const key = String(document.bill_no);
		expect(saysKeyExists(refusal(1030002002, message), 'outside_pk_id', key, { outside_pk_id: key, ...document })).toBe(exists);
	});
});

describe('a key whose value stands elsewhere in the document', () => {
	const message = '编码PO-77已存在';
	const exists = (document: object, key = 'PO-77', text = message) =>
		saysKeyExists(failureOf('field', 'rejected', text, { errcode: 1030002002, code: 1030002002 }), 'outside_pk_id', key, { outside_pk_id: key, ...document });

	it('is proved by a message about the value if it stands nowhere else', () => {
		expect(exists({ bill_no: 'PO-1', material_entity: [{ qty: 1 }] })).toBe(true);
	});

	it.each<[where: string, document: object]>([
		['a line', { material_entity: [{ qty: 1 }, { outside_material_number: 'PO-77' }] }],
		['a custom field', { custom_field: { custom_field__1__a: 'PO-77' } }],
		['a custom field of a line', { material_entity: [{ custom_entity_field: { custom_field__1__b: 'PO-77' } }] }],
		['another number', { bill_no: 'PO-77' }],
		['a longer text', { remark: 'for PO-77' }],
	])('is not proved by it if it stands in %s too', (_where, document) => {
		expect(exists(document)).toBe(false);
	});

	it('is not proved by a number of few digits, which may be a count', () => {
		expect(exists({}, '3', '有 3 张单据已存在')).toBe(false);
	});

	it('is not proved if it is a number of 19 digits in a line', () => {
		const key = '1234567890123456789';
		const document = { material_entity: [{ src_inter_id: JSON.rawJSON(key) }] };
		expect(exists(document, key, `${key}已存在`)).toBe(false);
		expect(exists({}, key, `${key}已存在`)).toBe(true);
	});
});

describe('the custom fields of an account', () => {
	const row = (more: object) => ({ number: 'custom_field__2__a', display_name: '备注', field_type: '1', must_input: false, custom_type: 'head', items: [], ...more });

	async function form(rows: object[], lines?: string) {
		const save = (await typeByPath('scm/sal_order'))?.save;
		return customFieldsOf(rows, save ? documentShapeOf(save).parameters : [], lines);
	}

	it('stand in the form under the parameter that takes them', async () => {
		expect(await form([row({})])).toEqual([{ id: 'custom_field.custom_field__2__a', displayName: '备注 (custom_field__2__a)', required: false, removed: true, defaultMatch: false, display: true, type: 'string' }]);
		const types = await form(['1', 2, '3', '4', '5', '6'].map((field_type) => row({ field_type })));
		expect(types.map(({ type }) => type)).toEqual(['string', 'number', 'dateTime', 'string', 'string']);
		expect(types.at(-1)?.id).toBe('custom_field.custom_field__2__a_id');
	});

	it('are required and have choices where JDY says so', async () => {
		expect(await form([row({ must_input: '1', field_type: '4', items: [{ name: 'Red', value: 7 }, { name: '', value: '' }] })])).toMatchObject([{ required: true, removed: false, type: 'options', options: [{ name: 'Red', value: '7' }] }]);
	});

	it('of lines are there where lines are', async () => {
		const line = row({ custom_type: 'material_entity' });
		expect(await form([line])).toEqual([]);
		expect(await form([line], 'material_entity')).toMatchObject([{ id: 'material_entity.custom_entity_field.custom_field__2__a' }]);
	});

	it('are none where the answer has nothing of use', async () => {
		expect(await form([row({ number: '' }), row({ field_type: '6' }), null as unknown as object])).toEqual([]);
	});
});
