import type { IDataObject } from 'n8n-workflow';

import { Complaint } from '../gateway/complaint';
import { stringify } from '../gateway/json';
import { buildFromFields } from './fields';
import { checkJson } from './jsonText';
import type { Parameters } from './parameters';

/** One document, checked and ready to be sent. */
export interface SaveRequest {
	bizType: string;
	/** JSON of `{ biz_type, data }`. */
	body: string;
}

const MAX_DEPTH = 500;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'empty';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function checkLeaf(path: string, value: unknown): void {
	if (typeof value === 'number' && !Number.isFinite(value)) throw new Complaint(path, `is ${value}, which is no number JSON knows`);
	if (typeof value === 'string' && !value.isWellFormed()) throw new Complaint(path, 'contains half a character (a lone surrogate)');
	if (typeof value === 'function' || typeof value === 'symbol') throw new Complaint(path, `is ${kindOf(value)} and cannot be sent`);
}

/** Refuses whatever JSON would drop, change or cannot hold, and names the field it stands in. */
function checkValue(path: string, value: unknown, ancestors: readonly object[]): void {
	if (typeof value !== 'object' || value === null) return checkLeaf(path, value);
	if (JSON.isRawJSON(value)) return;
	if (value instanceof Date && Number.isNaN(value.getTime())) throw new Complaint(path, 'is an invalid date');
	if ('toJSON' in value && typeof value.toJSON === 'function') return;
	if (ancestors.includes(value)) throw new Complaint(path, 'contains itself');
	if (ancestors.length === MAX_DEPTH) throw new Complaint('Data', `is nested deeper than ${MAX_DEPTH} levels`);
	const inside = [...ancestors, value];
	if (Array.isArray(value)) {
		value.forEach((entry, index) => checkValue(`${path}[${index}]`, entry, inside));
		return;
	}
	if (Object.prototype.toString.call(value) !== '[object Object]') throw new Complaint(path, 'is not plain data and cannot be sent');
	for (const [name, entry] of Object.entries(value)) {
		if (name.trim() === '') throw new Complaint(path, 'contains a field whose name is empty');
		if (!name.isWellFormed()) throw new Complaint(path, 'contains a field name with half a character (a lone surrogate)');
		checkValue(path === 'Data' ? `Field "${name}"` : `${path} > "${name}"`, entry, inside);
	}
}

function writeObject(value: unknown, label: string): string {
	if (!isRecord(value)) throw new Complaint(label, `must be an object with fields, but is ${kindOf(value)}`);
	checkValue('Data', value, []);
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
