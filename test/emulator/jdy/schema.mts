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

export type Problem = { errcode: number; name: string };
export type Strictness = 'strict' | 'loose';

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isTyped(type: Basic, value: unknown, strictness: Strictness): boolean {
	switch (type) {
		case 'string':
		case 'file':
			return typeof value === 'string' || (strictness === 'loose' && isNumber(value));
		case 'number':
		case 'integer': {
			const text = strictness === 'loose' && typeof value === 'string' ? value : isNumber(value) ? JSON.stringify(value) : '';
			return text !== '' && (type === 'number' ? Number.isFinite(Number(text)) : Number.isInteger(Number(text)));
		}
		case 'boolean':
			return typeof value === 'boolean' || (strictness === 'loose' && (value === 'true' || value === 'false'));
		case 'map':
		case 'object':
			return isFields(value);
	}
}

function problemOfOne(field: Field, value: unknown, path: string, strictness: Strictness): Problem | undefined {
	if (!isTyped(field.type, value, strictness)) return { errcode: 1030002001, name: path };
	return field.fields && problemOf(field.fields, value as Fields, strictness, `${path}.`);
}

/** The first thing that is wrong with a body: what is missing is 1030002000, another type 1030002001. */
export function problemOf(fields: Field[], body: Fields, strictness: Strictness, prefix = ''): Problem | undefined {
	for (const field of fields) {
		const [path, value] = [`${prefix}${field.name}`, body[field.name]];
		if (field.isRequired && isNothing(value)) return { errcode: 1030002000, name: path };
		if (value === undefined || value === null) continue;
		if (field.isList && !Array.isArray(value)) return { errcode: 1030002001, name: path };
		for (const one of field.isList ? (value as unknown[]) : [value]) {
			const problem = problemOfOne(field, one, path, strictness);
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
