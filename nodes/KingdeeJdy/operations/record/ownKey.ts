import type { Values } from '../../catalogue/wire/values';
import { isNothing } from '../../catalogue/wire/values';
import type { Failure } from '../../gateway/failures';

/** "Already exists" [D]. */
const EXISTS = 1030002002;

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

/** A text is named where it stands by itself: the key `PO-1` is not named by a message about `PO-12`. */
function names(message: string, text: string): boolean {
	const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(message);
}

/**
 * Whether a refusal means that an earlier attempt has saved this document: the message names its key, or the field of the
 * key. JDY answers the same code where anything else exists already, so a message that names neither proves nothing.
 */
export function saysKeyExists({ errcode, message }: Failure<string>, field: string, key: string): boolean {
	return errcode === EXISTS && (names(message, key) || names(message, field));
}
