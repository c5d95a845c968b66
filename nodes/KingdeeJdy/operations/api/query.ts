import type { ArrayFormat } from '../../catalogue/encoding/query';
import { isRecord, parseExact, stringify } from '../../gateway/json/json';
import { isEmptyObject, writeJson } from '../../shared/data/object';


function textOf(value: unknown): string {
	return typeof value === 'string' ? value : stringify(value);
}

function* textsOf(value: unknown, format: ArrayFormat): Generator<string> {
	if (value === null || value === undefined) return;
	if (Array.isArray(value) && format === 'repeat') for (const entry of value) yield* textsOf(entry, 'json');
	else yield textOf(value);
}

/**
 * Writes a query in the form that is signed and sent: `application/x-www-form-urlencoded` [S]. What is null is left out;
 * objects, and lists unless they are repeated, are written as JSON.
 *
 * @param source one JSON object, as text or as an object
 * @throws ValidationError naming `Query`
 */
export function queryFromJson(source: unknown, format: ArrayFormat): string {
	if (isBlank(source)) return '';
	const parameters = parseExact(writeJson(source, 'Query'));
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(isRecord(parameters) ? parameters : {})) {
		for (const text of textsOf(value, format)) query.append(name, text);
	}
	return query.toString();
}

/** Whether nothing was written: no text, no value, or an object without a field. */
export function isBlank(source: unknown): boolean {
	if (typeof source === 'string') return source.trim() === '' || isEmptyObject(source);
	return source === null || source === undefined || (isRecord(source) && Object.keys(source).length === 0);
}
