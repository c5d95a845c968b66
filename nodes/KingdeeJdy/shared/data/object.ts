import { Complaint } from '../../gateway/complaint';
import { isRecord, stringify } from '../../gateway/json';
import { checkJson } from './jsonText';
import { checkPlainData } from './plainData';

/** What a value is, for a complaint. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) return String(value);
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * Writes an object as JSON, with all its digits.
 *
 * @throws Complaint naming `label` where it is none, and the field where JSON cannot hold it
 */
export function writeObject(value: unknown, label: string): string {
	if (!isRecord(value) || value instanceof Date) throw new Complaint(label, `must be an object with fields, but is ${kindOf(value)}`);
	checkPlainData(value);
	return stringify(value);
}

/**
 * Text of the user's goes out unchanged once it is known to be one JSON object; so does an object that an expression gave.
 *
 * @throws Complaint naming `label`
 */
export function writeJson(source: unknown, label: string): string {
	if (typeof source !== 'string') return writeObject(source, label);
	if (source.trim() === '') throw new Complaint(label, 'must not be empty');
	checkJson(source, label);
	if (!source.trimStart().startsWith('{')) {
		throw new Complaint(label, `must be an object with fields, but is ${kindOf(JSON.parse(source))}`);
	}
	return source;
}

const EMPTY = /^\s*\{\s*\}\s*$/;

/** Whether a JSON text is an object without a field. */
export function isEmptyObject(json: string): boolean {
	return EMPTY.test(json);
}
