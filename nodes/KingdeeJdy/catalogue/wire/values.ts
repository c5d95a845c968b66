import { Complaint } from '../../gateway/complaint';
import { isRecord, parseExact } from '../../gateway/json';
import { checkJson } from '../../shared/data/jsonText';
import { toPlain } from '../../shared/data/plainData';
import { requiredOf } from '../catalogue';
import type { Parameter } from '../types';
import { complaintAboutMissing, missingFrom } from './missing';
import type { Missing } from './missing';
import { isMoment } from './moments';
import { asText, kindOf, writeScalar } from './scalars';

export type Values = Record<string, unknown>;

/** How values are to be read. */
export interface Reading {
	/** Of the workflow: dates with a zone are seen from here. */
	timeZone: string;
}

/** What goes out, and the names that no page knows, e.g. `material_entity.colour`. */
export interface ReadValues {
	values: Values;
	unknown: string[];
}

/** Where a reader is in the document. */
interface Place {
	/** As a complaint names it after `Field`: `"material_entity"[0] > "qty"`. */
	name: string;
	/** As a hint names it: `material_entity.qty`. */
	path: string;
	/** The label of the form. */
	label?: string | undefined;
}

function inside(at: Place | undefined, name: string, label?: string): Place {
	return { name: at ? `${at.name} > "${name}"` : `"${name}"`, path: at ? `${at.path}.${name}` : name, label };
}

function named({ name, label }: Place): string {
	return label === undefined ? name : `${name} (${label})`;
}

function told(place: Place): string {
	return `Field ${named(place)}`;
}

class Reader {
	readonly unknown = new Set<string>();
	/** Those of a document before those of its lines. */
	readonly missing: Missing[] = [];

	private readonly reading: Reading;

	constructor(reading: Reading) {
		this.reading = reading;
	}

	level(parameters: Parameter[], given: Values, at?: Place): Values {
		const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
		const values: Array<[string, unknown]> = [];
		const start = this.missing.length;
		for (const [name, value] of Object.entries(given)) {
			if (value === undefined || value === null) continue;
			const parameter = known.get(name);
			const place = inside(at, name, parameter?.label);
			if (!parameter) this.unknown.add(place.path);
			const written = parameter ? this.one(parameter, value, place) : value;
			if (written !== undefined) values.push([name, written]);
		}
		const level = Object.fromEntries(values);
		const nameOf = (name: string) => named(inside(at, name, known.get(name)?.label));
		this.missing.splice(start, 0, ...missingFrom(level, requiredOf(parameters), nameOf));
		return level;
	}

	private one(parameter: Parameter, value: unknown, place: Place): unknown {
		switch (parameter.type) {
			case 'array':
				return this.list(value, place).map((entry) => this.textOrData(entry, place));
			case 'map':
				return this.map(this.object(value, place), place);
			case 'object': {
				const object = this.object(value, place);
				return parameter.fields ? this.level(parameter.fields, object, place) : object;
			}
			case 'list': {
				const { fields = [] } = parameter;
				const entries = isRecord(value) ? [value] : this.list(value, place);
				return entries.map((entry, index) => {
					const at = { name: `${place.name}[${index}]`, path: place.path };
					return this.level(fields, this.object(entry, at), at);
				});
			}
			default:
				return writeScalar(parameter, value, told(place), this.reading.timeZone);
		}
	}

	/** Custom fields by their keys: JDY takes them as text [D]. */
	private map(object: Values, place: Place): Values {
		const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
		return Object.fromEntries(entries.map(([name, value]) => [name, this.textOrData(value, inside(place, name))]));
	}

	/** A scalar as text; lists and objects, of which no page tells the type, as they are. */
	private textOrData(value: unknown, place: Place): unknown {
		const isData = typeof value === 'object' && !isMoment(value) && (value === null || !JSON.isRawJSON(value));
		return isData ? value : asText(value, told(place), this.reading.timeZone);
	}

	private json(text: string, place: Place): unknown {
		checkJson(text, told(place));
		return parseExact(text);
	}

	/** A list; the JSON of one; one value; or several in a text, with commas between. */
	private list(value: unknown, place: Place): unknown[] {
		if (Array.isArray(value)) return value;
		if (typeof value !== 'string') return [value];
		const text = value.trim();
		if (text === '') return [];
		const parsed = /^[[{]/.test(text) ? this.json(text, place) : text.split(',').map((part) => part.trim());
		return Array.isArray(parsed) ? parsed : [parsed];
	}

	private object(value: unknown, place: Place): Values {
		const object = typeof value === 'string' && value.trim().startsWith('{') ? this.json(value, place) : value;
		if (!isRecord(object) || isMoment(object) || JSON.isRawJSON(object)) throw new Complaint(told(place), `must be an object with fields, but is ${kindOf(object)}`);
		return object;
	}
}

/**
 * A copy of values, checked for what JSON cannot hold; dates stay dates.
 *
 * @throws Complaint naming the field
 */
export function plainValues(values: Values): Values {
	const plain = toPlain(values, isMoment);
	return isRecord(plain) ? plain : {};
}

/**
 * What the user gave, in the documented types and formats: a number where the page says text goes out as text with all its
 * digits, dates as the parameter writes them, entries and their fields likewise. Names that no page knows pass as they are.
 *
 * @throws Complaint naming the first field that cannot be what the page says, otherwise all that are missing
 */
export function readValues(parameters: Parameter[], given: Values, reading: Reading): ReadValues {
	const reader = new Reader(reading);
	const values = reader.level(parameters, plainValues(given));
	const complaint = complaintAboutMissing(reader.missing);
	if (complaint) throw complaint;
	return { values, unknown: [...reader.unknown] };
}
