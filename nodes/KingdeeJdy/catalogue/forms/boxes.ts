import { readableKeysOf, readableLabel, readableLabelZh } from '../readableKeys';
import type { ReadableBy, ReferenceKeys } from '../readableKeys';
import type { Parameter } from '../types';
import { choiceOf } from './choices';
import type { Choice } from './choices';

/** A field of a form that stands for a parameter. */
export interface Box {
	/** The wire name, or a readable key. */
	name: string;
	label: string;
	/** Empty if the documentation has none. */
	labelZh: string;
	/** The parameter that takes the value as it is; missing for a readable key. */
	parameter?: Parameter;
}

/** A parameter of a level, with the fields that can be filled in for it: the one that is meant first. */
export interface Boxes {
	parameter: Parameter;
	/** What people call it by: `customer` of `customer_id`. */
	stem: string;
	first: Box;
	others: Box[];
	/** Documented as required, be it the ID or the number beside it. */
	isRequired: boolean;
	/** Wire names of other parameters that may be given instead. */
	alternatives: string[];
	/** What the first can be chosen from. */
	choice?: Choice | undefined;
}

function boxOf(parameter: Parameter): Box {
	const { name, label, labelZh } = parameter;
	return { name, label, labelZh: labelZh === name || labelZh === label ? '' : labelZh, parameter };
}

function idBoxOf(parameter: Parameter): Box {
	const box = boxOf(parameter);
	return { ...box, labelZh: box.labelZh === '' || box.labelZh.endsWith('ID') ? box.labelZh : `${box.labelZh}ID` };
}

/** Units that a product is sold in are rows without numbers [D]; those of the units that they stand for serve as well. */
const isCalledByName = ({ hasNumbers, reference }: ReferenceKeys) => !hasNumbers || reference.to === 'product_unit';

/** The fields for what refers to master data: its number or its name before its ID. */
function readableBoxes(keys: ReferenceKeys): Box[] {
	const { parameter, reference, hasNumbers, hasNames } = keys;
	const readable = (by: ReadableBy, isThere: boolean): Box[] => {
		const name = keys[by];
		return name === undefined || !isThere ? [] : [{ name, label: readableLabel(keys, by), labelZh: readableLabelZh(keys, by) }];
	};
	const [number, name, barcode] = [readable('number', hasNumbers || keys.isNumberDocumented), readable('name', hasNames), readable('barcode', true)];
	if (reference.holds === 'number') return [boxOf(parameter), ...name, ...barcode];
	return [...(isCalledByName(keys) ? [...name, ...number] : [...number, ...name]), ...barcode, idBoxOf(parameter)];
}

function withoutReference(parameter: Parameter): Boxes {
	return { parameter, stem: parameter.name, first: boxOf(parameter), others: [], isRequired: parameter.required, alternatives: parameter.alternatives };
}

function withReference(keys: ReferenceKeys, level: readonly Parameter[]): Boxes {
	const { parameter, stem } = keys;
	const [first = boxOf(parameter), ...others] = readableBoxes(keys);
	const names = new Set([first, ...others].map(({ name }) => name));
	const documented = level.filter(({ name }) => names.has(name));
	const alternatives = new Set(documented.flatMap((one) => one.alternatives));
	return {
		parameter,
		stem,
		first,
		others,
		isRequired: documented.some(({ required }) => required) || [...alternatives].some((name) => names.has(name)),
		alternatives: [...alternatives].filter((name) => !names.has(name)),
		choice: choiceOf(keys, first.name),
	};
}

/** The parameters of a level in their order; a number that JDY documents beside an ID stands with that ID. */
export function boxesOf(level: readonly Parameter[]): Boxes[] {
	const references = new Map(readableKeysOf(level).flatMap((keys) => (keys.isListed && keys.stem !== 'id' ? [[keys.parameter, keys] as const] : [])));
	const besideId = new Set([...references.values()].flatMap(({ isNumberDocumented, number }) => (isNumberDocumented ? [number] : [])));
	return level.flatMap((parameter) => {
		if (besideId.has(parameter.name)) return [];
		const keys = references.get(parameter);
		return [keys ? withReference(keys, level) : withoutReference(parameter)];
	});
}
