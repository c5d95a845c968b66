import type { INodeProperties } from 'n8n-workflow';

import { TOOL_LIMIT } from './nodeParameters';

type Shown = Record<string, string[]>;

const limitProperty: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

/** Return All and Limit, which is less as a tool. */
export function limitProperties(shown: Shown): INodeProperties[] {
	const showLimit = (isTool: boolean) => ({ show: { ...shown, returnAll: [false], '@tool': [isTool] } });
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			displayOptions: { show: shown },
		},
		{ ...limitProperty, displayOptions: showLimit(false) },
		{ ...limitProperty, default: TOOL_LIMIT, displayOptions: showLimit(true) },
	];
}

/**
 * The filters of a list or a report, as a form or as JSON.
 *
 * @param chosenBy the field that says which list it is: until then there is no form
 */
export function filterProperties(shown: Shown, { method, chosenBy }: { method: string; chosenBy: string }): INodeProperties[] {
	return [
		{
			displayName: 'Filters',
			name: 'filterMode',
			type: 'options',
			options: [
				{
					name: 'Map Each Field',
					value: 'fields',
					description: 'Fill in the documented filters',
				},
				{
					name: 'Use JSON',
					value: 'json',
					description: 'Write the filters as JSON; numbers keep every digit',
				},
			],
			default: 'fields',
			description: 'How the filters are entered',
			displayOptions: { show: shown },
		},
		{
			displayName: 'Filter Fields',
			name: 'filters',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			typeOptions: {
				loadOptionsDependsOn: [`${chosenBy}.value`],
				resourceMapper: {
					resourceMapperMethod: method,
					mode: 'add',
					supportAutoMap: false,
					valuesLabel: 'Filter Fields',
					fieldWords: { singular: 'filter', plural: 'filters' },
				},
			},
			displayOptions: { show: { ...shown, filterMode: ['fields'] }, hide: { [chosenBy]: [''] } },
		},
		{
			displayName: 'Filters (JSON)',
			name: 'filtersJson',
			type: 'json',
			default: '{}',
			description: 'One JSON object with the filters. It is checked against the documented ones; write dates and lists as JDY wants them.',
			displayOptions: { show: { ...shown, filterMode: ['json'] } },
		},
	];
}
