import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { digitsOf } from '../../../catalogue/encoding/scalars';
import type { Values } from '../../../catalogue/encoding/values';
import type { Failure } from '../../../gateway/errors/failures';

/** "Already exists" [D]. */
const EXISTS = 1030002002;

interface Keyed {
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

/** What JDY's pages call these fields [D]. Other fields begin with 外部 too: 外部商品编码 stands in the lines. */
const LABELS = '外部单号|外部唯一标识|外部系统编码|外部系统唯一标识|商城单据内码';

/** Says that a refusal is about a line or a custom field. */
const ELSEWHERE = /第\s*[\d０-９一二三四五六七八九十百]+\s*[行条项]|分录|明细|自定义|custom_field|\b(?:line|row|entry)\b/i;

const WIRE_NAME = /[a-z]+(?:_[a-z\d]+)+/gi;

/** A text of so few digits may be a count, a position, a part of a date. */
const MAY_BE_ANYTHING = /^\d{1,4}$/;

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A text is named if it stands by itself: the key `PO-1` is not named by a message about `PO-12` or `PO-1/2`. */
function names(message: string, text: string): boolean {
	return new RegExp(`(?<![\\w\\-/#.])${escaped(text)}(?![\\w\\-/#]|\\.\\w)`).test(message);
}

/** Whether the field is named, and said to exist with this key or without any value: 外部单号K1已存在. */
function saysFieldExists(message: string, field: string, key: string): boolean {
	const [mark, space] = ['\\u0000', '[^\\p{L}\\p{N}\\u0000]*'];
	const named = `(?<=^|[^\\p{L}\\p{N}_]|[的该此])(?:${escaped(field)}|${LABELS})`;
	const pattern = `${named}(?:的?值)?${space}(?:为|是)?${space}${mark}?${space}(?:已经?存在|重复|already|exist)`;
	return new RegExp(pattern, 'iu').test(message.replaceAll(key, '\u0000'));
}

/** Whether a text stands anywhere in a document but in one field at its top. */
function standsElsewhere(document: unknown, text: string, field: string | undefined): boolean {
	if (typeof document === 'object' && document !== null && digitsOf(document) === undefined) {
		return Object.entries(document).some(([name, value]) => name !== field && standsElsewhere(value, text, undefined));
	}
	return String(digitsOf(document) ?? document).includes(text);
}

/** A call that refuses behind errcode 0 has no code for it, only words. */
function saysExists({ kind, errcode, message }: Failure<string>): boolean {
	return errcode === EXISTS || (kind === 'refusedWithin' && message.includes('已存在'));
}

/**
 * Whether a refusal surely means that this document has been saved before: it names the field of the key, or the key itself
 * while nothing else in the whole document holds it. JDY answers the same code if a line, a custom field or another number
 * exists already; such a document is not saved.
 */
export function saysKeyExists(failure: Failure<string>, field: string, key: string, document: Values): boolean {
	const { message } = failure;
	const isOfAnother = ELSEWHERE.test(message) || (message.replaceAll(key, ' ').match(WIRE_NAME) ?? []).some((name) => name !== field);
	if (!saysExists(failure) || isOfAnother) return false;
	if (saysFieldExists(message, field, key)) return true;
	return names(message, key) && !MAY_BE_ANYTHING.test(key) && !standsElsewhere(document, key, field);
}
