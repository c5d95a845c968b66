import { allCalls, types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { columnsOf } from '../../../nodes/KingdeeJdy/catalogue/columns/columns.ts';
import type { ColumnIndex, Meaning } from '../../../nodes/KingdeeJdy/catalogue/columns/columns.ts';
import { documentShapeOf } from '../../../nodes/KingdeeJdy/catalogue/documentShape.ts';
import type { Parameter } from '../../../nodes/KingdeeJdy/catalogue/types.ts';
import { OPERATORS_COLUMNS } from './operatorsColumns.mts';

async function indexOf(value: string): Promise<ColumnIndex> {
	const type = (await types()).find((one) => one.value === value);
	if (!type?.save) throw new Error(`No save for ${value}`);
	return columnsOf(documentShapeOf(type.save).parameters, value);
}

/** In short: `material_entity.unit_name:name`, `group`, `ambiguous mobile phone`, `unknown 客户`. */
function inShort(meaning: Meaning): string {
	switch (meaning.kind) {
		case 'field':
			return meaning.path + (meaning.by === undefined ? '' : `:${meaning.by}`);
		case 'group':
			return 'group';
		case 'ambiguous':
			return ['ambiguous', ...meaning.candidates].join(' ');
		default:
			return ['unknown', ...meaning.nearest].join(' ');
	}
}

describe('the columns of operators', () => {
	const rows = Object.entries(OPERATORS_COLUMNS).flatMap(([type, columns]) =>
		columns.split(';').map((column) => [type, ...column.trim().split(' ')] as [type: string, heading: string, meant: string]),
	);

	it('are 324', () => expect(rows.length).toBe(324));

	it.each(rows)('of %s: %s means %s', async (type, heading, meant) => {
		const meaning = (await indexOf(type)).meaningOf(heading);
		expect(meaning.kind === 'field' ? meaning.fills + (meaning.by === undefined ? '' : `:${meaning.by}`) : meaning).toBe(meant);
	});
});

const SHOPS_WORDS: Array<[type: string, words: string]> = [
	[
		'scm/sal_order',
		`订单号=group; 单号=group; 采购单号=group; 订单编号=group; Order No.=group; 下单时间=bill_date; 日期=bill_date; Order Date=bill_date; 单据编号=bill_no; bill_no=bill_no;
		手机=contact_phone; 电话=contact_phone; 收件人=contact_linkman; 物料编码=material_entity.material_number:number; 货号=material_entity.material_number:number;
		商家编码=material_entity.material_number:number; 品名=material_entity.material_name:name; 条码=material_entity.material_barcode:barcode;
		69码=material_entity.material_barcode:barcode; 入库仓库=material_entity.stock_nameOrNumber:nameOrNumber; 出货仓=material_entity.stock_nameOrNumber:nameOrNumber;
		经手人=emp_nameOrNumber:nameOrNumber; 业务员编码=emp_number:number; 业务员姓名=emp_name:name; 购货单位=customer_nameOrNumber:nameOrNumber; 数量(个)=material_entity.qty;
		批号=material_entity.batch_no; 客户订单号=material_entity.cus_bill_no; 备注=remark; 行备注=material_entity.comment; 金额=material_entity.amount;
		结算方式=payment_entry.pay_type_name:name; 单位编码=material_entity.unit_number:number`,
	],
	[
		'scm/pur_order',
		`采购单号=group; 采购订单号=group; 供货商=supplier_nameOrNumber:nameOrNumber; 入库仓库=material_entity.stock_nameOrNumber:nameOrNumber; 采购日期=bill_date;
		付款账户=payment_entry.settle_account_nameOrNumber:nameOrNumber; 条形码=material_entity.material_barcode:barcode`,
	],
	['scm/pur_inbound', '订单号=group; 采购订单号=material_entity.src_inter_id'],
	['scm/inv_tfmove', '调出仓=material_entity.out_stock_nameOrNumber:nameOrNumber; 移入仓=material_entity.in_stock_nameOrNumber:nameOrNumber; 日期=bill_date'],
	[
		'bd/customer',
		`手机=contact_persons.mobile; 联系人手机=contact_persons.mobile; 客户编号=number; 客户=name; 地址=addr; 币种=def_currency_nameOrNumber:nameOrNumber;
		客户类别=group_nameOrNumber:nameOrNumber; 订单号=unknown; 电话=ambiguous contact_persons.mobile contact_persons.phone`,
	],
	['bd/material', '货号=number; 品名=name; 条码=barcode; 规格=model; 单位=base_unit_nameOrNumber:nameOrNumber; 供应商=vender_nameOrNumber:nameOrNumber; 仓库=stock_nameOrNumber:nameOrNumber'],
	['arap/ar_credit', '日期=bill_date; 客户=customer_nameOrNumber:nameOrNumber; 付款方式=pay_entry_list.pay_type_name:name'],
	['fi/voucher', '日期=date; 借方=entry_list.debit_amount; 科目=entry_list.account_nameOrNumber:nameOrNumber'],
];

describe('the words of shops', () => {
	const rows = SHOPS_WORDS.flatMap(([type, words]) => words.split(';').map((word) => [type, ...word.trim().split('=')] as [string, string, string]));

	it.each(rows)('in %s: %s is %s', async (type, heading, meant) => expect(inShort((await indexOf(type)).meaningOf(heading))).toBe(meant));
});

describe('a heading', () => {
	it.each([
		['wire name', 'customer_number', 'customer_number:number'],
		['wire name of an ID', 'customer_id', 'customer_id:id'],
		['wire name with its list', 'material_entity.qty', 'material_entity.qty'],
		['wire name without its list', 'qty', 'material_entity.qty'],
		['readable key', 'material_entity.material_barcode', 'material_entity.material_barcode:barcode'],
		['English label', 'Customer Number', 'customer_number:number'],
		['English label in lower case', 'customer name', 'customer_name:name'],
		['English label of an ID', 'Customer ID', 'customer_id:id'],
		['English label with its list', 'Product Lines: Quantity', 'material_entity.qty'],
		['English word', 'Warehouse', 'material_entity.stock_nameOrNumber:nameOrNumber'],
		['full-width letters', 'ＱＴＹ', 'material_entity.qty'],
		['full-width brackets with a unit', '单价（元）', 'material_entity.price'],
		['square brackets', '数量[箱]', 'material_entity.qty'],
		['percent sign in brackets', '税率(%)', 'material_entity.cess'],
		['byte order mark', '\ufeff客户编码', 'customer_number:number'],
		['spaces within', ' 客 户 编 码\t', 'customer_number:number'],
		['star in front', '*客户编码', 'customer_number:number'],
		['full-width star behind', '客户编码＊', 'customer_number:number'],
		['mark of what is required', '客户编码（必填）', 'customer_number:number'],
		['brackets that say which', '单价(含税)', 'material_entity.tax_price'],
		['brackets that say how', '客户(编码)', 'customer_number:number'],
		['brackets that say which line', '备注(行)', 'material_entity.comment'],
		['brackets that say which quantity', '数量（辅助）', 'material_entity.aux_qty'],
		['list in front', '商品明细数量', 'material_entity.qty'],
		['custom field by its key', 'custom_field.custom_field__1', 'custom_field.custom_field__1'],
		['shop title of a product', '宝贝标题', 'unknown'],
		['mistyped word', '客戶', 'unknown 客户'],
		['mistyped English label', 'Custmer Number', 'unknown Customer Number Customer Name or Number Settlement Customer Number'],
		['empty heading', '', 'unknown'],
	])('with a %s, such as "%s", is understood', async (_what, heading, meant) => {
		expect(inShort((await indexOf('scm/sal_order')).meaningOf(heading))).toBe(meant);
	});

	it('is no simple price where brackets say which price it is', async () => {
		const index = await indexOf('scm/inv_other_out');
		expect(inShort(index.meaningOf('成本(含税)'))).toMatch(/^unknown/);
	});

	it.each([
		['scm/inv_tfmove', '仓库', ['material_entity.in_stock_nameOrNumber', 'material_entity.out_stock_nameOrNumber']],
		['scm/inv_pick', '仓库', ['material_entity.stock_nameOrNumber']],
		['fp/invoice_kp', '开户银行', ['buyer_info.bank', 'seller_info.bank']],
	])('of %s that says too little, %s, may be each of %j', async (type, heading, paths) => {
		const meaning = (await indexOf(type)).meaningOf(heading);
		expect(meaning.kind === 'ambiguous' ? meaning.candidates.toSorted() : meaning.kind === 'field' ? [meaning.path] : []).toEqual(paths);
	});

	it('says of a wire name that it is a barcode of the line, and of a word that it is that of the product', async () => {
		const index = await indexOf('scm/sal_out_bound');
		expect(['barcode', 'Barcode', '条形码'].map((heading) => inShort(index.meaningOf(heading)))).toEqual([
			'material_entity.barcode',
			'material_entity.material_barcode:barcode',
			'material_entity.material_barcode:barcode',
		]);
	});

	it('is read as the number of the same thing where JDY documents that number itself', async () => {
		const meaning = (await indexOf('scm/sal_order')).meaningOf('客户编码');
		expect(meaning).toMatchObject({ path: 'customer_number', by: 'number', fills: 'customer_id', parameter: { name: 'customer_id' } });
	});

	it('is a name of its own where JDY documents a parameter for it', async () => {
		expect(inShort((await indexOf('fi/journal')).meaningOf('账户名称'))).toBe('account_name');
		expect(inShort((await indexOf('fi/journal')).meaningOf('账户编码'))).toBe('account_number:number');
	});
});

/** Every parameter of a save, by its path. */
function within(parameters: Parameter[], before = ''): Array<[path: string, parameter: Parameter]> {
	return parameters.flatMap((parameter) => [[before + parameter.name, parameter], ...within(parameter.fields ?? [], `${before}${parameter.name}.`)] as Array<[string, Parameter]>);
}

/** How far a path is from the head; the lists that a document always has are nearer than those beside them. */
function distanceOf(path: string, parameters: Parameter[]): number {
	const [first, ...others] = path.split('.');
	const isRequired = parameters.some(({ name, type, required }) => name === first && (type === 'list' || type === 'object') && required);
	return others.length === 0 ? 0 : others.length - (isRequired ? 0.5 : 0);
}

describe('all saves', () => {
	it('know every parameter by its path, and by wire name and labels unless something is nearer', async () => {
		const counts = { asked: 0, itself: 0, nearer: 0, ambiguous: 0, barcode: 0 };
		const wrong: string[] = [];
		for (const call of (await allCalls()).filter(({ kind, type }) => kind === 'save' && type !== undefined)) {
			const { parameters } = documentShapeOf(call);
			const index = columnsOf(parameters, call.type ?? '');
			for (const [path, { name, label, labelZh }] of within(parameters)) {
				const ofPath = index.meaningOf(path);
				if (ofPath.kind !== 'field' || ofPath.path !== path) wrong.push(`${call.id} ${path}`);
				// Its own barcode is meant by its wire name alone: people mean the product by the word.
				for (const heading of [name, label, labelZh]) {
					const meaning = index.meaningOf(heading);
					counts.asked++;
					if (meaning.kind === 'ambiguous' && meaning.candidates.length > 1) counts.ambiguous++;
					else if (meaning.kind !== 'field') wrong.push(`${call.id} ${path} ${heading}`);
					else if (meaning.fills === path || meaning.path === path) counts.itself++;
					else if (meaning.by === 'barcode' && name === 'barcode') counts.barcode++;
					else if (distanceOf(meaning.fills, parameters) < distanceOf(path, parameters)) counts.nearer++;
					else wrong.push(`${call.id} ${path} ${heading} -> ${meaning.fills}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(counts).toEqual({ asked: 13_608, itself: 12_515, nearer: 786, ambiguous: 259, barcode: 48 });
	});

	it('know every readable key by its path', async () => {
		const wrong: string[] = [];
		for (const call of (await allCalls()).filter(({ kind, type }) => kind === 'save' && type !== undefined)) {
			const index = columnsOf(documentShapeOf(call).parameters, call.type ?? '');
			for (const { path, by } of index.fields) {
				const meaning = index.meaningOf(path);
				if ((meaning.kind !== 'field' || meaning.path !== path || meaning.by !== by)) wrong.push(`${call.id} ${path}`);
			}
		}
		expect(wrong).toEqual([]);
	});
});
