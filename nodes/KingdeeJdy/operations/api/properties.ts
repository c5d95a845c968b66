import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

const SHOW: IDisplayOptions = { show: { resource: ['api'] } };
const SHOW_JSON: IDisplayOptions = { show: { resource: ['api'], inputMode: ['json'] } };

/** The fields of the resource API Call. */
export const apiProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: SHOW,
		options: [
			{
				name: 'Call',
				value: 'call',
				action: 'Call the API',
				description: 'Make any call of JDY, documented or not',
			},
		],
		default: 'call',
	},
	{
		displayName: 'Call',
		name: 'call',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The call to make. A GET reads; other calls count as changes, unless they are documented as queries.',
		displayOptions: SHOW,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				hint: 'Search by name, in English or Chinese, by the initials of the pinyin or by path',
				typeOptions: { searchListMethod: 'searchCalls', searchable: true },
			},
			{
				displayName: 'By Path',
				name: 'path',
				type: 'string',
				placeholder: 'e.g. GET /jdy/v2/scm/sal_order',
				hint: 'Method and path, without a host and without parameters',
			},
		],
	},
	{
		displayName: 'Input',
		name: 'inputMode',
		type: 'options',
		options: [
			{
				name: 'Map Each Field',
				value: 'fields',
				description: 'Fill in the documented parameters; each is sent in its documented type',
			},
			{
				name: 'Use JSON',
				value: 'json',
				description: 'Write query and body as JSON; they are sent unchanged',
			},
		],
		default: 'json',
		description: 'Where the parameters of the call come from',
		displayOptions: SHOW,
	},
	{
		displayName: 'Parameters',
		name: 'parameters',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['call.value'],
			resourceMapper: {
				resourceMapperMethod: 'getCallFields',
				mode: 'add',
				supportAutoMap: false,
				valuesLabel: 'Parameters',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
			},
		},
		displayOptions: { show: { resource: ['api'], inputMode: ['fields'] }, hide: { call: [''] } },
	},
	{
		displayName: 'Query',
		name: 'queryJson',
		type: 'json',
		default: '{}',
		description: 'The parameters of the query as one JSON object; numbers keep every digit',
		displayOptions: SHOW_JSON,
	},
	{
		displayName: 'Body',
		name: 'bodyJson',
		type: 'json',
		default: '{}',
		description: 'The body as JSON. It is checked, then sent unchanged. A GET has none.',
		displayOptions: SHOW_JSON,
	},
];
