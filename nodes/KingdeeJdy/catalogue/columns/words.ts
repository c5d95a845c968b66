/** What people and shops write over their columns, beside the labels of the documentation. */

/** Of a thing that is referred to, by the stem of its parameter: `material` of `material_id`. */
export interface ThingWords {
	/** What the parameter must refer to, where parameters of that name refer to several things. */
	to?: string;
	/** What stands before 编码 and 名称, and alone. */
	bases: string;
	number?: string;
	name?: string;
	barcode?: string;
}

const PRODUCT: ThingWords = {
	bases: '商品 物料 产品 货品 存货 product item goods',
	number: '货号 料号 品号 物料号 商品货号 商家编码 商品条形编码 product_code item_code item_number item_no',
	name: '品名 product_title item_name',
	barcode: '条形码 条码 69码 69条码 商品条码 商品条形码 产品条码 国际条码 barcode bar_code EAN UPC GTIN',
};

const EMPLOYEE: ThingWords = { bases: '业务员 经手人 经办人 职员 员工 采购员 销售员 销售人员 销售代表 跟单员 employee salesperson buyer' };

const WAREHOUSE: ThingWords = {
	bases: '仓库 仓 入库仓库 入库仓 出库仓库 出库仓 出货仓库 出货仓 发货仓库 发货仓 收货仓库 收货仓 库房 warehouse store',
};

const ACCOUNT: ThingWords = { to: 'settlement_account', bases: '账户 帐户 结算账户 收款账户 付款账户 收款帐户 付款帐户 收款账号 付款账号 account payment_account' };

const PAYMENT_METHOD: ThingWords = { to: 'settlement_type', bases: '结算方式 收款方式 付款方式 支付方式 payment_method' };

export const THINGS: Readonly<Record<string, ThingWords>> = {
	customer: { bases: '客户 买家 顾客 购货单位 购货方 购买方 购买单位 客户单位 customer client', number: 'customer_code', name: '客户全称' },
	supplier: { bases: '供应商 供货商 供货单位 供方 销货单位 supplier vendor', number: 'supplier_code vendor_code', name: '供应商全称' },
	vender: { bases: '供应商 默认供应商 supplier' },
	material: PRODUCT,
	emp: EMPLOYEE,
	saler: EMPLOYEE,
	dept: { bases: '部门 department' },
	deptid: { bases: '部门 department' },
	sale_dept: { bases: '部门 department' },
	stock: WAREHOUSE,
	out_stock: { bases: '仓库 调出仓库 调出仓 移出仓库 移出仓 转出仓库 转出仓 出库仓库 出库仓 发货仓库 发货仓' },
	in_stock: { bases: '仓库 调入仓库 调入仓 移入仓库 移入仓 转入仓库 转入仓 入库仓库 入库仓 收货仓库 收货仓' },
	sp: { bases: '仓位 库位 货位 bin location' },
	out_sp: { bases: '调出仓位 移出仓位 调出库位' },
	in_sp: { bases: '调入仓位 移入仓位 调入库位' },
	unit: { bases: '单位 计量单位 销售单位 采购单位 unit' },
	base_unit: { bases: '单位 计量单位 基本单位 unit' },
	aux_prop: { bases: '辅助属性 颜色尺码 规格属性 销售属性 商品属性 variant' },
	currency: { bases: '币别 币种 货币 currency' },
	def_currency: { bases: '币别 币种 货币 currency' },
	settle_account: ACCOUNT,
	pay_type: PAYMENT_METHOD,
	setting_term: { bases: '结算期限 账期 付款条件 收款条件 payment_term' },
	express_company: { bases: '物流公司 快递公司 物流 快递 承运商 carrier' },
	delivery_type: { bases: '交货方式 配送方式 发货方式 delivery_method' },
	trans_type: { bases: '业务类型 出库类型 入库类型 类型' },
	contact_province: { bases: '省 省份 收货省 收货省份 province' },
	contact_city: { bases: '市 城市 收货市 收货城市 city' },
	contact_district: { bases: '区 区县 县区 收货区 收货区县 district' },
	province: { bases: '省 省份 province' },
	city: { bases: '市 城市 city' },
	district: { bases: '区 区县 县区 district' },
	country: { bases: '国家 country' },
	group: { bases: '分类 类别 客户类别 供应商类别 category group' },
	parent: { bases: '分类 类别 商品分类 商品类别 产品分类 category' },
	brand: { bases: '品牌 商品品牌 brand' },
	account: { to: 'account', bases: '科目 会计科目 account' },
};

/** The thing that a type of master data holds, by its stem: its own number and name are called as they are elsewhere. */
export const OWN_THING: Readonly<Record<string, string>> = {
	'bd/customer': 'customer',
	'bd/supplier': 'supplier',
	'bd/material': 'material',
	'bd/emp': 'emp',
	'bd/department': 'dept',
	'bd/store': 'stock',
	'bd/spaces': 'sp',
	'bd/currency': 'currency',
	'bd/measure_unit': 'unit',
	'bd/material_brand': 'brand',
	'bd/settlement_account': 'settle_account',
};

/** Of other parameters, by wire names; the first that a type has is meant. */
export const FIELD_WORDS: ReadonlyArray<readonly [names: string, words: string]> = [
	[
		'bill_date date',
		'日期 单据日期 下单时间 下单日期 订单日期 订单时间 开单日期 开单时间 制单日期 业务日期 交易日期 交易时间 创建时间 出库日期 入库日期 发货日期 采购日期 销售日期 付款日期 收款日期 date order_date order_time bill_date created_at',
	],
	['bill_no', '单据编号 单据编码 单据号 单据号码 bill_no bill_number document_number'],
	['contact_phone mobile', '电话 手机 手机号 手机号码 联系电话 联系手机 联系方式 收货电话 收件电话 收货人电话 收货人手机 收货手机 收件人电话 收件人手机 phone mobile contact_phone'],
	['contact_phone phone', '电话 联系电话 联系方式 座机 固定电话 固话 phone tel telephone'],
	['contact_linkman contact_person', '联系人 收货人 收件人 收货人姓名 收件人姓名 联系人姓名 收货联系人 contact contact_person receiver recipient'],
	['addr contact_address', '地址 收货地址 收件地址 收件人地址 收货人地址 送货地址 联系地址 详细地址 address shipping_address'],
	['remark', '备注 说明 备注说明 备注信息 订单备注 单据备注 整单备注 客户备注 note notes memo remark remarks'],
	['comment', '行备注 备注(行) 明细备注 商品备注 分录备注 line_note'],
	['qty quantity', '数量 件数 商品数量 订购数量 订货数量 购买数量 采购数量 销售数量 下单数量 出库数量 入库数量 出货数量 发货数量 调拨数量 qty quantity'],
	['unit_cost', '单位成本 入库单位成本 出库单位成本 成本单价 成本价 unit_cost'],
	['cost', '成本 入库成本 出库成本 成本金额 cost'],
	['price', '单价 价格 售价 销售价 销售单价 采购单价 商品单价 成交价 进价 采购价 不含税单价 单价(不含税) price unit_price'],
	['tax_price', '含税单价 含税价 含税价格 单价(含税) 价格(含税) tax_price'],
	['cess tax_rate rate', '税率 增值税率 增值税税率 税点 tax_rate vat'],
	['amount', '金额 不含税金额 金额(不含税) amount'],
	['all_amount', '价税合计 含税金额 金额(含税) 合计金额(含税) total_with_tax'],
	['tax_amount', '税额 增值税额 税金'],
	['discount', '折扣 折扣(折) 折扣率 discount'],
	['dis_amount', '折扣额 折扣金额 优惠金额'],
	['bill_dis_amount', '整单折扣额 整单折扣 整单优惠 整单优惠金额 优惠金额'],
	['delivery_date', '交货日期 交期 预计交货日期 要求交货日期 到货日期 预计到货日期 delivery_date due_date'],
	['batch_no', '批次号 批号 批次 生产批号 生产批次 batch lot lot_number batch_no'],
	['kf_date', '生产日期 production_date'],
	['kf_period', '保质期 保质期天数 shelf_life'],
	['valid_date', '有效期至 有效期 到期日 到期日期 有效日期 失效日期 expiry_date'],
	['sn_list', '序列号 串号 SN码 serial_number serial_numbers'],
	['is_free', '赠品 是否赠品 gift'],
	['cus_bill_no', '客户订单号 客户单号'],
	['delivery_bill_no', '物流单号 快递单号 运单号 tracking_number'],
	['paid_amount amount', '收款金额 付款金额 实收金额 已付金额'],
	['taxpayer_no', '税号 纳税人识别号 统一社会信用代码 信用代码 tax_number'],
	['bank', '开户银行 开户行 bank'],
	['bank_account', '银行账号 银行帐号 银行卡号 bank_account'],
	['email', '邮箱 电子邮箱 电子邮件 email e-mail'],
	['model', '规格型号 规格 型号 model specification'],
	['help_code', '助记码'],
	['barcode', '条形码 条码 69码 商品条码 产品条码 barcode EAN UPC GTIN'],
	['explanation', '摘要 说明'],
	['debit_amount', '借方金额 借方 借 debit'],
	['credit_amount', '贷方金额 贷方 贷 credit'],
];

/** Number of an order in a shop or a program: it tells which rows belong together, and is no number of JDY's. */
export const GROUP_WORDS =
	'订单号 订单编号 订单号码 订单id 单号 主订单号 主订单编号 子订单号 网店订单号 平台订单号 平台单号 线上订单号 交易订单号 原始单号 外部订单号 外部单号 采购单号 采购订单号 采购单编号 销售单号 销售订单号 销售单编号 出库单号 入库单号 调拨单号 发货单号 订货单号 order order_number order_no order_id po_number';
