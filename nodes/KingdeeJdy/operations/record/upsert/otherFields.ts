import { parametersOf } from '../../../catalogue/catalogue';
import type { Values } from '../../../catalogue/encoding/values';
import { readableKeysOf } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';
import { isRecord } from '../../../gateway/json/json';
import type { Caller } from '../../../shared/contract/operation';
import { asRead } from '../../../shared/contract/outcomes';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import { askedFor, detailRequest, namedPart, parameterFor } from '../reading/detail';
import type { Saving } from '../saving/saving';

/** The fields of what a detail shows that a save documents under the same names. */
function documented(parameters: Parameter[], shown: Values): Values {
	const entries = parameters.flatMap(({ name, fields }): Array<[string, unknown]> => {
		const value = shown[name];
		if (value === undefined || value === null || value === '') return [];
		if (!fields) return [[name, value]];
		if (Array.isArray(value)) return [[name, value.map((entry: unknown) => (isRecord(entry) ? documented(fields, entry) : entry))]];
		return [[name, isRecord(value) ? documented(fields, value) : value]];
	});
	return Object.fromEntries(entries);
}

/** ID, number and name of the same thing: what is given by one of them must not be kept by another. */
function toldOtherwise(parameters: Parameter[], given: Values): string[] {
	return readableKeysOf(parameters).flatMap(({ parameter, stem }) => {
		const names = [parameter.name, `${stem}_number`, `${stem}_name`];
		return names.some((name) => name in given) ? names : [];
	});
}

/** What JDY has of the fields that are not given. What is encrypted there stays out: it would be saved encrypted. */
export async function otherFields(id: string, { type, shape, timeZone, arrayFormat, given }: Saving, call: Caller): Promise<{ values: Values } | { failure: ItemFailure }> {
	const { detail } = type;
	const parameter = detail && parameterFor(parametersOf(detail), 'id');
	if (!detail || !parameter) return { values: {} };
	const { endpoint, body } = detailRequest(detail, parameter, [id], { timeZone, arrayFormat, missing: 'send' });
	const result = asRead(await call(endpoint, body));
	if (result.type === 'failed') return { failure: { ...result.failure, outcome: 'notSent', message: `The document could not be read before its update: ${result.failure.message}` } };
	const answered = askedFor(result.envelope, detail, { parameter, by: 'id', keys: [id] }, type.name);
	if ('failure' in answered) return { failure: { ...answered.failure, outcome: 'notSent' } };
	const [first] = answered.documents;
	const left = new Set([...detail.encrypted.map(([name = '']) => name), ...toldOtherwise(shape.parameters, given)]);
	const values = isRecord(first) ? documented(shape.parameters, namedPart(first)) : {};
	return { values: Object.fromEntries(Object.entries(values).filter(([name]) => !(name in given) && !left.has(name))) };
}
