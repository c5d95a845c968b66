import { isRecord, parseExact, stringify } from '../../gateway/json/json';
import { asksModel, isExpression, isTextOfNothing } from '../parameters/expressions';
import { expressionsIn } from '../parameters/template';

type Values = Record<string, unknown>;

/** Empty it is refused later: without it a new document would be saved in place of the one that is meant. */
const OWN_ID = 'id';

/** Whether an expression gave what nobody said: nothing, or the text of nothing; an empty text if the model was asked for it. */
function isUnsaid(value: unknown, written: unknown): boolean {
	if (!isExpression(written)) return false;
	if (value === null || value === undefined) return true;
	return typeof value === 'string' && asksModel(written) && (value.trim() === '' || isTextOfNothing(value));
}

function isPlainObject(value: unknown): value is Values {
	return isRecord(value) && !JSON.isRawJSON(value) && typeof value.toJSON !== 'function';
}

function saidEntries(values: readonly unknown[], written: unknown): unknown[] | undefined {
	const kept = values.map((entry, index) => said(entry, Array.isArray(written) ? written[index] : written, true)).filter((entry) => entry !== undefined);
	return kept.length === 0 && values.length > 0 ? undefined : kept;
}

/** @returns undefined if nothing is left of what had something in it */
function said(value: unknown, written: unknown, isInList = false): unknown {
	if (isUnsaid(value, written)) return undefined;
	if (Array.isArray(value)) return saidEntries(value, written);
	if (!isPlainObject(value)) return value;
	const fields = Object.entries(value);
	const kept = fields.flatMap(([name, field]): Array<[string, unknown]> => {
		const of = name === OWN_ID && !isInList ? field : said(field, isRecord(written) ? written[name] : written, isInList);
		return of === undefined ? [] : [[name, of]];
	});
	return kept.length === 0 && fields.length > 0 ? undefined : Object.fromEntries(kept);
}

/**
 * Values without what nobody said: a model that is asked for a field and leaves it out must not have it saved as null.
 *
 * @param written the same values as they are in the node; a text if one expression returns all of them
 */
export function saidValues(values: Values, written: unknown): Values {
	const kept = said(values, written);
	return isRecord(kept) ? kept : {};
}

/** The same of JSON, as a text or as an object. A text in which everything was said is returned unchanged. */
export function saidJson(source: unknown, raw: unknown): unknown {
	const written = expressionsIn(raw) ?? raw;
	if (isUnsaid(source, raw)) return {};
	if (typeof source !== 'string') return isRecord(source) ? saidValues(source, written) : source;
	let values: unknown;
	try {
		values = parseExact(source);
	} catch {
		return source;
	}
	if (!isRecord(values)) return source;
	const kept = stringify(saidValues(values, written));
	return kept === stringify(values) ? source : kept;
}

/** The same of the rows of an assignmentCollection. */
export function saidRows(source: unknown, raw: unknown): unknown {
	if (!isRecord(source) || !Array.isArray(source.assignments)) return source;
	const written = isRecord(raw) && Array.isArray(raw.assignments) ? raw.assignments : [];
	const isSaid = (row: unknown, index: number) => {
		const rawRow: unknown = written[index];
		return !isRecord(row) || row.name === OWN_ID || !isUnsaid(row.value, isRecord(rawRow) ? rawRow.value : raw);
	};
	return { ...source, assignments: source.assignments.filter(isSaid) };
}
