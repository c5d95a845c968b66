import { isNothing } from '../../../catalogue/encoding/requiredFields';
import type { Values } from '../../../catalogue/encoding/values';
import { readableKeysOf, readableNames } from '../../../catalogue/readableKeys';
import type { Parameter } from '../../../catalogue/types';
import { ValidationError } from '../../../gateway/errors/validationError';
import { isRecord, parseExact } from '../../../gateway/json/json';
import { checkJson } from '../../../shared/data/jsonText';
import { customMapOf } from '../customFields';

/** How a document is made of items. */
export interface LineShape {
	/** The fields of the document. */
	parameters: Parameter[];
	/** The name of its list of lines. */
	linesField: string;
	/** The fields of the items that group them: one that JDY does not know is no field of the document. */
	groupFields: readonly string[];
}

/** What an item brings to its document: fields of the head, whole lines, and one line that its own fields make. */
interface Parts {
	head: Values;
	lines: unknown[];
}

/** Where a field goes: into the head or a line, there into its custom fields where `map` names them. */
interface ColumnPosition {
	level: 'head' | 'line';
	map?: string | undefined;
}

/** Custom fields are named like this [D]. */
const CUSTOM = /^custom_field__/;

const HEAD: ColumnPosition = { level: 'head' };

/** The parameters by their names, and by the readable keys that stand for them. */
function byName(parameters: Parameter[]): Map<string, Parameter> {
	const readable = readableKeysOf(parameters).flatMap((keys) => readableNames(keys).map((name): [string, Parameter] => [name, keys.parameter]));
	return new Map([...readable, ...parameters.map((parameter): [string, Parameter] => [parameter.name, parameter])]);
}

/** The list or the object in a text; anything else as it is. */
function parsed(value: unknown, name: string): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	checkJson(value, `Field "${name}"`);
	return parseExact(value);
}

function linesIn(value: unknown, name: string): unknown[] {
	if (isNothing(value)) return [];
	const lines = parsed(value, name);
	return Array.isArray(lines) ? lines : [lines];
}

/** Takes rows apart into fields of the document and lines of it. */
export class Columns {
	/** The fields of the document by their names. */
	readonly head: ReadonlyMap<string, Parameter>;

	private readonly line: ReadonlyMap<string, Parameter>;

	private readonly shape: LineShape;

	private custom: ReadonlyMap<string, string> = new Map();

	constructor(shape: LineShape) {
		this.shape = shape;
		this.head = byName(shape.parameters);
		this.line = byName(this.head.get(shape.linesField)?.fields ?? []);
	}

	/** Names that say something and that no page of JDY has, so that only the account can say where they belong. */
	unknownIn(given: Values): string[] {
		const { groupFields } = this.shape;
		const filled = Object.entries(given).filter(([, value]) => !isNothing(value));
		const unknown = filled.map(([name]) => name).filter((name) => !this.isOfLines(name) && !this.head.has(name) && !this.line.has(name));
		// What groups the items is mostly a column of the user's own.
		return unknown.filter((name) => !groupFields.includes(name) || CUSTOM.test(name));
	}

	/** @param custom the custom fields of the account: `head`, or the list whose lines have it, by its name */
	learn(custom: ReadonlyMap<string, string>): void {
		this.custom = custom;
	}

	/** @throws ValidationError for a field that belongs to the lines of another list */
	partsOf(given: Values): Parts {
		const { linesField } = this.shape;
		const levels: Record<ColumnPosition['level'], Values> = { head: {}, line: {} };
		const inMaps: Array<[place: ColumnPosition & { map: string }, name: string, value: unknown]> = [];
		const lines: unknown[] = [];
		for (const [name, value] of Object.entries(given)) {
			if (value === null || value === undefined) continue;
			const place = this.placeOf(name);
			if (name === linesField) lines.push(...linesIn(value, name));
			else if (this.isOfLines(name)) levels.line[name.slice(linesField.length + 1)] = value;
			else if (place?.map !== undefined) inMaps.push([{ ...place, map: place.map }, name, value]);
			else if (place) levels[place.level][name] = this.holdsFields(name) ? parsed(value, name) : value;
		}
		for (const [{ level, map }, name, value] of inMaps) {
			const known = levels[level][map];
			levels[level][map] = { [name]: value, ...(isRecord(known) ? known : {}) };
		}
		return { head: levels.head, lines: Object.keys(levels.line).length === 0 ? lines : [...lines, levels.line] };
	}

	private isOfLines(name: string): boolean {
		const { linesField } = this.shape;
		return name === linesField || name.startsWith(`${linesField}.`);
	}

	private holdsFields(name: string): boolean {
		const { type } = this.head.get(name) ?? {};
		return type === 'map' || type === 'object';
	}

	/** Undefined for a field that groups the items and is none of the document. */
	private placeOf(name: string): ColumnPosition | undefined {
		const [ofHead, ofLine] = [this.head.get(name), this.line.get(name)];
		// One that a document and its lines have belongs to the line only if just that needs it.
		if (ofHead && ofLine) return ofLine.required && !ofHead.required ? { level: 'line' } : HEAD;
		if (ofHead) return HEAD;
		if (ofLine) return { level: 'line' };
		const custom = this.custom.get(name);
		if (custom !== undefined) return this.customPlaceOf(name, custom);
		return this.shape.groupFields.includes(name) ? undefined : HEAD;
	}

	private customPlaceOf(name: string, level: string): ColumnPosition {
		const { parameters, linesField } = this.shape;
		if (level === linesField) return { level: 'line', map: customMapOf([...this.line.values()]) };
		if (this.head.get(level)?.type === 'list') {
			throw new ValidationError(`Field "${name}"`, `belongs to the lines "${level}", but the items make lines of "${linesField}"`);
		}
		return { level: 'head', map: customMapOf(parameters) };
	}
}
