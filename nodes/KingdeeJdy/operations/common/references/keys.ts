import { digitsOf } from '../../../catalogue/encoding/scalars';
import { READABLE_BY } from '../../../catalogue/readableKeys';
import type { ReadableBy } from '../../../catalogue/readableKeys';
import type { FoundReferences, ReferenceKey, ReferenceRow, ReferenceTarget } from '../../../shared/contract/references';
import { hasValue, slotsOf } from './slots';
import type { Slot } from './slots';

/** The kinds of master data that a document refers to, by their names. */
export type Targets = ReadonlyMap<string, ReferenceTarget>;

/** The target that gives a product's unit where none is named. */
export const DEFAULT_UNIT = 'default_unit';

/** Kinds whose rows mean nothing without what they belong to: names and numbers repeat. */
const OWNED = new Set(['bin', 'product_sku', 'product_unit', DEFAULT_UNIT]);

/** What a row must belong to: `missing` if it is not given, `waiting` if it is not found yet, `lost` if it cannot be found. */
export type Owner = { id: string | undefined } | 'missing' | 'waiting' | 'lost';

/** The key by which the row of a slot is found: the surest of those that are given. */
export function givenBy({ given }: Slot): ReadableBy | undefined {
	return READABLE_BY.find((by) => given[by] !== undefined);
}

function idIn(value: unknown): string | undefined {
	const [only, ...others] = Array.isArray(value) ? (value as unknown[]) : [value];
	if (others.length > 0) return undefined;
	const text = typeof only === 'string' ? only.trim() : digitsOf(only);
	return text === '' ? undefined : text;
}

/** The owner of what a slot names. */
export function ownerOf(slot: Slot, targets: Targets, found: FoundReferences): Owner {
	const { level, keys } = slot;
	const { of, to } = keys.reference;
	if (of === undefined) return OWNED.has(to) && to !== 'bin' ? 'missing' : { id: undefined };
	if ('group' in of) return { id: of.group };
	const given = idIn(level.values[of.parameter]);
	if (given !== undefined) return { id: given };
	const beside = slotsOf(level).find((one) => one.keys.parameter.name === of.parameter);
	const [key] = beside ? keysOf(beside, targets, found) : [];
	if (key) {
		const result = found.get(key);
		if (result === undefined) return 'waiting';
		return result.type === 'found' ? { id: result.row.id } : 'lost';
	}
	if (beside && (givenBy(beside) !== undefined || beside.problems.length > 0)) return 'lost';
	return OWNED.has(to) ? 'missing' : { id: undefined };
}

/** The ID of what a slot refers to, as far as it is known: given, or found. */
export function idOfSlot(slot: Slot, targets: Targets, found: FoundReferences): string | undefined {
	if (hasValue(slot)) return idIn(slot.level.values[slot.keys.parameter.name]);
	const [key] = keysOf(slot, targets, found);
	const result = key && found.get(key);
	return result?.type === 'found' ? result.row.id : undefined;
}

/** The keys of a slot as far as they can be looked up now, in the order of its values. */
export function keysOf(slot: Slot, targets: Targets, found: FoundReferences): ReferenceKey[] {
	const { keys, given } = slot;
	const by = givenBy(slot);
	const target = targets.get(keys.reference.to);
	if (by === undefined || !target || hasValue(slot)) return [];
	if ((by === 'number' && !target.hasNumbers) || (by === 'name' && !target.hasNames)) return [];
	const owner = ownerOf(slot, targets, found);
	if (typeof owner === 'string') return [];
	const { level } = keys.reference;
	return (given[by] ?? []).map((value) => ({ target, by, value, owner: owner.id, level }));
}

/**
 * What finds the unit of a line that names its product by a readable key and no unit: the unit that the product is sold in,
 * otherwise its base unit. A line with an ID of its own keeps the unit that it has.
 */
export function defaultUnitOf(slot: Slot, targets: Targets, found: FoundReferences): ReferenceKey | undefined {
	const { keys, level } = slot;
	const target = targets.get(DEFAULT_UNIT);
	const { of, to } = keys.reference;
	if (!target || to !== 'product_unit' || !keys.parameter.required || hasValue(slot) || givenBy(slot) !== undefined) return undefined;
	if (of === undefined || !('parameter' in of) || idIn(level.values.id) !== undefined) return undefined;
	const product = slotsOf(level).find((one) => one.keys.parameter.name === of.parameter);
	if (!product || givenBy(product) === undefined) return undefined;
	const owner = ownerOf(slot, targets, found);
	if (typeof owner === 'string' || owner.id === undefined) return undefined;
	return { target, by: 'owned', value: '', owner: owner.id };
}

/** The product that a unit belongs to, if it was looked up. */
export function productOf({ level, keys }: Slot, targets: Targets, found: FoundReferences): ReferenceRow | undefined {
	const { of } = keys.reference;
	const product = of && 'parameter' in of ? slotsOf(level).find((one) => one.keys.parameter.name === of.parameter) : undefined;
	const [key] = product ? keysOf(product, targets, found) : [];
	const result = key && found.get(key);
	return result?.type === 'found' ? result.row : undefined;
}
