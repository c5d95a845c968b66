import { fieldInError, inside } from '../../../catalogue/encoding/fieldPath';
import type { Values } from '../../../catalogue/encoding/values';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import type { FoundReferences, ReferenceRow } from '../../../shared/contract/references';
import { defaultUnitOf, givenBy, keysOf, ownerOf, productOf } from './keys';
import type { Targets } from './keys';
import { differentName, missingOwner, noSuchKey, problemOf } from './problems';
import { hasValue, nameOf, pathOf } from './slots';
import type { Problem, Slot } from './slots';

/** "The app may not call this API" [D]. */
const NO_PERMISSION = 4012;

/** What a slot comes to: values for its level, or why there are none. */
interface SlotOutcome {
	values: Values;
	problems: Problem[];
	hints: string[];
	/** Master data could not be read. */
	failure?: ItemFailure;
}

const NOTHING: SlotOutcome = { values: {}, problems: [], hints: [] };

/** The parameter with IDs. */
function written({ keys, level }: Slot, rows: readonly ReferenceRow[]): Values {
	const { parameter, reference } = keys;
	const texts = rows.map(({ id, number }) => (reference.holds === 'id' ? id : (number ?? '')));
	const isList = parameter.type === 'array' || reference.isCommaList;
	const value = !isList ? texts[0] : parameter.type === 'array' ? texts : texts.join(',');
	// A few pages call both the ID and the number required [D].
	const beside = keys.isNumberDocumented && keys.number !== undefined && level.values[keys.number] === undefined ? keys.number : undefined;
	const isBoth = beside !== undefined && level.parameters.some(({ name, required, alternatives }) => name === beside && required && alternatives.length === 0);
	return { [parameter.name]: value, ...(isBoth && rows[0]?.number !== undefined && { [beside]: rows[0].number }) };
}

/** A line whose unit is not named takes that of its product. */
function withDefaultUnit(slot: Slot, targets: Targets, found: FoundReferences): SlotOutcome {
	const key = defaultUnitOf(slot, targets, found);
	if (!key) return NOTHING;
	const known = productOf(slot, targets, found)?.defaultUnit;
	const result = known === undefined ? found.get(key) : undefined;
	const id = known ?? (result?.type === 'found' ? result.row.id : undefined);
	if (id === undefined) return NOTHING;
	const { name } = slot.keys.parameter;
	return { ...NOTHING, values: { [name]: id }, hints: [`${fieldInError(inside(undefined, pathOf(slot.level, name)))} was not given: it is the unit that the product is sold in, or else its base unit`] };
}

/** What the keys of a slot lead to. */
export function outcomeOf(slot: Slot, targets: Targets, found: FoundReferences): SlotOutcome {
	if (hasValue(slot)) return NOTHING;
	if (slot.problems.length > 0) return { ...NOTHING, problems: slot.problems };
	const by = givenBy(slot);
	if (by === undefined) return withDefaultUnit(slot, targets, found);
	const target = targets.get(slot.keys.reference.to);
	const field = nameOf(slot, by);
	const isDocumented = by === 'number' && slot.keys.isNumberDocumented;
	if (isDocumented && target && !target.hasNumbers) return NOTHING;
	if (!target || (by === 'number' && !target.hasNumbers) || (by === 'name' && !target.hasNames)) return { ...NOTHING, problems: [{ field, text: noSuchKey(slot, target) }] };
	const owner = ownerOf(slot, targets, found);
	// What JDY documents goes without the ID: it may know what is meant.
	if (owner === 'missing' && isDocumented) return NOTHING;
	if (owner === 'missing') return { ...NOTHING, problems: [{ field, text: missingOwner(slot) }] };
	if (typeof owner === 'string') return NOTHING;
	const rows: ReferenceRow[] = [];
	const problems: Problem[] = [];
	for (const key of keysOf(slot, targets, found)) {
		const result = found.get(key);
		if (result?.type === 'found') rows.push(result.row);
		else if (result?.type !== 'failed') problems.push({ field, text: problemOf(slot, key, result) });
		else if (result.failure.errcode === NO_PERMISSION && isDocumented) {
			return { ...NOTHING, hints: [`The app may not read ${target.label.several}, so "${slot.keys.number}" was sent as given, without the ID`] };
		} else return { ...NOTHING, failure: result.failure };
	}
	const differing = rows.flatMap((row, index) => differentName(slot, by, row, index) ?? []);
	if (problems.length + differing.length > 0) return { ...NOTHING, problems: [...problems, ...differing] };
	return { ...NOTHING, values: written(slot, rows) };
}
