import type { INodeProperties } from 'n8n-workflow';

import { referencesProperty, shownFor, standardOptions, unknownFiltersProperty } from '../../operations/common/options';
import { filterProperties } from '../../operations/common/properties';
import { conditionProperties, documentTypeProperty } from '../../operations/customDocument/fields';
import { sendingProperties, sortedProperties } from '../../shared/parameters/options';
import { DEFAULT_LOOK_BACK, DEFAULT_PAGES, LOOK_BACK_MINUTES, PAGES } from './parameters';

const OF_RECORDS = { resource: ['record'] };
const OF_DOCUMENTS = { resource: ['customDocument'] };

/** What a poll has no use for: it makes calls of one account, one after the other, and shows what was returned. */
const WITHOUT = new Set(['concurrency', 'dryRun']);

const options: INodeProperties[] = [
	...sendingProperties.filter(({ name }) => !WITHOUT.has(name)),
	...standardOptions('record'),
	shownFor(unknownFiltersProperty, ['record']),
	shownFor(referencesProperty, ['record']),
	{
		displayName: 'Look Back Minutes',
		name: 'lookBackMinutes',
		type: 'number',
		typeOptions: { minValue: LOOK_BACK_MINUTES.min, maxValue: LOOK_BACK_MINUTES.max },
		default: DEFAULT_LOOK_BACK,
		description: 'How late a document may appear in the list of JDY, after the time that it is stamped with. Each poll reads so far back again, a page of 100 a call, and remembers up to 20,000 documents.',
		displayOptions: { show: { '/resource': ['record'] } },
	},
	{
		displayName: 'Pages to Compare',
		name: 'pages',
		type: 'number',
		typeOptions: { minValue: PAGES.min, maxValue: PAGES.max },
		default: DEFAULT_PAGES,
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
				description: 'Documents of a type that you designed yourself (自定义单据)',
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
	documentTypeProperty(OF_DOCUMENTS),
	{
		displayName:
			'JDY cannot filter custom documents by time, so each poll reads up to 10 pages of 100 and compares them with the last time. That takes up to 10 calls. What changes twice between two polls comes once.',
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
		description:
			'Whether to read each document whole, with its lines. This takes one more call for each; otherwise a document comes as the list shows it.',
	},
	...filterProperties(OF_RECORDS, { method: 'getWatchFields', chosenBy: 'type' }),
	...conditionProperties(
		OF_DOCUMENTS,
		'Which documents are watched: fields, named as in JDY, and their values. Which of them JDY applies depends on the document type. Without any, all documents are watched.',
	),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedProperties(options),
	},
];
