/**
 * Lossless JSON. A double holds 15 digits for sure; ids here have 18 and 19. [C]
 * What a double cannot give back keeps its digits: as raw JSON on the way out, as a string on the way in.
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

/** Sign, digits without leading and trailing zeros, and the power of ten: equal for equal values. */
function decimal(source: string): string {
	const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
	const digits = (whole + fraction).replace(/^0+/, '');
	if (digits === '') return '0';
	const significant = digits.replace(/0+$/, '');
	const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
	return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${power}`;
}

/** Whether a double gives back the value of this JSON number; integers beyond 2^53 never count as safe. */
function isExact(source: string, value: number): boolean {
	if (!Number.isFinite(value)) return false;
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
	return decimal(source) === decimal(String(value));
}

function parse(text: string, keep: (source: string) => unknown): unknown {
	if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
	return JSON.parse(text, (_key, value, { source }) =>
		typeof value === 'number' && source !== undefined && !isExact(source, value) ? keep(source) : value,
	);
}

/** Parses what the gateway answered; a number that would lose digits becomes a string. */
export function parseForOutput(text: string): unknown {
	return parse(text, (source) => source);
}

/** Parses text of the user's; a number that would lose digits stays raw and is written back as it was. */
export function parseExact(text: string): unknown {
	return parse(text, (source) => JSON.rawJSON(source));
}

/** Writes JSON; a bigint and a raw number keep every digit, even where something gave bigints a `toJSON`. */
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
