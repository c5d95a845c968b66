import { plain } from '../calls.mts';
import type { Fields } from '../calls.mts';
import { whole } from './shown.mts';
import type { JdyRecord } from './records.mts';
import type { Values } from './query.mts';

/** `all` makes the whole record, which a condition on a time does without. */
type Fits = (record: JdyRecord, all: () => Fields) => boolean;

const TIMES: Record<string, (record: JdyRecord, ms: number) => boolean> = {
	create_start_time: ({ createdMs }, ms) => createdMs >= ms,
	create_end_time: ({ createdMs }, ms) => createdMs <= ms,
	modify_start_time: ({ modifiedMs }, ms) => modifiedMs >= ms,
	modify_end_time: ({ modifiedMs }, ms) => modifiedMs <= ms,
};

const TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

const PAGING = /(^|\.)page(_no|_size)?$/;

/** Texts are in China's time. */
function msOf(value: string): number {
	return TEXT.test(value) ? Date.parse(`${value.replace(' ', 'T')}+08:00`) : Number(value);
}

/** How one parameter chooses; undefined: it chooses nothing, as most that are only about how the answer looks. */
function conditionOf(name: string, value: string | string[]): Fits | undefined {
	if (Array.isArray(value)) {
		const field = name.replace(/s$/, '');
		return (_record, all) => [field, name].map((key) => all()[key]).every((held) => held === undefined || value.includes(plain(held)));
	}
	const time = TIMES[name.replace(/^data\./, '')];
	if (time) {
		const ms = msOf(value);
		return (record) => time(record, ms);
	}
	const on = (key: string, fits: (held: unknown) => boolean): Fits => (_record, all) => {
		const held = all()[key];
		return held === undefined || fits(held);
	};
	if (name === 'start_bill_date') return on('bill_date', (held) => plain(held) >= value);
	if (name === 'end_bill_date') return on('bill_date', (held) => plain(held).slice(0, 10) <= value);
	if (name === 'search') return (_record, all) => [all().name, all().number].some((text) => plain(text).includes(value));
	if ((name === 'enable' && value === '-1') || PAGING.test(name)) return undefined;
	const key = name.replace(/^(data|request)\./, '');
	return on(key, (held) => plain(held) === value);
}

/** The name of a time that is not written as the call wants it. */
export function malformedTime(values: Values, times: 'text' | undefined): string | undefined {
	const pattern = times === 'text' ? TEXT : /^\d{13}$/;
	return [...values].find(([name, value]) => TIMES[name.replace(/^data\./, '')] && !pattern.test(String(value)))?.[0];
}

/** The records that fit every parameter. */
export function chosen(records: JdyRecord[], values: Values): JdyRecord[] {
	const conditions = [...values].map(([name, value]) => conditionOf(name, value)).filter((fits) => fits !== undefined);
	return conditions.length === 0 ? [...records] : records.filter((record) => {
		let made: Fields | undefined;
		return conditions.every((fits) => fits(record, () => (made ??= whole(record))));
	});
}
