import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Settings } from '../../shared/contract/operation';
import { isTool } from '../../shared/contract/tool';
import { checkFields } from '../../shared/parameters/assignments';
import { oneOf, truth } from '../../shared/parameters/checks';
import { checkFilledIn, rawParameter, readParameter } from '../../shared/parameters/expressions';
import { readSending } from '../../shared/parameters/options';
import { readTimeZone } from '../../shared/parameters/timeZone';
import { inputJson } from '../../shared/tool/modelInput';
import { saidJson, saidRows } from '../../shared/tool/saidFields';
import { readKeySettings } from './key';
import type { KeySettings } from './key';
import { checkMapped, readMapped, unmatchedNames } from './mapped';

const DATA_MODES = ['fields', 'inputItem', 'json', 'mapper'] as const;
const OUTPUT_MODES = ['envelope', 'data', 'simplified'] as const;

type DataMode = (typeof DATA_MODES)[number];
type OutputMode = (typeof OUTPUT_MODES)[number];

/** What the user set for one item, expressions resolved. What depends on the item's data is still unchecked. */
export interface SaveParameters extends Settings, KeySettings {
	bizType: unknown;
	dataMode: DataMode;
	/** What stands in the parameter of that mode: an assignmentCollection, JSON, or a resourceMapper; nothing for `inputItem`. */
	dataSource: unknown;
	/** Names of fields whose expression gave nothing. */
	emptyFields: string[];
	/** Names of input fields that Choose Fields leaves out, because no field of the document is called so. */
	unmatchedFields: string[];
	/** Of JDY's dates. */
	timeZone: string;
	allowEmpty: boolean;
	/** Whether a model gave the data. @default false */
	isOfModel?: boolean;
	output: OutputMode;
}

/** The parameter that holds the data in each mode. */
const SOURCES: Record<DataMode, string | undefined> = { fields: 'fields', inputItem: undefined, json: 'dataJson', mapper: 'mapper' };

/** What a model was asked for and did not give is left out; the mapper leaves out empty fields by itself. */
const LEAVE_OUT: Partial<Record<DataMode, (source: unknown, raw: unknown) => unknown>> = { fields: saidRows, json: saidJson };

function checkMapper(source: unknown, raw: unknown, input: IDataObject): Pick<SaveParameters, 'emptyFields' | 'unmatchedFields'> {
	const mapped = readMapped(source, input);
	return { emptyFields: checkMapped(mapped, raw), unmatchedFields: unmatchedNames(mapped) };
}

/**
 * Reads the parameters for one item.
 *
 * @throws ValidationError for a choice or an option that is out of range, and for an expression that is not filled in
 */
export function readSaveParameters(context: IExecuteFunctions, itemIndex: number): SaveParameters {
	const read = (name: string, fallback: unknown): unknown => readParameter(context, name, itemIndex, fallback);
	const raw = (...path: string[]) => rawParameter(context, path);
	const options = read('options', {}) as IDataObject;
	const dataMode = oneOf(read('dataMode', 'fields'), DATA_MODES, 'Data');
	const sourceName = SOURCES[dataMode];
	const source = sourceName === undefined ? undefined : read(sourceName, '');
	const isOfModel = isTool(context.getNode());
	const leaveOut = isOfModel ? LEAVE_OUT[dataMode] : undefined;
	const dataSource = sourceName !== undefined && leaveOut ? leaveOut(source, raw(sourceName)) : source;
	const bizType = read('bizType', '');
	checkFilledIn('Document Type', bizType, raw('bizType'));
	if (dataMode === 'json') checkFilledIn('JSON', dataSource, raw('dataJson'));
	const sending = readSending(options);
	return {
		sending,
		bizType,
		dataMode,
		dataSource,
		emptyFields: dataMode === 'fields' ? checkFields(source, raw('fields')) : [],
		unmatchedFields: [],
		timeZone: readTimeZone(options),
		...(dataMode === 'mapper' && checkMapper(dataSource, raw('mapper'), inputJson(context, itemIndex))),
		allowEmpty: truth(options.allowEmpty ?? false, 'Allow Empty'),
		isOfModel,
		output: oneOf(options.output ?? 'envelope', OUTPUT_MODES, 'Output'),
		includeInput: truth(options.includeInput ?? false, 'Include Input Fields'),
		...readKeySettings(context, itemIndex, options, sending.dryRun),
	};
}
