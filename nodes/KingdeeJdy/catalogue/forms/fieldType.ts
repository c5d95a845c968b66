import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import type { Parameter } from '../types';

type FieldType = NonNullable<ResourceMapperField['type']>;

/** n8n sends the switch of a field that it shows as false, touched or not; here nothing is sent until one is chosen. */
export const TRUE_OR_FALSE: INodePropertyOptions[] = [
	{ name: 'True', value: true },
	{ name: 'False', value: false },
];

/** n8n refuses what is no date in a field for dates, before the node sees it: so only what surely is one gets such a field. */
function isSurelyTime({ format, isGuessed }: Parameter): boolean {
	return (format === 'date' || format === 'dateTime' || format === 'ms') && !isGuessed;
}

function typeOf(parameter: Parameter, isRequired: boolean): FieldType {
	const { type, format, options } = parameter;
	if (format !== undefined) return isSurelyTime(parameter) ? 'dateTime' : 'string';
	if (options !== undefined && type !== 'array') return 'options';
	switch (type) {
		case 'boolean':
			return isRequired ? 'boolean' : 'options';
		case 'number':
		case 'integer':
			return 'number';
		case 'list':
			return 'array';
		case 'map':
		case 'object':
			return 'object';
		// n8n takes nothing but a JSON list in a field for lists; in one for text, a list from an expression as well.
		default:
			return 'string';
	}
}

/** The kind of field that takes a parameter, and what can be chosen in it. */
export function fieldTypeOf(parameter: Parameter, isRequired: boolean): Pick<ResourceMapperField, 'type' | 'options'> {
	const type = typeOf(parameter, isRequired);
	const documented = parameter.options?.filter(({ value }) => value !== '').map(({ value, label: name }) => ({ value, name }));
	return { type, ...(type === 'options' && { options: documented ?? TRUE_OR_FALSE }) };
}
