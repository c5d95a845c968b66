import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { ValidationError } from '../gateway/errors/validationError';
import { isRecord, parseExact } from '../gateway/json/json';
import { checkJson } from '../shared/data/jsonText';
import { isFilledByJdy } from './catalogue';
import type { Parameter } from './types';

/** What a form shows. */
export interface Form {
	/** Names that the node fills in itself, e.g. the page. */
	without?: readonly string[];
	/** A list whose fields stand in the form themselves, one line of it for each input item. */
	lines?: string | undefined;
}

type FieldType = NonNullable<ResourceMapperField['type']>;

/** n8n sends the switch of a field that it shows as false, touched or not; here nothing is sent until one is chosen. */
export const TRUE_OR_FALSE: INodePropertyOptions[] = [
	{ name: 'True', value: true },
	{ name: 'False', value: false },
];

/** n8n refuses what is no date in a field for dates, before the node sees it: so only what surely is one gets such a field. */
function isSurelyTime({ format, isGuessed }: Parameter): boolean {
	return (format === 'date' || format === 'dateTime' || format === 'ms') && !isGuessed;
}

function typeOf(parameter: Parameter, isRequired: boolean): FieldType {
	const { type, format, options } = parameter;
	if (format !== undefined) return isSurelyTime(parameter) ? 'dateTime' : 'string';
	if (options !== undefined && type !== 'array') return 'options';
	switch (type) {
		case 'boolean':
			return isRequired ? 'boolean' : 'options';
		case 'number':
		case 'integer':
			return 'number';
		case 'array':
		case 'list':
			return 'array';
		case 'map':
		case 'object':
			return 'object';
		default:
			return 'string';
	}
}

interface FieldPosition {
	id: string;
	label: string;
	/** Whether what it stands in must be filled in. */
	isRequired: boolean;
}

/**
 * What is documented as required is shown and marked with a star. It is not required by the form: n8n would not let the
 * node run, and JDY takes much without it [R]. Of several that may stand for each other the one is shown that is documented as
 * required, or all of them; the labels of the others say what they stand for.
 *
 * @param level the parameter and those beside it
 */
function fieldOf(parameter: Parameter, { id, label, isRequired: isNeeded }: FieldPosition, level: Parameter[]): ResourceMapperField {
	const others = level.filter(({ name }) => parameter.alternatives.includes(name));
	const isRequired = isNeeded && parameter.required && !isFilledByJdy(parameter);
	const isEqual = others.every(({ required }) => required === parameter.required);
	const isShown = isRequired || (isNeeded && others.length > 0 && isEqual);
	const type = typeOf(parameter, isRequired && others.length === 0);
	const isClear = others.length === 0 || (parameter.required && !isEqual);
	const documented = parameter.options?.filter(({ value }) => value !== '').map(({ value, label: name }) => ({ value, name }));
	return {
		id,
		displayName: `${isClear ? label : `${label} (or ${others.map((other) => other.label).join(', ')})`}${isRequired ? ' *' : ''}`,
		required: false,
		defaultMatch: false,
		display: true,
		type,
		// The rest is there to be added.
		removed: !isShown,
		...(type === 'options' && { options: documented ?? TRUE_OR_FALSE }),
	};
}

/**
 * The fields of a form: objects taken apart (`buyer_info.name`), lists as lists but for that of `lines`. First those that are
 * shown, in the order of the catalogue, then those that can be added, by their labels.
 */
export function formOf(parameters: Parameter[], form: Form = {}): ResourceMapperField[] {
	const { without = [], lines } = form;
	const fields = (level: Parameter[], before: FieldPosition): ResourceMapperField[] =>
		level.flatMap((parameter) => {
			const id = before.id + parameter.name;
			if (without.includes(id)) return [];
			const label = before.label + parameter.label;
			const isTakenApart = parameter.fields !== undefined && (parameter.type === 'object' || id === lines);
			if (isTakenApart) {
				return fields(parameter.fields ?? [], { id: `${id}.`, label: `${label}: `, isRequired: before.isRequired && parameter.required });
			}
			return [fieldOf(parameter, { ...before, id, label }, level)];
		});
	const all = fields(parameters, { id: '', label: '', isRequired: true });
	const toAdd = all.filter(({ removed }) => removed).sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
	return [...all.filter(({ removed }) => !removed), ...toAdd];
}

/** Whether a name stands for a field inside of a parameter. */
function outerOf(parameters: Parameter[], id: string): Parameter | undefined {
	const isInside = ({ type, name }: Parameter) => (type === 'object' || type === 'list' || type === 'map') && id.startsWith(`${name}.`);
	return parameters.some(({ name }) => name === id) ? undefined : parameters.find(isInside);
}

/** Whether a name of a form stands for a custom field, of which no page tells the type. */
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
