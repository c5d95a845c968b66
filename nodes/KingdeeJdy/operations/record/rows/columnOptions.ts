import type { INodePropertyOptions } from 'n8n-workflow';

import { columnsOf } from '../../../catalogue/columns/columns';
import type { Parameter } from '../../../catalogue/types';

/** What a column of a sheet may mean, for choosing: first that it means nothing. */
export function columnOptions(parameters: readonly Parameter[], type: string): INodePropertyOptions[] {
	const fields = columnsOf(parameters, type).fields.map((field) => ({ name: `${field.label} ${field.labelZh}`, value: field.path, description: field.path }));
	const options = fields.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
	return [{ name: 'Leave Out', value: '' }, ...new Map(options.map((option) => [option.value, option])).values()];
}
