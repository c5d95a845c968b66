import { callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';
import { readValues } from '../../nodes/KingdeeJdy/catalogue/encoding/values.ts';
import { parseExact, stringify } from '../../nodes/KingdeeJdy/gateway/json/json.ts';

/** Without what is required, which is not looked at here. */
function optional(parameters: Parameter[]): Parameter[] {
	return parameters.map((parameter) => ({ ...parameter, required: false, alternatives: [], ...(parameter.fields && { fields: optional(parameter.fields) }) }));
}

async function written(id: string, given: Record<string, unknown>): Promise<string> {
	const [method = '', path = ''] = id.split(' ');
	const call = await callByPath(method, path);
	return stringify(readValues(call ? optional(parametersOf(call)) : [], given, { timeZone: 'Asia/Shanghai' }).values);
}

/** JSON of what is given, JSON of what is sent. */
const TAKEN: Array<[name: string, call: string, given: string, sent: string]> = [
	['text', 'POST bd/material', '{"stock_id":"1486132453218684928"}', '{"stock_id":"1486132453218684928"}'],
	['blanks around', 'POST bd/material', '{"stock_id":" 12\\t\\n"}', '{"stock_id":"12"}'],
	['19 digits as a number', 'POST bd/material', '{"stock_id":1486132453218684928}', '{"stock_id":"1486132453218684928"}'],
	['a short number', 'POST bd/material', '{"stock_id":8}', '{"stock_id":"8"}'],
	['leading zeros', 'POST bd/material', '{"stock_id":"008"}', '{"stock_id":"008"}'],
	['nothing', 'POST bd/material', '{"stock_id":"","brand_id":null}', '{"stock_id":""}'],
	['a list', 'GET scm/sal_order', '{"dept_id":[" 1",2,1486132453218684928]}', '{"dept_id":["1","2","1486132453218684928"]}'],
	['a list in a text', 'GET scm/sal_order', '{"dept_id":"1, 2"}', '{"dept_id":["1","2"]}'],
	['a list as JSON', 'GET scm/sal_order', '{"dept_id":"[1,\\"2\\"]"}', '{"dept_id":["1","2"]}'],
	['one of a list', 'GET scm/sal_order', '{"dept_id":"7"}', '{"dept_id":["7"]}'],
	['an empty list', 'GET scm/sal_order', '{"dept_id":[]}', '{"dept_id":[]}'],
	['several in a text with commas', 'POST bd/material', '{"aux_entity":[{"concat_type_id":"1, 2"}]}', '{"aux_entity":[{"concat_type_id":"1,2"}]}'],
	['a list where a text with commas is wanted', 'POST bd/material', '{"aux_entity":[{"concat_type_id":[1,"2"]}]}', '{"aux_entity":[{"concat_type_id":"1,2"}]}'],
	['all, in a filter', 'GET fi/qty_sum', '{"currency_id":"-1"}', '{"currency_id":"-1"}'],
	['a number of master data', 'POST scm/sal_order', '{"customer_number":"箱-1"}', '{"customer_number":"箱-1"}'],
	['an ID of which the documentation is not sure', 'POST scm/sal_order', '{"cus_bear_fee_entry":[{"income_name_id":"x"}]}', '{"cus_bear_fee_entry":[{"income_name_id":"x"}]}'],
	['the code of a type of documents', 'POST scm/pur_inbound', '{"material_entity":[{"src_bill_type_id":"pur_bill_order"}]}', '{"material_entity":[{"src_bill_type_id":"pur_bill_order"}]}'],
	['an ID of another system', 'POST scm/pur_inbound', '{"outside_pk_id":"WX-1"}', '{"outside_pk_id":"WX-1"}'],
];

it.each(TAKEN)('%s is sent as an ID (%s)', async (_name, call, given, sent) => {
	expect(await written(call, parseExact(given) as Record<string, unknown>)).toBe(sent);
});

const SURELY_NOT = (label: string, value: string, instead = '') => `Field ${label} must be the ID that JDY gave, which has digits only, but is "${value}"${instead}`;
const CUSTOMER = '"customer_id" (Customer ID)';
const NUMBER = '; a number belongs into "customer_number", a name into "customer_name"';

const REFUSED: Array<[name: string, call: string, given: Record<string, unknown>, complaint: string]> = [
	['a name', 'POST scm/sal_order', { customer_id: 'Shenzhen Trading' }, SURELY_NOT(CUSTOMER, 'Shenzhen Trading', NUMBER)],
	['a placeholder of the documentation', 'POST scm/sal_order', { payment_entry: [{ pay_type_id: '微信' }] }, SURELY_NOT('"payment_entry"[0] > "pay_type_id" (Payment Method ID)', '微信', '; a name belongs into "pay_type_name"')],
	['a unit', 'POST scm/sal_order', { material_entity: [{ material_id: '1' }, { unit_id: '箱' }] }, SURELY_NOT('"material_entity"[1] > "unit_id" (Unit ID)', '箱', '; a number belongs into "unit_number", a name into "unit_name"')],
	['a number of master data', 'POST scm/sal_order', { customer_id: 'KH0001' }, SURELY_NOT(CUSTOMER, 'KH0001', NUMBER)],
	['two IDs where one is wanted', 'POST scm/sal_order', { customer_id: '1,2' }, SURELY_NOT(CUSTOMER, '1,2', NUMBER)],
	['digits of another script', 'POST scm/sal_order', { customer_id: '１２' }, SURELY_NOT(CUSTOMER, '１２', NUMBER)],
	['blanks within', 'POST scm/sal_order', { customer_id: '1 2' }, SURELY_NOT(CUSTOMER, '1 2', NUMBER)],
	['the text undefined', 'POST scm/sal_order', { customer_id: 'undefined' }, `Field ${CUSTOMER} contains the text "undefined": its expression found nothing`],
	['the text null', 'POST scm/sal_order', { customer_id: ' null ' }, `Field ${CUSTOMER} contains the text "null": its expression found nothing`],
	['an object', 'POST scm/sal_order', { customer_id: { id: '1' } }, `Field ${CUSTOMER} must be text or numbers, but one is an object`],
	['a list where one is wanted', 'POST scm/sal_order', { customer_id: ['1'] }, `Field ${CUSTOMER} must be text or numbers, but one is a list`],
	['a truth', 'POST scm/sal_order', { customer_id: true }, `Field ${CUSTOMER} must be text or numbers, but one is a boolean`],
	['a fraction', 'POST scm/sal_order', { customer_id: 1.5 }, `Field ${CUSTOMER} contains 1.5, which is no ID`],
	['what a spreadsheet rounded', 'POST scm/sal_order', { customer_id: '1.48613E+18' }, `Field ${CUSTOMER} contains 1.48613E+18, a long number that was rounded before it came here`],
	['a name in a filter', 'GET scm/sal_order', { dept_id: ['1', '销售部'] }, SURELY_NOT('"dept_id" (Department ID)', '销售部', '; a number belongs into "dept_number", a name into "dept_name"')],
	['a gap in a filter', 'GET scm/sal_order', { dept_id: '1,,2' }, 'Field "dept_id" (Department ID) contains an empty entry'],
	['a name in a filter of a report', 'POST fi/assistdetail_report', { currency_id: 'RMB' }, SURELY_NOT('"currency_id" (Currency ID)', 'RMB', '; a number belongs into "currency_number", a name into "currency_name"')],
];

it.each(REFUSED)('%s is no ID (%s)', async (_name, call, given, complaint) => {
	await expect(written(call, given)).rejects.toThrow(new Error(complaint));
});
