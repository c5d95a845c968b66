import type { Field } from './schema.mts';

export type ArrayQueries = 'json' | 'repeat' | 'both';
export type Values = Map<string, string | string[]>;

/** `["1","2"]`, `[1,2]`, or undefined where it is no JSON list. Digits are kept. */
function jsonList(text: string): string[] | undefined {
	if (!/^\s*\[[^]*\]\s*$/.test(text)) return undefined;
	try {
		const list = JSON.parse(text.replace(/(?<=[[,]\s*)-?\d+(?=\s*[,\]])/g, '"$&"')) as unknown[];
		return list.every((one) => typeof one === 'string') ? list : undefined;
	} catch {
		return undefined;
	}
}

function listOf(query: URLSearchParams, name: string, how: ArrayQueries): string[] | undefined {
	const all = query.getAll(name).filter((text) => text !== '');
	if (all.length === 0) return [];
	if (how === 'repeat') return all;
	const lists = all.map(jsonList);
	const read = how === 'json' ? lists.slice(0, 1) : lists.map((list, index) => list ?? [all[index] ?? '']);
	return read.every((list) => list !== undefined) ? read.flat() : undefined;
}

function isTyped({ type }: Field, text: string): boolean {
	if (type === 'integer') return /^-?\d+$/.test(text);
	if (type === 'number') return Number.isFinite(Number(text));
	return type !== 'boolean' || text === 'true' || text === 'false';
}

/** The parameters of a query that are documented and filled in; or the name of one that is missing or malformed. */
export function readQuery(fields: Field[], query: URLSearchParams, how: ArrayQueries): Values | { missing: string } {
	const values: Values = new Map();
	for (const field of fields) {
		const { name } = field;
		const list = field.isList ? listOf(query, name, how) : undefined;
		if (field.isList && !list) return { missing: name };
		const text = query.get(name);
		const isFilled = list ? list.length > 0 : text !== null && text !== '';
		if (field.isRequired && text === null) return { missing: name };
		if (list && isFilled) values.set(name, list);
		else if (!list && isFilled && text !== null) {
			if (!isTyped(field, text)) return { missing: name };
			values.set(name, text);
		}
	}
	return values;
}
