import { parametersOf } from '../../../catalogue/catalogue';
import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { asText } from '../../../catalogue/encoding/scalars';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord } from '../../../gateway/json/json';
import type { ReferenceKey, ReferenceTarget } from '../../../shared/contract/references';
import { NUMBER_KEYS } from '../../../shared/contract/row';
import type { Row } from '../../../shared/contract/row';
import { oneOf } from '../../../shared/parameters/checks';
import { checkFilledIn } from '../../../shared/parameters/expressions';
import type { NodeParameters } from '../../common/nodeParameters';
import { targetLabel, targetFrom } from '../../common/references/targets';
import type { Saving } from '../saving/saving';

const MATCH_BY = ['number', 'name', 'field'] as const;

/** By what a document that exists is found: the field, and whether it is its own number. */
export interface DocumentMatch {
	field: string;
	isNumber: boolean;
}

/** @throws ValidationError for a type whose documents have no such field, or cannot be found or updated */
export function readMatch(parameters: Pick<NodeParameters, 'read' | 'raw'>, { shape, type }: Saving): DocumentMatch {
	const by = oneOf(parameters.read('matchBy', 'number'), MATCH_BY, 'Match By');
	if (!shape.parameters.some(({ name }) => name === 'id')) throw new ValidationError('Type', `${type.name} cannot be updated: JDY documents no ID for its save`);
	if (!type.list && !type.detail) throw new ValidationError('Type', `${type.name} cannot be found: JDY documents neither a list nor a detail`);
	const number = NUMBER_KEYS.find((name) => shape.parameters.some((parameter) => parameter.name === name));
	if (by === 'number') {
		if (number === undefined) throw new ValidationError('Match By', `must be another one, because ${type.name} has no number of its own`);
		return { field: number, isNumber: true };
	}
	if (by === 'name') return { field: 'name', isNumber: false };
	const field = parameters.read('matchField', '');
	checkFilledIn('Match Field', field, parameters.raw('matchField'));
	if (typeof field !== 'string' || field.trim() === '') throw new ValidationError('Match Field', 'must be the name of a field');
	return { field: field.trim(), isNumber: field.trim() === number };
}

function labelOf(parameters: Parameter[], field: string): string {
	const label = parameters.find(({ name }) => name === field)?.label;
	return label === undefined ? `Field "${field}"` : `Field "${field}" (${label})`;
}

/** The documents of a type, as rows that can be found by the field. */
function targetFor({ type, shape, arrayFormat }: Saving, { field, isNumber }: DocumentMatch): ReferenceTarget {
	const number = NUMBER_KEYS.find((name) => shape.parameters.some((parameter) => parameter.name === name));
	const isSearchable = field === 'name' && type.list !== undefined && parametersOf(type.list).some(({ name }) => name === 'search');
	const written = { zh: type.nameZh, ...(number !== undefined && { number }), ...(isNumber ? {} : { name: field }), enabled: 'enable', search: isSearchable };
	const takesNumber = type.detail !== undefined && parametersOf(type.detail).some(({ name }) => NUMBER_KEYS.includes(name));
	const target = targetFrom(`${type.value} ${field}`, written, { list: type.list, detail: isNumber && takesNumber ? type.detail : undefined }, arrayFormat);
	// A field that is empty is shown all the same.
	const read = (row: Row) => target.read(row).map((one) => (isNumber || one.name !== undefined || !Object.hasOwn(row, field) ? one : { ...one, name: '' }));
	return { ...target, read, label: targetLabel(type.name.toLowerCase()) };
}

/**
 * What finds the document that an item is about. What an earlier run has found is not taken: it may be gone.
 *
 * @throws ValidationError for an item that does not say which
 */
export function keyOf(saving: Saving, match: DocumentMatch): ReferenceKey {
	const { given, shape, timeZone } = saving;
	const label = labelOf(shape.parameters, match.field);
	if (!isNothing(given.id)) throw new ValidationError('Field "id"', 'must not be given: Create or Update finds the ID; Save changes the document of an ID');
	const value = given[match.field];
	const text = isNothing(value) || isRecord(value) ? undefined : asText(value, timeZone)?.trim();
	if (text === undefined || text === '') throw new ValidationError(label, 'must be given, because documents are matched by it');
	return { target: targetFor(saving, match), by: match.isNumber ? 'number' : 'name', value: text, isFresh: true };
}
