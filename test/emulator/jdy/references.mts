import { readFileSync } from 'node:fs';

import { isFields, plain } from '../calls.mts';
import type { Fields } from '../calls.mts';
import type { Asked } from './jdyCall.mts';
import type { JdyRecord } from './records.mts';

/** What a reference that cannot be resolved is refused with. */
export interface Dangling {
	errcode: number;
	message: string;
}

/** For each save the kind of record that a parameter refers to by ID, or by number where it ends with `#`. */
let references: Record<string, Record<string, string>> | undefined;

function referencesOf({ jdy }: Asked): Record<string, string> {
	references ??= JSON.parse(readFileSync(new URL('references.json', import.meta.url), 'utf8')) as Record<string, Record<string, string>>;
	return references[jdy.path.replace('/jdy/v2/', '')] ?? {};
}

/** A kind of which the account has no record at all is not checked: nothing could be referred to. */
function find(asked: Asked, to: string, value: unknown): { record: JdyRecord | undefined; isKept: boolean } {
	const [entity = '', byNumber] = to.endsWith('#') ? [to.slice(0, -1), true] : [to, false];
	const name = byNumber ? { number: plain(value) } : { id: plain(value) };
	const { records, account } = asked;
	return { record: records.find(account, entity, name), isKept: records.of(account, entity).length > 0 };
}

/** Walks all values of a document that refer to something, each with its kind and the object that holds it. */
function* walk(asked: Asked, data: Fields, prefix = ''): Generator<{ name: string; value: unknown; to: string; holder: Fields }> {
	for (const [name, value] of Object.entries(data)) {
		const path = `${prefix}${name}`;
		const to = referencesOf(asked)[path];
		for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
			if (isFields(one)) yield* walk(asked, one, `${path}.`);
			else if (to !== undefined && one !== null && one !== '' && one !== undefined) yield { name, value: one, to, holder: data };
		}
	}
}

/** The first value that names nothing the firm has: an ID [D], which has digits only [C], or a number, with the text of real accounts [R]. */
export function danglingIn(asked: Asked, data: Fields): Dangling | undefined {
	if (!asked.settings.referencesExist) return undefined;
	for (const { name, value, to } of walk(asked, data)) {
		const { record, isKept } = find(asked, to, value);
		const canBeId = to.endsWith('#') || /^\d+$/.test(plain(value));
		if (record || (!isKept && canBeId)) continue;
		const message = to.endsWith('#') ? `参数${name.replace(/.*_(?=number)/, '')}[${plain(value)}]不存在` : `字段${name}的值${plain(value)}不存在`;
		return { errcode: 1030002003, message };
	}
	return undefined;
}

/** The same document with ID, number and name of what it refers to, so that lists show and filter by them. */
export function resolved(asked: Asked, data: Fields): Fields {
	const copy = structuredCopy(data);
	for (const { name, value, to, holder } of [...walk(asked, copy)]) {
		const { record } = find(asked, to, value);
		const stem = /^(.*)_(?:id|number)$/.exec(name)?.[1];
		if (!record || stem === undefined) continue;
		holder[`${stem}_id`] ??= record.id;
		holder[`${stem}_number`] ??= record.number;
		holder[`${stem}_name`] ??= record.data.name;
	}
	return copy;
}

function structuredCopy(data: Fields): Fields {
	const copyOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(copyOf) : isFields(value) ? structuredCopy(value) : value);
	return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)]));
}
