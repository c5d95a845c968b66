import type { ResourceMapperField } from 'n8n-workflow';

import type { Parameter } from '../../catalogue/types';
import { isRecord } from '../../gateway/json';

/** `field_type` of a custom field [D]; a property of master data (6) cannot be filled in. */
const TYPES: Readonly<Record<string, NonNullable<ResourceMapperField['type']>>> = { 1: 'string', 2: 'number', 3: 'dateTime', 4: 'string', 5: 'string' };

const MASTER_DATA = '5';

function isTrue(value: unknown): boolean {
	return value === true || ['1', 'true'].includes(String(value).toLowerCase());
}

function optionsOf(items: unknown): Array<{ name: string; value: string }> {
	const rows = Array.isArray(items) ? items.filter(isRecord) : [];
	return rows.flatMap(({ name, value }) => (value === undefined || value === null || value === '' ? [] : [{ name: String(name ?? value), value: String(value) }]));
}

/** The parameter that takes custom fields at this level. */
function mapOf(parameters: Parameter[]): string | undefined {
	return parameters.find(({ type }) => type === 'map')?.name;
}

/** Where a row's field stands in the form; undefined where the form has no place for it. */
function placeOf(customType: string, parameters: Parameter[], lines: string | undefined): string | undefined {
	if (customType === '' || customType === 'head') return mapOf(parameters);
	if (customType !== lines) return undefined;
	const inside = mapOf(parameters.find(({ name }) => name === lines)?.fields ?? []);
	return inside === undefined ? undefined : `${lines}.${inside}`;
}

/**
 * The custom fields of an account as fields of a form, from the rows of `sys/custom_mult_field` [D].
 *
 * @param lines the list whose fields stand in the form themselves
 */
export function customFieldsOf(rows: unknown[], parameters: Parameter[], lines?: string): ResourceMapperField[] {
	return rows.filter(isRecord).flatMap(({ number, display_name, field_type, must_input, items, custom_type }) => {
		const place = placeOf(String(custom_type ?? ''), parameters, lines);
		const type = TYPES[String(field_type)];
		if (place === undefined || type === undefined || typeof number !== 'string' || number === '') return [];
		// Master data is saved by its ID, under the name with `_id` [D].
		const name = String(field_type) === MASTER_DATA && !number.endsWith('_id') ? `${number}_id` : number;
		const options = optionsOf(items);
		const isRequired = isTrue(must_input);
		const field = { id: `${place}.${name}`, displayName: String(display_name ?? number), required: isRequired, defaultMatch: false, display: true, removed: !isRequired };
		return [options.length > 0 ? { ...field, type: 'options' as const, options } : { ...field, type }];
	});
}
