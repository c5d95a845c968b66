import { nearestTexts } from '../../shared/references/nearest';
import type { Parameter } from '../types';
import { TIERS } from './columnField';
import type { ColumnField, NamedField } from './columnField';
import { fieldsOf } from './fields';
import { headingKey, headingKeys } from './heading';
import { GROUP_WORDS } from './words';

export type { ColumnField } from './columnField';

/**
 * What the heading of a column means. `group`: the number of an order elsewhere, which tells the rows that belong together;
 * `ambiguous`: several fields, by their paths; `unknown`: none, with the headings that are nearest to it.
 */
export type Meaning =
	| ({ kind: 'field' } & ColumnField)
	| { kind: 'group' }
	| { kind: 'ambiguous'; candidates: string[] }
	| { kind: 'unknown'; nearest: string[] };

export interface ColumnIndex {
	meaningOf(heading: string): Meaning;
	/** Every field that a column may be, for choosing one. */
	fields: ColumnField[];
}

interface Entry {
	field: NamedField;
	depth: number;
	tier: number;
}

const GROUPS: ReadonlySet<string> = new Set(GROUP_WORDS.split(' ').map(headingKey));

const keys = new Map<string, string>();

/** The key of a heading of the catalogue: a few thousand, which the types share. */
function keyOf(heading: string): string {
	const key = keys.get(heading) ?? headingKey(heading);
	keys.set(heading, key);
	return key;
}

/** Wire names count as they are written; a heading that is one is nothing else. */
const exactly = (name: string) => `=${name}`;

class Index implements ColumnIndex {
	readonly fields: ColumnField[];

	private readonly entries = new Map<string, Entry[]>();

	/** Every row of a sheet has the same headings. */
	private readonly meanings = new Map<string, Meaning>();

	private readonly maps: string[];

	private readonly hasLines: boolean;

	constructor(fields: NamedField[]) {
		this.fields = fields.map(asColumnField);
		this.maps = fields.filter(({ parameter }) => parameter.type === 'map').map(({ path }) => `${path}.`);
		this.hasLines = fields.some(({ parameter, depth }) => parameter.type === 'list' && parameter.required && depth === 0);
		for (const field of fields) this.add(field);
	}

	meaningOf(heading: string): Meaning {
		const meaning = this.meanings.get(heading) ?? this.find(heading);
		this.meanings.set(heading, meaning);
		return meaning;
	}

	private find(heading: string): Meaning {
		const raw = heading.trim();
		const keys = headingKeys(heading);
		const found = [exactly(raw), ...keys].map((key) => this.entries.get(key)).find((entries) => entries !== undefined) ?? [];
		const isGroup = this.hasLines && keys.some((key) => GROUPS.has(key));
		if (found.length > 0 && !(isGroup && found.every(({ tier }) => tier > TIERS.label))) return best(found);
		if (isGroup) return { kind: 'group' };
		const map = this.maps.find((path) => raw.startsWith(path) && raw.length > path.length);
		if (map !== undefined) return this.inMap(map, raw);
		return { kind: 'unknown', nearest: this.nearest(raw) };
	}

	private add(field: NamedField): void {
		const { path, leaf, depth, headings } = field;
		this.enter(exactly(path), { field, depth: -1, tier: TIERS.wireName });
		this.enter(exactly(leaf), { field, depth, tier: TIERS.wireName });
		this.enter(keyOf(path), { field, depth, tier: TIERS.label });
		for (const [heading, tier] of headings) this.enter(keyOf(heading), { field, depth, tier });
	}

	private enter(key: string, entry: Entry): void {
		const known = this.entries.get(key);
		if (known) known.push(entry);
		else this.entries.set(key, [entry]);
	}

	/** A custom field by its key: its parameter holds them all. */
	private inMap(map: string, path: string): Meaning {
		const field = this.fields.find((one) => one.path === map.slice(0, -1));
		return field ? { kind: 'field', ...field, path, fills: path } : { kind: 'unknown', nearest: [] };
	}

	/** In the language of the heading. */
	private nearest(heading: string): string[] {
		const isChinese = /\p{Script=Han}/u.test(heading);
		const labels = new Set(this.fields.map(({ label, labelZh }) => (isChinese ? labelZh : label)));
		return nearestTexts(heading, [...labels], (label) => label);
	}
}

function asColumnField({ path, by, fills, parameter, label, labelZh }: NamedField): ColumnField {
	return { path, ...(by && { by }), fills, parameter, label, labelZh };
}

/** The field of the outermost place; there, the one that the heading means most surely. */
function best(entries: Entry[]): Meaning {
	const rank = ({ depth, tier }: Entry) => depth * 100 + tier;
	const least = Math.min(...entries.map(rank));
	const fields = new Map(entries.filter((entry) => rank(entry) === least).map(({ field }) => [`${field.path} ${field.by}`, field]));
	const [first, ...others] = fields.values();
	if (!first) return { kind: 'unknown', nearest: [] };
	return others.length === 0 ? { kind: 'field', ...asColumnField(first) } : { kind: 'ambiguous', candidates: [...fields.values()].map(({ path }) => path) };
}

const indexes = new WeakMap<readonly Parameter[], ColumnIndex>();

/**
 * What the columns of a sheet may be in a document of a type.
 *
 * @param parameters the fields of one document
 * @param type e.g. `scm/sal_order`
 */
export function columnsOf(parameters: readonly Parameter[], type: string): ColumnIndex {
	const index = indexes.get(parameters) ?? new Index(fieldsOf(parameters, type));
	indexes.set(parameters, index);
	return index;
}

/**
 * What a column means in data of other systems: one that is called ID counts their rows, so that the ID of a document in JDY
 * goes by its wire name alone. Taken for it, a counter would change another document.
 */
export function foreignMeaning(index: ColumnIndex, heading: string): Meaning {
	const meaning = index.meaningOf(heading);
	const isOwnId = meaning.kind === 'field' && meaning.by === undefined && meaning.parameter.name === 'id';
	return isOwnId && heading.trim() !== 'id' && heading.trim() !== meaning.path ? { kind: 'unknown', nearest: [] } : meaning;
}
