import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { shownFor, takeUnknownProperty } from '../common/options';
import { filterProperties, limitProperties } from '../common/properties';
import { whenMissingProperties } from './reading/whenMissing';

const RESOURCE = { resource: ['record'] };
const OPERATING = ['audit', 'unaudit', 'delete', 'close'];

const show = (...operation: string[]): IDisplayOptions => ({ show: { ...RESOURCE, operation } });
const SAVING = ['save', 'upsert'];
const showSave = (more: Record<string, string[]>): IDisplayOptions => ({ show: { ...RESOURCE, operation: SAVING, ...more } });

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The type of documents or master data, for example Sales Order (销售订单)',
	displayOptions: { show: RESOURCE },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			hint: 'Search by name, in English or Chinese, by the initials of the pinyin or by path',
			typeOptions: { searchListMethod: 'searchTypes', searchable: true },
		},
		{
			displayName: 'By Path',
			name: 'path',
			type: 'string',
			placeholder: 'e.g. scm/sal_order',
			hint: 'The path of any of its calls, without /jdy/v2/',
		},
	],
};

const by: INodeProperties = {
	displayName: 'By',
	name: 'by',
	type: 'options',
	options: [
		{
			name: 'ID',
			value: 'id',
			description: 'The ID that JDY gave, of 18 or 19 digits',
		},
		{
			name: 'Number',
			value: 'number',
			description: 'The number that people see, for example XSDD-2026-0001',
		},
	],
	default: 'number',
	description: 'How the documents are identified',
	displayOptions: show('get', ...OPERATING),
};

const keyProperties: INodeProperties[] = [
	{
		displayName: 'Number or ID',
		name: 'key',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'Which one to read. Keep long IDs as text.',
		displayOptions: show('get'),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				hint: 'Search by number or name',
				typeOptions: { searchListMethod: 'searchDocuments', searchable: true },
			},
			{
				displayName: 'By Value',
				name: 'value',
				type: 'string',
				placeholder: 'e.g. XSDD-2026-0001',
			},
		],
	},
	{
		displayName: 'Numbers or IDs',
		name: 'keys',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. XSDD-2026-0001, XSDD-2026-0002',
		hint: 'Up to 100 go out in one call, also those of several items',
		description: 'One, several separated by commas, or a list from an expression. Keep long IDs as text.',
		displayOptions: show(...OPERATING),
	},
	{
		displayName: 'IDs',
		name: 'keys',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1486132453218684928',
		description: 'The IDs of the source documents: one, several separated by commas, or a list from an expression. Keep long IDs as text.',
		displayOptions: show('pushDown'),
	},
];

const pushProperties: INodeProperties[] = [
	{
		displayName: 'Target Type',
		name: 'targetType',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The type of the documents to make, for example Sales Outbound (销售出库单) from sales orders',
		displayOptions: show('pushDown'),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTypes', searchable: true },
			},
			{
				displayName: 'By Code',
				name: 'path',
				type: 'string',
				placeholder: 'e.g. sal_bill_outbound',
				hint: 'The path of the type, or what JDY calls the document in "target_bill"',
			},
		],
	},
	{
		displayName: 'Merge Into One',
		name: 'mergePush',
		type: 'boolean',
		default: false,
		description: 'Whether all IDs of an item become one document. JDY does so from sales orders to sales outbounds.',
		displayOptions: show('pushDown'),
	},
];

const matchProperties: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		options: [
			{
				name: 'Field',
				value: 'field',
				description: 'Another field, which lists show',
			},
			{
				name: 'Name',
				value: 'name',
				description: 'The name of master data, which must be equal',
			},
			{
				name: 'Number',
				value: 'number',
				description: 'The number of its own: number of master data, bill_no of documents',
			},
		],
		default: 'number',
		description: 'What tells whether the document is in JDY already. What fits is changed; if nothing fits, it is created.',
		displayOptions: show('upsert'),
	},
	{
		displayName: 'Match Field',
		name: 'matchField',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. remark',
		description: 'The field by its name in JDY. It must be among the data, and lists must show it.',
		displayOptions: { show: { ...RESOURCE, operation: ['upsert'], matchBy: ['field'] } },
	},
];

const saveProperties: INodeProperties[] = [
	{
		displayName: 'Data',
		name: 'dataMode',
		type: 'options',
		options: [
			{
				name: 'Map Each Field',
				value: 'fields',
				description: 'Fill in the documented fields, and the custom fields of your account',
			},
			{
				name: 'Use Input Item',
				value: 'inputItem',
				description: 'Send the fields of the input item, called as in JDY, as in the form, or as people call them in Chinese',
			},
			{
				name: 'Use JSON',
				value: 'json',
				description: 'Write the data as JSON; numbers keep every digit',
			},
		],
		default: 'fields',
		description: 'Where the values come from. Each is sent in the type that JDY documents for it.',
		displayOptions: show(...SAVING),
	},
	{
		displayName: 'Lines',
		name: 'lines',
		type: 'options',
		options: [
			{
				name: 'In the Data',
				value: 'none',
				description: 'Every item is a document with its lines',
			},
			{
				name: 'Group Items',
				value: 'groupItems',
				description: 'Every item is a line; items that share a value become one document',
			},
		],
		default: 'none',
		description: 'Where the lines of a document come from',
		displayOptions: show(...SAVING),
	},
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. orderNo',
		hint: 'The name of a field of the input items, or an expression that gives the value itself',
		description: 'What the items of one document have in common. The fields of the document must be the same in all of them, or empty.',
		displayOptions: showSave({ lines: ['groupItems'] }),
	},
	{
		displayName: 'Lines Field',
		name: 'linesField',
		type: 'string',
		default: '',
		placeholder: 'e.g. material_entity',
		description: 'The name of the list of lines in JDY. Leave it empty for the required list of the type, mostly material_entity.',
		displayOptions: showSave({ lines: ['groupItems'] }),
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['type.value', 'lines', 'linesField'],
			resourceMapper: {
				resourceMapperMethod: 'getSaveFields',
				mode: 'add',
				supportAutoMap: false,
				valuesLabel: 'Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
			},
		},
		displayOptions: { ...showSave({ dataMode: ['fields'] }), hide: { type: [''] } },
	},
	{
		displayName: 'JSON',
		name: 'dataJson',
		type: 'json',
		default: '{}',
		description: 'One JSON object with the fields. It is checked against the documented ones.',
		displayOptions: showSave({ dataMode: ['json'] }),
	},
	{
		displayName: 'Deduplication Key',
		name: 'deduplicationKey',
		type: 'string',
		default: '',
		placeholder: 'Drag a field here, e.g. the order number',
		hint: 'Prevents saving the same document twice: drag in what is different for each item, for example its order number',
		description: 'What makes a document unique (防重). A key that an earlier run of this node has saved is not sent again. Where JDY itself checks a field for duplicates, the key is written into it too. Without a key, every run saves every item again.',
		displayOptions: show(...SAVING),
	},
	{
		displayName: 'Resend Unknown',
		name: 'resendUnknown',
		type: 'boolean',
		default: false,
		description: 'Whether to send documents again whose outcome an earlier run left unknown. Look in JDY first: they may have been saved.',
		displayOptions: { show: { ...RESOURCE, operation: SAVING }, hide: { deduplicationKey: [''] } },
	},
];

/** The fields of its operations. */
export const recordOperationFields: INodeProperties[] = [
	type,
	by,
	...keyProperties,
	...pushProperties,
	...limitProperties({ ...RESOURCE, operation: ['getMany'] }),
	...filterProperties({ ...RESOURCE, operation: ['getMany'] }, { method: 'getFilterFields', chosenBy: 'type' }),
	...matchProperties,
	...saveProperties,
];

const outputProperty: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'Data Only',
			value: 'data',
			description: 'Only the data of the answer, as JDY sends it',
		},
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The ID, the number and the outcome',
		},
		{
			name: 'Whole Answer',
			value: 'envelope',
			description: 'Everything that JDY answered: errcode, description and data',
		},
	],
	default: 'simplified',
	description: 'What an output item holds, beside the fields of the input item if Include Input Fields is on',
	displayOptions: { show: { '/resource': ['record'], '/operation': [...SAVING, 'saveRows'] } },
};

/** Its options beside those of every operation. */
export const recordOptions: INodeProperties[] = [
	{
		displayName: 'Empty Fields',
		name: 'emptyFields',
		type: 'options',
		options: [
			{
				name: 'Clear',
				value: 'clear',
				description: 'Send them empty, so that JDY clears what it has there',
			},
			{
				name: 'Leave Out',
				value: 'leaveOut',
				description: 'Do not send them, so that JDY keeps what it has there',
			},
		],
		default: 'leaveOut',
		description: 'What to do with fields that are empty or null',
		displayOptions: { show: { '/resource': ['record'], '/operation': [...SAVING, 'saveRows'] } },
	},
	{
		displayName: 'Missing Fields',
		name: 'missing',
		type: 'options',
		options: [
			{
				name: 'Refuse',
				value: 'refuse',
				description: 'Do not send a document without them',
			},
			{
				name: 'Send',
				value: 'send',
				description: 'Send the document without them: JDY takes many, and names what it needs',
			},
		],
		default: 'send',
		description: 'What to do with a document that lacks fields which JDY documents as required',
		displayOptions: { show: { '/resource': ['record'], '/operation': [...SAVING, 'saveRows'] } },
	},
	{
		displayName: 'Resend Unknown',
		name: 'resendUnknown',
		type: 'boolean',
		default: false,
		description: 'Whether to send documents again whose outcome an earlier run left unknown. Look in JDY first: they may have been saved.',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['saveRows'] } },
	},
	shownFor(takeUnknownProperty, ['record'], ...SAVING, 'saveRows'),
	{
		displayName: 'Fill From Master Data',
		name: 'fillDefaults',
		type: 'boolean',
		default: false,
		description: 'Whether empty fields take what the master data say: salesperson, department, settling term and settling customer of the customer, department of the employee, warehouse of the product. This takes one more call for each of them.',
		displayOptions: { show: { '/resource': ['record'], '/operation': [...SAVING, 'saveRows'] } },
	},
	{
		displayName: 'Keep Other Fields',
		name: 'keepOtherFields',
		type: 'boolean',
		default: false,
		description: 'Whether to read a document before it is updated, and to send what it has in fields that are not given. A trial: JDY does not document what becomes of fields that are left out. This takes one more call for each update.',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['upsert'] } },
	},
	{
		displayName: 'Details',
		name: 'details',
		type: 'boolean',
		default: false,
		description: 'Whether to read each document whole, with its lines, which lists do not have. This takes one more call for each. One that cannot be read is a failed item of its own.',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['getMany'] } },
	},
	{
		displayName: 'Ignore Warnings',
		name: 'ignoreWarnings',
		type: 'boolean',
		default: false,
		description: 'Whether JDY goes on where it would warn a person, for example that stock is too low',
		displayOptions: { show: { '/resource': ['record'], '/operation': OPERATING } },
	},
	{
		displayName: 'Include Disabled',
		name: 'includeDisabled',
		type: 'boolean',
		default: false,
		description: 'Whether master data that are disabled come as well (enable is -1). A filter by Enabled counts more.',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['getMany'] } },
	},
	{
		displayName: 'Only Changed Since',
		name: 'changedSince',
		type: 'dateTime',
		default: '',
		description: 'Read only what was changed since then, in lists that JDY can filter by time',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['getMany'] } },
	},
	...whenMissingProperties,
	outputProperty,
];
