import { ValidationError } from '../../gateway/errors/validationError';
import { labelledName } from './fieldPath';
import type { FieldPath } from './fieldPath';

/** What becomes of a document that lacks what its page calls required: JDY decides, or the node refuses it. */
export const MISSING_MODES = ['send', 'refuse'] as const;

export type MissingMode = (typeof MISSING_MODES)[number];

/** An error has room for so many fields. */
const MAX_NAMED = 10;

/** Whether a value says nothing, so that what is required is missing. */
export function isNothing(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && value.trim() === '') ||
		(Array.isArray(value) && value.length === 0)
	);
}

/** A field that must be given, and those of which one may be given instead, as an error names them: `"qty" (QTY)`. */
export interface MissingField {
	/** As a hint names it, without its position: `material_entity.qty`. */
	path: string;
	field: string;
	instead: readonly string[];
}

/**
 * What is missing of a document or of one line of it.
 *
 * @param required the names of which one each must be given
 */
export function missingFrom(level: Record<string, unknown>, required: readonly string[][], placeOf: (name: string) => FieldPath): MissingField[] {
	const absent = required.filter((names) => names.every((name) => isNothing(level[name])));
	return absent.map(([first = '', ...others]) => ({ path: placeOf(first).path, field: labelledName(placeOf(first)), instead: others.map((name) => labelledName(placeOf(name))) }));
}

function together(missing: readonly MissingField[]): string {
	const named = missing.slice(0, MAX_NAMED).map(({ field, instead }) => [field, ...instead].join(' or '));
	const more = missing.length - named.length;
	return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What to say of all that is missing; undefined if nothing is. */
export function missingFieldsError(missing: readonly MissingField[]): ValidationError | undefined {
	const [first, ...others] = missing;
	if (!first) return undefined;
	if (others.length > 0) return new ValidationError(`Fields ${together(missing)}`, 'are required');
	const { field, instead } = first;
	return new ValidationError(`Field ${field}`, instead.length === 0 ? 'is required' : `is required, or instead of it ${instead.join(' or ')}`);
}
