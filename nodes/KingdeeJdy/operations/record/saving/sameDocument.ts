import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { digitsOf } from '../../../catalogue/encoding/scalars';
import type { Values } from '../../../catalogue/encoding/values';
import { isRecord } from '../../../gateway/json/json';

const DECIMAL = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}(?:[ T]00:00(?::00(?:\.0+)?)?)?$/;

/** Fields that name something or are words: there `1.10` and `1.1` are two products, `007` and `7` two customers. */
const WORDS = /(?:^|_)(?:ids?|numbers?|no|names?|code|barcode|remark|comment)$/;

/** Further ones are noise of binary fractions. */
const MAX_DECIMALS = 10;

/** One text for all ways to write a scalar: `2`, `2.00` and `"2"`; `true`, `1` and `"true"`; a day with and without its midnight. */
function scalarText(value: unknown, name: string): string {
	const text = (typeof value === 'string' ? value : (digitsOf(value) ?? String(value))).trim();
	if (WORDS.test(name)) return text;
	if (text === 'true' || text === 'false') return text === 'true' ? '1' : '0';
	const [, sign = '', whole, fraction = ''] = DECIMAL.exec(text) ?? [];
	// 1.1 times 3 is 3.3000000000000003 in JavaScript, 4.35 times 100 is 434.99999999999994.
	if (fraction.length > MAX_DECIMALS) return scalarText(Number(text).toFixed(MAX_DECIMALS), name);
	if (whole !== undefined) return `${sign === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
	return DAY.test(text) ? text.slice(0, 10) : text;
}

function isFields(value: unknown): value is Values {
	return isRecord(value) && !JSON.isRawJSON(value);
}

/** Whether two entries are alike; of those with fields JDY has to show one that was sent. */
function isAlike(sent: unknown, shown: unknown, name: string): boolean {
	const isTold = !isFields(sent) || (isFields(shown) && compared(sent, shown).names.length > 0);
	return isTold && isSame(sent, shown, name);
}

/** Each entry of one list has one of its own in the other, in whatever order. */
function sameEntries(sent: readonly unknown[], shown: readonly unknown[], name: string): boolean {
	/** The entry that was sent, by the position of the one that is like it. */
	const held = new Map<number, number>();
	const place = (entry: number, tried: Set<number>): boolean => {
		const freeFirst = [...shown.keys()].toSorted((a, b) => Number(held.has(a)) - Number(held.has(b)));
		for (const position of freeFirst) {
			if (tried.has(position) || !isAlike(sent[entry], shown[position], name)) continue;
			tried.add(position);
			const holder = held.get(position);
			// What holds this position may be like another one as well.
			if (holder !== undefined && !place(holder, tried)) continue;
			held.set(position, entry);
			return true;
		}
		return false;
	};
	return sent.length === shown.length && sent.every((_entry, index) => place(index, new Set()));
}

function isSame(sent: unknown, shown: unknown, name: string): boolean {
	if (isFields(sent)) return isFields(shown) && compared(sent, shown).differing.length === 0;
	if (Array.isArray(sent)) return Array.isArray(shown) && sameEntries(sent, shown, name);
	if (isNothing(shown)) return ['0', ''].includes(scalarText(sent, ''));
	return typeof shown !== 'object' && scalarText(sent, name) === scalarText(shown, name);
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
 * @param hidden fields that JDY shows otherwise than they were sent, e.g. encrypted
 */
export function compared(sent: Values, shown: Values, hidden: ReadonlySet<string> = new Set()): Compared {
	const names = Object.keys(sent).filter((name) => !isNothing(sent[name]) && name in shown && !hidden.has(name));
	return { names, differing: names.filter((name) => !isSame(sent[name], shown[name], name)) };
}
