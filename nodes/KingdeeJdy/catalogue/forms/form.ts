import type { ResourceMapperField } from 'n8n-workflow';

import { isFilledByJdy } from '../catalogue';
import type { Parameter } from '../types';
import { boxesOf } from './boxes';
import type { Box, Boxes } from './boxes';
import { textOfChoice } from './choices';
import type { Choice, Choices } from './choices';
import { fieldTypeOf } from './fieldType';
import { rankOf } from './order';

/** What a form shows. */
export interface Form {
	/** Names that the node fills in itself, e.g. the page. */
	without?: readonly string[];
	/** A list whose fields stand in the form themselves, one line of it for each input item. */
	lines?: string | undefined;
	/** Master data to choose from. */
	choices?: Choices;
}

interface FieldPosition {
	/** What stands before the names and the labels of a level, e.g. `material_entity.` and `Product Lines: `. */
	id: string;
	label: string;
	/** Whether what it stands in must be filled in. */
	isRequired: boolean;
	/** Whether it stands in a list beside the lines. */
	isBeside: boolean;
}

interface FormField {
	field: ResourceMapperField;
	/** See `rankOf`. */
	rank: number;
	/** What comes before the field in the order of labels: the number of a customer stands before the name. */
	label: string;
	nth: number;
}

/** `Customer Number 客户编码 (or Customer Name, Customer ID) *`. */
function labelOf({ label, labelZh }: Box, before: string, instead: readonly string[], isRequired: boolean): string {
	const either = instead.length === 0 ? '' : ` (or ${instead.join(', ')})`;
	return `${before}${label}${labelZh === '' ? '' : ` ${labelZh}`}${either}${isRequired ? ' *' : ''}`;
}

/**
 * What is documented as required is shown and marked with a star. It is not required by the form: n8n would not let the
 * node run, and JDY takes much without it [R]. Of several that may stand for each other the one is shown that is documented as
 * required, or all of them; the labels of the others say what they stand for.
 *
 * @param level the parameter and those beside it
 */
function fieldsFor(boxes: Boxes, position: FieldPosition, level: readonly Boxes[], choices?: Choices): FormField[] {
	const { parameter, first, others, choice } = boxes;
	const options = choice && choices?.get(textOfChoice(choice));
	const alternatives = level.filter((one) => one !== boxes && boxes.alternatives.some((name) => [one.first, ...one.others].some((box) => box.name === name)));
	const isRequired = position.isRequired && boxes.isRequired && !isFilledByJdy(parameter);
	const isEqual = alternatives.every((one) => one.isRequired === boxes.isRequired);
	const isShown = isRequired || (position.isRequired && alternatives.length > 0 && isEqual);
	const isClear = boxes.isRequired && !isEqual;
	const instead = [...others.map(({ label }) => label), ...(isClear ? [] : alternatives.map((one) => one.first.label))];
	return [first, ...others].map((box, nth) => ({
		field: {
			id: position.id + box.name,
			displayName: labelOf(box, position.label, nth === 0 ? instead : [first.label], nth === 0 && isRequired),
			required: false,
			defaultMatch: false,
			display: true,
			// The rest is there to be added.
			removed: nth > 0 || !isShown,
			...(box.parameter ? fieldTypeOf(box.parameter, nth === 0 && isRequired && alternatives.length === 0) : { type: 'string' as const }),
			...(nth === 0 && options && { type: 'options' as const, options }),
		},
		rank: rankOf(boxes, box, position.isBeside),
		label: position.label + first.label,
		nth,
	}));
}

function fieldsOfLevel(parameters: readonly Parameter[], position: FieldPosition, form: Form): FormField[] {
	const { without = [], lines, choices } = form;
	const level = boxesOf(parameters);
	return level.flatMap((boxes) => {
		const { name, label, type, fields, required } = boxes.parameter;
		const id = position.id + name;
		if (without.includes(id)) return [];
		const isList = type === 'list' && id !== lines;
		if (fields === undefined || (type !== 'list' && type !== 'object')) return fieldsFor(boxes, position, level, choices);
		const inside = {
			id: `${id}.`,
			label: `${position.label}${label}: `,
			isRequired: position.isRequired && required && !isList,
			isBeside: position.isBeside || (isList && !required),
		};
		return [...(isList ? fieldsFor(boxes, position, level) : []), ...fieldsOfLevel(fields, inside, form)];
	});
}

const { compare } = new Intl.Collator('en');

/**
 * The fields of a form: objects taken apart (`buyer_info.name`), lists as a whole and as the fields of one entry
 * (`contact_persons.mobile`), what refers to master data by number and name. First those that are shown, in the order of the
 * catalogue, then those that can be added: the usual ones, the others by their labels, at last the technical ones.
 */
export function formOf(parameters: readonly Parameter[], form: Form = {}): ResourceMapperField[] {
	const all = fieldsOfLevel(parameters, { id: '', label: '', isRequired: true, isBeside: false }, form);
	const shown = all.filter(({ field }) => !field.removed);
	const toAdd = all.filter(({ field }) => field.removed).sort((one, other) => one.rank - other.rank || compare(one.label, other.label) || one.nth - other.nth);
	return [...shown, ...toAdd].map(({ field }) => field);
}

/** What the fields of a form could be chosen from, each once. */
export function choicesIn(parameters: readonly Parameter[]): Choice[] {
	const all = boxesOf(parameters).flatMap(({ choice, parameter }) => [...(choice ? [choice] : []), ...choicesIn(parameter.fields ?? [])]);
	return [...new Map(all.map((choice) => [textOfChoice(choice), choice])).values()];
}
