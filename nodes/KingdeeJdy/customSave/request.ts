import type { IDataObject } from 'n8n-workflow';

import { Complaint } from '../gateway/complaint';
import { isRecord, stringify } from '../gateway/json';
import { buildFromFields } from './fields';
import { checkJson } from './jsonText';
import { checkPlainData } from './plainData';
import type { Parameters } from './readParameters';

/** One document, checked and ready to be sent. */
export interface SaveRequest {
	bizType: string;
	/** JSON of `{ biz_type, data }`. */
	body: string;
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return String(value);
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function writeObject(value: unknown, label: string): string {
	if (!isRecord(value) || value instanceof Date) throw new Complaint(label, `must be an object with fields, but is ${kindOf(value)}`);
	checkPlainData(value);
	return stringify(value);
}

/** Text of the user's goes into the body unchanged once it is known to be one JSON object. */
function writeJson(source: unknown): string {
	if (typeof source !== 'string') return writeObject(source, 'JSON');
	if (source.trim() === '') throw new Complaint('JSON', 'must not be empty');
	checkJson(source, 'JSON');
	if (!source.trimStart().startsWith('{')) {
		throw new Complaint('JSON', `must be an object with fields, but is ${kindOf(JSON.parse(source))}`);
	}
	return source;
}

function writeData({ dataMode, dataSource }: Parameters, item: IDataObject): string {
	if (dataMode === 'json') return writeJson(dataSource);
	if (dataMode === 'inputItem') return writeObject(item, 'Input item');
	return writeObject(buildFromFields(dataSource), 'Fields');
}

/**
 * Builds the request for one item; every complaint about its data is made here, before anything is sent.
 *
 * @throws Complaint naming the parameter or the field
 */
export function buildSaveRequest(parameters: Parameters, item: IDataObject): SaveRequest {
	const { bizType } = parameters;
	if (bizType === null || bizType === undefined || bizType === '') throw new Complaint('Document Type', 'must not be empty');
	if (typeof bizType !== 'string') throw new Complaint('Document Type', `must be text, but is ${kindOf(bizType)}`);
	const trimmed = bizType.trim();
	if (trimmed === '') throw new Complaint('Document Type', 'must not be blank');
	if (!trimmed.isWellFormed()) throw new Complaint('Document Type', 'contains half a character (a lone surrogate)');
	return { bizType: trimmed, body: `{"biz_type":${JSON.stringify(trimmed)},"data":${writeData(parameters, item)}}` };
}
