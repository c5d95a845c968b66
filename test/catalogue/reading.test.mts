import { callByPath, operationsOf, parametersOf, reportByPath, requiredOf, typeByPath } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { labelOf } from '../../nodes/KingdeeJdy/catalogue/labels/labels.ts';
import { initialsOf } from '../../nodes/KingdeeJdy/catalogue/labels/pinyin.ts';

async function parameters(method: string, path: string) {
	const call = await callByPath(method, path);
	return call ? parametersOf(call) : [];
}

describe('a call of the catalogue', () => {
	it('is the endpoint that the gateway takes, and how it pages', async () => {
		expect(await callByPath('GET', 'scm/sal_order')).toMatchObject({
			id: 'GET /jdy/v2/scm/sal_order',
			method: 'GET',
			path: '/jdy/v2/scm/sal_order',
			effect: 'read',
			kind: 'list',
			name: 'Sales Order: List',
			nameZh: '销售订单列表',
			type: 'scm/sal_order',
			rows: ['rows'],
			total: 'count',
			paging: { page: 'page', pageSize: 'page_size', type: 'string', first: 1, largest: 100 },
			changed: { from: 'modify_start_time', until: 'modify_end_time' },
			created: { from: 'create_start_time', until: 'create_end_time' },
		});
	});

	it.each([
		['get', '/jdy/v2/scm/sal_order_detail', 'Sales Order: Detail'],
		[' POST ', ' scm/sal_order ', 'Sales Order: Save'],
		['POST', 'jdy/v2/scm/pur_order_cancel', 'Purchase Order: Cancel'],
		['POST', '/cust/save', 'Custom Document: Save'],
		['GET', 'sal/sal_summary_rpt_ims', 'Sales Summary: List'],
		['DELETE', 'bd/material_picture', 'Delete Product Picture'],
		['DELETE', 'scm/sal_order', undefined],
		['GET', 'nothing/of_the_kind', undefined],
		['GET', '__proto__/x', undefined],
		['GET', '', undefined],
	])('%s %s is %s', async (method, path, name) => {
		expect((await callByPath(method, path))?.name).toBe(name);
	});

	it('keeps encrypted fields and the field against duplicates as keys', async () => {
		expect((await callByPath('GET', 'bd/emp'))?.encrypted).toEqual([['id_number'], ['mobile']]);
		expect((await callByPath('GET', 'fi/sa_bill_detail'))?.encrypted[0]).toEqual(['entry_list', 'bank_account']);
		expect((await callByPath('POST', 'fi/voucher'))?.idempotency).toEqual(['items', 'source_bill_no']);
		expect((await callByPath('POST', 'scm/pur_order'))?.idempotency).toEqual(['outside_pk_id']);
	});
});

describe('the parameters of a call', () => {
	it('have labels, types, formats and options; "all" is the first option', async () => {
		const all = await parameters('GET', 'scm/sal_order');
		expect(all).toContainEqual({ name: 'start_bill_date', label: 'Bill Date From', labelZh: '单据开始日期', type: 'string', required: false, alternatives: [], format: 'date' });
		expect(all).toContainEqual({ name: 'modify_start_time', label: 'Changed From', labelZh: '修改开始时间', type: 'string', required: false, alternatives: [], format: 'ms' });
		expect(all.find(({ name }) => name === 'bill_status')?.options).toEqual([
			{ value: '', label: 'All' },
			{ value: 'C', label: 'Audited' },
			{ value: 'Z', label: 'Unaudited' },
		]);
		const [customers] = (await parameters('GET', 'bd/customer')).filter(({ name }) => name === 'enable');
		expect(customers?.options?.map(({ value }) => value)).toEqual(['-1', '0', '1']);
	});

	it('begin with the required ones, and nest', async () => {
		const save = await parameters('POST', 'scm/sal_order');
		expect(save.slice(0, 3).map(({ name, type, required }) => [name, type, required])).toEqual([
			['bill_date', 'string', true],
			['customer_id', 'string', true],
			['material_entity', 'list', true],
		]);
		const lines = save[2]?.fields ?? [];
		expect(lines.filter(({ required }) => required).map(({ name, type }) => `${name} ${type}`)).toEqual(['is_free boolean', 'material_id string', 'price number', 'qty number', 'unit_id string']);
		expect(lines.find(({ name }) => name === 'price')?.alternatives).toEqual(['tax_price']);
		expect(save.find(({ name }) => name === 'custom_field')?.type).toBe('map');
	});

	it('keep a price as text where JDY refuses a number', async () => {
		const lines = (await parameters('POST', 'scm/pur_order')).find(({ name }) => name === 'material_entity')?.fields;
		expect(lines?.find(({ name }) => name === 'price')?.type).toBe('string');
	});

	it('tell what must be given, and of what one is enough', async () => {
		expect(requiredOf(await parameters('GET', 'scm/sal_order_detail'))).toEqual([['id', 'number']]);
		expect(requiredOf(await parameters('GET', 'ls/member_detail'))).toEqual([['id', 'mobile']]);
		expect(requiredOf(await parameters('POST', 'scm/pur_inbound'))).toContainEqual(['supplier_id', 'supplier_number']);
		expect(requiredOf(await parameters('GET', 'bd/settling_term_detail'))).toEqual([['id']]);
	});
});

describe('a record type', () => {
	it('groups its calls, whatever their paths', async () => {
		const invoice = await typeByPath('scm/sal_invoice');
		expect([invoice?.value, invoice?.entity, invoice?.list?.path, invoice?.save?.path, invoice?.detail?.path]).toEqual([
			'scm/sal_invoice_list',
			'sal_invoice',
			'/jdy/v2/scm/sal_invoice_list',
			'/jdy/v2/scm/sal_invoice',
			'/jdy/v2/scm/sal_invoice_detail',
		]);
		expect((await typeByPath('/jdy/v2/bd/spaces'))?.save?.path).toBe('/jdy/v2/bd/space');
		expect((await typeByPath('scm/sal_out_bound'))?.others.map(({ name }) => name)).toEqual(['Sales Outbound: Save Several']);
		expect(await typeByPath('arap/ar_report')).toBeUndefined();
	});

	it.each([
		['scm/sal_order', ['getMany', 'get', 'save', 'audit', 'unaudit', 'delete', 'close', 'pushDown']],
		['arap/ar_credit', ['getMany', 'get', 'save', 'audit', 'unaudit', 'delete', 'pushDown']],
		['bd/customer', ['getMany', 'get', 'save', 'delete']],
		['bd/income_categorization', ['getMany']],
		['ebx/reimb_detail', ['get']],
	])('%s has %j', async (value, operations) => {
		const type = await typeByPath(value);
		expect(type && operationsOf(type)).toEqual(operations);
	});

	it('of a report is found however it is asked for', async () => {
		expect((await reportByPath('fi/assistdetail_report'))?.rows).toEqual(['items']);
		expect((await reportByPath('/jdy/v2/arap/ar_report'))?.method).toBe('GET');
	});
});

describe('labels and initials', () => {
	it.each([
		['bill_date', 'Bill Date'],
		['customer_id', 'Customer ID'],
		['emp_number', 'Employee Number'],
		['aux_id2', 'Auxiliary Attribute 2 ID'],
		['aux2_id', 'Auxiliary Attribute 2 ID'],
		['custom_amount_for10', 'Custom Amount 10 (Local Currency)'],
		['page_data.page_size', 'Page Size'],
		['biz_types', 'Business Types'],
		['kf_date', 'Production Date'],
		['constructor', 'Constructor'],
	])('%s is labelled %s', (name, label) => {
		expect(labelOf(name)).toBe(label);
	});

	it.each([
		['销售订单', 'xsdd'],
		['BOM单', 'bomd'],
		['调拨入库单', 'dbrkd'],
		['会员积分调整', 'hyjftz'],
		['供应商/客户对账单', 'gyskhdzd'],
		['会计', 'kj'],
	])('%s is %s', (name, initials) => {
		expect(initialsOf(name)).toBe(initials);
	});
});
