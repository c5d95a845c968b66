import { Complaint } from '../../gateway/complaint';
import { isRecord, parseExact, stringify } from '../../gateway/json';
import { checkJson } from './jsonText';
import { checkPlainData } from './plainData';

/** One row of the Fields parameter, as n8n hands it over. */
interface Assignment {
	name: string;
	type: string;
	value: unknown;
}

/** A tree while it grows. Names are kept apart from everything a plain object inherits. */
type Branch = Map<string, Branch | { value: unknown }>;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function readAssignments(source: unknown): Assignment[] {
	const rows = isRecord(source) ? (source.assignments ?? []) : [];
	if (!Array.isArray(rows)) throw new Complaint('Fields', 'must be a list of fields');
	return rows.map((row: unknown, index) => {
		const { name, type, value } = isRecord(row) ? row : {};
		if (typeof name !== 'string' || name.trim() === '') throw new Complaint('Fields', `has an empty name in row ${index + 1}`);
		return { name, type: typeof type === 'string' ? type : 'string', value };
	});
}

/** JSON in a text, for a field of type Object or Array. */
function parseField(name: string, text: string): unknown {
	checkJson(text, `Field "${name}"`);
	return parseExact(text);
}

/** A text field takes every value that has a text of its own; an object is written as JSON. */
function asText(name: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
	checkPlainData({ [name]: value });
	return typeof value === 'object' ? stringify(value) : String(value);
}

/** Gives a value the type its row asks for. A number in a text keeps its digits; a text stays a text. */
function typed({ name, type, value }: Assignment): unknown {
	if (value === null || value === undefined) return null;
	const refuse = (wanted: string) => new Complaint(`Field "${name}"`, `is not ${wanted}`);
	switch (type) {
		case 'string':
			return asText(name, value);
		case 'number':
			if (typeof value === 'number' || typeof value === 'bigint') return value;
			if (typeof value !== 'string' || !JSON_NUMBER.test(value.trim())) throw refuse('a number');
			return JSON.rawJSON(value.trim());
		case 'boolean':
			if (typeof value === 'boolean') return value;
			if (value === 'true' || value === 'false') return value === 'true';
			throw refuse('true or false');
		case 'array': {
			const list = typeof value === 'string' ? parseField(name, value) : value;
			if (!Array.isArray(list)) throw refuse('a list');
			return list;
		}
		case 'object': {
			const object = typeof value === 'string' ? parseField(name, value) : value;
			if (!isRecord(object)) throw refuse('an object');
			return object;
		}
		default:
			throw new Complaint(`Field "${name}"`, `has the type "${type}", which cannot be saved`);
	}
}

function plant(root: Branch, assignment: Assignment): void {
	const path = assignment.name.split('.');
	if (path.some((part) => part.trim() === '')) {
		throw new Complaint(`Field "${assignment.name}"`, 'has an empty part between its dots');
	}
	const last = path.pop() ?? '';
	let branch = root;
	for (const [index, part] of path.entries()) {
		const next = branch.get(part) ?? new Map<string, never>();
		if (!(next instanceof Map)) {
			const parent = path.slice(0, index + 1).join('.');
			throw new Complaint(`Field "${assignment.name}"`, `conflicts with the field "${parent}", which has a value of its own`);
		}
		branch.set(part, next);
		branch = next;
	}
	const existing = branch.get(last);
	if (existing instanceof Map) {
		throw new Complaint(`Field "${assignment.name}"`, `conflicts with the fields whose names begin with "${assignment.name}."`);
	}
	if (existing) throw new Complaint(`Field "${assignment.name}"`, 'is given twice');
	branch.set(last, { value: typed(assignment) });
}

/** Own properties only, whatever their names: `__proto__` becomes a field like any other. */
function toObject(branch: Branch): Record<string, unknown> {
	return Object.fromEntries(
		[...branch].map(([name, entry]) => [name, entry instanceof Map ? toObject(entry) : entry.value]),
	);
}

/**
 * Builds the data of a document from the Fields parameter.
 *
 * @param source value of an assignmentCollection: `{ assignments: [{ name, type, value }] }`
 * @throws Complaint for a name that is empty, given twice or in conflict, and for a value of the wrong type
 */
export function buildFromFields(source: unknown): Record<string, unknown> {
	const root: Branch = new Map();
	for (const assignment of readAssignments(source)) plant(root, assignment);
	return toObject(root);
}
