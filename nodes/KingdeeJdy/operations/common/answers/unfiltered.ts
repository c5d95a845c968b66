import type { Values } from '../../../catalogue/encoding/values';
import type { Parameter } from '../../../catalogue/types';
import { isRecord } from '../../../gateway/json/json';
import { unusableAnswer } from '../../../shared/contract/outcomes';
import type { ItemFailure } from '../../../shared/contract/outcomes';
import type { Row } from '../../../shared/contract/row';

/** Documented filters that name something as rows do. Others may find more: a department those below it, a name whatever is like it. */
const NUMBERS: ReadonlySet<string> = new Set(['customer_number', 'supplier_number', 'material_number', 'stock_number', 'emp_number']);

/** Times of rows are written to the second and may be those of another step, so only those that are surely outside count. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

const AUDITED = 'c';

const DAY = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const EPOCH_MS = /^\d{13}$/;

/** Filters by the day of the document: `start_date` is another day in each list. */
const DAY_NAME = /^(?:(start|end)_bill|bill_(start|end))_date$/;
const TIME_NAME = /^(modify|create)_(start|end)_time$/;

type Misses = (row: Row) => boolean;

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
}

/** Row values that say something: many lists leave fields empty that the details have. */
function misses(field: string, isMissed: (held: string) => boolean): Misses {
	return (row) => {
		const held = textOf(row[field] ?? (isRecord(row.custom_field) ? row.custom_field[field] : undefined));
		return held !== '' && isMissed(held);
	};
}

/** What is asked for: one value, several with commas between, or a list, also as JSON. */
function wantedIn(value: unknown): string[] {
	const values = Array.isArray(value) ? value.map(textOf) : textOf(value).replaceAll(/[[\]"]/g, '').split(/[,，]/);
	return values.map((one) => one.trim()).filter((one) => one !== '');
}

/** A number without the zeros that say nothing: `7` of `007`, `2.5` of `2.50`. */
function plainNumber(text: string): string {
	const [, whole, fraction = ''] = /^0*(\d+)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
	return whole === undefined ? text : `${whole}.${fraction}`;
}

/** Part of a number, or of a text, may find it. What separates several may as well belong to one. */
function missesValue(field: string, value: unknown): Misses | undefined {
	const wanted = wantedIn(value);
	const whole = textOf(value);
	if (wanted.length === 0) return undefined;
	const all = whole === '' ? wanted : [...wanted, whole];
	return misses(field, (held) => !all.some((one) => held.includes(one) || plainNumber(held) === plainNumber(one)));
}

/** Documents that are not audited have other statuses than the one that finds them (draft, saved) [D]. */
function missesStatus(field: string, value: unknown): Misses | undefined {
	const wanted = wantedIn(value).map((status) => status === AUDITED);
	return wanted.length === 0 ? undefined : misses(field, (held) => !wanted.includes(held === AUDITED));
}

/** Both days belong to what was asked for. */
function missesDay(field: string, isStart: boolean, value: unknown): Misses | undefined {
	const day = textOf(value).slice(0, 10);
	if (!DAY.test(day)) return undefined;
	return misses(field, (held) => DAY.test(held) && (isStart ? held.slice(0, 10) < day : held.slice(0, 10) > day));
}

/** What is changed once more while it is listed shows a later time. */
function missesTime(of: string, isStart: boolean, value: unknown): Misses | undefined {
	const text = textOf(value);
	if (!EPOCH_MS.test(text) || (of === 'modify' && !isStart)) return undefined;
	const beyond = (ms: number) => (isStart ? Number(text) - ms : ms - Number(text)) > TOLERANCE_MS;
	return misses(`${of}_time`, (held) => MOMENT.test(held) && beyond(Date.parse(`${held.replace(' ', 'T')}+08:00`)));
}

/** What JDY does not document may be no plain value: a comparison, yes and no, or -1 for all. */
function missesUndocumented(name: string, value: unknown): Misses | undefined {
	return /[<>=%*]|^-1$/.test(textOf(value)) || name.startsWith('is_') ? undefined : missesValue(name, value);
}

function conditionOf(name: string, value: unknown, parameter: Parameter | undefined): Misses | undefined {
	if (!parameter) return missesUndocumented(name, value);
	const [isDay, ...bounds] = DAY_NAME.exec(name) ?? [];
	if (isDay !== undefined) return missesDay('bill_date', bounds.includes('start'), value);
	const [, of, end] = TIME_NAME.exec(name) ?? [];
	if (of !== undefined) return missesTime(of, end === 'start', value);
	if (name === 'bill_status') return missesStatus(name, value);
	const isOwn = parameter.reference?.isOwn === true && (name === 'number' || name === 'bill_no');
	// `material_numbers` takes several of what rows call `material_number`.
	const field = isOwn ? name : name.replace(/s$/, '');
	return isOwn || NUMBERS.has(field) ? missesValue(field, value) : undefined;
}

/**
 * Whether JDY took no notice of a filter, as far as rows show what they were filtered by: it answers everything then [R].
 *
 * @param values the filters as they were sent
 * @param documented those of the list
 */
export function unfilteredBy(rows: readonly Row[], values: Values, documented: readonly Parameter[]): ItemFailure | undefined {
	for (const [name, value] of Object.entries(values)) {
		const isMissedBy = conditionOf(name, value, documented.find((parameter) => parameter.name === name));
		const others = isMissedBy ? rows.filter(isMissedBy).length : 0;
		if (others > 0) return unusableAnswer('notFiltered', `JDY did not filter by ${name}: ${others} of ${rows.length} rows have another value`);
	}
	return undefined;
}
