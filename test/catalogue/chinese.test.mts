import { allCalls, callByPath, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';

async function termOf(id: string, names: string): Promise<string | undefined> {
	const [method = '', path = ''] = id.split(' ');
	const call = await callByPath(method, path);
	let level = call ? parametersOf(call) : [];
	let found: Parameter | undefined;
	for (const name of names.split(' ')) {
		found = level.find((parameter) => parameter.name === name);
		level = found?.fields ?? [];
	}
	return found?.labelZh;
}

interface Level {
	place: string;
	terms: Array<[name: string, term: string]>;
}

function levelsOf(place: string, parameters: Parameter[]): Level[] {
	const inner = parameters.flatMap(({ name, fields }) => (fields ? levelsOf(`${place} ${name}`, fields) : []));
	return [{ place, terms: parameters.map(({ name, labelZh }) => [name, labelZh]) }, ...inner];
}

async function levels(): Promise<Level[]> {
	return (await allCalls()).flatMap((call) => levelsOf(call.id, parametersOf(call)));
}

describe('the Chinese labels', () => {
	it.each([
		['POST scm/sal_order', 'customer_id', '客户'],
		['POST scm/sal_order', 'customer_number', '客户编码'],
		['POST scm/sal_order', 'bill_date', '单据日期'],
		['POST scm/sal_order', 'remark', '备注'],
		['POST scm/sal_order', 'contact_address', '收货地址'],
		['POST scm/sal_order', 'emp_id', '业务员'],
		['POST scm/sal_order', 'material_entity', '商品明细'],
		['POST scm/sal_order', 'material_entity material_id', '商品'],
		['POST scm/sal_order', 'material_entity unit_id', '单位'],
		['POST scm/sal_order', 'material_entity qty', '数量'],
		['POST scm/sal_order', 'material_entity price', '单价'],
		['POST scm/sal_order', 'material_entity tax_price', '含税单价'],
		['POST scm/sal_order', 'material_entity cess', '税率'],
		['POST scm/sal_order', 'material_entity comment', '行备注'],
		['POST scm/sal_order', 'payment_entry pay_type_id', '收款方式'],
		['POST scm/sal_order', 'cost_fee_entity fee_records receive_info_entity pay_type_id', '付款方式'],
		['POST scm/pur_order', 'emp_id', '采购员'],
		['POST scm/pur_order', 'payment_entry settle_account_id', '付款账户'],
		['POST scm/inv_tfmove', 'dept_id', '调入部门'],
		['POST scm/inv_tfmove', 'material_entity out_stock_id', '调出仓库'],
		['POST arap/ap_credit', 'pay_entry_list pay_type_id', '付款方式'],
		['POST bd/customer', 'number', '客户编码'],
		['POST bd/material', 'fix_unit_id1', '辅助单位1'],
		['POST bd/material', 'is_batch', '批次管理'],
		['POST fi/voucher', 'items entry_list debit_amount', '借方金额'],
		['GET scm/sal_order', 'material_number', '商品编码'],
		['GET scm/sal_order', 'modify_start_time', '修改开始时间'],
		['GET scm/inventory', 'material_numbers', '商品编码'],
	])('%s calls %s %s', async (id, names, term) => expect(await termOf(id, names)).toBe(term));

	it('are short terms without sentences and brackets', async () => {
		const terms = (await levels()).flatMap(({ place, terms: all }) => all.map(([name, term]) => ({ place, name, term })));
		const isTerm = (term: string) => /^(?:[\p{Script=Han}\d]|POS|BOM|SKU|IP|Base64){1,14}$|^(?:ID|QQ|SKU)$/u.test(term);
		const isSentence = (term: string) => /是否|必填|格式|信息分录|二选一|默认为/.test(term);
		expect(terms.filter(({ term }) => !isTerm(term) || isSentence(term))).toEqual([]);
		expect(terms.length).toBe(6715);
	});

	it('tell the parameters of a level apart', async () => {
		const twice = (await levels()).flatMap(({ place, terms }) => {
			const all = terms.map(([, term]) => term);
			return terms.filter(([, term]) => all.indexOf(term) !== all.lastIndexOf(term)).map(([name, term]) => `${place} ${name} ${term}`);
		});
		expect(twice).toEqual([]);
	});
});
