import type { IDataObject } from 'n8n-workflow';

import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord } from '../../gateway/json/json';
import { buildFromFields } from '../../shared/data/fields';
import { isEmptyObject, writeJson } from '../../shared/data/object';
import { writePlain } from '../../shared/data/plainData';
import { checkedType } from '../../shared/parameters/documentType';
import { checkOwnId } from '../../shared/parameters/ownId';
import { buildFromMapped, readMapped } from './mapped';
import type { SaveParameters } from './parameters';

/** Nobody wants a document without a field: nothing was dragged, or the JSON was left as it was. */
function checkNotEmpty(data: string, { dataMode, allowEmpty, isOfModel }: SaveParameters): void {
	if (allowEmpty || (dataMode === 'inputItem' && !isOfModel) || !isEmptyObject(data)) return;
	const label = { json: 'JSON', inputItem: 'Input item', fields: 'Fields', mapper: 'Fields' }[dataMode];
	throw new ValidationError(label, 'must have at least one field; to save an empty document, switch on the option Allow Empty');
}

function fieldsOf({ dataMode, dataSource, timeZone }: SaveParameters, item: IDataObject): Record<string, unknown> {
	return dataMode === 'mapper' ? buildFromMapped(readMapped(dataSource, item), timeZone) : buildFromFields(dataSource);
}

const HAS_ID = /"id"\s*:/;

/** The data as the user has them, if that is an object, and as they are written: JSON leaves out what is undefined. */
function checkId(source: unknown, data: string): void {
	if (isRecord(source)) checkOwnId(source);
	if (!HAS_ID.test(data)) return;
	const written: unknown = JSON.parse(data);
	if (isRecord(written)) checkOwnId(written);
}

function writeData(parameters: SaveParameters, item: IDataObject): string {
	const { dataMode, dataSource } = parameters;
	if (dataMode === 'inputItem') {
		const data = writePlain('Input item', item);
		checkId(item, data);
		checkNotEmpty(data, parameters);
		return data;
	}
	const source = dataMode === 'json' ? dataSource : fieldsOf(parameters, item);
	const data = dataMode === 'json' ? writeJson(source, 'JSON') : writePlain('Fields', source);
	checkId(source, data);
	checkNotEmpty(data, parameters);
	return data;
}

/**
 * Builds the JSON of `{ biz_type, data }` for one item; every error about its data is made here, before anything is sent.
 *
 * @throws ValidationError naming the parameter or the field
 */
export function buildBody(parameters: SaveParameters, item: IDataObject): string {
	return `{"biz_type":${JSON.stringify(checkedType(parameters.bizType))},"data":${writeData(parameters, item)}}`;
}
