import { isRecord } from '../../gateway/json/json';
import { isMoment } from '../../shared/data/dates';
import { toPlain } from '../../shared/data/plainData';
import type { Parameter } from '../types';
import { complaintAboutMissing } from './requiredFields';
import type { ReadValues, Reading, Values } from './types';
import { Reader } from './valueReader';

export type { Values } from './types';

/**
 * A copy of values, checked for what JSON cannot hold; dates stay dates.
 *
 * @throws Complaint naming the field
 */
export function plainValues(values: Values): Values {
	const plain = toPlain(values, isMoment);
	return isRecord(plain) ? plain : {};
}

/**
 * What the user gave, in the documented types and formats: a number where the page says text goes out as text with all its
 * digits, dates as the parameter writes them, entries and their fields likewise. Names that no page knows, and what cannot be
 * what its page says, pass as they are.
 *
 * @throws Complaint naming the first field that is surely wrong, otherwise all that are missing unless they are to be sent so
 */
export function readValues(parameters: Parameter[], given: Values, reading: Reading): ReadValues {
	const reader = new Reader(reading);
	const values = reader.level(parameters, plainValues(given));
	const complaint = reading.missing === 'send' ? undefined : complaintAboutMissing(reader.missing);
	if (complaint) throw complaint;
	const missing = [...new Set(reader.missing.map(({ path }) => path))];
	return { values, unknown: [...reader.unknown], asGiven: [...reader.asGiven], missing, leftOut: [...reader.leftOut] };
}
