import type { ArrayFormat } from '../../../catalogue/encoding/query';
import type { Values } from '../../../catalogue/encoding/values';
import type { Parameter } from '../../../catalogue/types';
import type { References, Settings } from '../../../shared/contract/operation';
import type { ReferenceTarget } from '../../../shared/contract/references';
import { oneOf } from '../../../shared/parameters/checks';
import { DEFAULT_TARGETS } from './defaults';
import { DocumentReferences } from './documentReferences';
import type { ReferenceOptions } from './documentReferences';
import { DEFAULT_UNIT, givenBy } from './keys';
import { eachLevel, slotsOf } from './slots';
import type { Naming } from './slots';
import { targetOf } from './targets';

/** Whether numbers, names and barcodes are looked up, or sent as they are given. */
const REFERENCE_MODES = ['lookUp', 'asGiven'] as const;

export type ReferenceMode = (typeof REFERENCE_MODES)[number];

/** What a document of these parameters refers to by numbers, names and barcodes; undefined if it uses none. */
async function referencesIn(parameters: Parameter[], given: Values, arrayFormat: ArrayFormat, options: ReferenceOptions): Promise<DocumentReferences | undefined> {
	const names = new Set<string>();
	eachLevel(parameters, given, (level) => {
		for (const slot of slotsOf(level)) if (givenBy(slot) !== undefined || slot.problems.length > 0) names.add(slot.keys.reference.to);
		return level.values;
	});
	if (options.fillsDefaults) for (const name of DEFAULT_TARGETS) names.add(name);
	if (names.size === 0) return undefined;
	if (names.has('product')) names.add(DEFAULT_UNIT);
	const targets = await Promise.all([...names].map(async (name) => [name, await targetOf(name, arrayFormat)] as const));
	return new DocumentReferences(parameters, given, new Map(targets.filter((entry): entry is [string, ReferenceTarget] => entry[1] !== undefined)), options);
}

/** What parameters with fields are given in, and how they are looked up. */
interface Referring {
	arrayFormat: ArrayFormat;
	references: ReferenceMode;
	/** Whether empty fields are filled from the master data that a document refers to. */
	fillsDefaults?: boolean;
	hint: (message: string) => void;
}

/**
 * What the fields of an item refer to, as its operation hands it on; undefined if nothing is looked up.
 *
 * @param withValues the parameters of the operation with IDs in these fields
 */
export async function referencesOf<P extends Settings>(
	{ arrayFormat, references, fillsDefaults, hint }: Referring,
	parameters: Parameter[],
	given: Values,
	withValues: (values: Values) => P,
	naming?: Naming,
): Promise<References<P> | undefined> {
	const found = references === 'lookUp' ? await referencesIn(parameters, given, arrayFormat, { naming, fillsDefaults }) : undefined;
	if (!found) return undefined;
	return {
		keys: (known) => found.keys(known),
		resolve: (known) => {
			const { values, hints } = found.resolve(known);
			for (const one of hints) hint(one);
			return withValues(values);
		},
	};
}

/** @throws ValidationError for a choice that is none */
export function readReferenceMode({ references }: { references?: unknown }): ReferenceMode {
	return oneOf(references ?? 'lookUp', REFERENCE_MODES, 'Numbers and Names');
}
