import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { isRecord } from '../../gateway/json/json';
import type { Row } from '../../shared/contract/row';

/** `field_type` of `sys/custom_mult_field` [D]: text, number, date; the others refer to something by its ID. */
const TYPES: Record<string, FieldType> = { '1': 'string', '2': 'number', '3': 'dateTime' };

const HEAD = 'head';

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
}

function isTrue(value: unknown): boolean {
	return value === true || value === 1 || value === '1' || value === 'true';
}

/** The key of a field in the document: a reference is saved under `<field>_id` [D]. */
function keyOf({ number, field_type: type }: Row): string | undefined {
	const key = text(number);
	return key === undefined || String(type) in TYPES || key.endsWith('_id') ? key : `${key}_id`;
}

function choicesOf(items: unknown): INodePropertyOptions[] {
	const rows = Array.isArray(items) ? items.filter(isRecord) : [];
	return rows.flatMap(({ name, value }) => {
		const choice = text(value);
		return choice === undefined ? [] : [{ name: text(name) ?? choice, value: choice }];
	});
}

/** "单据编号 (order_no)": the name that people know, and the one that is sent. */
function labelOf(name: string | undefined, key: string): string {
	return name === undefined || name === key ? key : `${name} (${key})`;
}

/**
 * A default of JDY's, where it says the same in n8n: a number keeps its digits. n8n fills it in and sends it although
 * nobody typed it, so it is only for what must be sent.
 */
function defaultOf(value: unknown, type: FieldType): { defaultValue?: string | number } {
	const known = text(value);
	if (known === undefined || type === 'dateTime') return {};
	if (type !== 'number') return { defaultValue: known };
	return String(Number(known)) === known ? { defaultValue: Number(known) } : {};
}

/** A field of a form for a row of `sys/custom_mult_field`; undefined if it has no key. */
export function describedField(row: Row): ResourceMapperField | undefined {
	const key = keyOf(row);
	return key === undefined ? undefined : fieldOf(row, key);
}

function fieldOf(row: Row, key: string): ResourceMapperField {
	const options = choicesOf(row.items);
	const type = options.length > 0 ? 'options' : (TYPES[String(row.field_type)] ?? 'string');
	const required = isTrue(row.must_input);
	return {
		id: key,
		displayName: labelOf(text(row.display_name), key),
		required,
		defaultMatch: false,
		display: true,
		type,
		...(options.length > 0 && { options }),
		...(required && defaultOf(row.def_value, type)),
	};
}

/** The lines of a document are one field, a list of objects; its label says what they may hold. */
function entryOf(entry: string, rows: readonly Row[]): ResourceMapperField {
	const lines = rows.flatMap((row) => {
		const key = keyOf(row);
		return key === undefined ? [] : [`${labelOf(text(row.display_name), key)}${isTrue(row.must_input) ? ' *' : ''}`];
	});
	return { id: entry, displayName: `${entry}: a list of objects with ${lines.join(', ')}`, required: false, defaultMatch: false, display: true, type: 'array' };
}

/** Fields as JDY describes them, from the rows of `sys/custom_mult_field`: those of the head, then one for each kind of line. */
export function describedFields(rows: readonly Row[]): ResourceMapperField[] {
	const groups = Map.groupBy(rows, (row) => text(row.custom_type) ?? HEAD);
	const head = (groups.get(HEAD) ?? []).flatMap((row) => {
		const field = describedField(row);
		return field === undefined ? [] : [field];
	});
	groups.delete(HEAD);
	const entries = [...groups].map(([entry, lines]) => entryOf(entry, lines));
	return [...new Map([...head, ...entries].map((field) => [field.id, field])).values()];
}
