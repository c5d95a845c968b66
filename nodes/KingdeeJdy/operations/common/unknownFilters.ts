import type { ReadValues } from '../../catalogue/encoding/types';
import { nearestNames } from '../../catalogue/search/nearest';
import type { Parameter } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import { oneOf } from '../../shared/parameters/checks';

const UNKNOWN_FILTERS = ['refuse', 'send'] as const;

/** What becomes of filters that no page of JDY has. */
export type UnknownFilters = (typeof UNKNOWN_FILTERS)[number];

/** @throws ValidationError for a choice that is none */
export function readUnknownFilters({ unknownFilters }: { unknownFilters?: unknown }): UnknownFilters {
	return oneOf(unknownFilters ?? 'refuse', UNKNOWN_FILTERS, 'Unknown Filters');
}

/** The documented names on the level of one: `assist_list.item` stands among the fields of `assist_list`. */
export function namesBeside(name: string, documented: readonly Parameter[], prefix = ''): string[] {
	const holder = documented.find((parameter) => parameter.fields && name.startsWith(`${prefix}${parameter.name}.`));
	if (holder?.fields) return namesBeside(name, holder.fields, `${prefix}${holder.name}.`);
	return documented.map((parameter) => `${prefix}${parameter.name}`);
}

/**
 * JDY ignores a filter that it does not know, and answers everything [R]: a following step would change the wrong documents.
 * One that is empty would not filter anyway.
 *
 * @throws ValidationError naming the filter and those that are most like it
 */
export function checkKnown({ values, unknown }: ReadValues, documented: readonly Parameter[], choice: UnknownFilters): void {
	const name = unknown.find((one) => values[one] !== '');
	if (choice === 'send' || name === undefined) return;
	const nearest = nearestNames(name, namesBeside(name, documented));
	const others = nearest.length === 0 ? 'There are no filters here' : `Nearest documented filters: ${nearest.join(', ')}`;
	throw new ValidationError(
		`Filter "${name}"`,
		`is not documented here: JDY ignores filters that it does not know and answers with everything. ${others}. To send it all the same, set the option Unknown Filters to Send`,
	);
}
