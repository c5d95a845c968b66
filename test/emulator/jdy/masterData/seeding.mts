import type { Fields } from '../../calls.mts';
import type { Account } from '../../settings.mts';
import type { JdyRecord, RecordStore } from '../records.mts';
import { referencesOf } from '../references/notation.mts';
import { isNumberless } from './kinds.mts';

/**
 * A row of master data as a test writes it. What it refers to is named as the save names it, with `_id`, or with `_number` or
 * `_name` of a row before it: `base_unit_name`, `stock_number`, `group_name`.
 */
export interface MasterData {
	/** E.g. `bd.customer`; the kinds stand in `calls/`, regions are `sys.division`. */
	entity: string;
	/** @default a new one of 19 digits */
	id?: string;
	number?: string;
	name?: string;
	/** @default true */
	enable?: boolean;
	/** Of a product: its further units by name, each with how many base units it is. */
	units?: Array<[unit: string, coefficient: number]>;
	/** Of a product: combinations of auxiliary properties, e.g. `红/XL`, with their numbers. */
	skus?: Array<[name: string, number: string]>;
	/** Of a region: what is below it, e.g. the districts of a city. */
	children?: Array<string | Omit<MasterData, 'entity'>>;
	[field: string]: unknown;
}

/** The kind that a parameter of the save of this one names; a unit of a product is a measure unit here. */
function kindNamed(entity: string, stem: string): string | undefined {
	const kind = referencesOf(entity.replace('.', '/')).get(`${stem}_id`)?.entity;
	return kind === 'bd.material_unit' ? 'bd.measure_unit' : kind;
}

class Seeder {
	readonly #records: RecordStore;
	readonly #account: Account;
	readonly added: JdyRecord[] = [];

	constructor(records: RecordStore, account: Account) {
		this.#records = records;
		this.#account = account;
	}

	/** @throws Error naming a row that is not there */
	#named(entity: string, by: 'number' | 'name', value: unknown): JdyRecord {
		const record = this.#records.of(this.#account, entity).find(({ number, data }) => (by === 'number' ? number : data.name) === value);
		if (!record) throw new Error(`There is no ${entity} with the ${by} ${String(value)}`);
		return record;
	}

	/** The fields, with ID, number and name of each row that they name. */
	#resolved(entity: string, fields: Fields): Fields {
		const named = Object.entries(fields).map(([name, value]) => {
			const [, stem = '', by = ''] = /^(.*)_(number|name)$/.exec(name) ?? [];
			const kind = kindNamed(entity, stem);
			if (kind === undefined) return { [name]: value };
			const record = this.#named(kind, by as 'number' | 'name', value);
			return { [`${stem}_id`]: record.id, ...(!isNumberless(kind) && { [`${stem}_number`]: record.number }), [`${stem}_name`]: record.data.name };
		});
		return Object.assign({}, ...named) as Fields;
	}

	/** Further units as the save of a product has them: at most three. */
	#units(units: NonNullable<MasterData['units']>): Fields {
		const entries = units.flatMap(([unit, coefficient], index) => [[`fix_unit_id${index + 1}`, this.#named('bd.measure_unit', 'name', unit).id], [`coefficient${index + 1}`, String(coefficient)]]);
		return { is_multi_unit: true, ...(Object.fromEntries(entries) as Fields) };
	}

	#skus(skus: NonNullable<MasterData['skus']>): Fields {
		const entries = skus.map(([name, number]) => ({ sku_id: this.#records.make(this.#account, 'bd.material_sku', {}).id, sku_number: number, aux_combination_name: name, aux_enable: '1' }));
		return { is_asst_attr: true, aux_entity: entries };
	}

	add({ entity, id, number, enable = true, units, skus, children, ...fields }: MasterData): JdyRecord {
		const level = entity === 'sys.division' ? { level: '1', parent_id: '0', ...fields } : fields;
		const data: Fields = { enable: enable ? '1' : '0', ...this.#resolved(entity, level), ...(units && this.#units(units)), ...(skus && this.#skus(skus)) };
		const made = this.#records.make(this.#account, entity, data, isNumberless(entity) ? '' : number);
		const record = this.#records.add(this.#account, { ...made, ...(id !== undefined && { id }) });
		this.added.push(record);
		for (const child of children ?? []) {
			const below = typeof child === 'string' ? { name: child } : child;
			this.add({ entity, ...below, parent_id: record.id, level: String(Number(data.level) + 1) });
		}
		return record;
	}
}

/** Puts master data into the books of an account, in their order, and returns them with their IDs. */
export function seedMasterData(records: RecordStore, account: Account, rows: MasterData[]): JdyRecord[] {
	const seeder = new Seeder(records, account);
	for (const row of rows) seeder.add(row);
	return seeder.added;
}
