import type { Values } from '../../catalogue/wire/values';
import { isNothing } from '../../catalogue/wire/values';
import type { Failure } from '../../gateway/failures';

/** "Already exists" [D]. */
const EXISTS = 1030002002;

/** The fields beside the key that JDY lets exist once, too. */
const NUMBERS = ['number', 'bill_no'];

export interface Keyed {
	document: Values;
	/** Whether JDY refuses a second document with this key, so that the save may be sent again. */
	isChecked: boolean;
}

/**
 * Writes a Deduplication Key into the field that JDY checks for duplicates [D]. A field that the user has filled in with
 * something else stays as it is: then JDY does not check this key.
 *
 * @param field last part of the catalogue's `idempotency`
 */
export function withKey(document: Values, field: string, key: string): Keyed {
	if (isNothing(document[field])) return { document: { ...document, [field]: key }, isChecked: true };
	return { document, isChecked: document[field] === key };
}

/**
 * Whether a refusal means that an earlier attempt has saved this document: its key exists already. JDY answers the same code
 * when a document with its number exists; then the message names that number.
 */
export function saysKeyExists({ errcode, message }: Failure<string>, document: Values, key: string): boolean {
	if (errcode !== EXISTS) return false;
	if (message.includes(key)) return true;
	const numbers = NUMBERS.map((name) => document[name]).filter((value): value is string => typeof value === 'string' && value !== '');
	return !numbers.some((number) => message.includes(number));
}
