import { ValidationError } from '../../gateway/errors/validationError';
import { isRecord, parseExact, stringify } from '../../gateway/json/json';
import { asksModel, holdsFilledIn, isExpression } from './expressions';
import { expressionsIn } from './template';

type Values = Record<string, unknown>;

/** How the user knows what rows are chosen by. */
export interface ChoiceLabels {
	/** All of it. */
	all: string;
	/** One field; those within an object have dots. */
	field: (name: string) => string;
}

/** A text that holds nothing, or what an expression wrote for it. */
const NOTHING = /^\s*(?:null|undefined|NaN|\[\s*\]|\{\s*\})?\s*$/;

/** Whether it is an object with fields, and no date or number of its own kind. */
function hasFields(value: unknown): value is Values {
	return isRecord(value) && !JSON.isRawJSON(value) && typeof value.toJSON !== 'function' && Object.keys(value).length > 0;
}

function isNothing(value: unknown): boolean {
	if (typeof value === 'string') return NOTHING.test(value);
	if (Array.isArray(value)) return value.every(isNothing);
	if (isRecord(value)) return Object.keys(value).length === 0;
	return value === null || value === undefined || Number.isNaN(value);
}

/**
 * Whether an agent left it out; false if it is not empty, or no expression has filled it in.
 *
 * @throws ValidationError if any other expression found nothing
 */
function isLeftOut(value: unknown, written: unknown, label: string): boolean {
	if (!isNothing(value) || !holdsFilledIn(written)) return false;
	if (asksModel(written)) return true;
	throw new ValidationError(label, 'is empty: its expression found nothing');
}

function fieldsGiven(values: Values, written: unknown, label: ChoiceLabels['field'], path = ''): Values {
	const kept = Object.entries(values).flatMap(([key, value]): Array<[string, unknown]> => {
		const [name, of] = [path + key, isRecord(written) ? written[key] : written];
		if (!hasFields(value)) return isLeftOut(value, of, label(name)) ? [] : [[key, value]];
		const within = fieldsGiven(value, of, label, `${name}.`);
		return Object.keys(within).length === 0 ? [] : [[key, within]];
	});
	return Object.fromEntries(kept);
}

/**
 * The values by which rows are chosen, without those that an agent left out: an expression that found nothing would have rows
 * chosen that the user does not mean.
 *
 * @param written the same fields as they are in the node; a text if an expression returns all of them
 * @throws ValidationError naming the field
 */
export function chosenFields(values: unknown, written: unknown, names: ChoiceLabels): Values {
	if (hasFields(values)) return fieldsGiven(values, written, names.field);
	if (isExpression(written)) isLeftOut(values, written, names.all);
	return isRecord(values) ? values : {};
}

/** The same of JSON, as a text or as an object; what stays as it is is returned unchanged. */
export function chosenJson(source: unknown, raw: unknown, names: ChoiceLabels): unknown {
	const written = expressionsIn(raw);
	if (!holdsFilledIn(written)) return source;
	if (isNothing(source)) return chosenFields({}, written, names);
	if (typeof source !== 'string') return isRecord(source) ? chosenFields(source, written, names) : source;
	let values: unknown;
	try {
		values = parseExact(source);
	} catch {
		return source;
	}
	if (!isRecord(values)) return source;
	const chosen = stringify(chosenFields(values, written, names));
	return chosen === stringify(values) ? source : chosen;
}
