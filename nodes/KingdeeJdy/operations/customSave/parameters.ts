import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { checkFields } from '../../shared/data/assignments';
import { checkWorkflow, readKey } from '../../shared/deduplicationKey';
import { checkFilledIn, rawParameter } from '../../shared/expressions';
import { oneOf, readSending, truth } from '../../shared/options';
import type { Settings } from '../../shared/plan';

const DATA_MODES = ['fields', 'inputItem', 'json'] as const;
const OUTPUT_MODES = ['envelope', 'data'] as const;

export type DataMode = (typeof DATA_MODES)[number];
export type OutputMode = (typeof OUTPUT_MODES)[number];

/** What the user set for one item, expressions resolved. What depends on the item's data is still unchecked. */
export interface Parameters extends Settings {
	bizType: unknown;
	dataMode: DataMode;
	/** What stands in the parameter of that mode: an assignmentCollection or JSON; nothing for `inputItem`. */
	dataSource: unknown;
	/** Names of fields whose expression gave nothing. */
	emptyFields: string[];
	allowEmpty: boolean;
	output: OutputMode;
	/** Undefined where the duplicate guard is off. */
	deduplicationKey: string | undefined;
	resendUnknown: boolean;
}

/**
 * Reads the parameters for one item.
 *
 * @throws Complaint for a choice or an option that is out of range, and for an expression that is not filled in
 */
export function readParameters(context: IExecuteFunctions, itemIndex: number): Parameters {
	const read = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, itemIndex, fallback as string);
	const raw = (...path: string[]) => rawParameter(context, path);
	const options = read('options', {}) as IDataObject;
	const dataMode = oneOf(read('dataMode', 'fields'), DATA_MODES, 'Data');
	const dataSource = dataMode === 'inputItem' ? undefined : read(dataMode === 'json' ? 'dataJson' : 'fields', '');
	const bizType = read('bizType', '');
	checkFilledIn('Document Type', bizType, raw('bizType'));
	if (dataMode === 'json') checkFilledIn('JSON', dataSource, raw('dataJson'));
	const hasKey = 'deduplicationKey' in options;
	const sending = readSending(options);
	if (hasKey && !sending.dryRun) checkWorkflow(context.getWorkflow().id);
	return {
		sending,
		bizType,
		dataMode,
		dataSource,
		emptyFields: dataMode === 'fields' ? checkFields(dataSource, raw('fields')) : [],
		allowEmpty: truth(options.allowEmpty ?? false, 'Allow Empty'),
		output: oneOf(options.output ?? 'envelope', OUTPUT_MODES, 'Output'),
		deduplicationKey: hasKey ? readKey(options.deduplicationKey, raw('options', 'deduplicationKey')) : undefined,
		resendUnknown: truth(options.resendUnknown ?? false, 'Resend Unknown'),
	};
}
