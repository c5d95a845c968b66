import { plain } from '../calls.mts';
import type { Fields } from '../calls.mts';
import type { Asked } from './jdyCall.mts';
import { filteredField, isLooseFilter, searchedIn } from './masterData/kinds.mts';
import type { Searched } from './masterData/kinds.mts';
import { whole } from './shown.mts';
import type { JdyRecord } from './records.mts';
import type { Values } from './query.mts';
import type { Settings } from '../settings.mts';

/** `all` makes the whole record, which a condition on a time does without. */
type Fits = (record: JdyRecord, all: () => Fields) => boolean;

/** How far after the moment of the filter a record is, in ms; less than 0: it does not fit. */
const TIMES: Record<string, (record: JdyRecord, ms: number) => number> = {
	create_start_time: ({ createdMs }, ms) => createdMs - ms,
	create_end_time: ({ createdMs }, ms) => ms - createdMs,
	modify_start_time: ({ modifiedMs }, ms) => modifiedMs - ms,
	modify_end_time: ({ modifiedMs }, ms) => ms - modifiedMs,
};

const TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

const PAGING = /(^|\.)page(_no|_size)?$/;

/** Texts are in China's time. */
function msOf(value: string, { timeUnit }: Pick<Settings, 'timeUnit'>): number {
	return TEXT.test(value) ? Date.parse(`${value.replace(' ', 'T')}+08:00`) : Number(value) * (timeUnit === 'seconds' ? 1000 : 1);
}

/** As a search compares: wherever it stands, in whatever case, whatever spaces there are. */
const squeezed = (value: unknown): string => (value === undefined || value === null ? '' : plain(value).toLowerCase().replace(/\s+/g, ''));

const isLike = (held: unknown, wanted: string): boolean => squeezed(held).includes(squeezed(wanted));

const SEARCHED: Record<Searched, string[]> = { names: ['name'], numbers: ['number'], namesAndNumbers: ['name', 'number'], numbersAndRemarks: ['number', 'remark'] };

/** What `whole` says of a record itself, whatever was saved. */
const OWN = new Set(['bill_status', 'bill_close_state', 'is_invalid', 'create_time', 'modify_time']);

/** A field as it is shown; most are as they were saved, and need no whole record. */
function shownField({ id, number, data }: JdyRecord, key: string, all: () => Fields): unknown {
	if (key === 'id') return id;
	if (key === 'number' || key === 'bill_no') return number;
	if (key === 'enable') return data.enable ?? '1';
	return OWN.has(key) || data[key] === undefined ? all()[key] : data[key];
}

/** A filter of master data by a field that it has another name for: rows without the field do not fit. */
function byField(field: string, value: string | string[]): Fits {
	return (record, all) => [value].flat().includes(plain(shownField(record, field, all)));
}

/** How one parameter chooses; undefined: it chooses nothing, as most that are only about how the answer looks. */
function conditionOf(name: string, value: string | string[], { jdy: { entity }, settings }: Asked): Fits | undefined {
	const field = filteredField(entity, name) ?? name;
	if (settings.masterDataFilters === 'fuzzy' && isLooseFilter(entity, name)) return (record, all) => isLike(shownField(record, field, all), String(value));
	if (field !== name) return byField(field, value);
	if (Array.isArray(value)) {
		const single = name.replace(/s$/, '');
		return (record, all) => [single, name].map((key) => shownField(record, key, all)).every((held) => held === undefined || value.includes(plain(held)));
	}
	const time = TIMES[name.replace(/^data\./, '')];
	if (time) {
		const ms = msOf(value, settings);
		const leastMs = settings.timeEnds === 'included' ? 0 : 1;
		return (record) => time(record, ms) >= leastMs;
	}
	const on = (key: string, fits: (held: unknown) => boolean): Fits => (record, all) => {
		const held = shownField(record, key, all);
		return held === undefined || fits(held);
	};
	if (name === 'start_bill_date') return on('bill_date', (held) => plain(held) >= value);
	if (name === 'end_bill_date') return on('bill_date', (held) => plain(held).slice(0, 10) <= value);
	const searched = settings.searches === 'numbersToo' ? SEARCHED.namesAndNumbers : SEARCHED[searchedIn(entity)];
	if (name === 'search') return (record, all) => searched.some((key) => isLike(shownField(record, key, all), value));
	if ((name === 'enable' && value === '-1') || PAGING.test(name)) return undefined;
	const key = name.replace(/^(data|request)\./, '');
	if (key === 'bill_no' && settings.billNoFilter === 'contains') return on(key, (held) => plain(held).includes(value));
	return on(key, (held) => plain(held) === value);
}

/** The name of a time that is not written as the call wants it. */
export function malformedTime(values: Values, { jdy, settings }: Asked): string | undefined {
	const pattern = jdy.times === 'text' ? TEXT : settings.timeUnit === 'seconds' ? /^\d{10}$/ : /^\d{13}$/;
	return [...values].find(([name, value]) => TIMES[name.replace(/^data\./, '')] && !pattern.test(String(value)))?.[0];
}

/** The records that fit every parameter. */
export function chosen(records: JdyRecord[], values: Values, asked: Asked): JdyRecord[] {
	const conditions = [...values].map(([name, value]) => conditionOf(name, value, asked)).filter((fits) => fits !== undefined);
	return conditions.length === 0 ? [...records] : records.filter((record) => {
		let made: Fields | undefined;
		return conditions.every((fits) => fits(record, () => (made ??= whole(record))));
	});
}
