import { referenceId } from '../../shared/parameters/ids';
import type { Instead } from '../../shared/parameters/ids';
import type { Parameter } from '../types';
import { isNothing } from './requiredFields';
import { digitsOf } from './scalars';

/** Whether a parameter takes the ID of something else, beyond doubt. */
export function takesIds({ reference }: Parameter): boolean {
	return reference?.to !== undefined && reference.holds === 'id' && reference.isSure;
}

/** Where the IDs of a parameter stand. */
interface IdPosition {
	/** As an error names it. */
	label: string;
	/** The entries of what may be several. */
	listOf: (value: unknown) => unknown[];
	/** The keys that take a number and a name instead. */
	instead: Instead;
}

/**
 * IDs in the form of their parameter: one, a list, or several in a text. JDY refuses names and numbers there, or takes them
 * for something else.
 *
 * @throws ValidationError naming the field
 */
export function writeIds({ type, reference }: Parameter, value: unknown, { label, listOf, instead }: IdPosition): unknown {
	if (isNothing(value)) return type === 'array' ? [] : '';
	// A number of 19 digits comes as raw JSON.
	const idOf = (entry: unknown) => referenceId(JSON.isRawJSON(entry) ? digitsOf(entry) : entry, label, instead);
	if (type !== 'array' && !reference?.isCommaList) return idOf(value);
	const ids = listOf(value).map(idOf);
	return type === 'array' ? ids : ids.join(',');
}
