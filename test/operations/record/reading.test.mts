import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, ILoadOptionsFunctions, INode } from 'n8n-workflow';

import { KingdeeJdy } from '../../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { readQuery } from '../../helpers/documented.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const type = (value: string, mode = 'list') => ({ __rl: true, mode, value });
const getMany = (value: string, more: IDataObject = {}) => ({ resource: 'record', operation: 'getMany', type: type(value), ...more });
const get = (value: string, more: IDataObject) => ({ resource: 'record', operation: 'get', type: type(value), by: 'id', ...more });
const form = (value: IDataObject) => ({ mappingMode: 'defineBelow', value });
const queries = () => emulator.ledger.map(({ query }) => readQuery(query));
const seeded = (entity: string) => emulator.gateway.records.of(demoAccount, entity);

describe('a list', () => {
	it('gives 50 rows unless told otherwise, paired with the item that asked', async () => {
		const { done } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order'), items: [{}, {}] });
		expect(done).toHaveLength(100);
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([0, 1].flatMap((item) => Array.from({ length: 50 }, () => ({ item }))));
		expect(queries()).toEqual([{ page: '1', page_size: '50' }, { page: '1', page_size: '50' }]);
	});

	it('takes filters from a form, in the words of the call', async () => {
		const filters = form({ customer_number: 'KH0003', bill_status: 'Audited', start_bill_date: '2026-01-10T00:00:00', dept_id: '1, 2', search_nothing: null });
		await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { filters }) });
		expect(queries()).toEqual([{ customer_number: 'KH0003', bill_status: 'C', start_bill_date: '2026-01-10', dept_id: ['1', '2'], page: '1', page_size: '50' }]);
	});

	it.each([
		['a filter that was added and left empty', {}, false, ['This filter is empty and did not filter: Customer Number 客户编码']],
		['a filter that was emptied', { customer_number: null }, false, ['This filter is empty and did not filter: Customer Number 客户编码']],
		['no filter that was not added', {}, true, []],
	])('tells of %s', async (_what, value, removed, told) => {
		const schema = [{ id: 'customer_number', removed }, { id: 'bill_status', removed: false }];
		const filters = { ...form({ ...value, bill_status: 'Audited' }), schema };
		const { hints } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { filters }), items: [{}] });
		expect(hints('JDY').map(({ message }) => message)).toEqual(told);
		expect(queries()).toEqual([{ bill_status: 'C', page: '1', page_size: '50' }]);
	});

	it.each([
		['a text with commas', 'ZY01, ZY02'],
		['JSON', '["ZY01","ZY02"]'],
		['a list', ['ZY01', 'ZY02']],
		['a list from an expression', '={{ $json.numbers }}'],
	])('takes several numbers as %s, which n8n lets pass as the form has the field', async (_what, emp_number) => {
		const { fields } = await new KingdeeJdy().methods.resourceMapping.getFilterFields.call({ getCurrentNodeParameter: () => 'scm/sal_order' } as unknown as ILoadOptionsFunctions);
		const parameters = getMany('scm/sal_order', { filters: { ...form({ emp_number }), schema: fields as unknown as IDataObject[] } });
		const { properties } = new KingdeeJdy().description;
		const node = { id: '1', name: 'JDY', type: 'kingdeeJdy', typeVersion: 1, position: [0, 0] as [number, number], parameters: parameters as INode['parameters'] };
		expect(NodeHelpers.getNodeParametersIssues(properties, node, null)).toBeNull();
		const staff = ['ZY01', 'ZY02'].map((number) => seeded('bd.emp').find((one) => one.number === number)?.id);
		await kingdeeJdy(emulator, { parameters, items: [{ numbers: ['ZY01', 'ZY02'] }] });
		expect(queries().at(-1)).toMatchObject({ emp_id: staff });
	});

	it('writes a list of values by repeating the name, where that is wanted', async () => {
		await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { filters: form({ dept_id: ['1', '2'] }), options: { arrayFormat: 'repeat' } }) });
		expect(emulator.ledger[0]?.query).toContain('dept_id=1&dept_id=2');
	});

	it('takes filters from JSON, each with its digits', async () => {
		await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { filterMode: 'json', filtersJson: '{"bill_no":1234567890123456789,"start_bill_date":"2026/1/10"}' }) });
		expect(queries()).toMatchObject([{ bill_no: '1234567890123456789', start_bill_date: '2026-01-10' }]);
	});

	it('gives only what was changed since then', async () => {
		const orders = seeded('scm.sal_order');
		const since = new Date(orders.at(-3)?.modifiedMs ?? 0).toISOString();
		const { json } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { options: { changedSince: since } }) });
		expect(json.map(({ id }) => id)).toEqual(orders.slice(-3).map(({ id }) => id));
	});

	it('is asked for by other paths of the same type as well', async () => {
		for (const path of ['/jdy/v2/scm/sal_order', 'scm/sal_order_detail']) {
			const { json } = await kingdeeJdy(emulator, { parameters: getMany('', { type: type(path, 'path'), limit: 1 }) });
			expect(json).toHaveLength(1);
		}
	});

	it('names what no page knows, where it is to be sent', async () => {
		const { hints } = await kingdeeJdy(emulator, { parameters: getMany('scm/sal_order', { filterMode: 'json', filtersJson: '{"colour":"red"}', options: { unknownFilters: 'send' } }), items: [{}, {}] });
		expect(hints('JDY').map(({ message }) => message)).toContain('JDY documents no field with this name, so it was sent as given: colour');
		expect(hints('JDY').filter(({ message }) => message.includes('colour'))).toHaveLength(1);
		expect(queries()[0]).toMatchObject({ colour: 'red' });
	});

	const refused: Array<[parameters: IDataObject, complaint: string]> = [
		[getMany('={{ $json.none }}'), 'Type must not be empty'],
		[getMany('scm/nothing'), 'Type "scm/nothing" is not known; choose one from the list, or use the resource API Call'],
		[getMany('ebx/reimb_detail'), 'Operation Get Many cannot be used with Expense Claim (报销单), which has Get'],
		[getMany('scm/sal_order', { filterMode: 'json', filtersJson: '{"page":2}' }), 'Field "page" cannot be a filter: pages are asked for by Return All and Limit'],
		[getMany('scm/sal_order', { filterMode: 'json', filtersJson: '[1]' }), 'Filters must be an object with fields, but is a list'],
		[getMany('scm/sal_order', { filters: form({ start_bill_date: 'soon' }) }), 'Field "start_bill_date" (Bill Date From) must be a date, e.g. 2026-03-31, but is string "soon"'],
		[getMany('scm/sal_order', { filters: form({ bill_no: '{{ $json.no }}' }) }), 'Field "bill_no" holds an expression that is not filled in; switch the field from Fixed to Expression'],
		[getMany('scm/sal_order', { filters: form({ bill_no: '={{ $json.none }}' }) }), 'Field "bill_no" is empty: its expression found nothing'],
		[getMany('scm/sal_order', { filters: form({ bill_no: '={{ "" }}' }) }), 'Field "bill_no" is empty: its expression found nothing'],
		[getMany('fi/voucher_type', { options: { changedSince: '2026-01-01' } }), 'Only Changed Since cannot be used with Voucher Type: JDY has no filter by time for it'],
		[getMany('scm/sal_order', { limit: 0 }), 'Limit must be a whole number from 1 to 1000000'],
	];

	it.each(refused)('%j is refused, and nothing is sent', async (parameters, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters, settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
		expect(emulator.ledger).toEqual([]);
	});

	it.each([
		['gateway', 5001, '接口不存在[网关]'],
		['service', 1040003000, '当前版本未开通该模块'],
	] as const)('of a module that the edition lacks says so, whether the %s refuses it', async (missingModuleRefusal, errcode, message) => {
		Object.assign(emulator.gateway.settings, { missingModules: ['pm'], missingModuleRefusal });
		const { failed } = await kingdeeJdy(emulator, { parameters: getMany('pm/mo_taskbill'), settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message, outcome: 'rejected', errcode, type: 'pm/mo_taskbill' } });
	});
});

describe('one document', () => {
	it('comes by ID or by number, whole', async () => {
		const [order] = seeded('scm.sal_order');
		for (const more of [{ by: 'id', key: order?.id }, { by: 'number', key: order?.number }, { by: undefined, key: order?.number }]) {
			const { json } = await kingdeeJdy(emulator, { parameters: get('scm/sal_order', more as IDataObject) });
			expect(json).toMatchObject([{ id: order?.id, material_entity: expect.any(Array) }]);
		}
		expect(queries()).toEqual([{ id: order?.id }, { number: order?.number }, { number: order?.number }]);
	});

	it('that is not there is refused', async () => {
		const { failed } = await kingdeeJdy(emulator, { parameters: get('scm/sal_order', { key: '1' }), settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: '单据或资料不存在', outcome: 'rejected', errcode: 1030002003 } });
	});

	const ANSWERS: Array<[name: string, type: string, more: IDataObject, data: unknown, message: string | undefined]> = [
		['another ID', 'scm/sal_order', { key: '1' }, { id: '2', bill_no: 'SO1' }, 'JDY answered with another Sales Order'],
		['another ID, as a number', 'scm/sal_order', { key: '1' }, { id: 2 }, 'JDY answered with another Sales Order'],
		['another ID in a list', 'scm/sal_order', { key: '1' }, [{ id: '2' }], 'JDY answered with another Sales Order'],
		['another number', 'scm/sal_order', { by: 'number', key: 'SO1' }, { id: '1', bill_no: 'SO12' }, 'JDY answered with another Sales Order'],
		['another number of master data', 'bd/customer', { by: 'number', key: 'KH1' }, { id: '1', number: 'KH10' }, 'JDY answered with another Customer'],
		['an ID that equals the number', 'scm/sal_order', { by: 'number', key: '1' }, { id: '1', bill_no: 'SO12' }, 'JDY answered with another Sales Order'],
		['another retail bill, within an object', 'ls/retail_bill', { key: '1' }, { order: { id: '2', bill_no: 'L1' } }, 'JDY answered with another Retail Order'],
		['another invoice among several', 'fi/invoice_fp', { by: 'number', key: 'A, B' }, { rows: [{ invoice_no: 'A' }, { invoice_no: 'C' }] }, 'JDY answered with another Tax Invoice'],
		['two documents', 'scm/sal_order', { key: '1' }, [{ id: '1' }, { id: '1', remark: 'x' }], 'JDY answered with 2 of Sales Order, not with one'],
		['the document', 'scm/sal_order', { key: '1' }, { id: 1, bill_no: 'SO1' }, undefined],
		['the document, in a list', 'scm/sal_order', { key: '1' }, [{ id: '1' }], undefined],
		['the number in other letters', 'scm/sal_order', { by: 'number', key: 'so1' }, { id: '1', bill_no: 'SO1 ' }, undefined],
		['the number among other names', 'bd/customer', { by: 'number', key: 'KH1' }, { id: '1', bill_no: 'B', number: 'KH1' }, undefined],
		['no name at all', 'scm/sal_order', { key: '1' }, { remark: 'x' }, undefined],
		['an empty name', 'scm/sal_order', { by: 'number', key: 'SO1' }, { number: '', remark: 'x' }, undefined],
		['a phone that is encrypted', 'ls/member', { by: 'number', key: '13800000001' }, { id: '1', mobile: 'bsiV0ZrykeIH/5ZZ65lX5A==' }, undefined],
		['invoices as asked', 'fi/invoice_fp', { by: 'number', key: 'A, B' }, { rows: [{ invoice_no: 'A' }, { invoice_no: 'B' }] }, undefined],
	];

	it.each(ANSWERS)('answered with %s', async (_name, value, more, data, message) => {
		emulator.chooseFault = () => succeed(data);
		const { failed, json } = await kingdeeJdy(emulator, { parameters: get(value, more), settings: CONTINUE });
		expect(failed.map(({ json: { error } }) => (error as IDataObject).message)).toEqual(message === undefined ? [] : [message]);
		expect(json.length > 0).toBe(message === undefined);
	});

	it.each([
		[{ key: '={{ $json.none }}' }, 'ID must not be empty'],
		[{ key: '1, 2' }, 'ID must be a single one'],
		[{ key: 2 ** 60 }, 'ID contains 1152921504606847000, a number too long to be exact, which lost digits before it came here; give it as text'],
	])('%j names none', async (more, complaint) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: get('scm/sal_order', more), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`]);
	});
});

describe('private data', () => {
	const [customer, phone] = ['bd/customer', '13800000001'];

	it('come encrypted unless they are wanted in clear', async () => {
		const key = seeded('bd.customer')[0]?.id ?? '';
		const [plain, clear] = [
			await kingdeeJdy(emulator, { parameters: get(customer, { key }) }),
			await kingdeeJdy(emulator, { parameters: get(customer, { key, options: { decrypt: true } }) }),
		];
		const mobile = ({ json }: typeof plain) => (json[0]?.bomentity as IDataObject[])[0]?.mobile;
		expect([mobile(plain) === phone, mobile(clear)]).toEqual([false, phone]);
		const api = { resource: 'api', call: 'GET /jdy/v2/bd/customer_detail', queryJson: JSON.stringify({ id: key }), options: { decrypt: true } };
		const { json } = await kingdeeJdy(emulator, { parameters: api });
		expect(json[0]).toMatchObject({ errcode: 0, data: { bomentity: [{ mobile: phone }] } });
	});

	it('stay as they are where they were not encrypted, and a hint says so', async () => {
		const { settings } = emulator.gateway;
		settings.clients = settings.clients.map((client) => ({ ...client, clientSecret: 'short' }));
		const key = seeded('bd.customer')[0]?.id ?? '';
		const { tokenCredential } = await import('../../helpers/credentials.mts');
		const credential = { ...tokenCredential(emulator), clientSecret: 'short' };
		const { json, hints } = await kingdeeJdy(emulator, { parameters: get(customer, { key, options: { decrypt: true } }), credential });
		expect(json).toMatchObject([{ bomentity: [{ mobile: phone }] }]);
		expect(hints('JDY')[0]?.message).toMatch(/^Some values could not be decrypted and stay as JDY sent them: addr, bomentity.mobile\./);
	});
});
