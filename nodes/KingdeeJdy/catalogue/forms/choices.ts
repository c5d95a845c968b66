import type { INodePropertyOptions } from 'n8n-workflow';

import type { ReferenceKeys } from '../readableKeys';

/** Master data of an account that a field offers to choose from. */
export interface Choice {
	/** The kind, e.g. `warehouse`. */
	to: string;
	/** The ID of the group whose rows are meant. */
	group?: string | undefined;
	/** Of a region: 1 province. */
	level?: number | undefined;
}

/** What can be chosen, by `textOfChoice`. */
export type Choices = ReadonlyMap<string, INodePropertyOptions[]>;

export function textOfChoice({ to, group, level }: Choice): string {
	return `${to} ${group ?? ''} ${level ?? ''}`;
}

/**
 * What the first field for a reference can be chosen from; undefined if a value is not enough to name a row, or if several
 * can be given.
 *
 * @param firstName the wire name of that field: a choice fills the number, or the name of what has no numbers
 */
export function choiceOf({ parameter, reference, name, hasNumbers }: ReferenceKeys, firstName: string): Choice | undefined {
	const { to, of, level, isCommaList } = reference;
	if (parameter.type === 'array' || isCommaList || (of !== undefined && !('group' in of))) return undefined;
	if (firstName === parameter.name ? reference.holds === 'id' : (firstName === name) === hasNumbers) return undefined;
	return { to, group: of?.group, level };
}
