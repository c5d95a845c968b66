import { readValues } from '../../catalogue/wire/values';
import type { Call, Parameter } from '../../catalogue/types';
import { isRecord } from '../../gateway/json';
import type { Envelope } from '../../gateway/types';
import { poorAnswer } from '../../shared/outcomes';
import type { ItemFailure } from '../../shared/outcomes';
import { findRows, holdsNothing } from '../../shared/rows';
import type { Row } from '../../shared/rows';
import { requestOf } from '../standard/request';
import type { Request } from '../standard/request';

export const BY = ['id', 'number'] as const;

/** How details name what they want, most usual first. */
const NAMES: Record<(typeof BY)[number], RegExp[]> = {
	id: [/^id$/, /^\w+_id$/],
	number: [/^number$/, /^bill_no$/, /_number$/, /_no$/, /^mobile$/],
};

/** The parameter by which a detail call takes an ID or a number; undefined where it takes none. */
export function parameterFor(parameters: Parameter[], by: (typeof BY)[number]): Parameter | undefined {
	return NAMES[by].map((pattern) => parameters.find(({ name }) => pattern.test(name))).find((parameter) => parameter !== undefined);
}

type Settings = Parameters<typeof requestOf>[2] & Parameters<typeof readValues>[2];

/**
 * The request for documents by their IDs or numbers; a parameter that is no list takes the first.
 *
 * @param parameter that of `parameterFor`. A page may mark the ID as required although it takes the number as well
 */
export function detailRequest(call: Call, parameter: Parameter, keys: readonly string[], settings: Settings): Request {
	const { values } = readValues([parameter], { [parameter.name]: parameter.type === 'array' ? keys : keys[0] }, settings);
	return requestOf(call, values, settings);
}

/** What a detail call answered with: none where JDY has no such document. */
function documentsIn(envelope: Envelope, { rows }: Call): unknown[] {
	const { data } = envelope;
	const isNothing = holdsNothing(envelope) || (isRecord(data) && Object.keys(data).length === 0);
	if (isNothing) return [];
	if (rows) return findRows(envelope, { rows })?.rows ?? [];
	return Array.isArray(data) ? data : [data];
}

/** What was asked for: by which parameter, as what, and the IDs or numbers themselves. */
export interface Asked {
	parameter: Parameter;
	by: (typeof BY)[number];
	keys: readonly string[];
}

/** The object that says what a document is called: the document itself, or the only thing in it (`{ order: { … } }`). */
function namedPart(document: Row): Row {
	const [only, ...others] = Object.values(document);
	return others.length === 0 && isRecord(only) ? only : document;
}

const plain = (name: unknown): string => String(name).trim().toLowerCase();

/** Whether a document has other names than those asked for. What is encrypted, or has no name, says nothing. */
function isAnother(document: unknown, { encrypted }: Call, { parameter, by, keys }: Asked): boolean {
	if (!isRecord(document)) return false;
	const part = namedPart(document);
	const fields = [parameter.name, ...(by === 'id' ? ['id'] : ['number', 'bill_no'])].filter((field) => !encrypted.some(([first]) => first === field));
	const names = fields.map((field) => part[field]).filter((name) => (typeof name === 'string' && name.trim() !== '') || typeof name === 'number');
	return names.length > 0 && !names.some((name) => keys.some((key) => plain(key) === plain(name)));
}

/** The documents that were asked for, of one type; JDY may answer with others, and a following step would change those. */
export function askedFor(envelope: Envelope, call: Call, asked: Asked, typeName: string): { documents: unknown[] } | { failure: ItemFailure } {
	const documents = documentsIn(envelope, call);
	if (documents.length === 0) return { failure: poorAnswer('notFound', `No ${typeName} was found`) };
	if (documents.some((document) => isAnother(document, call, asked))) return { failure: poorAnswer('notFound', `JDY answered with another ${typeName}`) };
	if (!call.rows && documents.length > 1) return { failure: poorAnswer('notFound', `JDY answered with ${documents.length} of ${typeName}, not with one`) };
	return { documents };
}

/**
 * The one document that was asked for.
 *
 * @param names what it is called, by field; a document that tells one of them otherwise is another one
 * @param typeName for the failure
 */
export function documentIn(envelope: Envelope, call: Call, names: Row, typeName: string): { document: Row } | { failure: ItemFailure } {
	const [document] = documentsIn(envelope, call);
	if (!isRecord(document) || Object.keys(document).length === 0) {
		return { failure: poorAnswer('notFound', `JDY has no ${typeName} with this ID in the account of the credential`) };
	}
	const isAnother = Object.entries(names).some(([name, value]) => document[name] !== undefined && String(document[name]) !== String(value));
	return isAnother ? { failure: poorAnswer('notFound', `JDY answered with another ${typeName}`) } : { document };
}
