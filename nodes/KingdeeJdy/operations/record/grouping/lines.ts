import { isNothing } from '../../../catalogue/encoding/requiredFields';
import { digitsOf, writeScalar } from '../../../catalogue/encoding/scalars';
import type { Values } from '../../../catalogue/encoding/values';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord, stringify } from '../../../gateway/json/json';
import { isMoment } from '../../../shared/data/dates';
import type { Columns, LineShape } from './columns';

/** An input item on its way into a document. */
export interface Member {
	itemIndex: number;
	/** Fields of the document and of one line of it, under their wire names. */
	given: Values;
}

function listsOf(parameters: Parameter[]): Parameter[] {
	return parameters.filter(({ type }) => type === 'list');
}

/** Why documents of this type cannot be made of lines; undefined if they can. */
export function lineShapeError({ parameters, linesField }: Pick<LineShape, 'parameters' | 'linesField'>): ValidationError | undefined {
	const lists = listsOf(parameters).map(({ name }) => name);
	if (lists.includes(linesField)) return undefined;
	return new ValidationError(
		'Lines Field',
		lists.length === 0 ? 'cannot be used: documents of this type have no lines' : `must be a list of the document: ${lists.join(', ')}`,
	);
}

/** The list that takes the lines unless the user names one: a required one before others. */
export function usualLinesField(parameters: Parameter[]): string | undefined {
	const lists = listsOf(parameters);
	return (lists.find(({ required }) => required) ?? lists[0])?.name;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : (digitsOf(value) ?? stringify(value));
}

/** A value as one item has it. */
interface Given<T = unknown> {
	value: T;
	itemIndex: number;
}

function isFields(value: unknown): value is Values {
	return isRecord(value) && !isMoment(value) && !JSON.isRawJSON(value);
}

function saysNothing(value: unknown): boolean {
	return isNothing(value) || (isFields(value) && Object.values(value).every(saysNothing));
}

/** What the items of a group are put together with. */
interface Common {
	/** What they share. */
	group: string;
	linesField: string;
	timeZone: string;
	head: ReadonlyMap<string, Parameter>;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean']);

/** What is sent for a value, as far as it can: a date may be written in several ways. */
function written(parameter: Parameter | undefined, value: unknown, timeZone: string): string {
	if (!parameter || !SCALARS.has(parameter.type)) return textOf(value);
	try {
		return textOf(writeScalar(parameter, value, '', timeZone).value);
	} catch {
		return textOf(value);
	}
}

/** @throws ValidationError naming both items if they differ */
function same(name: string, given: readonly Given[], path: string, { group, head, linesField, timeZone }: Common): unknown {
	const parameter = path === '' ? head.get(name) : undefined;
	const [first, ...others] = given;
	const wanted = written(parameter, first?.value, timeZone);
	const other = others.find(({ value }) => written(parameter, value, timeZone) !== wanted);
	if (!other) return first?.value;
	const [one, two] = [first, other].map((told) => `${JSON.stringify(textOf(told?.value)).slice(0, 80)} in item ${told?.itemIndex}`);
	const label = parameter ? ` (${parameter.label})` : '';
	const advice = parameter || path !== '' ? '' : `. JDY documents no such field; if it belongs to the lines, call it "${linesField}.${name}"`;
	throw new ValidationError(`Field ${path}"${name}"${label}`, `is ${one}, but ${two}, and both belong to "${group}"${advice}`);
}

/**
 * The fields of all items together. What is blank agrees with anything: in a spreadsheet only the first row may be filled in.
 *
 * @param path what they stand in, as an error names it
 * @throws ValidationError naming the first field in which two items differ
 */
function together(all: ReadonlyArray<Given<Values>>, common: Common, path = ''): Values {
	const byName = new Map<string, Given[]>();
	const blank = new Set<string>();
	for (const { value: values, itemIndex } of all) {
		for (const [name, value] of Object.entries(values)) {
			if (saysNothing(value)) {
				if (!isFields(value)) blank.add(name);
				continue;
			}
			const given = byName.get(name) ?? [];
			byName.set(name, given);
			given.push({ value, itemIndex });
		}
	}
	const fields = [...byName].map(([name, given]): [string, unknown] => {
		const inner = given.flatMap(({ value, itemIndex }) => (isFields(value) ? [{ value, itemIndex }] : []));
		return [name, inner.length === given.length ? together(inner, common, `${path}"${name}" > `) : same(name, given, path, common)];
	});
	// What no item fills in is an empty field of the document as well.
	const empty = [...blank].filter((name) => !byName.has(name)).map((name): [string, unknown] => [name, '']);
	return Object.fromEntries([...fields, ...empty]);
}

/**
 * Makes one document of all items that share a value: the fields of the document from all of them, which must agree, and a
 * line from each.
 *
 * @param shape of which `lineShapeError` has nothing to say
 * @throws ValidationError if the items do not agree
 */
export function documentOf(
	group: string,
	members: readonly Member[],
	columns: Columns,
	{ linesField, timeZone }: Pick<LineShape, 'linesField'> & { timeZone: string },
): Values {
	const parts = members.map(({ itemIndex, given }) => ({ itemIndex, ...columns.partsOf(given) }));
	const heads = parts.map(({ itemIndex, head }) => ({ itemIndex, value: head }));
	const common = { group, linesField, timeZone, head: columns.head };
	return { ...together(heads, common), [linesField]: parts.flatMap(({ lines }) => lines) };
}
