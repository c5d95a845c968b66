import { ValidationError } from '../../gateway/errors/validationError';
import { MAX_DEPTH, isRecord, parseExact, stringify } from '../../gateway/json/json';
import { JSON_NUMBER, MAX_NUMBER_LENGTH, NUMBER_TOO_LONG } from '../../gateway/json/jsonNumbers';
import { checkJson } from './jsonText';
import { toPlain } from './plainData';
import { shorten } from './shorten';

/** One row of the Fields parameter, as n8n hands it over. */
interface Assignment {
	name: string;
	type: string;
	value: unknown;
}

/** A tree while it grows. Names are kept apart from everything a plain object inherits. */
type Branch = Map<string, Branch | { value: unknown }>;

/** A field as messages name it. */
function labelOf(name: string): string {
	return `Field "${shorten(name)}"`;
}

function readAssignments(source: unknown): Assignment[] {
	const rows = isRecord(source) ? (source.assignments ?? []) : [];
	if (!Array.isArray(rows)) throw new ValidationError('Fields', 'must be a list of fields');
	return rows.map((row: unknown, index) => {
		const { name, type, value } = isRecord(row) ? row : {};
		if (typeof name !== 'string' || name.trim() === '') throw new ValidationError('Fields', `has an empty name in row ${index + 1}`);
		return { name, type: typeof type === 'string' ? type : 'string', value };
	});
}

/** What a value is as plain data; the check names the field. */
function plainValue(name: string, value: unknown): unknown {
	const plain = toPlain({ [name]: value });
	return isRecord(plain) ? plain[name] : undefined;
}

/** A field of type Object or Array holds JSON in a text, or the data itself. */
function parseField(name: string, value: unknown): unknown {
	if (typeof value !== 'string') return plainValue(name, value);
	checkJson(value, labelOf(name));
	return parseExact(value);
}

/** A text field takes every value that has a text of its own; an object is written as JSON. */
function asText(name: string, value: unknown): string | null {
	if (typeof value === 'string') return value;
	const plain = plainValue(name, value);
	if (plain === null || plain === undefined) return null;
	return typeof plain === 'object' ? stringify(plain) : String(plain);
}

/** A number in a text keeps its digits. */
function asNumber(name: string, value: unknown): unknown {
	if (typeof value === 'number' || typeof value === 'bigint') return value;
	const text = typeof value === 'string' ? value.trim() : '';
	if (!JSON_NUMBER.test(text)) throw new ValidationError(labelOf(name), 'is not a number');
	if (text.length > MAX_NUMBER_LENGTH) throw new ValidationError(labelOf(name), NUMBER_TOO_LONG);
	return JSON.rawJSON(text);
}

/** Gives a value the type its row asks for; a text stays a text. */
function typed({ name, type, value }: Assignment): unknown {
	if (value === null || value === undefined) return null;
	const refuse = (wanted: string) => new ValidationError(labelOf(name), `is not ${wanted}`);
	switch (type) {
		case 'string':
			return asText(name, value);
		case 'number':
			return asNumber(name, value);
		case 'boolean':
			if (typeof value === 'boolean') return value;
			if (value === 'true' || value === 'false') return value === 'true';
			throw refuse('true or false');
		case 'array': {
			const list = parseField(name, value);
			if (!Array.isArray(list)) throw refuse('a list');
			return list;
		}
		case 'object': {
			const object = parseField(name, value);
			if (!isRecord(object) || JSON.isRawJSON(object)) throw refuse('an object');
			return object;
		}
		default:
			throw new ValidationError(labelOf(name), `has the type "${shorten(type)}", which cannot be saved`);
	}
}

function plant(root: Branch, assignment: Assignment): void {
	const label = labelOf(assignment.name);
	const path = assignment.name.split('.');
	if (path.length > MAX_DEPTH) throw new ValidationError(label, `is nested deeper than ${MAX_DEPTH} levels`);
	if (path.some((part) => part.trim() === '')) throw new ValidationError(label, 'has an empty part between its dots');
	const last = path.pop() ?? '';
	let branch = root;
	for (const [index, part] of path.entries()) {
		const next = branch.get(part) ?? new Map<string, never>();
		if (!(next instanceof Map)) {
			const parent = shorten(path.slice(0, index + 1).join('.'));
			throw new ValidationError(label, `conflicts with the field "${parent}", which has a value of its own`);
		}
		branch.set(part, next);
		branch = next;
	}
	const existing = branch.get(last);
	if (existing instanceof Map) {
		throw new ValidationError(label, `conflicts with the fields whose names begin with "${shorten(assignment.name)}."`);
	}
	if (existing) throw new ValidationError(label, 'is given twice');
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
 * @throws ValidationError for a name that is empty, given twice or in conflict, and for a value of the wrong type
 */
export function buildFromFields(source: unknown): Record<string, unknown> {
	const root: Branch = new Map();
	for (const assignment of readAssignments(source)) plant(root, assignment);
	return toObject(root);
}
