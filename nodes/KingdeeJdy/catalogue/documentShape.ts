import { parametersOf } from './catalogue';
import type { Call, Parameter } from './types';

/** What a save takes: the fields of one document, and how that stands in the body. */
export interface DocumentShape {
	/** The fields of the document. */
	parameters: Parameter[];
	/** The one parameter that holds the document, or a list with it; missing if the document is the body. */
	wrapper?: { name: string; isList: boolean };
}

/** The shape of a save: nine of them take `{ items: [document] }` or `{ data: document }`. */
export function documentShapeOf(call: Call): DocumentShape {
	const parameters = parametersOf(call);
	const [only, ...others] = parameters;
	if (!only?.fields || others.length > 0) return { parameters };
	return { parameters: only.fields, wrapper: { name: only.name, isList: only.type === 'list' } };
}

/** The body of a save. */
export function wrapped(document: Record<string, unknown>, { wrapper }: DocumentShape): Record<string, unknown> {
	if (!wrapper) return document;
	return { [wrapper.name]: wrapper.isList ? [document] : document };
}

/** The document of what may be one, or a whole body with one in it; undefined if the body holds several or none. */
export function unwrapped(given: Record<string, unknown>, { wrapper }: DocumentShape): unknown {
	const names = Object.keys(given);
	if (!wrapper || names.length !== 1 || names[0] !== wrapper.name) return given;
	const inner = given[wrapper.name];
	if (!Array.isArray(inner)) return inner;
	return inner.length === 1 ? inner[0] : undefined;
}
