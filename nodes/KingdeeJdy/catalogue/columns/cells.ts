import { ValidationError } from '../../gateway/errors/validationError';
import { cellText, readPeopleNumber, readPeopleTruth } from '../../shared/data/peopleValues';
import type { Parameter } from '../types';

/** Fields of which JDY takes the figure of a per cent: 13 is 13 % [R for `cess`, D for those whose text has the sign]. */
const PERCENTAGES: ReadonlySet<string> = new Set([
	'cess', 'tax_rate', 'in_tax_rate', 'bill_dis_rate', 'in_bill_dis_rate', 'out_bill_dis_rate', 'cost_share_percent', 'percent', 'expense_percent', 'residue_rate',
	'scrap', 'fix_loss_scrap',
]);

/** What texts that hold a number are called, where the documentation gives them the type of a text [D]. */
const FIGURE = /(?:^|_)(?:amount|amt|price|qty|quantity|cess|rate|cost|fee|discount|percent|debit|credit|balance|tax|weight|volume|money|points)(?:_for)?\d*$|(?:price|scrap)\d*$/;

function isFigure({ name, type, format, options, reference }: Parameter): boolean {
	if (type === 'number' || type === 'integer') return true;
	return type === 'string' && format === undefined && options === undefined && reference === undefined && FIGURE.test(name);
}

function takesPercent({ name, labelZh }: Parameter): boolean {
	return PERCENTAGES.has(name) || (name === 'rate' && labelZh === '税率');
}

function isYesOrNo({ type, options }: Parameter): boolean {
	const values = new Set(options?.map(({ value }) => value));
	return type === 'boolean' || (values.size === 2 && ((values.has('1') && values.has('0')) || (values.has('true') && values.has('false'))));
}

/** @throws ValidationError naming the field, for a text that is a number in two ways, or a per cent if none is taken */
function figure(parameter: Parameter, text: string, label: string): string {
	const number = readPeopleNumber(text);
	if (number === 'unreadable') return text;
	if (number === 'ambiguous') throw new ValidationError(label, `is "${text}", which can be read as more than one number; write it like 1000.5`);
	const { digits, isPercent } = number;
	if (isPercent && !takesPercent(parameter)) throw new ValidationError(label, `is "${text}", but takes no percentage; write the number that JDY should get`);
	return parameter.type === 'integer' ? digits.replace(/\.0+$/, '') : digits;
}

/**
 * What a cell says of a parameter: the digits of a number that is written as people write it, true or false, the text that
 * was kept a text. What is no number or truth stays a text, and dates do: they are read where they are written.
 *
 * @param label what an error calls the field
 * @throws ValidationError naming the field, for a text that is a number in two ways, or a per cent if none is taken
 */
export function cellValue(parameter: Parameter, value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	const text = cellText(value);
	if (text === '') return text;
	if (isFigure(parameter)) return figure(parameter, text, label);
	return isYesOrNo(parameter) ? (readPeopleTruth(text) ?? text) : text;
}
