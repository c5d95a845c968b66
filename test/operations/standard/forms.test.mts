import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { KingdeeJdy } from '../../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { Emulator } from '../../emulator/server.mts';
import { refuse, slow } from '../../emulator/replies.mts';
import { demoCustomFields } from '../../emulator/customFields.mts';
import { tokenCredential } from '../../helpers/credentials.mts';

const { methods } = new KingdeeJdy();

let emulator: Emulator;
beforeAll(async () => {
	emulator = await Emulator.start({ customFields: demoCustomFields });
});
afterAll(async () => await emulator.stop());

/** The editor, as far as its lists and forms ask it. */
function editor(parameters: IDataObject, credential: object = tokenCredential(emulator)): ILoadOptionsFunctions {
	const httpRequest = async ({ url, method, headers }: { url: string; method: string; headers: Record<string, string> }) => {
		const response = await fetch(url, { method, headers });
		return { statusCode: response.status, headers: {}, body: response.body };
	};
	return { getCurrentNodeParameter: (name: string) => parameters[name], getCredentials: async () => credential, helpers: { httpRequest } } as unknown as ILoadOptionsFunctions;
}

async function form(method: keyof typeof methods.resourceMapping, parameters: IDataObject, credential?: object) {
	const { fields, emptyFieldsNotice } = await methods.resourceMapping[method].call(editor(parameters, credential));
	return { shown: fields.filter(({ removed }) => !removed).map(({ id }) => id), ids: fields.map(({ id }) => id), fields, emptyFieldsNotice };
}

describe('the lists with search', () => {
	it.each([
		['searchTypes', 'xsdd', { name: 'Sales Order 销售订单', value: 'scm/sal_order', description: 'scm/sal_order' }],
		['searchTypes', '销售订单', { name: 'Sales Order 销售订单', value: 'scm/sal_order', description: 'scm/sal_order' }],
		['searchReports', 'product stock', { name: 'Product Stock 商品库存', value: 'scm/inventory', description: 'scm/inventory' }],
		['searchCalls', 'common_operate', { value: 'POST /jdy/v2/sys/common_operate' }],
	] as const)('%s finds "%s" first', async (method, filter, expected) => {
		const { results } = await methods.listSearch[method].call(editor({}), filter);
		expect(results[0]).toMatchObject(expected);
	});
});

describe('the forms', () => {
	it('of filters leave out the page', async () => {
		const { ids, shown } = await form('getFilterFields', { type: 'scm/sal_order' });
		expect(ids).toContain('customer_number');
		expect(ids.filter((id) => id.startsWith('page'))).toEqual([]);
		expect(shown).toEqual([]);
	});

	it('of a save show what is required, and have the custom fields of the account', async () => {
		const { ids, shown } = await form('getSaveFields', { type: 'scm/sal_order', lines: 'none', linesField: '' });
		expect(shown).toEqual(['bill_date', 'customer_number', 'material_entity']);
		expect(ids.at(-1)).toBe('custom_field.custom_field__1__demo0channel');
	});

	it('of a save by lines have their fields, and the custom fields of lines', async () => {
		const { ids } = await form('getSaveFields', { type: 'scm/sal_order', lines: 'groupItems', linesField: '' });
		expect(ids).toEqual(expect.arrayContaining(['material_entity.qty', 'material_entity.custom_entity_field.custom_field__2__demo0weight']));
		expect(ids).not.toContain('material_entity');
		expect(ids).toContain('payment_entry');
	});

	it('do without custom fields where the account cannot be asked', async () => {
		const { shown } = await form('getSaveFields', { type: 'scm/sal_order' }, { ...tokenCredential(emulator), clientId: '' });
		expect(shown).toEqual(['bill_date', 'customer_number', 'material_entity']);
	});

	it('of a report and of a call', async () => {
		expect((await form('getReportFields', { report: 'scm/inventory' })).ids.length).toBeGreaterThan(3);
		expect((await form('getCallFields', { call: 'POST /jdy/v2/sys/bill_push' })).shown).toEqual(['id', 'source_bill', 'target_bill']);
	});

	it.each([
		['getFilterFields', { type: 'ebx/reimb_detail' }, 'Documents of this type cannot be listed.'],
		['getSaveFields', { type: 'ebx/reimb_detail' }, 'Documents of this type cannot be saved.'],
		['getReportFields', { report: '' }, 'Choose a report first.'],
		['getCallFields', { call: 'GET /jdy/v2/x/y' }, 'The parameters of this call are not known. Use JSON instead.'],
	] as const)('%s of %j are empty', async (method, parameters, notice) => {
		const { fields, emptyFieldsNotice } = await form(method, parameters);
		expect([fields, emptyFieldsNotice]).toEqual([[], notice]);
	});
});

describe('what can be chosen', () => {
	const GROUPED = { type: 'scm/sal_order', lines: 'groupItems', linesField: '' };
	let firm: Emulator;
	let credential: object;
	beforeEach(async () => {
		firm = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
		credential = tokenCredential(firm);
	});
	afterEach(async () => await firm.stop());

	async function fieldOf(id: string, parameters: IDataObject = GROUPED) {
		const { fields } = await form('getSaveFields', parameters, credential);
		return fields.find((field) => field.id === id);
	}
	const asked = (path: string) => firm.ledger.filter((entry) => entry.path === path).length;

	it('is small master data by its number, without what is disabled', async () => {
		firm.seed([{ entity: 'bd.store', number: 'CK04', name: '旧仓', enable: false }]);
		expect(await fieldOf('material_entity.stock_number')).toMatchObject({
			type: 'options',
			options: [
				{ value: 'CK01', name: '主仓 (CK01)' },
				{ value: 'CK02', name: '门店仓 (CK02)' },
				{ value: 'CK03', name: '退货仓 (CK03)' },
			],
		});
		expect(await fieldOf('emp_number')).toMatchObject({ type: 'options' });
	});

	it('is by name where rows have no number', async () => {
		expect(await fieldOf('contact_province_name')).toMatchObject({ type: 'options', options: ['广东省', '浙江省', '北京市', '上海市'].map((name) => ({ value: name, name })) });
		expect((await fieldOf('contact_city_name'))?.type).toBe('string');
		const payment = await fieldOf('payment_entry.pay_type_name');
		expect(payment?.type).toBe('options');
		expect(payment?.options?.every(({ name, value }) => name === value)).toBe(true);
	});

	it('is of one group, where numbers repeat over groups', async () => {
		const options = [['001', '快递'], ['002', '自提'], ['003', '送货']].map(([value, name]) => ({ value, name: `${name} (${value})` }));
		expect(await fieldOf('delivery_type_number')).toMatchObject({ type: 'options', options });
	});

	it('is not customers, products, their units, or what takes several', async () => {
		const ids = ['customer_number', 'material_entity.material_number', 'material_entity.unit_name', 'material_entity.sp_number', 'material_entity.stock_name', 'material_entity.stock_id'];
		for (const id of ids) expect([id, (await fieldOf(id))?.type]).toEqual([id, 'string']);
		const { fields } = await form('getFilterFields', { type: 'scm/sal_order' }, credential);
		expect(fields.find(({ id }) => id === 'dept_number')?.type).toBe('string');
	});

	it('is read once in five minutes', async () => {
		await fieldOf('emp_number');
		const before = asked('/jdy/v2/bd/store');
		await fieldOf('emp_number');
		expect([before, asked('/jdy/v2/bd/store')]).toEqual([1, 1]);
	});

	it('is up to 50 rows', async () => {
		firm.seed(Array.from({ length: 47 }, (_unused, index) => ({ entity: 'bd.store', number: `M${index}`, name: `Shop ${index}` })));
		expect((await fieldOf('material_entity.stock_number'))?.options).toHaveLength(50);
		const other = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
		other.seed(Array.from({ length: 48 }, (_unused, index) => ({ entity: 'bd.store', number: `M${index}`, name: `Shop ${index}` })));
		const { fields } = await form('getSaveFields', GROUPED, tokenCredential(other));
		await other.stop();
		expect(fields.find(({ id }) => id === 'material_entity.stock_number')?.type).toBe('string');
	});

	it('is nothing where the app may not read it', async () => {
		firm.chooseFault = ({ target }) => (target.includes('/bd/store?') ? refuse(4012) : undefined);
		expect((await fieldOf('material_entity.stock_number'))?.type).toBe('string');
		expect((await fieldOf('emp_number'))?.type).toBe('options');
	});

	it('is what comes within three seconds', async () => {
		firm.chooseFault = ({ target }) => (target.includes('/bd/store?') ? slow(20_000) : undefined);
		const startedAt = performance.now();
		const { fields } = await form('getReportFields', { report: 'scm/inventory' }, credential);
		expect(fields.length).toBeGreaterThan(3);
		expect((await fieldOf('material_entity.stock_number'))?.type).toBe('string');
		expect((await fieldOf('emp_number'))?.type).toBe('options');
		expect(performance.now() - startedAt).toBeLessThan(8_000);
	}, 20_000);
});
