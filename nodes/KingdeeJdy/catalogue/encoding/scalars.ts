import { ValidationError } from '../../gateway/errors/validationError';
import { isMoment, readMoment } from '../../shared/data/dates';
import type { Parameter } from '../types';
import { WANTED, writeMoment } from './dates';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** What kind of thing stands where something else was wanted. */
function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (isMoment(value)) return 'a date';
	if (value === null || typeof value !== 'object') return `${typeof value} ${JSON.stringify(String(value))}`;
	return JSON.isRawJSON(value) ? `number ${value.rawJSON}` : 'an object';
}

/** `0.0000001` of 1e-7: no text that a reader of decimals could stumble over. */
function plainDecimal(text: string): string {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(text) ?? [];
	const power = Number(exponent);
	if (whole === '' || Math.abs(power) > 100) return text;
	const digits = whole + fraction;
	const point = whole.length + power;
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	return point >= digits.length ? sign + digits.padEnd(point, '0') : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The digits of a number, whatever holds them; undefined for anything that is none. */
export function digitsOf(value: unknown): string | undefined {
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number') return plainDecimal(String(value));
	if (typeof value !== 'object' || value === null || !JSON.isRawJSON(value)) return undefined;
	return plainDecimal(value.rawJSON);
}

/** Any scalar as text: numbers with all their digits, dates as JDY writes them; undefined for lists and objects. */
export function asText(value: unknown, timeZone: string): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	if (!isMoment(value)) return digitsOf(value);
	const moment = readMoment(value, { timeZone, takesSerials: false });
	return typeof moment === 'string' ? undefined : `${moment.date} ${moment.time}`;
}

function asNumber(value: unknown, pattern: RegExp): unknown {
	// Whole numbers stand for yes and no in several fields [R].
	if (typeof value === 'boolean') return Number(value);
	const digits = typeof value === 'string' ? value.trim() : digitsOf(value);
	if (digits === undefined || !pattern.test(digits)) return undefined;
	return typeof value === 'number' && Number.isSafeInteger(value) ? value : JSON.rawJSON(digits);
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

function asBoolean(value: unknown): boolean | undefined {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : (digitsOf(value) ?? String(value));
	return Object.hasOwn(TRUTHS, text) ? TRUTHS[text] : undefined;
}

/** The values that stand for yes and no, if a choice has just these. */
const YES_NO = [
	['true', 'false'],
	['1', '0'],
] as const;

/**
 * One of the documented values: given as it is, by its label, or as true and false. Others pass: JDY may know more than
 * its pages.
 */
function asOption(value: unknown, { options = [] }: Parameter, timeZone: string): unknown {
	const values = options.map((option) => option.value);
	if (typeof value === 'boolean') {
		const pair = YES_NO.find((both) => both.every((one) => values.includes(one)));
		if (pair) return value ? pair[0] : pair[1];
	}
	const text = asText(value, timeZone);
	if (text === undefined || values.includes(text)) return text;
	const wanted = text.trim().toLowerCase();
	return options.find((option) => option.value === wanted || option.label.toLowerCase() === wanted)?.value ?? text;
}

/** A scalar in the documented type, or as given if it cannot be in that: then JDY decides. */
interface WrittenScalar {
	/** Undefined if nothing is given: an empty text for anything but a text. */
	value: unknown;
	/** What is documented, if `value` is something else: `a date, e.g. 2026-03-31`. */
	wanted?: string;
}

const WANTED_TYPES: Partial<Record<Parameter['type'], string>> = { boolean: 'true or false', number: 'a number', integer: 'a whole number' };

function inType(parameter: Parameter, value: unknown, timeZone: string): unknown {
	const { type, options } = parameter;
	if (type === 'boolean') return asBoolean(value);
	const written = options === undefined ? value : asOption(value, parameter, timeZone);
	if (type === 'number') return asNumber(written, NUMBER);
	return type === 'integer' ? asNumber(written, INTEGER) : asText(written, timeZone);
}

/** As it is, but for what the documented type surely is: numbers and dates are text where text is documented. */
function asGiven(value: unknown, wanted: string, { type }: Parameter, timeZone: string): WrittenScalar {
	const text = type === 'string' || isMoment(value) ? asText(value, timeZone) : undefined;
	return { value: text ?? value, wanted };
}

/**
 * A scalar in the type and format of its parameter.
 *
 * @throws ValidationError naming the field, for what surely is no date if one is documented
 */
export function writeScalar(parameter: Parameter, value: unknown, label: string, timeZone: string): WrittenScalar {
	const { type, format, isGuessed } = parameter;
	const isBlank = typeof value === 'string' && value.trim() === '';
	if (isBlank && (type !== 'string' || format !== undefined)) return { value: undefined };
	if (format !== undefined) {
		const written = writeMoment(value, { format, isGuessed }, timeZone);
		if ('problem' in written) throw new ValidationError(label, `must be ${WANTED[format]}, but is ${kindOf(value)}${written.problem}`);
		return 'text' in written ? { value: written.text } : asGiven(value, WANTED[format], parameter, timeZone);
	}
	const written = inType(parameter, value, timeZone);
	return written === undefined ? asGiven(value, WANTED_TYPES[type] ?? 'text', parameter, timeZone) : { value: written };
}
