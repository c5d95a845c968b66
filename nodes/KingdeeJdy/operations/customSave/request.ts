import type { IDataObject } from 'n8n-workflow';

import { Complaint } from '../../gateway/complaint';
import { buildFromFields } from '../../shared/data/fields';
import { checkJson } from '../../shared/data/jsonText';
import { kindOf, writePlain } from '../../shared/data/plainData';
import type { Parameters } from './parameters';

/** Text of the user's goes into the body unchanged once it is known to be one JSON object. */
function writeJson(source: unknown): string {
	if (typeof source !== 'string') return writePlain('JSON', source);
	if (source.trim() === '') throw new Complaint('JSON', 'must not be empty');
	checkJson(source, 'JSON');
	if (!source.trimStart().startsWith('{')) {
		throw new Complaint('JSON', `must be an object with fields, but is ${kindOf(JSON.parse(source))}`);
	}
	return source;
}

const EMPTY = /^\s*\{\s*\}\s*$/;

/** Nobody wants a document without a field: nothing was dragged, or the JSON was left as it was. */
function checkNotEmpty(data: string, { dataMode, allowEmpty }: Parameters): void {
	if (allowEmpty || dataMode === 'inputItem' || !EMPTY.test(data)) return;
	const label = dataMode === 'json' ? 'JSON' : 'Fields';
	throw new Complaint(label, 'must have at least one field; to save an empty document, switch on the option Allow Empty');
}

function writeData(parameters: Parameters, item: IDataObject): string {
	const { dataMode, dataSource } = parameters;
	if (dataMode === 'inputItem') return writePlain('Input item', item);
	const data = dataMode === 'json' ? writeJson(dataSource) : writePlain('Fields', buildFromFields(dataSource));
	checkNotEmpty(data, parameters);
	return data;
}

/** @throws Complaint where there is none */
function checkedType(bizType: unknown): string {
	if (bizType === null || bizType === undefined || bizType === '') throw new Complaint('Document Type', 'must not be empty');
	if (typeof bizType !== 'string') throw new Complaint('Document Type', `must be text, but is ${kindOf(bizType)}`);
	const trimmed = bizType.trim();
	if (trimmed === '') throw new Complaint('Document Type', 'must not be blank');
	if (!trimmed.isWellFormed()) throw new Complaint('Document Type', 'contains half a character (a lone surrogate)');
	return trimmed;
}

/**
 * Builds the JSON of `{ biz_type, data }` for one item; every complaint about its data is made here, before anything is sent.
 *
 * @throws Complaint naming the parameter or the field
 */
export function buildBody(parameters: Parameters, item: IDataObject): string {
	return `{"biz_type":${JSON.stringify(checkedType(parameters.bizType))},"data":${writeData(parameters, item)}}`;
}
