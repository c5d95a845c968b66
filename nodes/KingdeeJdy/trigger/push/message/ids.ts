import { isRecord } from '../../../gateway/json/json';
import { openedData } from './jsonTexts';

const ID = /^\d{1,25}$/;

/** Names under which a message may hold IDs: that it holds nothing else is known [1], how is not [?]. */
const KEYS = ['id', 'ids', 'data', 'rows'];

function textsIn(value: unknown, depth: number): string[] {
	if (typeof value === 'string') return value.split(',').map((part) => part.trim());
	if (typeof value === 'number') return [String(value)];
	if (depth === 0) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => textsIn(entry, depth - 1));
	return isRecord(value) ? KEYS.flatMap((key) => (key in value ? textsIn(value[key], depth - 1) : [])) : [];
}

/** The IDs of documents that a message names, each once. */
export function idsIn(data: unknown): string[] {
	return [...new Set(textsIn(openedData(data), 4))].filter((text) => ID.test(text));
}
