import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import { checkJson } from './jsonText';
import { kindOf, writePlain } from './plainData';

/**
 * Text of the user's is sent unchanged once it is known to be one JSON object; so does an object that an expression gave.
 *
 * @throws ValidationError naming `label`
 */
export function writeJson(source: unknown, label: string): string {
	if (typeof source !== 'string') return writePlain(label, source);
	if (source.trim() === '') throw new ValidationError(label, 'must not be empty');
	checkJson(source, label);
	if (!source.trimStart().startsWith('{')) {
		throw new ValidationError(label, `must be an object with fields, but is ${kindOf(JSON.parse(source))}`);
	}
	return source;
}

const EMPTY = /^\s*\{\s*\}\s*$/;

/** Whether a JSON text is an object without a field. */
export function isEmptyObject(json: string): boolean {
	return EMPTY.test(json);
}

/** What stands in a field; if no field is called so, dots lead into objects within: `order.number`. Undefined if there is none. */
export function valueAt(object: Record<string, unknown>, name: string): unknown {
	if (Object.hasOwn(object, name)) return object[name];
	return name.split('.').reduce<unknown>((value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined), object);
}
