import { isFields, isNumber, plain } from '../calls.mts';
import type { Fields } from '../calls.mts';
import { entityOf } from './catalogue.mts';
import type { Asked } from './jdyCall.mts';
import { resolved } from './references/references.mts';
import type { Dangling } from './references/references.mts';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** A source without `src_bill_type_id` is dropped in silence [1]. */
export function linked(data: Fields): Fields {
	const entries = Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? value.map((entry: unknown) => (isFields(entry) ? linked(entry) : entry)) : value] as const);
	const isLoose = data.src_bill_type_id === undefined;
	return Object.fromEntries(entries.filter(([name]) => !isLoose || (name !== 'src_inter_id' && name !== 'src_entry_id')));
}

const numberOf = (value: unknown): number | undefined => (isNumber(value) || (typeof value === 'string' && value !== '') ? Number(plain(value)) : undefined);

function lineAmount(line: Fields): number | undefined {
	const [qty, price] = [numberOf(line.qty), numberOf(line.price) ?? numberOf(line.tax_price)];
	return numberOf(line.amount) ?? (qty === undefined || price === undefined ? undefined : Math.round(qty * price * 100) / 100);
}

/** Lines get their amounts, and the document their sum, where nobody has said them. */
function summed(data: Fields): Fields {
	const lines = data.material_entity;
	if (!Array.isArray(lines) || !lines.every(isFields)) return data;
	const amounts = lines.map(lineAmount);
	const whole = amounts.every((amount) => amount !== undefined) ? amounts.reduce((sum, amount) => sum + amount, 0) : undefined;
	const entries = lines.map((line, index) => (amounts[index] === undefined ? line : { amount: amounts[index], ...line }));
	return { ...(whole !== undefined && { total_amount: whole }), ...data, material_entity: entries };
}

/** A document as lists show it and filter by it: with the names of what it refers to, and its sum. */
export function derivedFrom(asked: Asked, data: Fields): Fields {
	return summed(resolved(asked, data));
}

/** Links to a source, each with the parameter that says its type [D]; receipts and payments say `src_bill_id`. */
const LINKS = [['src_inter_id', 'src_bill_type_id'], ['src_bill_id', 'src_bill_type_id'], ['arap_src_inter_id', 'arap_src_bill_type_id']] as const;

/** A source link that comes with its type is checked [R]. */
export function sourceProblem({ records, account, settings }: Asked, data: Fields): Dangling | undefined {
	if (!settings.sourcesExist) return undefined;
	const lines = Object.values(data).flatMap((value) => (Array.isArray(value) ? (value as unknown[]).filter(isFields) : []));
	for (const line of lines) {
		for (const [link, type] of LINKS) {
			const entity = entityOf(line[type]);
			if (entity === undefined || isEmpty(line[link])) continue;
			const id = plain(line[link]);
			if (!records.find(account, entity, { id })) return { errcode: 2016013001, message: `源单${id}已被删除` };
			if (link === 'src_inter_id' && isEmpty(line.material_id)) return { errcode: 2016013001, message: '商品跟源单的数据不一致' };
		}
	}
	return undefined;
}
