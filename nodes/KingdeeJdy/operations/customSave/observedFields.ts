import type { FieldType, ResourceMapperField } from 'n8n-workflow';

import { TRUE_OR_FALSE } from '../../catalogue/forms/fieldType';
import { isRecord } from '../../gateway/json/json';
import type { Row } from '../../shared/contract/row';

const MAX_DEPTH = 5;

const DATE = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?$/;

/** IDs have 18 digits and more: only as text they keep them. */
const IS_ID = /(?:^|[._])ids?$|Ids?$/;

/** With an ID a save might change another document [?]. */
const NOT_OFFERED = new Set(['id']);

/** What a value is; undefined if it says nothing. */
function typeOf(name: string, value: unknown): FieldType | undefined {
	if (value === null || value === undefined || value === '') return undefined;
	if (Array.isArray(value)) return 'array';
	if (IS_ID.test(name)) return 'string';
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	return typeof value === 'string' && DATE.test(value) ? 'dateTime' : 'string';
}

/** The values of a document by their names; what stands within an object has dots in its name. */
function* valuesOf(row: Row, prefix = '', depth = 1): Generator<[name: string, value: unknown]> {
	for (const [key, value] of Object.entries(row)) {
		const name = `${prefix}${key}`;
		// A dot would lead somewhere else.
		if (key.trim() === '' || key.includes('.') || NOT_OFFERED.has(name)) continue;
		if (isRecord(value) && depth < MAX_DEPTH) yield* valuesOf(value, `${name}.`, depth + 1);
		else if (!isRecord(value)) yield [name, value];
	}
}

function fieldOf(id: string, type: FieldType): ResourceMapperField {
	const field = { id, displayName: id, required: false, defaultMatch: false, display: true };
	return type === 'boolean' ? { ...field, type: 'options', options: TRUE_OR_FALSE } : { ...field, type };
}

/** Fields as documents have them. What a field is, is a guess; if documents differ it is text. */
export function observedFields(rows: readonly Row[]): ResourceMapperField[] {
	const types = new Map<string, FieldType | undefined>();
	for (const [name, value] of rows.flatMap((row) => [...valuesOf(row)])) {
		const type = typeOf(name, value);
		const known = types.get(name);
		types.set(name, known === undefined || type === undefined || known === type ? (known ?? type) : 'string');
	}
	// What is an object in one document has no value of its own in another.
	const names = [...types.keys()];
	const isParent = (name: string) => names.some((other) => other.startsWith(`${name}.`));
	return names.filter((name) => !isParent(name)).map((name) => fieldOf(name, types.get(name) ?? 'string'));
}
