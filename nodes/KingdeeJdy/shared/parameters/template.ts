import { isRecord } from '../../gateway/json/json';
import { isExpression } from './expressions';

const EXPRESSION = /\{\{[\s\S]*?\}\}/g;

/** Stands for an expression in a JSON text, within quotes and without: a number that is never written. */
const markerOf = (index: number) => `7310${1_000_000 + index}7310`;
const MARKER = /7310(\d{7})7310/g;

function withExpressions(value: unknown, expressions: readonly string[]): unknown {
	if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withExpressions(entry, expressions)]));
	const found = [...JSON.stringify(value).matchAll(MARKER)].map(([, number]) => expressions[Number(number) - 1_000_000] ?? '');
	return found.length === 0 ? undefined : `=${found.join('')}`;
}

function hasMarkedNames(value: unknown): boolean {
	return isRecord(value) && Object.entries(value).some(([key, entry]) => new RegExp(MARKER).test(key) || hasMarkedNames(entry));
}

/**
 * The expressions in a JSON text by the fields that they fill in: `={"no": "{{ $json.no }}", "status": "C"}` gives
 * `{ no: '={{ $json.no }}', status: undefined }`.
 *
 * @param raw a parameter as it is in the node
 * @returns all of `raw` if an expression returns more than the value of one field, undefined if there is none
 */
export function expressionsIn(raw: unknown): unknown {
	if (!isExpression(raw)) return undefined;
	const expressions: string[] = [];
	const text = raw.slice(1).replace(EXPRESSION, (expression) => markerOf(expressions.push(expression) - 1));
	if (expressions.length === 0) return undefined;
	try {
		const template: unknown = JSON.parse(text);
		return isRecord(template) && !hasMarkedNames(template) ? withExpressions(template, expressions) : raw;
	} catch {
		return raw;
	}
}
