import type { Box, Boxes } from './boxes';

/** What most documents, master data and filters are about, by wire names and their stems, in the order in which people think of it. */
const USUAL = `search number name bill_no bill_number bill_date date start_bill_date end_bill_date bill_start_date bill_end_date start_date end_date
customer supplier vender material barcode model aux_prop unit base_unit qty quantity price tax_price cess tax_rate rate discount amount all_amount
stock out_stock in_stock sp batch_no emp saler dept deptid sale_dept currency setting_term settle_account pay_type paid_amount
contact_linkman contact_person contact_phone mobile phone contact_address addr group parent bill_status enable
modify_start_time modify_end_time create_start_time create_end_time remark comment`.split(/\s+/);

const RANKS: ReadonlyMap<string, number> = new Map(USUAL.map((name, index) => [name, index]));

/** What programs want to know: nobody has it in a sheet. */
const TECHNICAL: ReadonlySet<string> = new Set(['ignore_warn', 'operation_key', 'del_ids', 'source_bill_no', 'seq']);

const [OTHER, LAST] = [USUAL.length, USUAL.length + 1];

/**
 * Where a field stands among those that can be added: the usual ones first, what is technical last.
 *
 * @param isBeside whether it stands in a list beside the lines
 */
export function rankOf({ parameter, stem }: Boxes, box: Box, isBeside: boolean): number {
	const isId = box.parameter?.reference?.holds === 'id';
	if (isId || parameter.type === 'map' || TECHNICAL.has(parameter.name)) return LAST;
	return (isBeside ? undefined : (RANKS.get(stem) ?? RANKS.get(parameter.name))) ?? OTHER;
}
