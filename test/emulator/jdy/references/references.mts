import { isFields, plain } from '../../calls.mts';
import type { Fields } from '../../calls.mts';
import type { Asked } from '../jdyCall.mts';
import { isNumberless } from '../masterData/kinds.mts';
import type { JdyRecord } from '../records.mts';
import { isKept, kindOf, referredTo, referringIn } from './finding.mts';

/** What a reference that cannot be resolved is refused with. */
export interface Dangling {
	errcode: number;
	message: string;
}

const callOf = ({ jdy }: Asked): string => jdy.path.replace('/jdy/v2/', '');

/** Only the last accounts of the tree take entries [D]; in which words the others are refused is [?]. */
function hasAccountsBelow(asked: Asked, { entity, data }: JdyRecord): boolean {
	return callOf(asked) === 'fi/voucher' && entity === 'fi.account' && data.is_leaf !== undefined && plain(data.is_leaf) === '0';
}

/** The first value that names nothing the firm has: an ID [D], which has digits only [C], or a number, with the text of real accounts [R]. */
export function danglingIn(asked: Asked, data: Fields): Dangling | undefined {
	if (!asked.settings.referencesExist) return undefined;
	for (const referring of referringIn(callOf(asked), data)) {
		const entity = kindOf(referring);
		const record = entity === undefined ? undefined : referredTo(asked, referring);
		const { name, value, reference } = referring;
		if (record && hasAccountsBelow(asked, record)) return { errcode: 2015013001, message: `科目${record.number}不是末级科目` };
		if (entity === undefined || record) continue;
		if (!isKept(asked, entity) && (reference.byNumber || /^\d+$/.test(value))) continue;
		const message = reference.byNumber ? `参数${name.replace(/.*_(?=number)/, '')}[${value}]不存在` : `字段${name}的值${value}不存在`;
		return { errcode: 1030002003, message };
	}
	return undefined;
}

/** The same document with ID, number and name of what it refers to, so that lists show and filter by them. */
export function resolved(asked: Asked, data: Fields): Fields {
	const copy = structuredCopy(data);
	for (const referring of [...referringIn(callOf(asked), copy)]) {
		const record = referredTo(asked, referring);
		const stem = /^(.*)_(?:id|number)$/.exec(referring.name)?.[1];
		if (!record || stem === undefined) continue;
		const { holder } = referring;
		holder[`${stem}_id`] ??= record.id;
		if (!isNumberless(record.entity)) holder[`${stem}_number`] ??= record.number;
		holder[`${stem}_name`] ??= record.data.name;
	}
	return copy;
}

function structuredCopy(data: Fields): Fields {
	const copyOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(copyOf) : isFields(value) ? structuredCopy(value) : value);
	return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)]));
}
