import type { Parameter } from '../types';

/** What becomes of fields that are given and empty: they keep what they have in JDY, or are emptied there. */
export const EMPTY_FIELDS = ['leaveOut', 'clear'] as const;

export type EmptyFields = (typeof EMPTY_FIELDS)[number];

/** What empties a field: an empty text, or null for what is no text: JDY reads types as protobuf does [R]. */
export function emptyOf(parameter: Parameter | undefined): '' | null {
	return parameter === undefined || parameter.type === 'string' ? '' : null;
}
