import { callByPath, parametersOf } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { cellValue } from '../../../nodes/KingdeeJdy/catalogue/columns/cells.ts';
import { documentShapeOf } from '../../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import { readValues } from '../../../nodes/KingdeeJdy/catalogue/encoding/values.ts';
import { stringify } from '../../../nodes/KingdeeJdy/gateway/json/json.ts';
import type { Parameter } from '../../../nodes/KingdeeJdy/catalogue/types.ts';

async function parameter(path: string, names: string): Promise<Parameter> {
	const call = await callByPath('POST', path);
	let level = call ? documentShapeOf(call).parameters : [];
	let found: Parameter | undefined;
	for (const name of names.split('.')) {
		found = level.find((one) => one.name === name);
		level = found?.fields ?? [];
	}
	if (!found) throw new Error(`No ${names} in ${path}`);
	return found;
}

describe('a cell', () => {
	it.each([
		['scm/sal_order', 'material_entity.qty', '1,000', '1000'],
		['scm/sal_order', 'material_entity.qty', '２', '2'],
		['scm/sal_order', 'material_entity.price', '￥1.50', '1.50'],
		['scm/sal_order', 'material_entity.price', '="1,000.50"', '1000.50'],
		['scm/sal_order', 'material_entity.cess', '13%', '13'],
		['scm/sal_order', 'material_entity.cess', '13', '13'],
		['scm/sal_order', 'bill_dis_rate', '5%', '5'],
		['bd/customer', 'rate', '13%', '13'],
		['bd/material', 'tax_rate', '13％', '13'],
		['fi/voucher', 'entry_list.debit_amount', '1,234.5', '1234.5'],
		['bd/material', 'price_entity.price_retail_price', '￥9.90', '9.90'],
		['scm/sal_order', 'material_entity.kf_period', '12.0', '12'],
		['scm/sal_order', 'material_entity.qty', '10个', '10个'],
		['scm/sal_order', 'material_entity.is_free', '是', true],
		['scm/sal_order', 'material_entity.is_free', '否', false],
		['scm/sal_order', 'material_entity.is_free', '1', true],
		['scm/sal_order', 'material_entity.is_free', '也许', '也许'],
		['scm/sal_order', 'bill_no', '="0012"', '0012'],
		['scm/sal_order', 'remark', '1,000', '1,000'],
		['scm/sal_order', 'contact_phone', '138 0000 0001', '138 0000 0001'],
		['scm/sal_order', 'customer_number', '\t0012', '0012'],
		['scm/sal_order', 'bill_date', '\t2026年3月5日', '2026年3月5日'],
		['scm/sal_order', 'material_entity.qty', 12.5, 12.5],
		['scm/sal_order', 'material_entity.qty', '', ''],
		['scm/sal_order', 'material_entity.qty', null, null],
	])('for %s %s with %j is %j', async (path, names, value, meant) => {
		expect(cellValue(await parameter(path, names), value, 'Field')).toBe(meant);
	});

	it.each([
		['scm/sal_order', 'material_entity.price', '1.000,5', 'Unit Price 单价 is "1.000,5", which can be read as more than one number; write it like 1000.5'],
		['scm/sal_order', 'material_entity.qty', '1,5', 'Unit Price 单价 is "1,5", which can be read as more than one number; write it like 1000.5'],
		['scm/sal_order', 'material_entity.qty', '(12)', 'Unit Price 单价 is "(12)", which can be read as more than one number; write it like 1000.5'],
		['scm/sal_order', 'material_entity.price', '13%', 'Unit Price 单价 is "13%", but takes no percentage; write the number that JDY should get'],
		['bd/currency', 'rate', '13%', 'Unit Price 单价 is "13%", but takes no percentage; write the number that JDY should get'],
	])('for %s %s with %s is refused', async (path, names, value, message) => {
		const one = await parameter(path, names);
		expect(() => cellValue(one, value, 'Unit Price 单价')).toThrow(message);
	});

	it('goes out in the documented type, with every digit, and dates as JDY writes them', async () => {
		const call = await callByPath('POST', 'scm/sal_order');
		const parameters = call ? parametersOf(call) : [];
		const cells = { price: '￥1,000.10', qty: '２', cess: '13%', is_free: '是', kf_date: '2026/3/5' };
		const lines = parameters.find(({ name }) => name === 'material_entity')?.fields ?? [];
		const line = Object.fromEntries(
			Object.entries(cells).map(([name, cell]) => {
				const field = lines.find((one) => one.name === name);
				return [name, field ? cellValue(field, cell, name) : cell];
			}),
		);
		const { values, asGiven } = readValues(parameters, { bill_date: '2026年3月5日', material_entity: [line] }, { timeZone: 'Asia/Shanghai', missing: 'send' });
		expect(stringify(values)).toBe('{"bill_date":"2026-03-05","material_entity":[{"price":1000.10,"qty":2,"cess":"13","is_free":true,"kf_date":"2026-03-05"}]}');
		expect(asGiven).toEqual([]);
	});
});
