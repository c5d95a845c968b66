import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { filterProperties } from '../../operations/standard/properties';
import { inOrder, sendingProperties } from '../../shared/options';

const OF_RECORDS = { resource: ['record'] };
const OF_DOCUMENTS = { resource: ['customDocument'] };
const showConditions = (conditionsMode: string): IDisplayOptions => ({ show: { ...OF_DOCUMENTS, conditionsMode: [conditionsMode] } });

/** What a poll has no use for: it makes calls of one account, one after the other, and shows what came. */
const WITHOUT = new Set(['concurrency', 'dryRun']);

const options: INodeProperties[] = [
	...sendingProperties.filter(({ name }) => !WITHOUT.has(name)),
	{
		displayName: 'Array Format',
		name: 'arrayFormat',
		type: 'options',
		options: [
			{
				name: 'JSON',
				value: 'json',
				description: 'One parameter: bill_status=["A","C"]',
			},
			{
				name: 'Repeat',
				value: 'repeat',
				description: 'One parameter for each entry: bill_status=A&bill_status=C',
			},
		],
		default: 'json',
		description: 'How a list goes into the query. Change it where JDY takes no notice of a list.',
		displayOptions: { show: { '/resource': ['record'] } },
	},
	{
		displayName: 'Decrypt Private Data',
		name: 'decrypt',
		type: 'boolean',
		default: false,
		description: 'Whether phones, addresses, bank accounts and the like come in clear. JDY sends them encrypted with the Client Secret; what cannot be decrypted stays as it is.',
		displayOptions: { show: { '/resource': ['record'] } },
	},
	{
		displayName: 'Pages to Compare',
		name: 'pages',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 10,
		description: 'How many pages of 100 documents each poll reads at most, and remembers. Where the type has more, half of them are read from each end of the list.',
		displayOptions: { show: { '/resource': ['customDocument'] } },
	},
];

/** The fields of the polling trigger. */
export const pollProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Custom Document',
				value: 'customDocument',
				description: 'Documents of a type of your own (自定义单据)',
			},
			{
				name: 'Document or Master Data',
				value: 'record',
				description: 'Standard documents and master data, such as sales orders and customers',
			},
		],
		default: 'record',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The type of documents or master data to watch, for example Sales Order (销售订单)',
		displayOptions: { show: OF_RECORDS },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				hint: 'Search by name, in English or Chinese, by the initials of the pinyin or by path',
				typeOptions: { searchListMethod: 'searchWatchedTypes', searchable: true },
			},
			{
				displayName: 'By Path',
				name: 'path',
				type: 'string',
				placeholder: 'e.g. scm/sal_order',
				hint: 'The path of its list, without /jdy/v2/',
			},
		],
	},
	{
		displayName: 'Document Type',
		name: 'bizType',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ts_45465632434343',
		description: 'The code of the custom document type (自定义单据类型, "biz_type"). JDY shows it in the designer of the document.',
		displayOptions: { show: OF_DOCUMENTS },
	},
	{
		displayName: 'JDY has no filter by time for custom documents: each poll reads up to 10 pages of 100 and compares them with those before. That takes up to 10 calls; what changes twice between two polls comes once.',
		name: 'documentsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: OF_DOCUMENTS },
	},
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		options: [
			{
				name: 'Changed',
				value: 'changed',
				description: 'Something was created or changed',
			},
			{
				name: 'Created',
				value: 'created',
				description: 'Something was created',
			},
		],
		default: 'changed',
		description: 'When the workflow starts',
	},
	{
		displayName: 'Details',
		name: 'details',
		type: 'boolean',
		default: false,
		description: 'Whether to read each document whole, with its lines. Takes one more call for each; otherwise it comes as the list shows it.',
	},
	...filterProperties(OF_RECORDS, { method: 'getWatchFields', dependsOn: 'type.value' }),
	{
		displayName: 'Conditions',
		name: 'conditionsMode',
		type: 'options',
		options: [
			{
				name: 'Map Each Field',
				value: 'fields',
				description: 'Name fields as JDY does, and give each its value',
			},
			{
				name: 'Use JSON',
				value: 'json',
				description: 'Write the conditions as JSON; numbers keep every digit',
			},
		],
		default: 'fields',
		description: 'How the conditions are written that go out as "data"',
		displayOptions: { show: OF_DOCUMENTS },
	},
	{
		displayName: 'Fields',
		name: 'conditions',
		type: 'assignmentCollection',
		default: {},
		description: 'Which documents are watched, by fields as JDY names them. Which of them JDY takes notice of depends on the document type; without any, all are.',
		displayOptions: showConditions('fields'),
	},
	{
		displayName: 'JSON',
		name: 'conditionsJson',
		type: 'json',
		default: '{}',
		description: 'One JSON object with the conditions. It is checked, then sent unchanged.',
		displayOptions: showConditions('json'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inOrder(options),
	},
];
