import { readFileSync } from 'node:fs';

/** What a parameter of a save refers to. */
export interface Reference {
	/** E.g. `bd.customer`; undefined where the parameter `kindBy` beside it says it. */
	entity: string | undefined;
	kindBy: string | undefined;
	/** It holds a number; otherwise an ID. */
	byNumber: boolean;
	/** One text with commas. */
	isCommaList: boolean;
	/** Of auxiliary data their group, of regions their level. */
	group: string | undefined;
	/** The parameter beside it that names what it belongs to: the product of a unit, the warehouse of a bin, the province of a city. */
	within: string | undefined;
}

/** `KIND` or `?PARAMETER`, `#` for a number, `,` for a list in one text, `=GROUP`, `<PARAMETER`. */
const NOTATION = /^(?:\?(\w+)|([\w.]+))(#)?(,)?(?:=(\w+))?(?:<(\w+))?$/;

function parse(written: string): Reference {
	const [, kindBy, entity, number, comma, group, within] = NOTATION.exec(written) ?? [];
	if (kindBy === undefined && entity === undefined) throw new Error(`No reference: ${written}`);
	return { entity, kindBy, byNumber: number !== undefined, isCommaList: comma !== undefined, group, within };
}

let written: Record<string, Record<string, string>> | undefined;
const parsed = new Map<string, Map<string, Reference>>();

/**
 * The parameters of a save that refer to something, as the documentation has them, by their paths within one document.
 *
 * @param call below `/jdy/v2/`, e.g. `scm/sal_order`
 */
export function referencesOf(call: string): Map<string, Reference> {
	written ??= JSON.parse(readFileSync(new URL('references.json', import.meta.url), 'utf8')) as Record<string, Record<string, string>>;
	const known = parsed.get(call) ?? new Map(Object.entries(written[call] ?? {}).map(([path, text]) => [path, parse(text)]));
	parsed.set(call, known);
	return known;
}

/** The saves that refer to anything. */
export function savesWithReferences(): string[] {
	referencesOf('');
	return Object.keys(written ?? {});
}
