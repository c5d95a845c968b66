import { isFields } from '../calls.mts';
import type { Fields } from '../calls.mts';
import { made, timeOf } from './made.mts';
import { withShownNames } from './masterData/kinds.mts';
import type { JdyRecord, RecordStore } from './records.mts';
import { cast } from './schema.mts';
import type { Field } from './schema.mts';
import type { Account } from '../settings.mts';

/** Fields that are saved under one name and read under another [D]. */
const READ_AS: Record<string, [saved: string, read: string]> = { 'bd.customer': ['contact_persons', 'bomentity'] };

/** Lays what was sent over what JDY made of it, entry by entry. */
function laidOver(below: unknown, above: unknown): unknown {
	if (Array.isArray(above)) return above.map((entry: unknown, index) => laidOver(Array.isArray(below) ? below[index] : undefined, entry));
	if (!isFields(above) || !isFields(below)) return above ?? below;
	return Object.fromEntries([...new Set([...Object.keys(below), ...Object.keys(above)])].map((name) => [name, laidOver(below[name], above[name])]));
}

function renamed(record: JdyRecord): Fields {
	const { entity, derived } = record;
	const data = derived ? (laidOver(derived, record.data) as Fields) : record.data;
	const [saved, read] = READ_AS[entity] ?? [];
	if (saved === undefined || read === undefined || data[saved] === undefined) return data;
	const { [saved]: value, ...others } = data;
	return { ...others, [read]: value };
}

/** A record with what JDY itself knows of it. */
export function whole(record: JdyRecord): Fields {
	const { id, number, createdMs, modifiedMs, isAudited, isClosed, isVoid } = record;
	return withShownNames(record.entity, {
		enable: '1',
		...renamed(record),
		id,
		number,
		bill_no: number,
		bill_status: isAudited ? 'C' : 'Z',
		bill_close_state: isClosed ? 'S' : 'C',
		is_invalid: isVoid,
		create_time: timeOf(createdMs),
		modify_time: Number.isNaN(modifiedMs) ? '' : timeOf(modifiedMs),
	});
}

/** A record as an answer's page describes it: its fields, in its types. */
export function rowOf(fields: Field[], record: JdyRecord): Fields {
	const all = whole(record);
	if (fields.length === 0) return all;
	const names = fields.filter(({ name }) => all[name] !== undefined);
	return Object.fromEntries(names.map((field) => [field.name, cast(field, all[field.name])]));
}

/** A row, and what only details show: entries and custom fields, whatever the page tells of them. */
export function detailOf(fields: Field[], record: JdyRecord): Fields {
	return { ...rowOf(fields, record), ...entriesOf(record) };
}

function entriesOf(record: JdyRecord): Fields {
	return Object.fromEntries(Object.entries(renamed(record)).filter(([name, value]) => name.startsWith('custom_field') || (Array.isArray(value) && value.some(isFields))));
}

/** Makes records until there are so many. */
export function fillUp(records: RecordStore, account: Account, entity: string, row: Field[], count: number): void {
	const there = records.of(account, entity);
	while (there.length < count) {
		const { id, number, bill_no, ...data } = made(row, there.length + 1);
		const record = { ...records.make(account, entity, data, typeof bill_no === 'string' ? bill_no : typeof number === 'string' ? number : undefined), isFiller: true };
		there.push(typeof id === 'string' ? { ...record, id } : record);
	}
}
