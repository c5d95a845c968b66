import type { INodeProperties } from 'n8n-workflow';

import { filterProperties, limitProperties } from '../common/properties';

const SHOWN = { resource: ['report'] };

/** The fields of the resource Report. */
export const reportProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: SHOWN },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get the rows of a report',
				description: 'Read a report, for example stock on hand, receivables or account balances',
			},
		],
		default: 'getMany',
	},
	{
		displayName: 'Report',
		name: 'report',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The report to read',
		displayOptions: { show: SHOWN },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				hint: 'Search by name, in English or Chinese, by the initials of the pinyin or by path',
				typeOptions: { searchListMethod: 'searchReports', searchable: true },
			},
			{
				displayName: 'By Path',
				name: 'path',
				type: 'string',
				placeholder: 'e.g. scm/inventory',
				hint: 'The path of its call, without /jdy/v2/',
			},
		],
	},
	...limitProperties(SHOWN),
	...filterProperties(SHOWN, { method: 'getReportFields', chosenBy: 'report' }),
];
