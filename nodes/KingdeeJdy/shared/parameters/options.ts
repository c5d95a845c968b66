import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import type { AccountChoice, Sending } from '../contract/sending';
import { numberWithin, oneOf, truth } from './checks';
import { checkFilledIn } from './expressions';

const DEFAULT_CONCURRENCY = 1;
const DEFAULT_CALLS_PER_MINUTE = 480;
const DEFAULT_ATTEMPTS = 3;
const DEFAULT_TIMEOUT_MS = 30_000;

/** What the numbers among the options may be, and are unless set. */
const LIMITS = {
	concurrency: { min: 1, max: 10, unset: DEFAULT_CONCURRENCY },
	callsPerMinute: { min: 0, max: 500, unset: DEFAULT_CALLS_PER_MINUTE },
	maxAttempts: { min: 1, max: 10, unset: DEFAULT_ATTEMPTS },
	timeoutMs: { min: 100, max: 300_000, unset: DEFAULT_TIMEOUT_MS },
} as const;

const CONNECTION_MODES: ReadonlyArray<Sending['connection']> = ['automatic', 'n8n'];

/** The fields of the options that every operation has, sorted by their names. */
export const sendingProperties: INodeProperties[] = [
	{
		displayName: 'Account',
		name: 'account',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.accountId }}',
		description: 'The account (账套) that this item is for: its accountId, serviceId or appKey. Needs a credential whose Authentication is Instance ID.',
	},
	{
		displayName: 'Calls per Minute',
		name: 'callsPerMinute',
		type: 'number',
		typeOptions: { minValue: LIMITS.callsPerMinute.min, maxValue: LIMITS.callsPerMinute.max },
		default: DEFAULT_CALLS_PER_MINUTE,
		description: 'How many calls go out in any minute at most, for all executions of this n8n process together. JDY takes 500 calls a minute for an account, those of other programs included. 0 means no limit.',
	},
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: LIMITS.concurrency.min, maxValue: LIMITS.concurrency.max },
		default: DEFAULT_CONCURRENCY,
		description: 'How many calls are made at the same time. The output keeps the order of the input.',
	},
	{
		displayName: 'Connection',
		name: 'connection',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Call the official gateway directly where possible, without the proxy of n8n, and keep the connection open',
			},
			{
				name: 'Use Proxy Settings',
				value: 'n8n',
				description: 'Always call through n8n, with its proxy settings and its protection of internal addresses (SSRF)',
			},
		],
		default: 'automatic',
		description: 'How calls reach the gateway. Any other Gateway URL than the official one is always called through n8n.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		// Who adds it means it. Without it, nothing is dry.
		default: true,
		description: 'Whether to return the request that would be sent, with secrets masked, and change nothing. What earlier runs saved is not looked at.',
	},
	{
		displayName: 'Instance ID',
		name: 'instanceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.instanceId }}',
		description: 'The instance (第三方实例ID) of the account, where it is another one than in the credential',
	},
	{
		displayName: 'Max Attempts',
		name: 'maxAttempts',
		type: 'number',
		typeOptions: { minValue: LIMITS.maxAttempts.min, maxValue: LIMITS.maxAttempts.max },
		default: DEFAULT_ATTEMPTS,
		description: 'How often a call is sent at most. A call that changes something is only sent again when it was surely not done: no connection, an expired token, an overloaded gateway. With more than 1, refusals for too many calls (429) do not count for two minutes.',
	},
	{
		displayName: 'Timeout (Ms)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: LIMITS.timeoutMs.min, maxValue: LIMITS.timeoutMs.max },
		default: DEFAULT_TIMEOUT_MS,
		description: 'How many milliseconds to wait for an answer. JDY answers within 30 seconds; a save that takes longer counts as unknown and is never sent again.',
	},
];

/** Include Input Fields, which every operation has. */
export const includeInputProperty: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInput',
	type: 'boolean',
	default: false,
	description: 'Whether an output item keeps the fields of its input item. Where both have a field, the output item keeps its own.',
};

/** The options of an operation, sorted as n8n shows them. By code unit: the first comparison by language would take 5 ms when the package is loaded. */
export function sortedProperties(options: readonly INodeProperties[]): INodeProperties[] {
	return options.toSorted((a, b) => (a.displayName < b.displayName ? -1 : 1));
}

/**
 * An option that names something; undefined if it was not added.
 *
 * @throws ValidationError if it names nothing: another account must not be taken in its place
 */
function nameOf(options: IDataObject, name: string, label: string): string | undefined {
	if (!(name in options)) return undefined;
	const value = options[name];
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw new ValidationError(label, `is ${value}, a number that has lost digits; give it as text`);
	}
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text === '') throw new ValidationError(label, 'must not be blank');
	checkFilledIn(label, text, undefined);
	return text;
}

/** @throws ValidationError for an option that names nothing */
export function readAccountChoice(options: IDataObject): AccountChoice {
	return { account: nameOf(options, 'account', 'Account'), instanceId: nameOf(options, 'instanceId', 'Instance ID') };
}

/** @throws ValidationError for an option that is out of range */
export function readSending(options: IDataObject): Sending {
	const option = (name: string, fallback: unknown): unknown => (name in options ? options[name] : fallback);
	return {
		timeoutMs: numberWithin(option('timeout', LIMITS.timeoutMs.unset), LIMITS.timeoutMs, 'Timeout'),
		maxAttempts: numberWithin(option('maxAttempts', LIMITS.maxAttempts.unset), LIMITS.maxAttempts, 'Max Attempts'),
		areAttemptsSet: 'maxAttempts' in options,
		concurrency: numberWithin(option('concurrency', LIMITS.concurrency.unset), LIMITS.concurrency, 'Concurrency'),
		callsPerMinute: numberWithin(option('callsPerMinute', LIMITS.callsPerMinute.unset), LIMITS.callsPerMinute, 'Calls per Minute'),
		connection: oneOf(option('connection', 'automatic'), CONNECTION_MODES, 'Connection'),
		dryRun: truth(option('dryRun', false), 'Dry Run'),
		...readAccountChoice(options),
	};
}
