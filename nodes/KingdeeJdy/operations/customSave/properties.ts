import type { INodeProperties } from 'n8n-workflow';

import { sendingProperties } from '../../shared/options';

/** Options of this operation among those that every one has, sorted as n8n shows them. */
function inOrder(options: INodeProperties[]): INodeProperties[] {
	return options.toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

/** The node's fields. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Document Type',
		name: 'bizType',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ts_45465632434343',
		description: 'The code of the custom document type to save (自定义单据类型, "biz_type"). JDY shows it in the designer of the document.',
	},
	{
		displayName: 'Data',
		name: 'dataMode',
		type: 'options',
		options: [
			{
				name: 'Map Each Field',
				value: 'fields',
				description: 'Drag fields from the input and name them as JDY does',
			},
			{
				name: 'Use Input Item',
				value: 'inputItem',
				description: 'Send the whole input item as it is',
			},
			{
				name: 'Use JSON',
				value: 'json',
				description: 'Write the data as JSON; numbers keep every digit',
			},
		],
		default: 'fields',
		description: 'Where the values of the document come from',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'assignmentCollection',
		default: {},
		displayOptions: { show: { dataMode: ['fields'] } },
		description: 'The fields of the document (自定义字段值). A dot in a name makes a nested object. Keep long numbers, such as IDs, as String.',
	},
	{
		displayName: 'JSON',
		name: 'dataJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { dataMode: ['json'] } },
		description: 'One JSON object with the fields of the document. It is checked, then sent unchanged.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inOrder([
			...sendingProperties,
			{
				displayName: 'Allow Empty',
				name: 'allowEmpty',
				type: 'boolean',
				default: false,
				description: 'Whether a document without a single field may be saved',
			},
			{
				displayName: 'Deduplication Key',
				name: 'deduplicationKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.orderNo }}',
				hint: 'Use an expression: one key for each item, for example its order number',
				description: 'What makes a document unique (防重). A key that an earlier run of this node has saved is not sent again. The newest 10,000 keys are remembered.',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{
						name: 'Data Only',
						value: 'data',
						description: 'The inner data object of the answer',
					},
					{
						name: 'Envelope',
						value: 'envelope',
						description: 'The whole answer: errcode, description and data',
					},
				],
				default: 'envelope',
				description: 'What an output item holds',
			},
			{
				displayName: 'Resend Unknown',
				name: 'resendUnknown',
				type: 'boolean',
				default: false,
				description: 'Whether to send documents again whose outcome an earlier run left unknown. Look in JDY first: they may have been saved.',
			},
		]),
	},
];
