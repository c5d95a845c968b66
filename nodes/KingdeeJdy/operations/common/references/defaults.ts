import type { Values } from '../../../catalogue/encoding/values';
import type { FoundReferences, ReferenceKey } from '../../../shared/contract/references';
import { givenBy, idOfSlot } from './keys';
import type { Targets } from './keys';
import { hasValue, slotsOf } from './slots';
import type { Level, Slot } from './slots';

/**
 * What master data say of a document: a field of theirs, and the parameters beside the reference that it may fill [D, likely].
 * Only IDs: amounts and rates follow rules of their own in JDY.
 */
const FILLS: Record<string, ReadonlyArray<readonly [field: string, fills: readonly string[]]>> = {
	customer: [
		['saler_id', ['emp_id']],
		['sale_dept_id', ['dept_id', 'deptid_id']],
		['setting_term_id', ['setting_term_id']],
		['settle_customer_id', ['settle_customer_id']],
	],
	employee: [['department_id', ['dept_id', 'deptid_id']]],
	product: [['stock_id', ['stock_id']]],
};

/** The parameters that stand for the partner, the person and the goods of a document. */
const MAIN = new Set(['customer_id', 'emp_id', 'material_id']);

/** The targets that hold what may be filled in. */
export const DEFAULT_TARGETS = Object.keys(FILLS).map((name) => `${name}_defaults`);

function keyOf(slot: Slot, targets: Targets, found: FoundReferences): ReferenceKey | undefined {
	const { parameter, reference } = slot.keys;
	const target = targets.get(`${reference.to}_defaults`);
	const owner = target && MAIN.has(parameter.name) ? idOfSlot(slot, targets, found) : undefined;
	return target && owner !== undefined ? { target, by: 'owned', value: '', owner } : undefined;
}

/** What is to be read for the empty fields of a level. */
export function defaultKeys(level: Level, targets: Targets, found: FoundReferences): ReferenceKey[] {
	return slotsOf(level).flatMap((slot) => (emptyOnes(slot).length === 0 ? [] : (keyOf(slot, targets, found) ?? [])));
}

/** The empty fields that what a slot refers to may fill, each with the field that does. */
function emptyOnes({ level, keys }: Slot): Array<[fills: string, field: string]> {
	const slots = new Map(slotsOf(level).map((slot) => [slot.keys.parameter.name, slot]));
	return (FILLS[keys.reference.to] ?? []).flatMap(([field, names]) =>
		names.flatMap((name): Array<[string, string]> => {
			const slot = slots.get(name);
			return slot && !hasValue(slot) && givenBy(slot) === undefined ? [[name, field]] : [];
		}),
	);
}

/** Values for the empty fields of a level; what was not found, or cannot be read, stays empty. */
export function defaultValues(level: Level, targets: Targets, found: FoundReferences): Values {
	const entries = slotsOf(level).flatMap((slot): Array<[string, unknown]> => {
		const key = keyOf(slot, targets, found);
		const result = key && found.get(key);
		const fields = result?.type === 'found' ? (result.row.fields ?? {}) : {};
		return emptyOnes(slot).flatMap(([name, field]): Array<[string, unknown]> => (fields[field] === undefined ? [] : [[name, fields[field]]]));
	});
	// What the partner says comes before what follows from the person.
	return Object.fromEntries(entries.reverse());
}
