import { isFields, plain } from '../../calls.mts';
import type { Fields } from '../../calls.mts';
import { entityOf } from '../catalogue.mts';
import type { Asked } from '../jdyCall.mts';
import { recordsNamed, recordsOf } from '../masterData/derived.mts';
import type { Books } from '../masterData/derived.mts';
import { unitIdsOf } from '../masterData/units.mts';
import type { JdyRecord } from '../records.mts';
import { referencesOf } from './notation.mts';
import type { Reference } from './notation.mts';

/** A value of a document that refers to something, with the object that holds it. */
export interface Referring {
	name: string;
	value: string;
	reference: Reference;
	holder: Fields;
}

/** What the rows of a kind belong to, and the field of a row that says so. */
const OWNERS: Record<string, [entity: string, field: string]> = {
	'bd.space': ['bd.store', 'stock_id'],
	'bd.material_sku': ['bd.material', 'material_id'],
	'sys.division': ['sys.division', 'parent_id'],
};

const GROUPED_BY: Record<string, string> = { 'bd.aux_info': 'group_id', 'sys.division': 'level' };

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** All values of a document that refer to something. */
export function* referringIn(call: string, data: Fields, prefix = ''): Generator<Referring> {
	for (const [name, value] of Object.entries(data)) {
		const path = `${prefix}${name}`;
		const reference = referencesOf(call).get(path);
		for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
			if (isFields(one)) yield* referringIn(call, one, `${path}.`);
			else if (reference && !isNothing(one)) {
				for (const part of reference.isCommaList ? plain(one).split(',') : [plain(one)]) yield { name, value: part.trim(), reference, holder: data };
			}
		}
	}
}

/** The kind that a value refers to; undefined: nobody says which. */
export function kindOf({ reference, holder }: Referring): string | undefined {
	return reference.kindBy === undefined ? reference.entity : entityOf(holder[reference.kindBy]);
}

/** What the parameter `within` names, by its ID, or by its number where that stands in its place. */
function ownerOf(books: Books, entity: string, { reference: { within = '' }, holder }: Referring): JdyRecord | undefined {
	const number = holder[within.replace(/_id$/, '_number')];
	if (!isNothing(holder[within])) return recordsNamed(books, entity, 'id', plain(holder[within]))[0];
	return isNothing(number) ? undefined : recordsNamed(books, entity, 'number', plain(number))[0];
}

/** A unit of the line's product: the ID is that of the measure unit, never that of the row of `bd/material_unit` [D]. */
function unitOf(books: Books, referring: Referring): JdyRecord | undefined {
	const { value, reference } = referring;
	const [unit] = recordsNamed(books, 'bd.measure_unit', reference.byNumber ? 'number' : 'id', value);
	const product = ownerOf(books, 'bd.material', referring);
	const units = product ? unitIdsOf(product) : [];
	return units.length === 0 || (unit && units.includes(unit.id)) ? unit : undefined;
}

/** What a value refers to, within what it depends on. */
export function referredTo(asked: Asked, referring: Referring): JdyRecord | undefined {
	const entity = kindOf(referring);
	if (entity === undefined) return undefined;
	if (entity === 'bd.material_unit') return unitOf(asked, referring);
	const { value, reference } = referring;
	const [ownerKind = '', ownerField = ''] = OWNERS[entity] ?? [];
	const owner = reference.within === undefined ? undefined : ownerOf(asked, ownerKind, referring);
	const isOwned = ({ data }: JdyRecord) => !owner || plain(data[ownerField]) === owner.id;
	const isGrouped = ({ data }: JdyRecord) => reference.group === undefined || plain(data[GROUPED_BY[entity] ?? '']) === reference.group;
	const named = recordsNamed(asked, entity, reference.byNumber ? 'number' : 'id', value);
	// Tax categories go by either of their codes.
	const byCode = entity === 'fi.tax_category_data' ? recordsOf(asked, entity).filter(({ data }) => data.long_number === value) : [];
	return [...named, ...byCode].find((record) => isOwned(record) && isGrouped(record));
}

/** Whether the account has anything of a kind; where it has nothing, nothing could be referred to. */
export function isKept(books: Books, entity: string): boolean {
	return recordsOf(books, entity === 'bd.material_unit' ? 'bd.measure_unit' : entity).some(({ isFiller }) => isFiller !== true);
}
