import { plain } from '../../calls.mts';
import type { Fields } from '../../calls.mts';
import type { Account } from '../../settings.mts';
import type { JdyRecord, RecordStore } from '../records.mts';
import { skusOf, unitRowsOf } from './units.mts';

/** The books of one account. */
export interface Books {
	records: RecordStore;
	account: Account;
}

/** Provinces with their cities and districts in them, as one call answers the whole tree [D]. */
function provinces({ records, account }: Books): JdyRecord[] {
	const below = Map.groupBy(records.of(account, 'sys.division'), ({ data }) => data.parent_id);
	const node = ({ id, data }: JdyRecord): Fields => ({ id, name: data.name, level: data.level, parent_id: data.parent_id, son_nodes: (below.get(id) ?? []).map(node) });
	return (below.get('0') ?? []).map((record) => ({ ...record, entity: 'sys.division_load', data: node(record) }));
}

/** By the fields of a product, which are new ones with each change: thousands of products are read often. */
const unitRowsKnown = new WeakMap<Fields, JdyRecord[]>();

function unitRows(product: JdyRecord, measureUnits: JdyRecord[]): JdyRecord[] {
	const rows = unitRowsKnown.get(product.data) ?? unitRowsOf(product, measureUnits);
	unitRowsKnown.set(product.data, rows);
	return rows;
}

/** Kinds that nobody saves as such: they follow from others. */
const DERIVED: Record<string, (books: Books) => JdyRecord[]> = {
	'bd.material_unit': ({ records, account }) => {
		const measureUnits = records.of(account, 'bd.measure_unit');
		const products = records.of(account, 'bd.material').filter(({ isFiller }) => isFiller !== true);
		return products.flatMap((product) => unitRows(product, measureUnits));
	},
	'bd.material_sku': ({ records, account }) => records.of(account, 'bd.material').flatMap(skusOf),
	// A card stands in the detail of its member alone [D].
	'ls.member_card': ({ records, account }) => records.of(account, 'ls.member').filter(({ data }) => data.card_id !== undefined).map((member) => ({ ...member, id: plain(member.data.card_id), number: plain(member.data.card_no ?? ''), entity: 'ls.member_card' })),
	'sys.division_load': provinces,
};

/** What an account has of a kind by an ID, or by a number. */
export function recordsNamed(books: Books, entity: string, by: 'id' | 'number', value: string): JdyRecord[] {
	if (DERIVED[entity]) return recordsOf(books, entity).filter((record) => record[by] === value);
	return books.records.named(books.account, entity, by, value);
}

/** What an account has of a kind. */
export function recordsOf(books: Books, entity: string): JdyRecord[] {
	const kept = books.records.of(books.account, entity);
	const derived = DERIVED[entity]?.(books) ?? [];
	return derived.length > 0 ? derived : kept;
}
