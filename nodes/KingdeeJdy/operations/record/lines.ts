import type { Parameter } from '../../catalogue/types';
import type { Values } from '../../catalogue/wire/values';
import { isNothing } from '../../catalogue/wire/missing';
import { digitsOf } from '../../catalogue/wire/scalars';
import { Complaint } from '../../gateway/complaint';
import { stringify } from '../../gateway/json';

/** An input item on its way into a document. */
export interface Member {
	itemIndex: number;
	/** What it shares with the other items of its document. */
	group: string;
	/** Fields of the document and of one line of it, under their wire names. */
	given: Values;
}

/** Several input items as one document, or why they are none. */
export type Grouped = { group: string; itemIndexes: number[] } & ({ document: Values } | { complaint: Complaint });

/** How a document is made of items. */
export interface LineShape {
	/** The fields of the document. */
	parameters: Parameter[];
	/** The name of its list of lines. */
	linesField: string;
	/** The field of the items that groups them, where it is one: it is no field of the document unless a page has it. */
	groupField?: string | undefined;
}

function listsOf(parameters: Parameter[]): Parameter[] {
	return parameters.filter(({ type }) => type === 'list');
}

/** Why documents of this type cannot be made of lines; undefined where they can. */
export function complaintAbout({ parameters, linesField }: LineShape): Complaint | undefined {
	const lists = listsOf(parameters).map(({ name }) => name);
	if (lists.includes(linesField)) return undefined;
	return new Complaint(
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

interface Parts {
	head: Values;
	/** Whole lines that the item brings, and one that its own fields make. */
	lines: unknown[];
	line: Values;
	/** Fields that no page knows. */
	others: Values;
}

/** Where a field goes by its name; one that a document and its lines have belongs to the line only where just that needs it. */
function placeOf(name: string, head: Map<string, Parameter>, line: Map<string, Parameter>): 'head' | 'line' | 'others' {
	const [ofHead, ofLine] = [head.get(name), line.get(name)];
	if (ofHead && ofLine) return ofLine.required && !ofHead.required ? 'line' : 'head';
	if (ofHead) return 'head';
	return ofLine ? 'line' : 'others';
}

function partsOf({ given }: Member, shape: LineShape, head: Map<string, Parameter>, line: Map<string, Parameter>): Parts {
	const parts: Parts = { head: {}, lines: [], line: {}, others: {} };
	const put = (place: 'head' | 'line' | 'others', name: string, value: unknown) => void (parts[place] = { ...parts[place], [name]: value });
	for (const [name, value] of Object.entries(given)) {
		if (value === null || value === undefined) continue;
		if (name === shape.linesField) parts.lines.push(...(Array.isArray(value) ? (value as unknown[]) : [value]));
		else if (name.startsWith(`${shape.linesField}.`)) put('line', name.slice(shape.linesField.length + 1), value);
		else if (name !== shape.groupField || head.has(name)) put(placeOf(name, head, line), name, value);
	}
	return parts;
}

interface Conflict {
	name: string;
	first: Member;
	second: Member;
}

/**
 * The fields of all items together, or the first one in which two of them differ. What is blank agrees with anything: in a
 * spreadsheet only the first row may be filled in.
 */
function together(members: readonly Member[], values: readonly Values[]): { values: Values } | { conflict: Conflict } {
	const known = new Map<string, { value: unknown; member: Member }>();
	for (const [index, member] of members.entries()) {
		for (const [name, value] of Object.entries(values[index] ?? {})) {
			if (isNothing(value)) continue;
			const before = known.get(name);
			if (before && textOf(before.value) !== textOf(value)) return { conflict: { name, first: before.member, second: member } };
			if (!before) known.set(name, { value, member });
		}
	}
	return { values: Object.fromEntries([...known].map(([name, { value }]) => [name, value])) };
}

function disagreement({ name, first, second }: Conflict, group: string, head: Map<string, Parameter>): Complaint {
	const [one, other] = [first, second].map(({ given, itemIndex }) => `${JSON.stringify(textOf(given[name])).slice(0, 80)} in item ${itemIndex}`);
	return new Complaint(`Field "${name}" (${head.get(name)?.label ?? name})`, `is ${one}, but ${other}, and both belong to "${group}"`);
}

function oneDocument(
	group: string,
	members: readonly Member[],
	shape: LineShape,
	maps: [Map<string, Parameter>, Map<string, Parameter>],
): Grouped {
	const itemIndexes = members.map(({ itemIndex }) => itemIndex);
	const parts = members.map((member) => partsOf(member, shape, ...maps));
	const head = together(
		members,
		parts.map((part) => part.head),
	);
	if ('conflict' in head) return { group, itemIndexes, complaint: disagreement(head.conflict, group, maps[0]) };
	// Nobody knows where an unknown field belongs: into the document if all agree, into the lines otherwise.
	const others = together(
		members,
		parts.map((part) => part.others),
	);
	const lines = parts.flatMap(({ lines: whole, line, others: own }) => {
		const fields = 'conflict' in others ? { ...own, ...line } : line;
		return Object.keys(fields).length === 0 ? whole : [...whole, fields];
	});
	const known = 'conflict' in others ? {} : others.values;
	return { group, itemIndexes, document: { ...head.values, ...known, [shape.linesField]: lines } };
}

/**
 * Makes one document of all items that share a value: the fields of the document from all of them, which must agree, and a
 * line from each. Documents come in the order of their first items.
 *
 * @param shape of which `complaintAbout` has nothing to say
 */
export function groupItems(members: readonly Member[], shape: LineShape): Grouped[] {
	const byName = (parameters: Parameter[]) => new Map(parameters.map((parameter) => [parameter.name, parameter]));
	const lines = shape.parameters.find(({ name }) => name === shape.linesField)?.fields ?? [];
	const maps: [Map<string, Parameter>, Map<string, Parameter>] = [byName(shape.parameters), byName(lines)];
	const groups = Map.groupBy(members, ({ group }) => group);
	return [...groups].map(([group, own]) => oneDocument(group, own, shape, maps));
}
