import type { ReferenceKey } from '../contract/references';

/** A key as one text: equal for the same row of an account. */
export function textOfKey({ target, by, value, owner, level }: ReferenceKey): string {
	return JSON.stringify([target.name, by, value, owner ?? null, level ?? null]);
}
