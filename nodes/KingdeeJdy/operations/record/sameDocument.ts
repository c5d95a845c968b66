import { digitsOf } from '../../catalogue/wire/scalars';
import type { Values } from '../../catalogue/wire/values';
import { isNothing } from '../../catalogue/wire/missing';
import { isRecord } from '../../gateway/json';

const DECIMAL = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}(?:[ T]00:00(?::00(?:\.0+)?)?)?$/;

/** One text for all ways to write a scalar: `2`, `2.00` and `"2"`; `true`, `1` and `"true"`; a day with and without its midnight. */
function scalarText(value: unknown): string {
	const text = (typeof value === 'string' ? value : (digitsOf(value) ?? String(value))).trim();
	if (text === 'true' || text === 'false') return text === 'true' ? '1' : '0';
	const [, sign = '', whole, fraction = ''] = DECIMAL.exec(text) ?? [];
	if (whole !== undefined) return `${sign === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
	return DAY.test(text) ? text.slice(0, 10) : text;
}

function isFields(value: unknown): value is Values {
	return isRecord(value) && !JSON.isRawJSON(value);
}

/** Each entry of one list has one of its own in the other, in whatever order. */
function sameEntries(sent: readonly unknown[], shown: readonly unknown[]): boolean {
	const rest = [...shown];
	return (
		sent.length === shown.length &&
		sent.every((entry) => {
			const position = rest.findIndex((other) => isSame(entry, other));
			if (position >= 0) rest.splice(position, 1);
			return position >= 0;
		})
	);
}

function isSame(sent: unknown, shown: unknown): boolean {
	if (isFields(sent)) return isFields(shown) && compared(sent, shown).differing.length === 0;
	if (Array.isArray(sent)) return Array.isArray(shown) && sameEntries(sent, shown);
	if (isNothing(shown)) return ['0', ''].includes(scalarText(sent));
	return typeof shown !== 'object' && scalarText(sent) === scalarText(shown);
}

/** The names of the fields that were compared, and of those that differ. */
interface Compared {
	names: string[];
	differing: string[];
}

/**
 * Compares a document as it was sent with one that JDY shows: all fields that were sent and that are shown. What was sent
 * empty says nothing. Lines are compared by their fields, in any order, and there must be as many.
 *
 * @param hidden fields that JDY shows in another form, e.g. encrypted
 */
export function compared(sent: Values, shown: Values, hidden: ReadonlySet<string> = new Set()): Compared {
	const names = Object.keys(sent).filter((name) => !isNothing(sent[name]) && name in shown && !hidden.has(name));
	return { names, differing: names.filter((name) => !isSame(sent[name], shown[name])) };
}
