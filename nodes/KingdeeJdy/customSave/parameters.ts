import type { INodeProperties } from 'n8n-workflow';

const DEFAULT_CONCURRENCY = 1;
const DEFAULT_CALLS_PER_MINUTE = 480;
const DEFAULT_ATTEMPTS = 3;
const DEFAULT_TIMEOUT_MS = 30_000;

/** What the numbers among the options may be, and are unless set. */
export const LIMITS = {
	concurrency: { min: 1, max: 10, unset: DEFAULT_CONCURRENCY },
	callsPerMinute: { min: 0, max: 500, unset: DEFAULT_CALLS_PER_MINUTE },
	maxAttempts: { min: 1, max: 10, unset: DEFAULT_ATTEMPTS },
	timeoutMs: { min: 100, max: 300_000, unset: DEFAULT_TIMEOUT_MS },
} as const;

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
		options: [
			{
				displayName: 'Calls per Minute',
				name: 'callsPerMinute',
				type: 'number',
				typeOptions: { minValue: LIMITS.callsPerMinute.min, maxValue: LIMITS.callsPerMinute.max },
				default: DEFAULT_CALLS_PER_MINUTE,
				description: 'How many documents go out in any minute at most, for all executions of this n8n process together. JDY takes 500 calls a minute for an account, those of other programs included. 0: no limit.',
			},
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: LIMITS.concurrency.min, maxValue: LIMITS.concurrency.max },
				default: DEFAULT_CONCURRENCY,
				description: 'How many documents are under way at once. The output keeps the order of the input.',
			},
			{
				displayName: 'Connection',
				name: 'connection',
				type: 'options',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description: 'Reach the official gateway directly where possible, past HTTPS_PROXY, and keep the connection open',
					},
					{
						name: "N8n's Request Helper",
						value: 'n8n',
						description: "Always use n8n's proxy settings and SSRF protection",
					},
				],
				default: 'automatic',
				description: 'How documents reach the gateway. Any other Gateway URL than the official one always goes through the request helper of n8n.',
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
				typeOptions: { minValue: LIMITS.maxAttempts.min, maxValue: LIMITS.maxAttempts.max },
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
				typeOptions: { minValue: LIMITS.timeoutMs.min, maxValue: LIMITS.timeoutMs.max },
				default: DEFAULT_TIMEOUT_MS,
				description: 'How long to wait for an answer. JDY answers within 30 seconds; a save that takes longer counts as unknown and is never sent again.',
			},
		],
	},
];
