import { stringify } from '../../gateway/json/json';
import { digitsOf } from './scalars';
import type { Values } from './values';

/** How a list stands in a query: as the JSON of it, or by its name once for each entry. Which of them JDY reads is [?]. */
export const ARRAY_FORMATS = ['json', 'repeat'] as const;

export type ArrayFormat = (typeof ARRAY_FORMATS)[number];

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return digitsOf(value) ?? (typeof value === 'object' ? stringify(value) : String(value));
}

/** Values that `readValues` gave, as the query of a call: in wire form, without `?`; what is empty is left out. */
export function encodeQuery(values: Values, arrayFormat: ArrayFormat): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(values)) {
		if (value === '' || (Array.isArray(value) && value.length === 0)) continue;
		if (Array.isArray(value) && arrayFormat === 'repeat') for (const entry of value) query.append(name, textOf(entry));
		else query.append(name, textOf(value));
	}
	return query.toString();
}
