import { referenceId } from '../../shared/parameters/ids';
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
	/** The names of the parameters beside it. */
	beside: { has: (name: string) => boolean };
}

/**
 * IDs in the form of their parameter: one, a list, or several in a text. JDY refuses names and numbers there, or takes them
 * for something else.
 *
 * @throws ValidationError naming the field
 */
export function writeIds({ name, type, reference }: Parameter, value: unknown, { label, listOf, beside }: IdPosition): unknown {
	if (isNothing(value)) return type === 'array' ? [] : '';
	const number = `${name.replace(/_ids?$/, '')}_number`;
	// A number of 19 digits comes as raw JSON.
	const idOf = (entry: unknown) => referenceId(JSON.isRawJSON(entry) ? digitsOf(entry) : entry, label, beside.has(number) ? number : undefined);
	if (type !== 'array' && !reference?.isCommaList) return idOf(value);
	const ids = listOf(value).map(idOf);
	return type === 'array' ? ids : ids.join(',');
}
