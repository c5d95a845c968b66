import { isRecord } from '../../gateway/json/json';
import type { Envelope } from '../../gateway/types';
import type { FoundRows, Row, RowLocation } from '../contract/row';
import { pageCountIn, totalIn } from './totals';

/** A list in an answer, and the objects around it, innermost first. */
interface Candidate {
	list: readonly unknown[];
	/** The value is null: what a service may write that has no rows. */
	isNull?: boolean;
	/** Keys from `data` on. */
	path: readonly string[];
	holders: Row[];
}

/** Names of lists of rows; that of the envelope's own data is one of them, because it may be the bare list. */
const ROW_KEYS = new Set(['data', 'rows', 'list', 'records', 'items']);

/** The documented name of the rows [D]: nothing else is taken for them, even if there are none. */
const ROWS = 'rows';

/** Names of lists about the rows. */
const NOT_ROWS = /^(?:head|header|column|col|field|title|schema|meta|filter|sort|sum|summar|total|foot|error|warning|message)/i;

/** `data.data.rows` is the deepest that is known. */
const MAX_DEPTH = 4;

function isRows(list: readonly unknown[]): list is Row[] {
	return list.every(isRecord);
}

/** All lists in `data`, those further out first. */
function listsIn(data: unknown): Candidate[] {
	if (Array.isArray(data)) return [{ list: data, path: [], holders: [] }];
	const found: Candidate[] = [];
	let level = isRecord(data) ? [{ path: [] as string[], holders: [data] }] : [];
	for (let depth = 1; depth < MAX_DEPTH; depth++) {
		const deeper: typeof level = [];
		for (const { path, holders } of level) {
			for (const [key, value] of Object.entries(holders[0] ?? {})) {
				if (Array.isArray(value)) found.push({ list: value, path: [...path, key], holders });
				else if (value === null && key === ROWS) found.push({ list: [], isNull: true, path: [...path, key], holders });
				else if (isRecord(value)) deeper.push({ path: [...path, key], holders: [value, ...holders] });
			}
		}
		level = deeper;
	}
	return found;
}

/** The value at a path of keys, once from `data` and once from the `data` within it. */
function atPath(data: unknown, path: readonly string[]): Candidate | undefined {
	const inner = isRecord(data) ? data.data : undefined;
	for (const start of [data, inner]) {
		const holders: Row[] = [];
		let value: unknown = start;
		for (const key of path) {
			if (!isRecord(value)) break;
			holders.unshift(value);
			value = value[key];
		}
		const isNull = value === null && holders.length === path.length;
		if (Array.isArray(value) || isNull) return { list: isNull ? [] : (value as unknown[]), path: start === data ? path : ['data', ...path], holders };
	}
	return undefined;
}

const nameOf = ({ path }: Candidate) => path.at(-1) ?? 'data';
const isFilled = ({ list }: Candidate) => list.length > 0;
const isOfRows = (candidate: Candidate) => nameOf(candidate) === ROWS && !candidate.isNull;

/** The list that holds the rows: one that is named as such, else the first that has objects, else the only one. */
function choose(candidates: readonly Candidate[]): Candidate | undefined {
	const fit = candidates.filter(({ list }) => isRows(list));
	const named = fit.filter((candidate) => ROW_KEYS.has(nameOf(candidate)));
	const filled = named.find(isFilled);
	const rows = named.find(isOfRows);
	if (rows && rows.path.length <= (filled ?? rows).path.length) return rows;
	if (named[0]) return filled ?? named[0];
	const others = fit.filter((candidate) => !NOT_ROWS.test(nameOf(candidate)));
	const only = others.length === 1 || candidates.length === 1 ? (others[0] ?? fit[0]) : undefined;
	return others.find(isFilled) ?? only;
}

/** The objects down to where the answer has nothing more but values. */
function chainOf(envelope: Envelope): Row[] {
	const chain: Row[] = [envelope];
	for (let value = envelope.data; isRecord(value) && chain.length <= MAX_DEPTH; value = value.data) chain.unshift(value);
	return chain;
}

/**
 * Finds the rows of a list and their total. Where both are in the answers of custom documents is not documented [?]: rows
 * are the first list of objects, bare or named, nested once or twice.
 *
 * @returns undefined if the answer has no rows that could be recognised
 */
export function findRows(envelope: Envelope, where: RowLocation = {}): FoundRows | undefined {
	const { data } = envelope;
	const atKnown = where.rows && atPath(data, where.rows);
	const chosen = atKnown ?? choose(listsIn(data));
	if (chosen && !isRows(chosen.list)) return undefined;
	const total = totalIn(chosen ? [...chosen.holders, envelope] : chainOf(envelope), where.total, chosen?.list.length ?? 0);
	// If there is nothing to list, some services leave the list out; what else they list then is not the rows.
	if (total === 0 && (chosen === undefined || !(atKnown || ROW_KEYS.has(nameOf(chosen))))) return { rows: [], total, path: undefined };
	return chosen && { rows: chosen.list as Row[], total, pageCount: pageCountIn(chosen.holders), path: chosen.path };
}

/** Whether an answer holds nothing at all: `data` is null, or empty, however often it is nested. */
export function holdsNothing({ data }: Envelope): boolean {
	let value = data;
	while (isRecord(value) && Object.keys(value).every((key) => key === 'data') && 'data' in value) value = value.data;
	return value === null || value === undefined || (isRecord(value) && Object.keys(value).length === 0);
}

const kindOf = (value: unknown) => (value === null ? 'null' : typeof value);

function describe(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	if (Array.isArray(value)) return value.length === 0 ? 'empty list' : `list of ${value.every(isRecord) ? 'object' : kindOf(value.find((entry) => !isRecord(entry)))}s`;
	return typeof value;
}

const MAX_KEYS_SHOWN = 30;

/** The keys of an answer and what kind of value each has, never a value: `data.data (null), data.code (number)`. */
export function describeShape({ data }: Envelope): string {
	const shown: string[] = [];
	const show = (path: string, value: unknown, depth: number) => {
		if (isRecord(value) && depth < MAX_DEPTH && Object.keys(value).length > 0) {
			for (const [key, entry] of Object.entries(value)) show(`${path}.${key}`, entry, depth + 1);
		} else shown.push(`${path} (${describe(value)})`);
	};
	show('data', data, 0);
	return shown.slice(0, MAX_KEYS_SHOWN).join(', ') + (shown.length > MAX_KEYS_SHOWN ? ', …' : '');
}
