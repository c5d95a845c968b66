import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { Complaint } from '../gateway/complaint';

const DATA_MODES = ['fields', 'inputItem', 'json'] as const;
const OUTPUT_MODES = ['envelope', 'data'] as const;

export type DataMode = (typeof DATA_MODES)[number];
export type OutputMode = (typeof OUTPUT_MODES)[number];

/** What the user set for one item, expressions resolved. What depends on the item's data is still unchecked. */
export interface Parameters {
	bizType: unknown;
	dataMode: DataMode;
	/** What stands in the parameter of that mode: an assignmentCollection or JSON; nothing for `inputItem`. */
	dataSource: unknown;
	output: OutputMode;
	timeoutMs: number;
	maxAttempts: number;
	/** Undefined where the duplicate guard is off. */
	deduplicationKey: string | undefined;
	resendUnknown: boolean;
	dryRun: boolean;
}

const DEFAULT_ATTEMPTS = 3;
const MAX_ATTEMPTS = 10;
const DEFAULT_TIMEOUT_MS = 30_000;
const MIN_TIMEOUT_MS = 100;
const MAX_TIMEOUT_MS = 300_000;

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
		options: [
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
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description: 'Whether to give back the request that would be sent, with secrets masked, and send nothing',
			},
			{
				displayName: 'Max Attempts',
				name: 'maxAttempts',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MAX_ATTEMPTS },
				default: DEFAULT_ATTEMPTS,
				description: 'How often a document is sent at most. Only one that was surely not saved is ever sent again: no connection, an expired token, an overloaded gateway.',
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
			{
				displayName: 'Timeout (Ms)',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: MIN_TIMEOUT_MS, maxValue: MAX_TIMEOUT_MS },
				default: DEFAULT_TIMEOUT_MS,
				description: 'How long to wait for an answer. JDY answers within 30 seconds; a save that takes longer counts as unknown and is never sent again.',
			},
		],
	},
];

function oneOf<T extends string>(value: unknown, allowed: readonly T[], label: string): T {
	const found = allowed.find((entry) => entry === value);
	if (found === undefined) throw new Complaint(label, `must be one of ${allowed.join(', ')}`);
	return found;
}

function wholeNumber(value: unknown, min: number, max: number, label: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max) {
		throw new Complaint(label, `must be a whole number from ${min} to ${max}`);
	}
	return number;
}

function truth(value: unknown, label: string): boolean {
	if (typeof value !== 'boolean') throw new Complaint(label, 'must be true or false');
	return value;
}

/** A key that is set must say something: a blank one would make all documents the same. */
function keyOf(value: unknown): string {
	const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '') throw new Complaint('Deduplication Key', 'must not be blank');
	return text.trim();
}

/**
 * Reads the parameters for one item.
 *
 * @throws Complaint for a choice or an option that is out of range
 */
export function readParameters(context: IExecuteFunctions, itemIndex: number): Parameters {
	const read = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, itemIndex, fallback as string);
	const options = read('options', {}) as IDataObject;
	const option = (name: string, fallback: unknown): unknown => (name in options ? options[name] : fallback);
	const dataMode = oneOf(read('dataMode', 'fields'), DATA_MODES, 'Data');
	return {
		bizType: read('bizType', ''),
		dataMode,
		dataSource: dataMode === 'inputItem' ? undefined : read(dataMode === 'json' ? 'dataJson' : 'fields', ''),
		output: oneOf(option('output', 'envelope'), OUTPUT_MODES, 'Output'),
		timeoutMs: wholeNumber(option('timeout', DEFAULT_TIMEOUT_MS), MIN_TIMEOUT_MS, MAX_TIMEOUT_MS, 'Timeout'),
		maxAttempts: wholeNumber(option('maxAttempts', DEFAULT_ATTEMPTS), 1, MAX_ATTEMPTS, 'Max Attempts'),
		deduplicationKey: 'deduplicationKey' in options ? keyOf(options.deduplicationKey) : undefined,
		resendUnknown: truth(option('resendUnknown', false), 'Resend Unknown'),
		dryRun: truth(option('dryRun', false), 'Dry Run'),
	};
}
