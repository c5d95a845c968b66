import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../gateway/json/json';
import { KEYS_OF_ERRORS } from './output';

/** The fields of an object. What cannot be read is left out: it must not take the outcome of its item with it. */
function readableFields(object: IDataObject): Array<[name: string, value: IDataObject[string]]> {
	const valueOf = (name: string): Array<[string, IDataObject[string]]> => {
		try {
			return [[name, object[name]]];
		} catch {
			return [];
		}
	};
	try {
		return Object.keys(object).flatMap(valueOf);
	} catch {
		return [];
	}
}

/**
 * A row of the output together with the fields of its input item. If both have a field, the row's counts; a field by
 * which n8n would take the item for a failed one is moved under `more`.
 */
export function withInput(row: IDataObject, input: IDataObject): IDataObject {
	const inputFields = readableFields(input);
	const fields = inputFields.filter(([name]) => !Object.hasOwn(row, name));
	const isMistaken = ([name]: [string, unknown]) => KEYS_OF_ERRORS.includes(name);
	const mistaken = fields.filter(isMistaken);
	const known = row.more ?? new Map(inputFields).get('more');
	const more = mistaken.length > 0 ? { more: { ...(isRecord(known) ? known : {}), ...Object.fromEntries(mistaken) } as IDataObject } : {};
	return { ...row, ...Object.fromEntries(fields.filter((field) => !isMistaken(field))), ...more };
}

/**
 * Adds the fields of their input item to failed items, if n8n does not: on its error output it adds them by itself, but only
 * while `json` holds nothing but the error; on the regular output it does not.
 */
export function keepingInput(context: IExecuteFunctions): (item: INodeExecutionData, input: IDataObject) => INodeExecutionData {
	const isWanted = context.continueOnFail() && context.getNode().onError !== 'continueErrorOutput';
	return (item, input) => (isWanted && item.json.error !== undefined ? { ...item, json: withInput(item.json, input) } : item);
}
