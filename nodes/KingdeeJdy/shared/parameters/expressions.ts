import type { IExecuteFunctions } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';

/** The beginning of an expression of n8n's, and a name of n8n's further inside one: `{{ $json.no }}`, `{{ String($json.no) }}`. */
const BEGINNING = /\{\{\s*\$/;
const NAME = /\$[a-z(]/i;

/** Whether a text holds what n8n would fill in; in linear time, because the text may be a long JSON. */
function holdsExpression(text: string): boolean {
	if (BEGINNING.test(text)) return true;
	for (let start = text.indexOf('{{'); start !== -1; start = text.indexOf('{{', start)) {
		const end = text.indexOf('}}', start);
		if (end === -1) return false;
		if (NAME.test(text.slice(start, end))) return true;
		start = end + 2;
	}
	return false;
}

/** Whether n8n fills a field in: only if it is switched to Expression, which puts an equals sign in front. */
export function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}

type WithNode = Pick<IExecuteFunctions, 'getNode'>;

const rawParameters = new WeakMap<WithNode, object>();

/** The parameters of a run's node. Kept, because n8n copies the whole node each time it is asked for. */
function rawParametersOf(context: WithNode): object {
	const known = rawParameters.get(context);
	if (known) return known;
	const { parameters } = context.getNode();
	rawParameters.set(context, parameters);
	return parameters;
}

/** A parameter of the node, before n8n fills anything in; `path` as in `['options', 'output']`. */
export function rawParameter(context: WithNode, path: ReadonlyArray<string | number>): unknown {
	let value: unknown = rawParametersOf(context);
	for (const key of path) {
		// If an expression returns the whole collection, it returns everything in it.
		if (isExpression(value)) return value;
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<string | number, unknown>)[key];
	}
	return value;
}

/** Whether n8n would fill anything in, however deep: then the value differs from item to item. */
export function holdsFilledIn(raw: unknown): boolean {
	if (typeof raw !== 'object' || raw === null) return isExpression(raw);
	return Object.values(raw).some(holdsFilledIn);
}

/** The value of each parameter of a run that is the same for every item. */
const fixedParameters = new WeakMap<WithNode, Map<string, unknown>>();

/** Reads a parameter for an item. One without an expression is the same for all of them, so n8n is asked for it once a run. */
export function readParameter(
	context: Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>,
	name: string,
	itemIndex: number,
	fallback: unknown,
): unknown {
	const fixed = fixedParameters.get(context) ?? new Map<string, unknown>();
	fixedParameters.set(context, fixed);
	if (fixed.has(name)) return fixed.get(name);
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback as string);
	if (!holdsFilledIn(rawParameter(context, [name]))) fixed.set(name, value);
	return value;
}

/**
 * n8n fills an expression in only if the field is switched to Expression; otherwise it would be sent as it is.
 *
 * @throws ValidationError naming the field
 */
export function checkFilledIn(label: string, value: unknown, raw: unknown): void {
	if (typeof value !== 'string' || isExpression(raw) || !holdsExpression(value)) return;
	throw new ValidationError(label, 'holds an expression that is not filled in; switch the field from Fixed to Expression');
}

/** What JavaScript writes if an expression found nothing, or an object. */
const TEXTS_OF_NOTHING: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN', 'Infinity', '-Infinity', '[object Object]']);

/** Whether a text is what an expression that found nothing leaves in a text around it. */
export function isTextOfNothing(text: string): boolean {
	return TEXTS_OF_NOTHING.has(text.trim());
}

/** @returns whether the value of an expression is nothing: null, undefined or an empty text */
export function gaveNothing(value: unknown, raw: unknown): boolean {
	return isExpression(raw) && (value === undefined || value === null || value === '');
}

/** An AI agent fills it in, and may leave it out. */
const ASKS_MODEL = /\$from_?ai\s*\(/i;

/** Whether a parameter as it is in the node has a model fill anything in. */
export function asksModel(raw: unknown): boolean {
	return raw !== undefined && ASKS_MODEL.test(JSON.stringify(raw));
}
