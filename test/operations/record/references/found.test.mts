import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../../emulator/server.mts';
import { demoAccount } from '../../../emulator/settings.mts';
import type { Settings } from '../../../emulator/settings.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../../helpers/settings.mts';

let emulator: Emulator;

async function start(settings: Partial<Settings> = {}): Promise<void> {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'traps', ...settings });
}
beforeEach(async () => await start());
afterEach(async () => await emulator.stop());

const LINE = { material_number: 'SP0002', qty: 2, price: 4, is_free: false, delivery_date: '2026-03-31' };
const order = (head: IDataObject, line: IDataObject = { ...LINE, unit_name: '个' }): IDataObject => ({ bill_date: '2026-03-01', ...head, material_entity: [line] });

async function save(items: IDataObject[], { type = 'scm/sal_order', options = {} }: { type?: string; options?: IDataObject } = {}) {
	const parameters = { resource: 'record', operation: 'save', type, dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1, ...options } };
	return await kingdeeJdy(emulator, { items, settings: CONTINUE, parameters });
}

/** The ID of a row, by what else is known of it. */
function idOf(entity: string, fields: IDataObject): string {
	const rows = emulator.gateway.records.of(demoAccount, entity).filter(({ number, data }) => Object.entries(fields).every(([name, value]) => ({ ...data, number })[name] === value));
	expect(rows).toHaveLength(1);
	return rows[0]?.id ?? '';
}

const messageOf = ({ json }: { json: IDataObject }) => String((json.error as IDataObject).message);
const CUSTOMER = { customer_number: 'KH0001' };

describe('what a document names by number, name or barcode', () => {
	const FOUND: Array<[what: string, head: IDataObject, line: IDataObject, sent: () => IDataObject]> = [
		['a customer by number', { customer_number: 'KH0002' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0002' }), customer_number: 'KH0002' })],
		['a customer by name', { customer_name: '上海五金商行' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0001' }) })],
		['a name with blanks around it here', { customer_name: ' 上海五金商行 ' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0001' }) })],
		['a name with blanks around it in JDY', { customer_name: '空格商行' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0009' }) })],
		['the enabled one of a name', { customer_name: '深圳电子' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0007' }) })],
		['a number with leading zeros', { customer_number: '0012' }, {}, () => ({ customer_id: idOf('bd.customer', { number: '0012' }) })],
		['the number without them', { customer_number: 12 }, {}, () => ({ customer_id: idOf('bd.customer', { number: '12' }) })],
		['a number that looks like an ID', { customer_number: '1234567890123456789' }, {}, () => ({ customer_id: idOf('bd.customer', { number: '1234567890123456789' }) })],
		['number and name of the same', { customer_number: 'KH0001', customer_name: '上海五金商行' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0001' }) })],
		['an empty name beside a number', { customer_number: 'KH0001', customer_name: '' }, {}, () => ({ customer_id: idOf('bd.customer', { number: 'KH0001' }) })],
		['an employee whose name is given', { ...CUSTOMER, emp_name: '王芳' }, {}, () => ({ emp_id: idOf('bd.emp', { number: 'ZY01' }) })],
		['a term, which has no number', { ...CUSTOMER, delivery_type_number: '003' }, {}, () => ({ delivery_type_id: '9' })],
		['a city of its province', { ...CUSTOMER, contact_province_name: '浙江省', contact_city_name: '杭州市', contact_district_name: '城区' }, {}, () => ({ contact_city_id: expect.stringMatching(/^\d+$/), contact_district_id: expect.stringMatching(/^\d+$/) })],
	];

	it.each(FOUND)('is found, and sent with its ID: %s', async (_what, head, line, sent) => {
		const { failed } = await save([order(head, { ...LINE, unit_name: '个', ...line })]);
		expect(failed.map(messageOf)).toEqual([]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([sent()]);
	});

	const LINES: Array<[what: string, line: IDataObject, sent: () => IDataObject]> = [
		['a product by number', { material_number: 'SP0001', unit_name: '盒' }, () => ({ material_id: idOf('bd.material', { number: 'SP0001' }), unit_id: '9', material_number: 'SP0001' })],
		['a product by name, of which others have the beginning', { material_number: undefined, material_name: '螺丝 M4', unit_name: '箱' }, () => ({ material_id: idOf('bd.material', { number: 'SP0001' }), unit_id: '10' })],
		['a product by barcode', { material_number: undefined, material_barcode: '6901234567915', unit_name: '千克' }, () => ({ material_id: idOf('bd.material', { number: 'SP0003' }), unit_id: '11' })],
		['a unit by number', { material_number: 'SP0002', unit_number: 'DW02' }, () => ({ unit_id: '9', unit_number: 'DW02' })],
		['the unit that a product is sold in', { material_number: 'SP0001' }, () => ({ unit_id: '9' })],
		['its base unit, if there is no other', { material_number: 'SP0002' }, () => ({ unit_id: '8' })],
		['a bin of its warehouse', { stock_name: '门店仓', sp_number: 'A01', unit_name: '个' }, () => ({ stock_id: idOf('bd.store', { number: 'CK02' }), sp_id: idOf('bd.space', { number: 'A01', stock_id: idOf('bd.store', { number: 'CK02' }) }) })],
		['an auxiliary property of its product', { material_number: 'SP0004', aux_prop_name: '红/XL', unit_name: '个' }, () => ({ aux_prop_id: expect.stringMatching(/^\d+$/) })],
	];

	it.each(LINES)('is found in a line: %s', async (_what, line, sent) => {
		const { failed } = await save([order(CUSTOMER, { ...LINE, ...line })]);
		expect(failed.map(messageOf)).toEqual([]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ material_entity: [sent()] }]);
	});

	it('leaves no key in what is sent that JDY does not document', async () => {
		await save([order({ customer_name: '上海五金商行', emp_name: '王芳' }, { ...LINE, material_number: undefined, material_name: '螺丝 M4', unit_name: '盒', stock_name: '主仓' })]);
		const [body] = bodiesOf(emulator, '/jdy/v2/scm/sal_order');
		expect(Object.keys(body ?? {}).sort()).toEqual(['bill_date', 'customer_id', 'emp_id', 'material_entity']);
		expect(Object.keys((body?.material_entity as IDataObject[])[0] ?? {}).sort()).toEqual(['delivery_date', 'is_free', 'material_id', 'price', 'qty', 'stock_id', 'unit_id']);
	});
});

describe('what cannot be found, or not for sure', () => {
	const REFUSED: Array<[what: string, head: IDataObject, line: IDataObject, said: Array<string | RegExp>]> = [
		['a name of nobody', { customer_name: '上海五金' }, {}, ['"customer_name"', '"上海五金" was not found among the customers', '上海五金商行 (KH0001)']],
		['a number of nobody', { customer_number: 'KH9999' }, {}, ['"customer_number"', '"KH9999" was not found among the customers']],
		['a name of two', { customer_name: '北京百货' }, {}, ['"北京百货" stands for 2 customers: KH0004, KH0005', 'give "customer_number" instead']],
		['a name of one that is disabled', { customer_name: '停业商行' }, {}, ['"停业商行" is disabled in JDY']],
		['a number of one that is disabled', { customer_number: 'KH0008' }, {}, ['"KH0008" is disabled in JDY']],
		['a name that is not that of the number', { customer_number: 'KH0001', customer_name: '北京百货' }, {}, ['"customer_name"', 'is "北京百货", but "KH0001" is 上海五金商行 (KH0001)', 'leave the name out']],
		['a product that is disabled', CUSTOMER, { material_number: 'SP0009' }, ['"material_entity"[0] > "material_number"', '"SP0009" is disabled in JDY']],
		['a barcode of two', CUSTOMER, { material_number: undefined, material_barcode: '6901234567946' }, ['stands for 2 products: SP0010, SP0011']],
		['a unit of another product', CUSTOMER, { material_number: 'SP0002', unit_name: '箱' }, ['"unit_name"', '"箱" was not found among the product units']],
		['a bin of another warehouse', CUSTOMER, { stock_number: 'CK01', sp_number: 'B01' }, ['"sp_number"', '"B01" was not found among the bins']],
		['a bin without a warehouse', CUSTOMER, { sp_name: '一号位' }, ['"sp_name"', 'can be found only together with "stock_number"']],
		['a number where there are none', { ...CUSTOMER, setting_term_number: '1' }, {}, ['"setting_term_number"', 'settling terms have no numbers in JDY; give "setting_term_name" instead']],
		['letters in an ID', { customer_id: '上海五金商行' }, {}, ['"customer_id"', 'must be the ID that JDY gave', 'customer_number', 'customer_name']],
		['a number that lost digits', { customer_number: 1234567890123456800 }, {}, ['"customer_number"', 'lost digits']],
	];

	it.each(REFUSED)('is refused by name before anything is sent: %s', async (_what, head, line, said) => {
		const { failed } = await save([order(head, { ...LINE, ...(line.unit_name === undefined && { unit_name: '个' }), ...line })]);
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(['notSent']);
		for (const text of said) expect(messageOf(failed[0] ?? { json: {} })).toMatch(typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toEqual([]);
	});

	it('is told all at once, for each item', async () => {
		const { failed, json } = await save([order({ customer_number: 'X1' }, { ...LINE, material_number: 'X2', unit_name: '个' }), order(CUSTOMER, { ...LINE, unit_name: '个' })]);
		expect(messageOf(failed[0] ?? { json: {} })).toMatch(/"X1" was not found.*"X2" was not found/);
		expect(json).toHaveLength(1);
	});

	it('is sent as it is where nothing is to be looked up', async () => {
		const { failed } = await save([order({ customer_number: 'KH9999' }, { ...LINE, unit_name: '个' })], { options: { references: 'asGiven' } });
		expect(emulator.calls()).toEqual({ 'POST scm/sal_order': 1 });
		expect(failed).toHaveLength(1);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ customer_number: 'KH9999', material_entity: [{ unit_name: '个' }] }]);
	});
});

describe('Fill From Master Data', () => {
	const filled = { fillDefaults: true };

	it('takes what the customer and the product say, for what is not given', async () => {
		const { failed, hints } = await save([order({ customer_number: 'KH0001' }, { ...LINE, material_number: 'SP0001', unit_name: '盒' })], { options: filled });
		expect(failed.map(messageOf)).toEqual([]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ emp_id: idOf('bd.emp', { number: 'ZY01' }), material_entity: [{ stock_id: idOf('bd.store', { number: 'CK01' }), unit_id: '9' }] }]);
		expect(hints('JDY').map(({ message }) => message)).toEqual(expect.arrayContaining(['"emp_id" was filled from master data', '"material_entity.stock_id" was filled from master data']));
	});

	it('leaves alone what is given, and what nothing is known of', async () => {
		await save([order({ customer_number: 'KH0001', emp_number: 'ZY02' }, { ...LINE, material_number: 'SP0002', unit_name: '个', stock_name: '门店仓' })], { options: filled });
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ emp_id: idOf('bd.emp', { number: 'ZY02' }), material_entity: [{ stock_id: idOf('bd.store', { number: 'CK02' }) }] }]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')[0]).not.toHaveProperty('settle_customer_id');
	});

	it('is off unless it is set', async () => {
		await save([order({ customer_number: 'KH0001' })]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')[0]).not.toHaveProperty('emp_id');
	});
});
