import { maskOf } from '../../nodes/KingdeeJdy/gateway/masking/mask.ts';
import { readAnswer } from '../../nodes/KingdeeJdy/gateway/response.ts';
import { adviceInWords } from '../../nodes/KingdeeJdy/shared/results/refusals.ts';

const ORDER = JSON.stringify({ bill_date: '2026-09-16', supplier_number: 'GYS0001', dis_amount: 7, material_entity: [{ material_number: 'SP0001', qty: '2', price: 0.39 }, { material_number: 'SP9', qty: 7, price: 7, is_free: true }] });
const CUSTOM = JSON.stringify({ biz_type: 'ts_1', data: { order_no: 'A', amount: 0.39, buyer: { rate: 12 } } });

/** What JDY says, and what the user reads; the places are those of the request. */
const WORDS: Array<[message: string, body: string, advice: string]> = [
	['proto: invalid value for string type: 0.39', ORDER, 'JDY wants text, but "price" in line 1 of "material_entity" is 0.39. Give it as text, "0.39": with the type String, or in quotes in JSON.'],
	['proto: (line 1:57): invalid value for string type: 0.39', ORDER, 'JDY wants text, but "price" in line 1 of "material_entity" is 0.39. Give it as text, "0.39": with the type String, or in quotes in JSON.'],
	['proto:\u00a0(line 1:57): invalid value for string type: 0.39', CUSTOM, 'JDY wants text, but "amount" is 0.39. Give it as text, "0.39": with the type String, or in quotes in JSON.'],
	['proto: invalid value for string type: 12[GW]', CUSTOM, 'JDY wants text, but "buyer.rate" is 12. Give it as text, "12": with the type String, or in quotes in JSON.'],
	['proto: invalid value for string type: 7', ORDER, 'JDY wants text, but "dis_amount" or "qty" in line 2 of "material_entity" or "price" in line 2 of "material_entity" is 7. Give it as text, "7": with the type String, or in quotes in JSON.'],
	['proto: invalid value for string type: 0.39', '', 'JDY wants text, but a field is 0.39. Give it as text, "0.39": with the type String, or in quotes in JSON.'],
	['proto: invalid value for int32 type: true', ORDER, 'JDY wants a whole number, but "is_free" in line 2 of "material_entity" is true. Give 1 for yes and 0 for no.'],
	['proto: invalid value for double type: "abc"', ORDER, 'JDY wants a number, but a field is "abc". Give a number, without quotes.'],
	['proto: invalid value for bool type: "maybe"', ORDER, 'JDY wants true or false, but a field is "maybe". Give true or false, without quotes.'],
	['proto: (line 1:2): unknown field "colour"', ORDER, 'JDY knows no field "colour" there. Correct the name, or leave the field out.'],
	['proto: syntax error (line 1:20): unexpected token 1', ORDER, 'JDY could not read the request: a value has another form than it wants, for example one value where it wants a list.'],
	['第2行基础资料"unit"字段不能为空', ORDER, 'Line 2: "unit" is empty. Give "unit_id" or "unit_number" in that line.'],
	['第12行基础资料“base_unit”字段不能为空', ORDER, 'Line 12: "base_unit" is empty. Give "base_unit_id" or "base_unit_number" in that line.'],
	['基础资料"customer"字段不能为空', ORDER, '"customer" is empty. Give "customer_id" or "customer_number".'],
	['第3行：单位不能为空', ORDER, 'Line 3: "单位" is empty. Give "单位" in that line.'],
	['bill_date不能为空', ORDER, '"bill_date" is empty. Give "bill_date".'],
	['参数number[SP9]不存在', ORDER, 'JDY has nothing whose number is "SP9": see "material_number" in line 2 of "material_entity". Correct it, or create it in JDY first.'],
	['参数id[123456789012345678]不存在', ORDER, 'JDY has nothing whose id is "123456789012345678". Correct it, or create it in JDY first.'],
	['字段supplier_number的值GYS0001不存在', ORDER, 'JDY has nothing whose supplier_number is "GYS0001": see "supplier_number". Correct it, or create it in JDY first.'],
	['单据编号CK-1：组合值与其他表单重复', ORDER, 'JDY has a document of this type with this number already. Look for it there: it may be this very one, saved before. Otherwise give another number, or none: JDY makes one.'],
	['源单XSDD-1已被删除', ORDER, 'The document that the lines come from is not there any more: correct the IDs of the source (src_…), or leave them out.'],
	['第1行跟源单的数据不一致', ORDER, 'A line differs from that of its source: give the same product (material_id) as there, and the IDs of the source of this line.'],
];

it.each(WORDS)('%s', (message, body, advice) => expect(adviceInWords(message, body)).toBe(advice));

it.each(['库存不足', '单据已审核，不允许修改', 'the proto of a product', ''])('%j has no words of its own', (message) => {
	expect(adviceInWords(message, ORDER)).toBeUndefined();
});

const TYPE = 'proto: invalid value for string type: 0.39';

/** Whatever JDY sends beside these words, it has not taken what was sent. */
const REFUSED: Array<[status: number, text: string, message: string]> = [
	[400, JSON.stringify({ errcode: 400, description: TYPE }), TYPE],
	[400, JSON.stringify({ errcode: 3, description: TYPE }), TYPE],
	[400, JSON.stringify({ code: 3, message: TYPE, details: [] }), TYPE],
	[400, TYPE, TYPE],
	[519, JSON.stringify({ errcode: 4999, description_cn: TYPE }), TYPE],
	[200, JSON.stringify({ errcode: 1, description: '第2行基础资料"unit"字段不能为空' }), '第2行基础资料"unit"字段不能为空'],
	[200, JSON.stringify({ errcode: 9, description: '参数number[SP9]不存在' }), '参数number[SP9]不存在'],
	[200, JSON.stringify({ errcode: 9, description: '组合值与其他表单重复' }), '组合值与其他表单重复'],
];

it.each(REFUSED)('HTTP %d with %s is a refusal', (status, text, message) => {
	expect(readAnswer({ status, headers: {}, text }, maskOf([]))).toMatchObject({ type: 'failed', failure: { outcome: 'rejected', message } });
});

/** The words alone prove nothing where the answer says otherwise, or comes from further away. */
const UNKNOWN: Array<[status: number, text: string]> = [
	[400, JSON.stringify({ errcode: 0, description: TYPE })],
	[500, JSON.stringify({ errcode: 9, description: '参数number[SP9]不存在' })],
	[502, JSON.stringify({ errcode: 9, description: TYPE })],
	[200, JSON.stringify({ errcode: 9, description: '库存不足' })],
	[200, TYPE],
];

it.each(UNKNOWN)('HTTP %d with %s stays unknown', (status, text) => {
	expect(readAnswer({ status, headers: {}, text }, maskOf([]))).toMatchObject({ type: 'failed', failure: { outcome: 'unknown' } });
});

it('masks secrets in a line of text', () => {
	const ended = readAnswer({ status: 400, headers: {}, text: 'proto: invalid value for string type: s3cr3t-value' }, maskOf(['s3cr3t-value']));
	expect(JSON.stringify(ended)).not.toContain('s3cr3t-value');
});
