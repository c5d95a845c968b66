import { isFields, isNumber, readExactly } from '../calls.mts';
import type { Fields } from '../calls.mts';

/** Names with their types as the files of `calls/` have them: `name!` is required, a list holds its one type. */
export interface Schema {
	[name: string]: Kind | [Kind];
}
type Kind = Basic | Schema;
type Basic = 'string' | 'number' | 'integer' | 'boolean' | 'map' | 'object' | 'file';

export interface Field {
	name: string;
	isRequired: boolean;
	isList: boolean;
	type: Basic;
	/** Of an object, or of each object in a list. */
	fields?: Field[];
}

export function compile(schema: Schema = {}): Field[] {
	return Object.entries(schema).map(([key, written]) => {
		const isRequired = key.endsWith('!');
		const isList = Array.isArray(written);
		const kind = isList ? written[0] : written;
		const field = { name: isRequired ? key.slice(0, -1) : key, isRequired, isList };
		return typeof kind === 'string' ? { ...field, type: kind } : { ...field, type: 'object', fields: compile(kind) };
	});
}

/** What is wrong with a body. `text` is what JDY says of it, where that is not the usual text of the errcode. */
export type Problem = { errcode: number; name: string; text?: string };
export type Strictness = 'protobuf' | 'strict' | 'loose';
export type Required = 'real' | 'documented';

/** How closely a body has to follow its page. */
export interface Rules {
	fieldTypes: Strictness;
	requiredFields: Required;
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isTyped(type: Basic, value: unknown, fieldTypes: Strictness): boolean {
	switch (type) {
		case 'string':
		case 'file':
			return typeof value === 'string' || (fieldTypes === 'loose' && isNumber(value));
		case 'number':
		case 'integer': {
			const text = fieldTypes !== 'strict' && typeof value === 'string' ? value : isNumber(value) ? JSON.stringify(value) : '';
			return text !== '' && (type === 'number' ? Number.isFinite(Number(text)) : Number.isInteger(Number(text)));
		}
		case 'boolean':
			// 0 and 1 are taken as well [R].
			return typeof value === 'boolean' || (fieldTypes === 'protobuf' && ['0', '1'].includes(JSON.stringify(value))) || (fieldTypes === 'loose' && (value === 'true' || value === 'false'));
		case 'map':
		case 'object':
			return isFields(value);
	}
}

/** The text of protobuf's JSON reader [R]. */
function typeProblem({ type, name }: Field, value: unknown, path: string, { fieldTypes }: Rules): Problem {
	if (fieldTypes !== 'protobuf') return { errcode: 1030002001, name: path };
	const declared = { string: 'string', file: 'string', number: 'double', integer: 'int32', boolean: 'bool', map: 'map', object: 'message' }[type];
	return { errcode: 400, name, text: `proto: invalid value for ${declared} type: ${JSON.stringify(value)}` };
}

/** What is as good as a field that its page calls required [R]: a number for an ID and the reverse, a price with tax for one without. */
function isReplaced({ name }: Field, body: Fields): boolean {
	// The number of a product's base unit is ignored [R].
	if (name === 'base_unit_id') return false;
	const stem = /^(.*)_(?:id|number)$/.exec(name)?.[1];
	const others = stem === undefined ? { price: ['tax_price'], tax_price: ['price'] }[name] ?? [] : [`${stem}_id`, `${stem}_number`, `outside_${stem}_number`];
	return others.some((other) => !isNothing(body[other]));
}

/** Real accounts do without these, whatever the page says [R]. */
const NEVER_REQUIRED = new Set(['bill_no', 'id', 'delivery_date']);

/** Master data that a line lacks is refused in words of its own [R]. */
function missingProblem({ name }: Field, path: string, line: number | undefined): Problem {
	const stem = /^(.*)_(?:id|number)$/.exec(name)?.[1];
	const problem = { errcode: 1030002000, name: path };
	return stem === undefined || line === undefined ? problem : { ...problem, text: `第${line}行基础资料"${stem}"字段不能为空` };
}

function isMissing(field: Field, body: Fields, { requiredFields }: Rules): boolean {
	if (!field.isRequired || !isNothing(body[field.name])) return false;
	return requiredFields === 'documented' || !(NEVER_REQUIRED.has(field.name) || isReplaced(field, body));
}

function problemOfOne(field: Field, value: unknown, path: string, rules: Rules, line: number | undefined): Problem | undefined {
	if (!isTyped(field.type, value, rules.fieldTypes)) return typeProblem(field, value, path, rules);
	return field.fields && problemOf(field.fields, value as Fields, rules, `${path}.`, line);
}

/** The first thing that is wrong with a body; `line` counts from 1 within a list. */
export function problemOf(fields: Field[], body: Fields, rules: Rules, prefix = '', line?: number): Problem | undefined {
	for (const field of fields) {
		const [path, value] = [`${prefix}${field.name}`, body[field.name]];
		if (isMissing(field, body, rules)) return missingProblem(field, path, rules.requiredFields === 'real' ? line : undefined);
		if (value === undefined || value === null) continue;
		if (field.isList && !Array.isArray(value)) return typeProblem(field, value, path, rules);
		for (const [index, one] of (field.isList ? (value as unknown[]) : [value]).entries()) {
			const problem = problemOfOne(field, one, path, rules, field.isList ? index + 1 : line);
			if (problem) return problem;
		}
	}
	return undefined;
}

/** A scalar as the answer's page wants it: numbers as text here, texts as numbers there. */
export function cast({ type, isList }: Field, value: unknown): unknown {
	if (isList) return value;
	if (type === 'string' && isNumber(value)) return JSON.stringify(value);
	if ((type === 'number' || type === 'integer') && typeof value === 'string' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return readExactly(value);
	return value;
}
