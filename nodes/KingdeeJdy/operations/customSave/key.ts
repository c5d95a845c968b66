import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { numberWithin, truth } from '../../shared/parameters/checks';
import { checkWorkflow, readKey } from '../../shared/parameters/deduplicationKey';
import { checkFilledIn, rawParameter, readParameter } from '../../shared/parameters/expressions';

/** What makes the document unique, as the user set it for one item. */
export interface KeySettings {
	/** Undefined if the duplicate guard is off. */
	deduplicationKey: string | undefined;
	resendUnknown: boolean;
	/** Whether documents that an earlier run may have saved are in JDY: the user has looked. */
	takesUnknownAsSaved?: boolean;
	/** Undefined if a document whose outcome is unknown is not looked for. */
	lookUp: LookUpSettings | undefined;
}

/** How a document is looked for. */
export interface LookUpSettings {
	/** The field of the document that holds the key; dots lead into nested objects. */
	field: string;
	/** Pages that one look reads at most. */
	pages: number;
}

const MAX_LOOK_UP_PAGES = 100;
export const DEFAULT_LOOK_UP_PAGES = 10;

/** What Look Up Pages may be. */
export const LOOK_UP_PAGES = { min: 1, max: MAX_LOOK_UP_PAGES } as const;

/** @throws ValidationError for an option that is out of range */
function readLookUp({ lookUpField: field, lookUpPages: pages }: IDataObject, raw: unknown): LookUpSettings | undefined {
	if (field === undefined || field === '') return undefined;
	checkFilledIn('Look Up Field', field, raw);
	if (typeof field !== 'string' || field.trim() === '') throw new ValidationError('Look Up Field', 'must be the name of a field');
	return { field: field.trim(), pages: numberWithin(pages ?? DEFAULT_LOOK_UP_PAGES, LOOK_UP_PAGES, 'Look Up Pages') };
}

/** @throws ValidationError if documents are to be sent again as well */
export function readTakeUnknown({ takeUnknownAsSaved }: IDataObject, resendUnknown: boolean): boolean {
	const isTaken = truth(takeUnknownAsSaved ?? false, 'Take Unknown as Saved');
	if (isTaken && resendUnknown) throw new ValidationError('Take Unknown as Saved', 'and Resend Unknown cannot both be on');
	return isTaken;
}

/** Whether anything stands in a parameter. An expression does, whatever it gives: its key must not come out blank. */
function isSet(raw: unknown): boolean {
	return raw !== undefined && raw !== null && raw !== '';
}

/**
 * Reads the key of one item and what belongs to it. It is a parameter of its own; workflows of earlier versions have both
 * among the options, and there Resend Unknown counts for the key beside it only.
 *
 * @throws ValidationError for a key that says nothing
 */
export function readKeySettings(context: IExecuteFunctions, itemIndex: number, options: IDataObject, isDryRun: boolean): KeySettings {
	const raw = rawParameter(context, ['deduplicationKey']);
	const isAmongOptions = !isSet(raw) && 'deduplicationKey' in options;
	const lookUp = readLookUp(options, rawParameter(context, ['options', 'lookUpField']));
	if (!isSet(raw) && !isAmongOptions) return { deduplicationKey: undefined, resendUnknown: false, lookUp };
	if (!isDryRun) checkWorkflow(context.getWorkflow().id);
	const read = (name: string): unknown => (isAmongOptions ? options[name] : readParameter(context, name, itemIndex, ''));
	const resendUnknown = truth(read('resendUnknown') || false, 'Resend Unknown');
	return {
		deduplicationKey: readKey(read('deduplicationKey'), isAmongOptions ? rawParameter(context, ['options', 'deduplicationKey']) : raw),
		lookUp,
		resendUnknown,
		takesUnknownAsSaved: readTakeUnknown(options, resendUnknown),
	};
}
