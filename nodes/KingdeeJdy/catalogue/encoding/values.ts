import { isRecord } from '../../gateway/json/json';
import { isMoment } from '../../shared/data/dates';
import { toPlain } from '../../shared/data/plainData';
import type { Parameter } from '../types';
import { missingFieldsError } from './requiredFields';
import type { ReadValues, ValueOptions, Values } from './types';
import { ValueReader } from './valueReader';

export type { Values } from './types';

/**
 * A copy of values, checked for what JSON cannot hold; dates stay dates.
 *
 * @throws ValidationError naming the field
 */
export function plainValues(values: Values): Values {
	const plain = toPlain(values, isMoment);
	return isRecord(plain) ? plain : {};
}

/**
 * What the user gave, in the documented types and formats: a number for which the page says text is sent as text with all its
 * digits, dates as the parameter writes them, entries and their fields likewise. Names that no page knows, and what cannot be
 * what its page says, pass as they are.
 *
 * @throws ValidationError naming the first field that is surely wrong, otherwise all that are missing unless they are to be sent so
 */
export function readValues(parameters: Parameter[], given: Values, options: ValueOptions): ReadValues {
	const reader = new ValueReader(options);
	const values = reader.level(parameters, plainValues(given));
	const problem = options.missing === 'send' ? undefined : missingFieldsError(reader.missing);
	if (problem) throw problem;
	const missing = [...new Set(reader.missing.map(({ path }) => path))];
	return { values, unknown: [...reader.unknown], asGiven: [...reader.asGiven], missing, leftOut: [...reader.leftOut] };
}
