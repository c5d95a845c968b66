import { badRequest, businessError, success } from './answers.mts';
import type { Call, Served } from './calls.mts';

/** A row of `sys/custom_mult_field` [D]; what a type of field lacks is left out. */
export interface CustomField {
	/** The key in the document, e.g. `custom_field__2__4kw79ho2t0he`. */
	number: string;
	display_name: string;
	/** 1 text, 2 number, 3 date, 4 auxiliary data, 5 master data, 6 property of master data. */
	field_type: '1' | '2' | '3' | '4' | '5' | '6';
	/** `head` or the key of the entry. */
	custom_type: string;
	must_input: boolean;
	def_value?: string;
	precision?: number;
	items?: Array<{ name: string; value: string }>;
	base_entity_number?: string;
	audit_lock?: boolean;
}

/** The fields of the document type that the example workflows save, and of sales orders. */
export const demoCustomFields: Record<string, CustomField[]> = {
	sal_bill_order: [
		{ number: 'custom_field__1__demo0channel', display_name: '渠道', field_type: '1', custom_type: 'head', must_input: false },
		{ number: 'custom_field__2__demo0weight', display_name: '重量', field_type: '2', custom_type: 'material_entity', must_input: false, precision: 3 },
	],
	ts_45465632434343: [
		{ number: 'order_no', display_name: '单据编号', field_type: '1', custom_type: 'head', must_input: true },
		{ number: 'bill_date', display_name: '单据日期', field_type: '3', custom_type: 'head', must_input: true },
		{ number: 'amount', display_name: '金额', field_type: '2', custom_type: 'head', must_input: false, precision: 2, def_value: '0' },
		{ number: 'customer_id', display_name: '客户', field_type: '5', custom_type: 'head', must_input: false, base_entity_number: 'bd_customer' },
		{ number: 'custom_field__1__demo00priority', display_name: '优先级', field_type: '4', custom_type: 'head', must_input: false, items: [{ name: '高', value: 'A' }, { name: '低', value: 'B' }] },
		{ number: 'custom_field__1__demo00remark', display_name: '备注', field_type: '1', custom_type: 'material_entity', must_input: false },
		{ number: 'custom_field__2__demo0quantity', display_name: '数量', field_type: '2', custom_type: 'material_entity', must_input: true, precision: 4 },
	],
};

/** `GET sys/custom_mult_field`: the custom fields of a type. */
export function customFields({ settings, query }: Call): Served {
	const entityNumber = query.get('entity_number');
	if (!entityNumber) return { reply: badRequest('entity_number', settings) };
	const rows = settings.customFields[entityNumber] ?? (settings.customFieldsElsewhere === 'empty' ? [] : 'refused');
	return { reply: rows === 'refused' ? businessError(1030002003, '单据类型不存在') : success({ rows }) };
}
