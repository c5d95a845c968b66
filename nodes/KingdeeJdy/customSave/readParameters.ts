import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Complaint } from '../gateway/complaint';
import { LIMITS } from './parameters';

const DATA_MODES = ['fields', 'inputItem', 'json'] as const;
const OUTPUT_MODES = ['envelope', 'data'] as const;
const CONNECTION_MODES = ['automatic', 'n8n'] as const;

export type DataMode = (typeof DATA_MODES)[number];
export type OutputMode = (typeof OUTPUT_MODES)[number];
export type ConnectionMode = (typeof CONNECTION_MODES)[number];

/** What the user set for one item, expressions resolved. What depends on the item's data is still unchecked. */
export interface Parameters {
	bizType: unknown;
	dataMode: DataMode;
	/** What stands in the parameter of that mode: an assignmentCollection or JSON; nothing for `inputItem`. */
	dataSource: unknown;
	output: OutputMode;
	timeoutMs: number;
	maxAttempts: number;
	/** Calls in flight; that of the first item counts for the run. */
	concurrency: number;
	/** 0: no limit. */
	callsPerMinute: number;
	connection: ConnectionMode;
	/** Undefined where the duplicate guard is off. */
	deduplicationKey: string | undefined;
	resendUnknown: boolean;
	dryRun: boolean;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], label: string): T {
	const found = allowed.find((entry) => entry === value);
	if (found === undefined) throw new Complaint(label, `must be one of ${allowed.join(', ')}`);
	return found;
}

function wholeNumber(value: unknown, { min, max }: { min: number; max: number }, label: string): number {
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

/** n8n fills an expression in only where the field is switched to Expression; elsewhere it would be sent as it stands. */
function checkFilledIn(context: IExecuteFunctions, text: unknown): void {
	if (typeof text !== 'string' || !/\{\{\s*\$/.test(text)) return;
	const { dataJson } = context.getNode().parameters;
	if (typeof dataJson === 'string' && !dataJson.startsWith('=')) {
		throw new Complaint('JSON', 'holds an expression that is not filled in; switch the field from Fixed to Expression');
	}
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
	const dataSource = dataMode === 'inputItem' ? undefined : read(dataMode === 'json' ? 'dataJson' : 'fields', '');
	if (dataMode === 'json') checkFilledIn(context, dataSource);
	return {
		bizType: read('bizType', ''),
		dataMode,
		dataSource,
		output: oneOf(option('output', 'envelope'), OUTPUT_MODES, 'Output'),
		timeoutMs: wholeNumber(option('timeout', LIMITS.timeoutMs.unset), LIMITS.timeoutMs, 'Timeout'),
		maxAttempts: wholeNumber(option('maxAttempts', LIMITS.maxAttempts.unset), LIMITS.maxAttempts, 'Max Attempts'),
		concurrency: wholeNumber(option('concurrency', LIMITS.concurrency.unset), LIMITS.concurrency, 'Concurrency'),
		callsPerMinute: wholeNumber(option('callsPerMinute', LIMITS.callsPerMinute.unset), LIMITS.callsPerMinute, 'Calls per Minute'),
		connection: oneOf(option('connection', 'automatic'), CONNECTION_MODES, 'Connection'),
		deduplicationKey: 'deduplicationKey' in options ? keyOf(options.deduplicationKey) : undefined,
		resendUnknown: truth(option('resendUnknown', false), 'Resend Unknown'),
		dryRun: truth(option('dryRun', false), 'Dry Run'),
	};
}
