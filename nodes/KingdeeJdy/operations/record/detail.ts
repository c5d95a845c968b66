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
export function documentsIn(envelope: Envelope, { rows }: Call): unknown[] {
	const { data } = envelope;
	const isNothing = holdsNothing(envelope) || (isRecord(data) && Object.keys(data).length === 0);
	if (isNothing) return [];
	return rows ? (findRows(envelope, { rows })?.rows ?? []) : [data];
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
