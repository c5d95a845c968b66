import { isRecord, parseForOutput } from '../../../gateway/json/json';
import { isNestedDeeper } from '../../../shared/data/jsonScan';

/** A message of JDY's has a few levels; the limit keeps n8n, which walks through it, from running out of stack. */
export const MAX_LEVELS = 100;

/** JSON written as a text within JSON, and so on: deeper nesting is not read. */
export const MAX_LAYERS = 5;

/** What a JSON text holds; undefined if it is none, or is nested too deeply. */
export function readJson(text: string): { value: unknown } | undefined {
	if (!/^\s{0,100}["[{]/.test(text) || isNestedDeeper(text, MAX_LEVELS)) return undefined;
	try {
		return { value: parseForOutput(text) };
	} catch {
		return undefined;
	}
}

/** The data of a message, which may be written as JSON texts themselves: their form is not documented [?]. */
export function openedData(data: unknown, layers = MAX_LAYERS): unknown {
	if (layers === 0) return data;
	const inner = typeof data === 'string' ? readJson(data) : undefined;
	if (inner) return openedData(inner.value, layers - 1);
	return isRecord(data) && 'data' in data ? { ...data, data: openedData(data.data, layers - 1) } : data;
}
