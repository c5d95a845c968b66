import type { ReadableBy } from '../../../catalogue/readableKeys';
import { shown } from '../../../shared/references/match';
import type { LookedUpReference, ReferenceKey, ReferenceRow, ReferenceTarget } from '../../../shared/contract/references';
import { nameOf } from './slots';
import type { Problem, Slot } from './slots';

const MAX_NAMED = 5;

/** How a text names a key that does not say which row is meant. */
function several({ keys }: Slot, { target, by, value }: ReferenceKey, rows: readonly ReferenceRow[]): string {
	const numbers = rows.slice(0, MAX_NAMED).map(({ number, id }) => number ?? id);
	const more = rows.length > MAX_NAMED ? ', …' : '';
	const instead = by !== 'number' && target.hasNumbers && keys.number !== undefined ? `; give "${keys.number}" instead` : `; give "${keys.parameter.name}" instead`;
	return `"${value}" stands for ${rows.length} ${target.label.several}: ${numbers.join(', ')}${more}${instead}`;
}

/** Why the row of a key cannot be used. */
export function problemOf(slot: Slot, key: ReferenceKey, result: LookedUpReference | undefined): string {
	const { target, value } = key;
	if (result?.type === 'several') return several(slot, key, result.rows);
	if (result?.type === 'disabled') return `"${value}" is disabled in JDY: enable it there, or give another ${target.label.one}`;
	const nearest = result?.type === 'none' ? result.nearest : [];
	const near = nearest.length === 0 ? '' : `; most like it: ${nearest.join(', ')}`;
	return `"${value}" was not found among the ${target.label.several}${near}`;
}

/** A kind of master data that has no such key. */
export function noSuchKey({ keys }: Slot, target: ReferenceTarget | undefined): string {
	if (!target) return `cannot be looked up: JDY lists no such master data; give "${keys.parameter.name}" instead`;
	const instead = target.hasNames ? (keys.name ?? keys.parameter.name) : (keys.number ?? keys.parameter.name);
	return `cannot be used, because ${target.label.several} have no ${target.hasNames ? 'numbers' : 'names'} in JDY; give "${instead}" instead`;
}

/** A unit without its product, a bin without its warehouse. */
export function missingOwner({ keys }: Slot): string {
	const { of } = keys.reference;
	if (!of || !('parameter' in of)) return `cannot be looked up, because JDY does not document what it belongs to; give "${keys.parameter.name}" instead`;
	const owner = of.parameter.replace(/_ids?$/, '');
	return `can be found only together with "${owner}_number", "${owner}_name" or "${owner}_id", which are not given`;
}

/** A name that stands beside a number and is another one. */
export function differentName(slot: Slot, by: ReadableBy, row: ReferenceRow, index: number): Problem | undefined {
	const { given, keys } = slot;
	const name = by === 'name' || by === 'nameOrNumber' ? undefined : given.name?.[index];
	if (name === undefined || keys.name === undefined || row.name === undefined || row.name.trim() === name) return undefined;
	const value = given[by]?.[index] ?? '';
	return { field: nameOf(slot, 'name'), text: `is "${name}", but "${value}" is ${shown(row)}: correct one of them, or leave the name out` };
}
