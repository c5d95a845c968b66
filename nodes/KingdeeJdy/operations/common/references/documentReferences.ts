import { fieldInError, inside } from '../../../catalogue/encoding/fieldPath';
import type { Values } from '../../../catalogue/encoding/values';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import type { FoundReferences, ReferenceKey, ReferenceRow } from '../../../shared/contract/references';
import { ReferenceFailure } from '../../../shared/references/referenceFailure';
import { defaultKeys, defaultValues } from './defaults';
import { defaultUnitOf, givenBy, keysOf, ownerOf } from './keys';
import type { Targets } from './keys';
import { differentName, missingOwner, noSuchKey, problemOf } from './problems';
import { eachLevel, hasValue, nameOf, slotsOf } from './slots';
import type { Level, Naming, Problem, Slot } from './slots';

/** "The app may not call this API" [D]. */
const NO_PERMISSION = 4012;

/** A document with IDs in place of its readable keys, and what to tell the user of it. */
export interface Resolved {
	values: Values;
	hints: string[];
}

/** How the references of a document are read. */
export interface ReferenceOptions {
	naming?: Naming | undefined;
	/** Whether empty fields are filled from the master data that a document refers to. */
	fillsDefaults?: boolean | undefined;
}

/** What the readable keys of a document refer to. */
export class DocumentReferences {
	private readonly parameters: Parameter[];

	private readonly given: Values;

	private readonly targets: Targets;

	private readonly naming: Naming | undefined;

	private readonly fillsDefaults: boolean;

	constructor(parameters: Parameter[], given: Values, targets: Targets, { naming, fillsDefaults = false }: ReferenceOptions) {
		this.parameters = parameters;
		this.given = given;
		this.targets = targets;
		this.naming = naming;
		this.fillsDefaults = fillsDefaults;
	}

	/** What is to be looked up, as far as it can be said now: a unit is looked up once its product is found. */
	keys(found: FoundReferences): ReferenceKey[] {
		const keys: ReferenceKey[] = [];
		eachLevel(this.parameters, this.given, (level) => {
			for (const slot of slotsOf(level)) {
				keys.push(...keysOf(slot, this.targets, found));
				const unit = defaultUnitOf(slot, this.targets, found);
				if (unit && this.productOf(slot, found)?.defaultUnit === undefined) keys.push(unit);
			}
			if (this.fillsDefaults) keys.push(...defaultKeys(level, this.targets, found));
			return level.values;
		});
		return keys;
	}

	/**
	 * The document with IDs.
	 *
	 * @throws ReferenceFailure if something could not be looked up, ValidationError naming everything that was not found
	 */
	resolve(found: FoundReferences): Resolved {
		const problems: Problem[] = [];
		const failures: Array<{ slot: Slot; failure: ItemFailure }> = [];
		const hints = new Set<string>();
		const values = eachLevel(this.parameters, this.given, (level) => {
			const changed = { ...level.values };
			for (const slot of slotsOf(level)) {
				const { keys } = slot;
				for (const name of [keys.name, keys.barcode, keys.nameOrNumber, keys.isNumberDocumented ? undefined : keys.number]) {
					if (name !== undefined) delete changed[name];
				}
				const outcome = this.outcomeOf(slot, found);
				problems.push(...outcome.problems);
				if (outcome.failure) failures.push({ slot, failure: outcome.failure });
				for (const hint of outcome.hints) hints.add(hint);
				Object.assign(changed, outcome.values);
			}
			const filled = this.fillsDefaults ? defaultValues(level, this.targets, found) : {};
			for (const name of Object.keys(filled)) hints.add(`"${pathOf(level, name)}" was filled from master data`);
			Object.assign(changed, filled);
			return changed;
		}, this.naming);
		const [failed] = failures;
		if (failed) throw new ReferenceFailure(this.labelOf(failed.slot), failed.failure);
		const [first, ...others] = problems;
		if (first) throw new ValidationError(first.field, [first.text, ...others.map(({ field, text }) => `${field} ${text}`)].join('; '));
		return { values, hints: [...hints] };
	}

	private labelOf({ keys }: Slot): string {
		return this.targets.get(keys.reference.to)?.label.several ?? keys.reference.to;
	}

	private productOf(slot: Slot, found: FoundReferences): ReferenceRow | undefined {
		const { of } = slot.keys.reference;
		const product = of && 'parameter' in of ? slotsOf(slot.level).find((one) => one.keys.parameter.name === of.parameter) : undefined;
		const [key] = product ? keysOf(product, this.targets, found) : [];
		const result = key && found.get(key);
		return result?.type === 'found' ? result.row : undefined;
	}

	private outcomeOf(slot: Slot, found: FoundReferences): { values: Values; problems: Problem[]; hints: string[]; failure?: ItemFailure } {
		const nothing = { values: {}, problems: [], hints: [] };
		if (hasValue(slot)) return nothing;
		if (slot.problems.length > 0) return { ...nothing, problems: slot.problems };
		const by = givenBy(slot);
		if (by === undefined) return this.withDefaultUnit(slot, found);
		const target = this.targets.get(slot.keys.reference.to);
		const field = nameOf(slot, by);
		const isDocumented = by === 'number' && slot.keys.isNumberDocumented;
		if (isDocumented && target && !target.hasNumbers) return nothing;
		if (!target || (by === 'number' && !target.hasNumbers) || (by === 'name' && !target.hasNames)) return { ...nothing, problems: [{ field, text: noSuchKey(slot, target) }] };
		const owner = ownerOf(slot, this.targets, found);
		// What JDY documents goes without the ID: it may know what is meant.
		if (owner === 'missing' && isDocumented) return nothing;
		if (owner === 'missing') return { ...nothing, problems: [{ field, text: missingOwner(slot) }] };
		if (typeof owner === 'string') return nothing;
		const rows: ReferenceRow[] = [];
		const problems: Problem[] = [];
		for (const key of keysOf(slot, this.targets, found)) {
			const result = found.get(key);
			if (result?.type === 'found') rows.push(result.row);
			else if (result?.type !== 'failed') problems.push({ field, text: problemOf(slot, key, result) });
			else if (result.failure.errcode === NO_PERMISSION && isDocumented) {
				return { ...nothing, hints: [`The app may not read ${target.label.several}, so "${slot.keys.number}" was sent as given, without the ID`] };
			} else return { ...nothing, failure: result.failure };
		}
		const differing = rows.flatMap((row, index) => differentName(slot, by, row, index) ?? []);
		if (problems.length + differing.length > 0) return { ...nothing, problems: [...problems, ...differing] };
		return { ...nothing, values: this.written(slot, rows) };
	}

	private written({ keys, level }: Slot, rows: readonly ReferenceRow[]): Values {
		const { parameter, reference } = keys;
		const texts = rows.map(({ id, number }) => (reference.holds === 'id' ? id : (number ?? '')));
		const isList = parameter.type === 'array' || reference.isCommaList;
		const value = !isList ? texts[0] : parameter.type === 'array' ? texts : texts.join(',');
		// A few pages call both the ID and the number required [D].
		const beside = keys.isNumberDocumented && keys.number !== undefined && level.values[keys.number] === undefined ? keys.number : undefined;
		const isBoth = beside !== undefined && level.parameters.some(({ name, required, alternatives }) => name === beside && required && alternatives.length === 0);
		return { [parameter.name]: value, ...(isBoth && rows[0]?.number !== undefined && { [beside]: rows[0].number }) };
	}

	private withDefaultUnit(slot: Slot, found: FoundReferences): { values: Values; problems: Problem[]; hints: string[]; failure?: ItemFailure } {
		const nothing = { values: {}, problems: [], hints: [] };
		const key = defaultUnitOf(slot, this.targets, found);
		if (!key) return nothing;
		const known = this.productOf(slot, found)?.defaultUnit;
		const result = known === undefined ? found.get(key) : undefined;
		const id = known ?? (result?.type === 'found' ? result.row.id : undefined);
		if (id === undefined) return nothing;
		const { name } = slot.keys.parameter;
		return { ...nothing, values: { [name]: id }, hints: [`${fieldInError(inside(undefined, pathOf(slot.level, name)))} was not given: it is the unit that the product is sold in, or else its base unit`] };
	}
}

function pathOf({ place }: Level, name: string): string {
	return place ? `${place.path}.${name}` : name;
}
