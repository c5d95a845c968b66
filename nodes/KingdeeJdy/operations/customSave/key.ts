import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { checkWorkflow, readKey } from '../../shared/deduplicationKey';
import { rawParameter } from '../../shared/expressions';
import { truth } from '../../shared/options';

/** What makes the document unique, as the user set it for one item. */
export interface KeySettings {
	/** Undefined where the duplicate guard is off. */
	deduplicationKey: string | undefined;
	resendUnknown: boolean;
}

const OFF: KeySettings = { deduplicationKey: undefined, resendUnknown: false };

/** Whether anything stands in a parameter. An expression does, whatever it gives: its key must not come out blank. */
function isSet(raw: unknown): boolean {
	return raw !== undefined && raw !== null && raw !== '';
}

/**
 * Reads the key of one item and what belongs to it. It is a parameter of its own; workflows of earlier versions have both
 * among the options, and there Resend Unknown counts for the key beside it only.
 *
 * @throws Complaint for a key that tells nothing
 */
export function readKeySettings(context: IExecuteFunctions, itemIndex: number, options: IDataObject, isDryRun: boolean): KeySettings {
	const raw = rawParameter(context, ['deduplicationKey']);
	const isAmongOptions = !isSet(raw) && 'deduplicationKey' in options;
	if (!isSet(raw) && !isAmongOptions) return OFF;
	if (!isDryRun) checkWorkflow(context.getWorkflow().id);
	const read = (name: string): unknown => (isAmongOptions ? options[name] : context.getNodeParameter(name, itemIndex, '' as string));
	return {
		deduplicationKey: readKey(read('deduplicationKey'), isAmongOptions ? rawParameter(context, ['options', 'deduplicationKey']) : raw),
		resendUnknown: truth(read('resendUnknown') || false, 'Resend Unknown'),
	};
}
