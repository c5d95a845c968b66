import { isRecord, parseExact } from '../../gateway/json';
import { isMoment } from '../../shared/data/dates';
import { checkJson } from '../../shared/data/jsonText';
import { toPlain } from '../../shared/data/plainData';
import { requiredOf } from '../catalogue';
import type { Parameter } from '../types';
import { takesIds, writeIds } from './ids';
import { complaintAboutMissing, missingFrom } from './missing';
import type { Missing } from './missing';
import { inside, named, told } from './place';
import type { Place } from './place';
import { asText, writeScalar } from './scalars';

export type Values = Record<string, unknown>;

/** How values are to be read. */
export interface Reading {
	/** Of JDY's dates: what tells its own zone is seen from here. */
	timeZone: string;
}

/** What goes out, and of what JDY will have to judge itself. */
export interface ReadValues {
	values: Values;
	/** Names that no page knows, e.g. `material_entity.colour`. */
	unknown: string[];
	/** What is not what the page says, e.g. `material_entity.qty (a number)`. */
	asGiven: string[];
}

class Reader {
	readonly unknown = new Set<string>();

	readonly asGiven = new Set<string>();

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
			const written = parameter ? this.one(parameter, value, place, known) : value;
			if (written !== undefined) values.push([name, written]);
		}
		const level = Object.fromEntries(values);
		const nameOf = (name: string) => named(inside(at, name, known.get(name)?.label));
		this.missing.splice(start, 0, ...missingFrom(level, requiredOf(parameters), nameOf));
		return level;
	}

	private one(parameter: Parameter, value: unknown, place: Place, beside: ReadonlyMap<string, Parameter>): unknown {
		if (takesIds(parameter)) return writeIds(parameter, value, { label: told(place), listOf: (several) => this.list(several, place), beside });
		switch (parameter.type) {
			case 'array':
				return this.list(value, place).map((entry) => this.textOrData(entry));
			case 'map':
				return this.object(value, place, (object) => this.map(object));
			case 'object':
				return this.object(value, place, (object) => (parameter.fields ? this.level(parameter.fields, object, place) : object));
			case 'list': {
				const { fields = [] } = parameter;
				const entries = isRecord(value) ? [value] : this.list(value, place);
				return entries.map((entry, index) => {
					const at = { name: `${place.name}[${index}]`, path: place.path };
					return this.object(entry, at, (object) => this.level(fields, object, at));
				});
			}
			default:
				return this.scalar(parameter, value, place);
		}
	}

	private scalar(parameter: Parameter, value: unknown, place: Place): unknown {
		const written = writeScalar(parameter, value, told(place), this.reading.timeZone);
		if (written.wanted !== undefined) this.leave(place, written.wanted);
		return written.value;
	}

	/** What is not as documented is for JDY to judge: its refusal costs nothing, and names the field. */
	private leave({ path }: Place, wanted: string): void {
		this.asGiven.add(`${path} (${wanted})`);
	}

	/** Custom fields by their keys: JDY takes them as text [D]. */
	private map(object: Values): Values {
		const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
		return Object.fromEntries(entries.map(([name, value]) => [name, this.textOrData(value)]));
	}

	/** A scalar as text; lists and objects, of which no page tells the type, as they are. */
	private textOrData(value: unknown): unknown {
		return asText(value, this.reading.timeZone) ?? value;
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

	private object(value: unknown, place: Place, read: (object: Values) => unknown): unknown {
		const object = typeof value === 'string' && value.trim().startsWith('{') ? this.json(value, place) : value;
		if (isRecord(object) && !isMoment(object) && !JSON.isRawJSON(object)) return read(object);
		this.leave(place, 'an object with fields');
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
 * digits, dates as the parameter writes them, entries and their fields likewise. Names that no page knows, and what cannot be
 * what its page says, pass as they are.
 *
 * @throws Complaint naming the first field that is surely wrong, otherwise all that are missing
 */
export function readValues(parameters: Parameter[], given: Values, reading: Reading): ReadValues {
	const reader = new Reader(reading);
	const values = reader.level(parameters, plainValues(given));
	const complaint = complaintAboutMissing(reader.missing);
	if (complaint) throw complaint;
	return { values, unknown: [...reader.unknown], asGiven: [...reader.asGiven] };
}
