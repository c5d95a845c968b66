import type { Values } from '../../../catalogue/encoding/values';
import { readableNames } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import type { FoundReferences, ReferenceKey } from '../../../shared/contract/references';
import { ReferenceFailure } from '../../../shared/references/referenceFailure';
import { defaultKeys, defaultValues } from './defaults';
import { defaultUnitOf, keysOf, productOf } from './keys';
import type { Targets } from './keys';
import { outcomeOf } from './slotOutcome';
import { eachLevel, pathOf, slotsOf } from './slots';
import type { Naming, Problem, Slot } from './slots';

/** A document with IDs in place of its readable keys, and what the user is told of it. */
interface Resolved {
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
				if (unit && productOf(slot, this.targets, found)?.defaultUnit === undefined) keys.push(unit);
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
				for (const name of readableNames(keys)) if (name !== keys.number || !keys.isNumberDocumented) delete changed[name];
				const outcome = outcomeOf(slot, this.targets, found);
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
}
