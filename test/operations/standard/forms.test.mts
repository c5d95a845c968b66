import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { KingdeeJdy } from '../../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { Emulator } from '../../emulator/server.mts';
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
