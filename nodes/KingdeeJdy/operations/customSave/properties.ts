import type { INodeProperties } from 'n8n-workflow';

import { includeInputProperty, sendingProperties, sortedProperties } from '../../shared/parameters/options';
import { timeZoneProperty } from '../../shared/parameters/timeZone';
import { takeUnknownProperty } from '../common/options';
import { documentTypeProperty } from '../customDocument/fields';
import { dataProperties } from './dataProperties';
import { DEFAULT_LOOK_UP_PAGES, LOOK_UP_PAGES } from './key';

/** Workflows made before both became parameters of their own still have them here. n8n drops a value that no field declares. */
const formerOptions: INodeProperties[] = [
	{ displayName: 'Deduplication Key', name: 'deduplicationKey', type: 'hidden', default: '' },
	{ displayName: 'Resend Unknown', name: 'resendUnknown', type: 'hidden', default: false },
];

/** The node's fields. */
export const properties: INodeProperties[] = [
	documentTypeProperty(),
	...dataProperties,
	{
		displayName: 'Deduplication Key',
		name: 'deduplicationKey',
		type: 'string',
		default: '',
		placeholder: 'Drag a field here, e.g. the order number',
		hint: 'Prevents saving the same document twice: drag in what is different for each item, for example its order number',
		description: 'What makes a document unique (防重). A key that an earlier run of this node has saved is not sent again. The newest 10,000 keys are remembered. Without a key, every run saves every item again.',
	},
	{
		displayName: 'Resend Unknown',
		name: 'resendUnknown',
		type: 'boolean',
		default: false,
		displayOptions: { hide: { deduplicationKey: [''] } },
		description: 'Whether to send documents again whose outcome an earlier run left unknown. Look in JDY first: they may have been saved.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedProperties([
			...sendingProperties,
			...formerOptions,
			{
				displayName: 'Allow Empty',
				name: 'allowEmpty',
				type: 'boolean',
				default: false,
				description: 'Whether a document without a single field may be saved',
			},
			includeInputProperty,
			takeUnknownProperty,
			timeZoneProperty,
			{
				displayName: 'Look Up Field',
				name: 'lookUpField',
				type: 'string',
				default: '',
				placeholder: 'e.g. order_no',
				description: 'The field of the document that holds the Deduplication Key. Where the outcome of a save is unknown, the newest documents are read several times within 30 seconds: a document found there counts as saved, one that is not found stays unknown.',
			},
			{
				displayName: 'Look Up Pages',
				name: 'lookUpPages',
				type: 'number',
				typeOptions: { minValue: LOOK_UP_PAGES.min, maxValue: LOOK_UP_PAGES.max },
				default: DEFAULT_LOOK_UP_PAGES,
				description: 'How many pages of 100 documents each look-up reads at most, taking turns between the newest and the oldest',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{
						name: 'Data Only',
						value: 'data',
						description: 'Only the inner data of the answer: the document',
					},
					{
						name: 'Simplified',
						value: 'simplified',
						description: 'The ID, the outcome, the document type and the fields of the input item',
					},
					{
						name: 'Whole Answer',
						value: 'envelope',
						description: 'Everything that JDY answered: errcode, description and data',
					},
				],
				default: 'envelope',
				description: 'What an output item holds',
			},
		]),
	},
];
