import type { Values } from '../../catalogue/encoding/values';
import { formOf } from '../../catalogue/forms/form';
import { nested, standsInMap } from '../../catalogue/forms/nested';
import type { Parameter } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord, parseExact } from '../../gateway/json/json';
import { withDateText } from '../../shared/data/dates';
import { checkJson } from '../../shared/data/jsonText';
import { kindOf } from '../../shared/data/plainData';
import { checkFilledIn } from '../../shared/parameters/expressions';
import type { FormSource } from './nodeParameters';

/** What is left of what was given, by the way it stands in the node. */
type Choose = (given: unknown, raw: unknown) => unknown;

/**
 * The object in a text of the user's, or that an expression gave; digits are kept. Nothing at all is an empty one.
 *
 * @param choose if rows are chosen by it: gives what they are chosen by
 */
export function readJsonObject({ read, raw }: FormSource, name: string, label: string, choose: Choose = (given) => given): Values {
	const given = read(name, '{}');
	checkFilledIn(label, given, raw(name));
	const source = choose(given, raw(name));
	const isBlank = source === undefined || source === null || (typeof source === 'string' && source.trim() === '');
	if (isBlank) return {};
	if (typeof source === 'string') checkJson(source, label);
	const value = typeof source === 'string' ? parseExact(source) : source;
	if (!isRecord(value)) throw new ValidationError(label, `must be an object with fields, but is ${kindOf(value)}`);
	return value;
}

/** What n8n keeps of a field of the form beside its value. */
function typesOf(schema: unknown): Map<string, unknown> {
	return new Map(fieldsIn(schema).map(({ id, type }) => [String(id), type]));
}

function fieldsIn(schema: unknown): Values[] {
	return Array.isArray(schema) ? schema.filter(isRecord) : [];
}

/**
 * The values of a form (resourceMapper), put back into objects and lists. Read whole: n8n converts single fields, and
 * rounds long numbers.
 *
 * @param choose gives those that count, e.g. those that rows are chosen by
 * @throws ValidationError for an expression that is not filled in
 */
export function readForm({ read, raw, timeZone }: FormSource, name: string, parameters: Parameter[], choose: Choose = (given) => given): Values {
	const source = read(name, {});
	const written = raw(name, 'value');
	if (source === null || source === undefined || source === '') return choose({}, written) as Values;
	if (!isRecord(source)) throw new ValidationError('Fields', `must be a form or an object, but is ${kindOf(source)}`);
	const isForm = 'mappingMode' in source || 'schema' in source;
	const filled = choose(isForm ? source.value : source, written);
	if (!isRecord(filled)) return {};
	const types = typesOf(source.schema);
	const values = Object.entries(filled).flatMap(([id, value]): Array<[string, unknown]> => {
		if (value === null || value === undefined) return [];
		if (isForm && isRecord(written)) checkFilledIn(`Field "${id}"`, value, written[id]);
		// A custom field that is a date has no page that would say so: the form does.
		const isCustomDate = types.get(id) === 'dateTime' && standsInMap(parameters, id);
		return [[id, isCustomDate ? withDateText(value, timeZone) : value]];
	});
	return nested(parameters, Object.fromEntries(values));
}

/** Whether a form has a field, be it empty; n8n may keep null for one that is not shown. */
export function isShown({ read }: Pick<FormSource, 'read'>, name: string, field: string): boolean {
	const source = read(name, {});
	if (!isRecord(source)) return false;
	const filled = 'mappingMode' in source || 'schema' in source ? source.value : source;
	if (!isRecord(filled) || !Object.hasOwn(filled, field)) return false;
	const isHidden = fieldsIn(source.schema).some(({ id, removed }) => id === field && removed === true);
	return !isHidden || (filled[field] !== null && filled[field] !== undefined);
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** The names of fields that the user has added to a form and left empty. */
export function emptyFields({ read }: Pick<FormSource, 'read'>, name: string, parameters: Parameter[]): string[] {
	const source = read(name, {});
	if (!isRecord(source)) return [];
	const value = isRecord(source.value) ? source.value : {};
	// n8n keeps no value for them, only that they are shown.
	const empty = fieldsIn(source.schema).filter(({ id, removed }) => removed === false && isEmpty(value[String(id)]));
	if (empty.length === 0) return [];
	const names = new Set(empty.map(({ id }) => String(id)));
	return formOf(parameters).flatMap(({ id, removed, displayName }) => (removed && names.has(id) ? [displayName.replace(/ \(or .*\)$/, '')] : []));
}
