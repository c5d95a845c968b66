import { isFields, isNumber, plain } from '../../calls.mts';
import type { Fields } from '../../calls.mts';
import type { JdyRecord } from '../records.mts';

/** The base unit of a product, its further ones with their coefficients, and the auxiliary one, as its save has them [D]. */
const UNITS: Array<[unit: string, coefficient?: string]> = [['base_unit_id'], ['fix_unit_id1', 'coefficient1'], ['fix_unit_id2', 'coefficient2'], ['fix_unit_id3', 'coefficient3'], ['aux_unit_id']];

const isGiven = (value: unknown): boolean => isNumber(value) || (typeof value === 'string' && value !== '');

/** The measure units that a product is counted in, its base unit first; none where nobody has told them. */
export function unitIdsOf({ data }: JdyRecord): string[] {
	return UNITS.map(([name]) => data[name]).filter(isGiven).map(plain);
}

/** A row's own ID, which is none of a measure unit. */
const rowIdOf = (product: JdyRecord, nth: number): string => `9${product.id.slice(-15).padStart(15, '0')}${String(nth).padStart(2, '0')}`;

/** The rows of `bd/material_unit`: one for each unit of a product. */
export function unitRowsOf(product: JdyRecord, measureUnits: JdyRecord[]): JdyRecord[] {
	return UNITS.filter(([name]) => isGiven(product.data[name])).map(([name, coefficient = ''], index): JdyRecord => {
		const unitId = plain(product.data[name]);
		const unit = measureUnits.find(({ id }) => id === unitId);
		const data: Fields = {
			material_id: product.id,
			unit_id: unitId,
			unit_name: unit?.data.name ?? '',
			name: unit?.data.name ?? '',
			coefficient: Number(plain(product.data[coefficient] ?? 1)),
			conversion_unit_id: plain(product.data.base_unit_id),
			index: index + 1,
			is_default: index === 0,
			is_float: false,
		};
		return { ...product, id: rowIdOf(product, index + 1), number: '', entity: 'bd.material_unit', data, derived: {} };
	});
}

/** The units that a row of `bd/material` carries with `show_units` [D]. */
export function unitsShown(product: JdyRecord, measureUnits: JdyRecord[]): Fields[] {
	return unitIdsOf(product).map((id, index) => {
		const unit = measureUnits.find((one) => one.id === id);
		return { id: rowIdOf(product, index + 1), material_id: product.id, unit_id: id, unit_number: unit?.number ?? '', unitid_name: unit?.data.name ?? '', is_default: index === 0 };
	});
}

/** The combinations of auxiliary properties that a product has: they stand in its detail alone [D]. */
export function skusOf(product: JdyRecord): JdyRecord[] {
	const entries = Array.isArray(product.data.aux_entity) ? (product.data.aux_entity as unknown[]).filter(isFields) : [];
	return entries.filter(({ sku_id }) => isGiven(sku_id)).map((entry): JdyRecord => {
		const data = { material_id: product.id, name: entry.aux_combination_name };
		return { ...product, id: plain(entry.sku_id), number: plain(entry.sku_number ?? ''), entity: 'bd.material_sku', data, derived: {} };
	});
}
