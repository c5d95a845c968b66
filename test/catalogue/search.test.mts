import { search } from '../../nodes/KingdeeJdy/catalogue/search/search.ts';
import type { Searched } from '../../nodes/KingdeeJdy/catalogue/search/search.ts';

/** What is typed, and what must come first. */
const FIRST: Array<[kind: Searched, text: string, value: string]> = [
	['type', '销售订单', 'scm/sal_order'],
	['type', 'xsdd', 'scm/sal_order'],
	['type', 'XSDD', 'scm/sal_order'],
	['type', 'sales order', 'scm/sal_order'],
	['type', '  Sales   Order ', 'scm/sal_order'],
	['type', 'order sales', 'scm/sal_order'],
	['type', 'sal_order', 'scm/sal_order'],
	['type', 'scm/sal_order', 'scm/sal_order'],
	['type', '/jdy/v2/scm/sal_order', 'scm/sal_order'],
	['type', '/jdy/v2/scm/sal_order_detail', 'scm/sal_order'],
	['type', 'scm/sal_invoice', 'scm/sal_invoice_list'],
	['type', '销售出库', 'scm/sal_out_bound'],
	['type', 'customer', 'bd/customer'],
	['type', 'custom', 'bd/customer'],
	['type', '客户', 'bd/customer'],
	['type', 'kh', 'bd/customer'],
	['type', '供应商', 'bd/supplier'],
	['type', 'gys', 'bd/supplier'],
	['type', '商品', 'bd/material'],
	['type', 'sp', 'bd/material'],
	['type', 'product', 'bd/material'],
	['type', 'material', 'bd/material'],
	['type', 'warehouse', 'bd/store'],
	['type', '仓库', 'bd/store'],
	['type', '凭证', 'fi/voucher'],
	['type', 'pz', 'fi/voucher'],
	['type', 'receipt', 'arap/ar_credit'],
	['type', '收款', 'arap/ar_credit'],
	['type', 'payment', 'arap/ap_credit'],
	['type', 'dbck', 'scm/inv_tfout'],
	['type', 'hy', 'ls/member'],
	['type', 'member', 'ls/member'],
	['type', '订单销', 'nothing'],
	['report', '库存', 'inv/inv_inventory_ims'],
	['report', 'ar_report', 'arap/ar_report'],
	['report', 'balance sheet', 'fi/balancesheet'],
	['report', 'zcfzb', 'fi/balancesheet'],
	['report', 'product stock', 'scm/inventory'],
	['call', 'sales order', 'GET /jdy/v2/scm/sal_order'],
	['call', 'POST /jdy/v2/scm/sal_order', 'POST /jdy/v2/scm/sal_order'],
	['call', 'save sales order', 'POST /jdy/v2/scm/sal_order'],
	['call', 'xsddbc', 'POST /jdy/v2/scm/sal_order'],
	['call', '销售订单详情', 'GET /jdy/v2/scm/sal_order_detail'],
	['call', 'push down', 'POST /jdy/v2/sys/bill_push'],
	['call', 'jftz', 'POST /jdy/v2/ls/integral_adjust'],
	['call', 'cust/save', 'POST /jdy/v2/cust/save'],
];

describe('search', () => {
	it.each(FIRST)('among the %ss, "%s" finds %s first', async (kind, text, value) => {
		expect((await search(kind, text))[0]?.value ?? 'nothing').toBe(value);
	});

	it('gives everything for an empty text, by name', async () => {
		const [types, reports, calls] = await Promise.all([search('type'), search('report', ' '), search('call', '')]);
		expect([types.length, reports.length, calls.length]).toEqual([129, 46, 375]);
		expect(types.slice(0, 2).map(({ name }) => name)).toEqual(['Advance Payment', 'Advance Payment Refund']);
	});

	it('puts what begins with the text before what contains it', async () => {
		const names = (await search('type', '订单')).map(({ nameZh }) => nameZh);
		expect(names).toEqual(['销售订单', '采购订单']);
		expect((await search('type', '单位')).map(({ nameZh }) => nameZh)).toEqual(['商品单位', '计量单位']);
	});

	it('finds letters that are scattered in the initials after all else', async () => {
		const found = (await search('type', 'xsd')).map(({ nameZh }) => nameZh);
		expect(found[0]).toBe('销售订单');
		expect(found).toContain('销售退货单');
	});

	it('finds nothing without complaint', async () => {
		expect(await search('call', 'no such thing anywhere')).toEqual([]);
		expect(await search('type', '%$#')).toEqual([]);
	});
});
