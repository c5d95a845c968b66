/** What operators write over their columns, and the parameter that each means: `heading parameter:how it names a thing`. */
export const OPERATORS_COLUMNS: Record<string, string> = {
	'scm/sal_order': `
		单据编号 bill_no; 单据日期 bill_date; 客户编码 customer_id:number; 客户名称 customer_id:name; 业务员 emp_id:nameOrNumber; 部门 deptid_id:nameOrNumber;
		结算期限 setting_term_id:name; 币别 currency_id:nameOrNumber; 交货方式 delivery_type_id:nameOrNumber; 联系人 contact_linkman;
		联系电话 contact_phone; 收货地址 contact_address; 省 contact_province_id:name; 市 contact_city_id:name; 区 contact_district_id:name;
		整单折扣额 bill_dis_amount; 备注 remark; 交货日期 material_entity.delivery_date; 客户订单号 material_entity.cus_bill_no;
		商品编码 material_entity.material_id:number; 商品名称 material_entity.material_id:name; 条形码 material_entity.material_id:barcode;
		单位 material_entity.unit_id:nameOrNumber; 数量 material_entity.qty; 单价 material_entity.price; 含税单价 material_entity.tax_price;
		税率 material_entity.cess; 折扣 material_entity.discount; 价税合计 material_entity.all_amount; 仓库 material_entity.stock_id:nameOrNumber;
		仓位 material_entity.sp_id:nameOrNumber; 辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no;
		生产日期 material_entity.kf_date; 备注(行) material_entity.comment; 赠品 material_entity.is_free;
		收款账户 payment_entry.settle_account_id:nameOrNumber; 收款方式 payment_entry.pay_type_id:name; 收款金额 payment_entry.paid_amount
	`,
	'scm/sal_out_bound': `
		单据编号 bill_no; 单据日期 bill_date; 客户编码 customer_id:number; 客户名称 customer_id:name; 业务员 emp_id:nameOrNumber; 部门 dept_id:nameOrNumber;
		结算期限 setting_term_id:name; 交货方式 delivery_type_id:nameOrNumber; 联系人 contact_linkman; 联系电话 contact_phone; 收货地址 contact_address;
		备注 remark; 销售订单号 material_entity.src_inter_id; 源单行号 material_entity.src_entry_id; 商品编码 material_entity.material_id:number;
		商品名称 material_entity.material_id:name; 条形码 material_entity.material_id:barcode; 单位 material_entity.unit_id:nameOrNumber;
		数量 material_entity.qty; 单价 material_entity.price; 含税单价 material_entity.tax_price; 税率 material_entity.cess;
		折扣 material_entity.discount; 价税合计 material_entity.all_amount; 仓库 material_entity.stock_id:nameOrNumber;
		仓位 material_entity.sp_id:nameOrNumber; 辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no;
		生产日期 material_entity.kf_date; 保质期 material_entity.kf_period; 备注(行) material_entity.comment; 序列号 material_entity.sn_list;
		物流公司 express_entity.express_company_id:nameOrNumber; 收款账户 payment_entry.settle_account_id:nameOrNumber;
		收款方式 payment_entry.pay_type_id:name; 收款金额 payment_entry.paid_amount
	`,
	'scm/pur_order': `
		单据编号 bill_no; 单据日期 bill_date; 供应商编码 supplier_id:number; 供应商名称 supplier_id:name; 采购员 emp_id:nameOrNumber; 部门 dept_id:nameOrNumber;
		结算期限 setting_term_id:name; 币别 currency_id:nameOrNumber; 备注 remark; 交货日期 material_entity.delivery_date;
		采购申请单号 material_entity.src_inter_id; 商品编码 material_entity.material_id:number; 商品名称 material_entity.material_id:name;
		条形码 material_entity.material_id:barcode; 单位 material_entity.unit_id:nameOrNumber; 数量 material_entity.qty; 单价 material_entity.price;
		含税单价 material_entity.tax_price; 税率 material_entity.cess; 折扣 material_entity.discount; 价税合计 material_entity.all_amount;
		仓库 material_entity.stock_id:nameOrNumber; 仓位 material_entity.sp_id:nameOrNumber;
		辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no; 备注(行) material_entity.comment;
		付款账户 payment_entry.settle_account_id:nameOrNumber; 付款方式 payment_entry.pay_type_id:name
	`,
	'scm/pur_inbound': `
		单据编号 bill_no; 单据日期 bill_date; 供应商编码 supplier_id:number; 供应商名称 supplier_id:name; 采购员 emp_id:nameOrNumber; 部门 dept_id:nameOrNumber;
		结算期限 setting_term_id:name; 币别 currency_id:nameOrNumber; 备注 remark; 采购订单号 material_entity.src_inter_id;
		商品编码 material_entity.material_id:number; 商品名称 material_entity.material_id:name; 条形码 material_entity.material_id:barcode;
		单位 material_entity.unit_id:nameOrNumber; 数量 material_entity.qty; 单价 material_entity.price; 含税单价 material_entity.tax_price;
		税率 material_entity.cess; 折扣 material_entity.discount; 价税合计 material_entity.all_amount; 仓库 material_entity.stock_id:nameOrNumber;
		仓位 material_entity.sp_id:nameOrNumber; 辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no;
		生产日期 material_entity.kf_date; 保质期 material_entity.kf_period; 备注(行) material_entity.comment; 序列号 material_entity.sn_list;
		付款账户 payment_entry.settle_account_id:nameOrNumber; 付款方式 payment_entry.pay_type_id:name; 付款金额 payment_entry.paid_amount
	`,
	'scm/inv_other_out': `
		单据编号 bill_no; 单据日期 bill_date; 业务类型 trans_type_id:nameOrNumber; 客户 customer_id:nameOrNumber; 部门 dept_id:nameOrNumber;
		经办人 emp_id:nameOrNumber; 备注 remark; 商品编码 material_entity.material_id:number; 商品名称 material_entity.material_id:name;
		条形码 material_entity.material_id:barcode; 单位 material_entity.unit_id:nameOrNumber; 数量 material_entity.qty;
		仓库 material_entity.stock_id:nameOrNumber; 仓位 material_entity.sp_id:nameOrNumber;
		辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no; 生产日期 material_entity.kf_date;
		保质期 material_entity.kf_period; 备注(行) material_entity.comment; 单位成本 material_entity.unit_cost; 出库成本 material_entity.cost;
		序列号 material_entity.sn_list
	`,
	'scm/inv_other_in': `
		单据编号 bill_no; 单据日期 bill_date; 业务类型 trans_type_id:nameOrNumber; 供应商 supplier_id:nameOrNumber; 客户 customer_id:nameOrNumber;
		部门 dept_id:nameOrNumber; 经办人 emp_id:nameOrNumber; 备注 remark; 商品编码 material_entity.material_id:number;
		商品名称 material_entity.material_id:name; 条形码 material_entity.material_id:barcode; 单位 material_entity.unit_id:nameOrNumber;
		数量 material_entity.qty; 仓库 material_entity.stock_id:nameOrNumber; 仓位 material_entity.sp_id:nameOrNumber;
		辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no; 生产日期 material_entity.kf_date;
		保质期 material_entity.kf_period; 备注(行) material_entity.comment; 单位成本 material_entity.unit_cost; 入库成本 material_entity.cost;
		序列号 material_entity.sn_list
	`,
	'scm/inv_tfmove': `
		单据编号 bill_no; 单据日期 bill_date; 调出部门 out_dept_id:nameOrNumber; 调入部门 dept_id:nameOrNumber; 经办人 emp_id:nameOrNumber; 备注 remark;
		调出仓库 material_entity.out_stock_id:nameOrNumber; 调出仓位 material_entity.out_sp_id:nameOrNumber;
		调入仓库 material_entity.in_stock_id:nameOrNumber; 调入仓位 material_entity.in_sp_id:nameOrNumber; 商品编码 material_entity.material_id:number;
		商品名称 material_entity.material_id:name; 条形码 material_entity.material_id:barcode; 单位 material_entity.unit_id:nameOrNumber;
		数量 material_entity.qty; 辅助属性(颜色,尺码) material_entity.aux_prop_id:nameOrNumber; 批次号 material_entity.batch_no;
		生产日期 material_entity.kf_date; 保质期 material_entity.kf_period; 备注(行) material_entity.comment; 序列号 material_entity.sn_list
	`,
	'bd/customer': `
		客户编码 number; 客户名称 name; 客户分类 group_id:nameOrNumber; 客户等级 c_level_id:nameOrNumber; 业务员 saler_id:nameOrNumber;
		部门 sale_dept_id:nameOrNumber; 结算期限 setting_term_id:name; 信用额度 credit_limit; 税率 rate; 默认币别 def_currency_id:nameOrNumber;
		国家 country_id:nameOrNumber; 省 province_id:name; 市 city_id:name; 区 district_id:name; 详细地址 addr; 开票名称 invoice_name; 税号 taxpayer_no;
		开户银行 bank; 银行账号 bank_account; 备注 remark; 联系人 contact_persons.contact_person; 手机 contact_persons.mobile; 座机 contact_persons.phone;
		邮箱 contact_persons.email; 标签 mul_label.id:nameOrNumber
	`,
	'bd/supplier': `
		供应商编码 number; 供应商名称 name; 供应商分类 group_id:nameOrNumber; 采购员 saler_id:nameOrNumber; 部门 sale_dept_id:nameOrNumber; 税率 rate;
		国家 country_id:nameOrNumber; 省 province_id:name; 市 city_id:name; 区 district_id:name; 详细地址 addr; 开票名称 invoice_name; 税号 taxpayer_no;
		开户银行 bank; 银行账号 bank_account; 备注 remark; 联系人 bom_entity.contact_person; 手机 bom_entity.mobile; 座机 bom_entity.phone
	`,
	'bd/material': `
		商品编码 number; 商品名称 name; 商品类别 parent_id:nameOrNumber; 规格型号 model; 条形码 barcode; 助记码 help_code; 品牌 brand_id:nameOrNumber;
		商品标签 mul_label_number:nameOrNumber; 计量单位 base_unit_id:nameOrNumber; 辅助单位1 fix_unit_id1:nameOrNumber; 换算率1 coefficient1;
		销售单位 sale_unit_id:nameOrNumber; 采购单位 purchase_unit_id:nameOrNumber; 库存单位 store_unit_id:nameOrNumber; 默认仓库 stock_id:nameOrNumber;
		默认仓位 space_id:nameOrNumber; 默认供应商 vender_id:nameOrNumber; 采购员 purchase_id:nameOrNumber; 销项税率 tax_rate; 进项税率 in_tax_rate;
		税收分类编码 fetch_category_id:number; 批次管理 is_batch; 保质期管理 is_kf_period; 序列号管理 is_serial; 最低库存 min_inventory_qty;
		最高库存 max_inventory_qty; 产地 producing_pace; 备注 remark; 零售价 price_entity.price_retail_price; 批发价 price_entity.price_trade_price;
		采购价 price_entity.price_purchase_price
	`,
	'arap/ar_credit': `
		单据编号 bill_no; 单据日期 bill_date; 客户编码 customer_id:number; 客户名称 customer_id:name; 优惠金额 total_discount_amount; 业务员 emp_id:nameOrNumber;
		部门 dept_id:nameOrNumber; 币别 currency_id:nameOrNumber; 备注 remark; 收款账户 pay_entry_list.settle_account_id:nameOrNumber;
		收款方式 pay_entry_list.pay_type_id:name; 收款金额 pay_entry_list.amount; 手续费 pay_entry_list.service_fee; 交易号 pay_entry_list.trans_number;
		源单类型 source_bill_entry_list.src_bill_type_id; 销售出库单号 source_bill_entry_list.src_bill_id;
		本次核销金额 source_bill_entry_list.cur_settle_amount
	`,
	'arap/ap_credit': `
		单据编号 bill_no; 单据日期 bill_date; 供应商编码 supplier_id:number; 供应商名称 supplier_id:name; 业务员 emp_id:nameOrNumber; 部门 dept_id:nameOrNumber;
		币别 currency_id:nameOrNumber; 备注 remark; 付款账户 pay_entry_list.settle_account_id:nameOrNumber; 付款方式 pay_entry_list.pay_type_id:name;
		付款金额 pay_entry_list.amount; 手续费 pay_entry_list.service_fee; 交易号 pay_entry_list.trans_number;
		源单类型 source_bill_entry_list.src_bill_type_id; 采购入库单号 source_bill_entry_list.src_bill_id;
		本次核销金额 source_bill_entry_list.cur_settle_amount
	`,
	'fi/voucher': `
		凭证日期 date; 凭证字 group_id:nameOrNumber; 凭证号 number; 外部唯一标识 source_bill_no; 备注 remark; 摘要 entry_list.explanation;
		科目编码 entry_list.account_id:number; 科目名称 entry_list.account_id:name; 借方金额 entry_list.debit_amount; 贷方金额 entry_list.credit_amount;
		币别 entry_list.currency_id:nameOrNumber; 原币金额 entry_list.amount_for; 数量 entry_list.quantity; 单价 entry_list.price;
		核算项目类别 entry_list.assist_list.type; 核算项目编码 entry_list.assist_list.id
	`,
};
