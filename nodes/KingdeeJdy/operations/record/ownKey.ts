import { digitsOf } from '../../catalogue/wire/scalars';
import type { Values } from '../../catalogue/wire/values';
import { isNothing } from '../../catalogue/wire/missing';
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
 * What JDY's pages say of these fields [D]: a voucher whose `source_bill_no` exists is not saved; `outside_pk_id` and
 * `out_side_pk_id` tell a document by a number of another system, when it is new and when it is changed. So a second save
 * with the same data is refused or comes to the same document, which of the two is [?]; one with other data may change it.
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

/** JDY's pages call these fields 外部单号 or 外部唯一标识 [D]. */
const EXTERNAL = '外部';

/** A call that refuses behind errcode 0 has no code for it, only words. */
function saysExists({ kind, errcode, message }: Failure<string>): boolean {
	return errcode === EXISTS || (kind === 'refusedWithin' && message.includes('已存在'));
}

/**
 * Whether a refusal means that this document has been saved before: the message names the field of its key, or the key
 * where nothing else in the document is called like that. JDY answers the same code where anything else exists already, so
 * a message that names neither proves nothing.
 */
export function saysKeyExists(failure: Failure<string>, field: string, key: string, document: Values): boolean {
	if (!saysExists(failure)) return false;
	const { message } = failure;
	if (names(message, field) || message.includes(EXTERNAL)) return true;
	const isOnly = Object.entries(document).every(([name, value]) => name === field || (digitsOf(value) ?? value) !== key);
	return isOnly && names(message, key);
}
