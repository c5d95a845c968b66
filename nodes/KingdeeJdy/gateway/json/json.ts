import { ValidationError } from '../errors/validationError';
import { MAX_NUMBER_LENGTH, NUMBER_TOO_LONG, isExact, quoteInexactNumbers } from './jsonNumbers';

/**
 * Lossless JSON. A double holds 15 digits for sure; ids here have 18 and 19. [C]
 * What a double cannot hold keeps its digits: as raw JSON on the way out, as a string on the way in.
 */

declare global {
	interface RawJson {
		readonly rawJSON: string;
	}
	interface JSON {
		parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
		rawJSON(text: string): RawJson;
		isRawJSON(value: unknown): value is RawJson;
	}
}

/** Deeper data is refused before anything walks through it. */
export const MAX_DEPTH = 500;

/** Whether a value is what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A number of at least 16 characters, or one with an exponent: only these can lose anything. What stands before it keeps
 * most ids out that are text.
 */
const MAY_LOSE_DIGITS = /(?:^|[:[,\s-])\d(?:[\d.]{15}|[\d.]*[eE])/;

/** Parses what the gateway answered; a number that would lose digits becomes a string. Any depth passes. */
export function parseForOutput(text: string): unknown {
	return JSON.parse(MAY_LOSE_DIGITS.test(text) ? quoteInexactNumbers(text) : text);
}

/**
 * Parses text of the user's, once `checkJson` has found it good; a number that would lose digits stays raw and is
 * written back as it was.
 *
 * @throws ValidationError for a number of more than 1,000 characters
 */
export function parseExact(text: string): unknown {
	if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
	return JSON.parse(text, (_key, value, { source }) => {
		if (typeof value !== 'number' || source === undefined || isExact(source)) return value;
		if (source.length > MAX_NUMBER_LENGTH) throw new ValidationError('JSON', NUMBER_TOO_LONG);
		return JSON.rawJSON(source);
	});
}

/** Writes JSON; a bigint and a raw number keep every digit, even if something gave bigints a `toJSON`. */
export function stringify(value: unknown): string {
	return JSON.stringify(value, function (this: Record<string, unknown>, key, entry: unknown) {
		const original = this[key];
		return typeof original === 'bigint' ? JSON.rawJSON(original.toString()) : entry;
	});
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isRecord(value) || JSON.isRawJSON(value)) return value;
	return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

/** The same text for the same data, whatever its spaces and the order of its names; digits stay as they are. */
export function canonicalJson(text: string): string {
	return stringify(sorted(parseExact(text)));
}
