import { parametersOf } from '../../../catalogue/catalogue';
import { readValues } from '../../../catalogue/encoding/values';
import type { Call, Parameter } from '../../../catalogue/types';
import { isRecord } from '../../../gateway/json/json';
import type { Endpoint, Envelope } from '../../../gateway/types';
import { unusableAnswer } from '../../../shared/contract/outcomes';
import type { ItemFailure, ItemResult } from '../../../shared/contract/outcomes';
import { NUMBER_KEYS } from '../../../shared/contract/row';
import type { Row } from '../../../shared/contract/row';
import { findRows, holdsNothing } from '../../../shared/pagination/rows';
import { requestOf } from '../../common/request';
import type { Request } from '../../common/request';

export const BY = ['id', 'number'] as const;

/** How details name what they want, most usual first. */
const NAMES: Record<(typeof BY)[number], RegExp[]> = {
	id: [/^id$/, /^\w+_id$/],
	number: [/^number$/, /^bill_no$/, /_number$/, /_no$/, /^mobile$/],
};

/** The parameter by which a detail call takes an ID or a number; undefined if it takes none. */
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

/** What a detail call answered with: none if JDY has no such document. */
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

/** The first of the fields that holds a name. */
export function nameIn(row: Row, fields: readonly string[]): string | undefined {
	const name = fields.map((field) => row[field]).find((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
	return name === undefined ? undefined : String(name);
}

/** The fields of a row that hold what a parameter takes; `bill_id` is the `id` of a row whose own ID it is. */
function fieldsOf({ name, reference }: Parameter, by: Asked['by']): string[] {
	const isOwn = reference?.isOwn === true || name === by;
	const own = by === 'id' ? ['id'] : NUMBER_KEYS;
	return isOwn ? [...new Set([name, ...own])] : [name];
}

/** What a row holds for the parameter of a detail; undefined if it holds nothing of that kind. */
export function keyIn(row: Row, parameter: Parameter, by: Asked['by']): string | undefined {
	return nameIn(row, fieldsOf(parameter, by));
}

/** By what the document of a row is found, by ID, or else by number; undefined if the row holds nothing that the call takes. */
export function askedIn(row: Row, detail: Call): Asked | undefined {
	const documented = parametersOf(detail);
	for (const by of BY) {
		const parameter = parameterFor(documented, by);
		const key = parameter && keyIn(row, parameter, by);
		if (parameter && key !== undefined) return { parameter, by, keys: [key] };
	}
	return undefined;
}

/** The object that says what a document is called: the document itself, or the only thing in it (`{ order: { … } }`). */
export function namedPart(document: Row): Row {
	const [only, ...others] = Object.values(document);
	return others.length === 0 && isRecord(only) ? only : document;
}

const plain = (name: unknown): string => String(name).trim().toLowerCase();

/** Whether a document has other names than those asked for. What is encrypted, or has no name, says nothing. */
function isAnother(document: unknown, { encrypted }: Call, { parameter, by, keys }: Asked): boolean {
	if (!isRecord(document)) return false;
	const part = namedPart(document);
	const fields = [parameter.name, ...(by === 'id' ? ['id'] : NUMBER_KEYS)].filter((field) => !encrypted.some(([first]) => first === field));
	const names = fields.map((field) => part[field]).filter((name) => (typeof name === 'string' && name.trim() !== '') || typeof name === 'number');
	return names.length > 0 && !names.some((name) => keys.some((key) => plain(key) === plain(name)));
}

/** The documents that were asked for, of one type; JDY may answer with others, and a following step would change those. */
export function askedFor(envelope: Envelope, call: Call, asked: Asked, typeName: string): { documents: unknown[] } | { failure: ItemFailure; isMissing?: true } {
	const documents = documentsIn(envelope, call);
	if (documents.length === 0) return { failure: unusableAnswer('notFound', `No ${typeName} was found`), isMissing: true };
	if (documents.some((document) => isAnother(document, call, asked))) return { failure: unusableAnswer('notFound', `JDY answered with another ${typeName}`) };
	if (!call.rows && documents.length > 1) return { failure: unusableAnswer('notFound', `JDY answered with ${documents.length} of ${typeName}, not with one`) };
	return { documents };
}

/** Where documents are read, and how their values are written. */
type Reading = Settings & { ask: (endpoint: Endpoint, body: string) => Promise<ItemResult> };

/** The whole document of a row; undefined if the row does not name it. */
export async function readDocument(row: Row, detail: Call, typeName: string, { ask, ...settings }: Reading): Promise<{ value: Row } | { failure: ItemFailure } | undefined> {
	const asked = askedIn(row, detail);
	if (!asked) return undefined;
	const { endpoint, body } = detailRequest(detail, asked.parameter, asked.keys, settings);
	const ended = await ask(endpoint, body);
	if (ended.type === 'failed') return ended;
	const answered = askedFor(ended.envelope, detail, asked, typeName);
	if ('failure' in answered) return answered;
	const [document, ...others] = answered.documents;
	const isOne = isRecord(document) && others.length === 0;
	return isOne ? { value: document } : { failure: unusableAnswer('notFound', `JDY answered with ${others.length + 1} of ${typeName}, not with one`) };
}

/**
 * The one document that was asked for.
 *
 * @param names what it is called, by field; a document that has another value for one of them is another one
 * @param typeName for the failure
 */
export function documentIn(envelope: Envelope, call: Call, names: Row, typeName: string): { document: Row } | { failure: ItemFailure } {
	const [document] = documentsIn(envelope, call);
	if (!isRecord(document) || Object.keys(document).length === 0) {
		return { failure: unusableAnswer('notFound', `JDY has no ${typeName} with this ID in the account of the credential`) };
	}
	const isAnother = Object.entries(names).some(([name, value]) => document[name] !== undefined && String(document[name]) !== String(value));
	return isAnother ? { failure: unusableAnswer('notFound', `JDY answered with another ${typeName}`) } : { document };
}
