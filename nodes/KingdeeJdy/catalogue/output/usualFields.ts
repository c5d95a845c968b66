/** Which fields people want of a type, in the order in which they read them. */
interface UsualFields {
	types: RegExp;
	head: readonly string[];
	/** Of the entries of a list; a list whose entries have none of them is left out. */
	lines: readonly string[];
}

const PARTNER = ['customer_number', 'customer_name', 'supplier_number', 'supplier_name'];

/** The usual types; what is shown of others follows from the names of their fields. */
const USUAL: readonly UsualFields[] = [
	{
		types: /^scm\/(?:sal|pur)_/,
		head: ['bill_no', 'bill_date', 'bill_status', 'bill_close_state', ...PARTNER, 'emp_name', 'dept_name', 'currency_name', 'delivery_date', 'due_date', 'material_qty', 'bill_dis_amount', 'total_amount', 'remark', 'custom_field', 'id'],
		lines: ['material_number', 'material_name', 'material_model', 'aux_name1', 'aux_name2', 'aux_name3', 'qty', 'unit_name', 'price', 'tax_price', 'dis_amount', 'cess', 'amount', 'tax_amount', 'all_amount', 'delivery_date', 'stock_name', 'batch_no', 'comment', 'custom_entity_field'],
	},
	{
		types: /^bd\/(?:customer|supplier)$/,
		head: ['number', 'name', 'group_name', 'enable', 'saler_name', 'sale_dept_name', 'purchaser_name', 'setting_term_name', 'taxpayer_no', 'addr', 'remark', 'custom_field', 'id'],
		lines: ['contact_person', 'mobile', 'phone', 'email', 'contact_address'],
	},
	{
		types: /^bd\/material$/,
		head: ['number', 'name', 'model', 'barcode', 'parent_name', 'brand_name', 'base_unit_name', 'enable', 'qty_inv', 'valid_qty', 'remark', 'custom_field', 'id'],
		lines: ['price_unit_name', 'price_barcode', 'price_retail_price', 'price_trade_price', 'price_purchase_price'],
	},
];

/** Undefined for a type that has no entry. */
export function usualFieldsOf(type: string | undefined): UsualFields | undefined {
	return type === undefined ? undefined : USUAL.find(({ types }) => types.test(type));
}
