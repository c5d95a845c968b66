import { Complaint } from '../../gateway/complaint';
import type { Parameter } from '../types';
import { WANTED, isMoment, writeMoment } from './moments';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** What kind of thing stands where something else was wanted. */
export function kindOf(value: unknown): string {
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

function refuse(label: string, wanted: string, value: unknown): never {
	throw new Complaint(label, `must be ${wanted}, but is ${kindOf(value)}`);
}

/** Any scalar as text: numbers with all their digits, dates as JDY writes them. */
export function asText(value: unknown, label: string, timeZone: string): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	if (isMoment(value)) return writeMoment(value, 'dateTime', timeZone) ?? refuse(label, 'text', value);
	return digitsOf(value) ?? refuse(label, 'text', value);
}

function asNumber(value: unknown, label: string, pattern: RegExp, wanted: string): unknown {
	const digits = typeof value === 'string' ? value.trim() : digitsOf(value);
	if (digits === undefined || !pattern.test(digits)) return refuse(label, wanted, value);
	return typeof value === 'number' && Number.isSafeInteger(value) ? value : JSON.rawJSON(digits);
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

function asBoolean(value: unknown, label: string): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : (digitsOf(value) ?? String(value));
	return Object.hasOwn(TRUTHS, text) ? (TRUTHS[text] ?? false) : refuse(label, 'true or false', value);
}

/** The values that stand for yes and no, where a choice has just these. */
const YES_NO = [
	['true', 'false'],
	['1', '0'],
] as const;

/**
 * One of the documented values: given as it is, by its label, or as true and false. Others pass: JDY may know more than
 * its pages.
 */
function asOption(value: unknown, { options = [] }: Parameter, label: string, timeZone: string): string {
	const values = options.map((option) => option.value);
	if (typeof value === 'boolean') {
		const pair = YES_NO.find((both) => both.every((one) => values.includes(one)));
		if (pair) return value ? pair[0] : pair[1];
	}
	const text = asText(value, label, timeZone);
	if (values.includes(text)) return text;
	const wanted = text.trim().toLowerCase();
	return options.find((option) => option.value === wanted || option.label.toLowerCase() === wanted)?.value ?? text;
}

/**
 * A scalar in the type and format of its parameter.
 *
 * @returns undefined where nothing is given: an empty text for anything but a text
 * @throws Complaint naming the field
 */
export function writeScalar(parameter: Parameter, value: unknown, label: string, timeZone: string): unknown {
	const { type, format, options } = parameter;
	const isBlank = typeof value === 'string' && value.trim() === '';
	if (isBlank && (type !== 'string' || format !== undefined)) return undefined;
	if (format !== undefined) return writeMoment(value, format, timeZone) ?? refuse(label, WANTED[format], value);
	if (type === 'boolean') return asBoolean(value, label);
	const written = options === undefined ? value : asOption(value, parameter, label, timeZone);
	if (type === 'number') return asNumber(written, label, NUMBER, 'a number');
	if (type === 'integer') return asNumber(written, label, INTEGER, 'a whole number');
	return asText(written, label, timeZone);
}
