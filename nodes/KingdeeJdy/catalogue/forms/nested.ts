import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord, parseExact } from '../../gateway/json/json';
import { checkJson } from '../../shared/data/jsonText';
import type { Parameter } from '../types';

/** Whether a name stands for a field inside of a parameter. */
function outerOf(parameters: Parameter[], id: string): Parameter | undefined {
	const isInside = ({ type, name }: Parameter) => (type === 'object' || type === 'list' || type === 'map') && id.startsWith(`${name}.`);
	return parameters.some(({ name }) => name === id) ? undefined : parameters.find(isInside);
}

/** Whether a name of a form stands for a custom field, of which no page says the type. */
export function standsInMap(parameters: Parameter[], id: string): boolean {
	const outer = outerOf(parameters, id);
	if (!outer) return false;
	return outer.type === 'map' || standsInMap(outer.fields ?? [], id.slice(outer.name.length + 1));
}

/**
 * What stands in an object or a list as a whole, beside fields of it by their dotted names.
 *
 * @throws ValidationError if that is neither an object nor a list, nor the JSON of one
 */
function wholeOf({ name, label, type }: Parameter, value: unknown): unknown {
	if (value === undefined || (typeof value === 'string' && value.trim() === '')) return undefined;
	const field = `Field "${name}" (${label})`;
	const isText = typeof value === 'string';
	if (isText) checkJson(value, field);
	const whole = isText ? parseExact(value) : value;
	const isUsable = isRecord(whole) || (type === 'list' && Array.isArray(whole));
	if (isUsable && !JSON.isRawJSON(whole)) return whole;
	throw new ValidationError(field, `must be ${type === 'list' ? 'a list' : 'an object with fields'}, because fields of it are given as well`);
}

/** @throws ValidationError for a field that stands in the whole and is given by its dotted name as well */
function together({ name }: Parameter, whole: Record<string, unknown>, entries: Array<[string, unknown]>): Record<string, unknown> {
	const twice = entries.find(([inner]) => Object.hasOwn(whole, inner))?.[0];
	if (twice !== undefined) throw new ValidationError(`Field "${name}.${twice}"`, `is given twice: it is in "${name}" as well`);
	return Object.fromEntries([...Object.entries(whole), ...entries]);
}

/**
 * What was filled in, put back into objects and lists: `buyer_info.name` into `buyer_info`, `material_entity.qty` into one
 * more line of `material_entity`. Names that are not those of a form stay as they are; what is null is not filled in.
 *
 * @throws ValidationError for what has fields by their dotted names and is itself something else
 */
export function nested(parameters: Parameter[], filled: Record<string, unknown>): Record<string, unknown> {
	const values = new Map<string, unknown>();
	const inside = new Map<Parameter, Array<[string, unknown]>>();
	for (const [id, value] of Object.entries(filled)) {
		if (value === null || value === undefined) continue;
		const outer = outerOf(parameters, id);
		if (outer) inside.set(outer, [...(inside.get(outer) ?? []), [id.slice(outer.name.length + 1), value]]);
		else values.set(id, value);
	}
	for (const [parameter, entries] of inside) {
		const { name, type, fields = [] } = parameter;
		const whole = wholeOf(parameter, values.get(name));
		if (type === 'list') values.set(name, [...(whole === undefined ? [] : [whole].flat()), nested(fields, Object.fromEntries(entries))]);
		else values.set(name, nested(fields, together(parameter, isRecord(whole) ? whole : {}, entries)));
	}
	return Object.fromEntries(values);
}
