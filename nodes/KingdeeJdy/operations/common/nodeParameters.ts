import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ARRAY_FORMATS } from '../../catalogue/encoding/query';
import type { ArrayFormat } from '../../catalogue/encoding/query';
import { isRecord } from '../../gateway/json/json';
import type { Settings } from '../../shared/contract/operation';
import { isTool } from '../../shared/contract/tool';
import { numberWithin, oneOf, truth } from '../../shared/parameters/checks';
import { checkFilledIn, rawParameter, readParameter } from '../../shared/parameters/expressions';
import { readIds } from '../../shared/parameters/ids';
import { readSending } from '../../shared/parameters/options';
import { readTimeZone } from '../../shared/parameters/timeZone';
import { hintsOnce } from '../../shared/results/executionHints';

/** The parameters of the node for one item, as n8n has filled them in and as they stand there. */
export interface NodeParameters {
	context: IExecuteFunctions;
	itemIndex: number;
	read: (name: string, fallback: unknown) => unknown;
	raw: (...path: string[]) => unknown;
	options: IDataObject;
	/** Of JDY's dates. */
	timeZone: string;
}

/** What reading a form takes, in any context of n8n's. */
export type FormSource = Pick<NodeParameters, 'read' | 'raw' | 'timeZone'>;

/** The options that were added, each with its value. */
export function optionsOf(read: NodeParameters['read']): IDataObject {
	const options = read('options', {});
	return isRecord(options) ? (options as IDataObject) : {};
}

/** @throws ValidationError for a time zone that nobody knows */
export function parametersFor(context: IExecuteFunctions, itemIndex: number): NodeParameters {
	const read = (name: string, fallback: unknown): unknown => readParameter(context, name, itemIndex, fallback);
	const options = optionsOf(read);
	return {
		context,
		itemIndex,
		read,
		raw: (...path) => rawParameter(context, path),
		options,
		timeZone: readTimeZone(options),
	};
}

/** What every operation of the standard API reads. */
export interface StandardSettings extends Settings {
	arrayFormat: ArrayFormat;
	/** Whether the user has set it. */
	isArrayFormatSet: boolean;
	/** Whether private data come in clear. */
	decrypts: boolean;
	/** Of JDY's dates. */
	timeZone: string;
	/** Tells the user something, once in a run. */
	hint: (message: string) => void;
}

/** @throws ValidationError for an option that is out of range */
export function readSettings({ context, options, timeZone }: NodeParameters): StandardSettings {
	return {
		sending: readSending(options),
		includeInput: truth(options.includeInput ?? false, 'Include Input Fields'),
		arrayFormat: oneOf(options.arrayFormat ?? 'json', ARRAY_FORMATS, 'Array Format'),
		isArrayFormatSet: options.arrayFormat !== undefined,
		decrypts: truth(options.decrypt ?? false, 'Decrypt Private Data'),
		timeZone,
		hint: hintsOnce(context),
	};
}

/** Rows, unless a limit is set. */
const STEP_LIMIT = 50;

/** The same as a tool: 250 orders are 78 kB of text for a model. */
export const TOOL_LIMIT = 20;

const LIMIT = { min: 1, max: 1_000_000 };

/** How many rows are wanted; undefined: all. */
export function readLimit({ read, context }: Pick<NodeParameters, 'read' | 'context'>): number | undefined {
	if (truth(read('returnAll', false), 'Return All')) return undefined;
	// A model that is asked for a limit and gives none has none in mind.
	const limit = isTool(context.getNode()) ? (read('limit', TOOL_LIMIT) ?? TOOL_LIMIT) : read('limit', STEP_LIMIT);
	return numberWithin(limit, LIMIT, 'Limit');
}

/**
 * The IDs or numbers in a parameter, which may be chosen in a list with search.
 *
 * @throws ValidationError naming `label`
 */
export function readKeys({ context, itemIndex, read, raw }: NodeParameters, name: string, label: string): string[] {
	return readIds(located(read(name, ''), raw(name)), label, context.getInputData()[itemIndex]?.json ?? {});
}

/** What stands in a list with search, or in a field that once was a text. */
function located(given: unknown, written: unknown): { value: unknown; raw: unknown } {
	const isLocator = isRecord(given) && given.__rl === true;
	return { value: isLocator ? given.value : given, raw: isRecord(written) ? written.value : written };
}

/** What was chosen in a list with search, or written beside it. */
export function readLocator({ read, raw }: Pick<NodeParameters, 'read' | 'raw'>, name: string, label: string): string {
	const given = read(name, '');
	const value = isRecord(given) ? given.value : given;
	const written = raw(name);
	checkFilledIn(label, value, isRecord(written) ? written.value : written);
	return typeof value === 'string' ? value.trim() : '';
}
