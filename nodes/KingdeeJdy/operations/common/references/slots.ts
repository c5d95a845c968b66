import { fieldInError, inside } from '../../../catalogue/encoding/fieldPath';
import type { FieldPath } from '../../../catalogue/encoding/fieldPath';
import { digitsOf } from '../../../catalogue/encoding/scalars';
import type { Values } from '../../../catalogue/encoding/values';
import { READABLE_BY, readableKeysOf, readableLabel } from '../../../catalogue/readableKeys';
import type { ReadableBy, ReferenceKeys } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';
import { isRecord, parseExact } from '../../../gateway/json/json';

/** A level of a document, with the parameters that JDY documents for it. */
export interface Level {
	values: Values;
	parameters: Parameter[];
	place: FieldPath | undefined;
	/** The level that this one stands in. */
	outer: Level | undefined;
	naming?: Naming | undefined;
}

/** A parameter of a level that is given by a readable key, or that may follow from another one. */
export interface Slot {
	level: Level;
	keys: ReferenceKeys;
	/** What is given by each key; more than one value only for a parameter that takes several. */
	given: Partial<Record<ReadableBy, string[]>>;
	/** Keys whose values cannot be used. */
	problems: Problem[];
}

/** Something wrong with a field, as a message names it: `Field "customer_name" (Customer Name)` and `was not found`. */
export interface Problem {
	field: string;
	text: string;
}

const isEmpty = (value: unknown) => value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** How a field is named in a message: by the path of its level, its name and its label, unless the document comes from elsewhere. */
export type Naming = (place: FieldPath) => string | undefined;

/** How a key of a level is named in a message. */
export function nameOf({ level, keys }: Slot, by: ReadableBy): string {
	const place = inside(level.place, keys[by] ?? keys.parameter.name, readableLabel(keys, by));
	return level.naming?.(place) ?? fieldInError(place);
}

/** The dotted name of a field of a level. */
export function pathOf({ place }: Level, name: string): string {
	return place ? `${place.path}.${name}` : name;
}

/** Whether the parameter itself is given. */
export function hasValue({ level, keys: { parameter } }: Slot): boolean {
	return !isEmpty(level.values[parameter.name]);
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	const isInexact = typeof value === 'number' && (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)));
	return isInexact ? undefined : digitsOf(value);
}

/** A parameter for one takes a text as it is: a name may hold a comma. */
function entriesOf(value: unknown, { type, reference }: Parameter): unknown[] {
	if (type !== 'array' && reference?.isCommaList !== true) return [value];
	const whole = parsed(value);
	if (Array.isArray(whole)) return whole;
	return typeof whole === 'string' ? whole.split(/[,，]/) : [whole];
}

function slotOf(level: Level, keys: ReferenceKeys): Slot {
	const slot: Slot = { level, keys, given: {}, problems: [] };
	for (const by of READABLE_BY) {
		const name = keys[by];
		const value = name === undefined ? undefined : level.values[name];
		if (name === undefined || isEmpty(value)) continue;
		const entries = entriesOf(value, keys.parameter).filter((entry) => !isEmpty(entry));
		const texts = entries.map(textOf);
		if (texts.includes(undefined)) slot.problems.push({ field: nameOf(slot, by), text: 'must be text, or a number that is not too long to be exact' });
		else if (texts.length > 0) slot.given[by] = texts as string[];
	}
	return slot;
}

/** The slots of one level. */
export function slotsOf(level: Level): Slot[] {
	return readableKeysOf(level.parameters).map((keys) => slotOf(level, keys));
}

/** What stands in JSON in a text; the text itself if it is none. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseExact(value);
	} catch {
		return value;
	}
}

/** The same document with every level as `change` makes it, from the outermost on. */
export function eachLevel(parameters: Parameter[], values: Values, change: (level: Level) => Values, naming?: Naming, place?: FieldPath, outer?: Level): Values {
	const level = { values, parameters, place, outer, naming };
	const changed = change(level);
	const fields = new Map(parameters.flatMap(({ name, type, fields }) => (fields && (type === 'list' || type === 'object') ? [[name, fields] as const] : [])));
	const entries = Object.entries(changed).map(([name, value]): [string, unknown] => {
		const below = fields.get(name);
		const whole = below ? parsed(value) : value;
		if (!below) return [name, value];
		const at = inside(place, name);
		if (isRecord(whole) && !JSON.isRawJSON(whole)) return [name, eachLevel(below, whole, change, naming, at, level)];
		if (!Array.isArray(whole)) return [name, value];
		const lines = whole.map((line: unknown, index) => {
			return isRecord(line) && !JSON.isRawJSON(line) ? eachLevel(below, line, change, naming, { name: `${at.name}[${index}]`, path: at.path }, level) : line;
		});
		return [name, lines];
	});
	return Object.fromEntries(entries);
}
