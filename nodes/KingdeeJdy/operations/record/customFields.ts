import type { ResourceMapperField } from 'n8n-workflow';

import type { Parameter } from '../../catalogue/types';
import { isRecord } from '../../gateway/json/json';
import type { Endpoint } from '../../gateway/types';
import { describedField } from '../customSave/describedFields';

/** A property of master data (`field_type` 6) is there to be read [D]. */
const READ_ONLY = '6';

/** The parameter that takes custom fields at this level. */
export function customMapOf(parameters: Parameter[]): string | undefined {
	return parameters.find(({ type }) => type === 'map')?.name;
}

/** What asks for the custom fields of a type [D]. */
export function customFieldsEndpoint(entity: string): Endpoint {
	const query = new URLSearchParams({ entity_number: entity }).toString();
	return { method: 'GET', path: '/jdy/v2/sys/custom_mult_field', effect: 'read', query };
}

/** Where a row's field stands in the form; undefined if the form has no place for it. */
function placeOf(customType: string, parameters: Parameter[], lines: string | undefined): string | undefined {
	if (customType === '' || customType === 'head') return customMapOf(parameters);
	if (customType !== lines) return undefined;
	const inside = customMapOf(parameters.find(({ name }) => name === lines)?.fields ?? []);
	return inside === undefined ? undefined : `${lines}.${inside}`;
}

/**
 * The custom fields of an account as fields of a form, from the rows of `sys/custom_mult_field` [D].
 *
 * @param lines the list whose fields stand in the form themselves
 */
export function customFieldsOf(rows: unknown[], parameters: Parameter[], lines?: string): ResourceMapperField[] {
	return rows.filter(isRecord).flatMap((row) => {
		const place = placeOf(String(row.custom_type ?? ''), parameters, lines);
		const field = place === undefined || String(row.field_type) === READ_ONLY ? undefined : describedField(row);
		return field === undefined ? [] : [{ ...field, id: `${place}.${field.id}`, removed: !field.required }];
	});
}
