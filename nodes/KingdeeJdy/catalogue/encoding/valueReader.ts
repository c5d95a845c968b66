import { isRecord, parseExact } from '../../gateway/json/json';
import { isMoment } from '../../shared/data/dates';
import { checkJson } from '../../shared/data/jsonText';
import { requiredOf } from '../catalogue';
import { readableKeysOf } from '../readableKeys';
import type { Parameter } from '../types';
import { emptyOf } from './empty';
import { fieldInError, inside } from './fieldPath';
import type { FieldPath } from './fieldPath';
import { takesIds, writeIds } from './ids';
import { missingFrom } from './requiredFields';
import type { MissingField } from './requiredFields';
import { asText, writeScalar } from './scalars';
import type { ValueOptions, Values } from './types';

const MAX_NAMED = 20;

/** Reads a document level by level, and notes what is to be said of it. */
export class ValueReader {
	readonly unknown = new Set<string>();

	readonly asGiven = new Set<string>();

	readonly leftOut = new Set<string>();

	/** Those of a document before those of its lines. */
	readonly missing: MissingField[] = [];

	private readonly options: ValueOptions;

	constructor(options: ValueOptions) {
		this.options = options;
	}

	level(parameters: Parameter[], given: Values, at?: FieldPath): Values {
		const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
		const values: Array<[string, unknown]> = [];
		const start = this.missing.length;
		for (const [name, value] of Object.entries(given)) {
			const parameter = known.get(name);
			const place = inside(at, name, parameter?.label);
			if (this.isEmpty(value)) {
				const cleared = this.cleared(parameter, value, place);
				if (cleared !== undefined) values.push([name, cleared]);
				continue;
			}
			if (!parameter) this.unknown.add(place.path);
			const written = parameter ? this.one(parameter, value, place, parameters) : value;
			if (written !== undefined) values.push([name, written]);
		}
		const level = Object.fromEntries(values);
		const placeOf = (name: string) => inside(at, name, known.get(name)?.label);
		this.missing.splice(start, 0, ...missingFrom(level, requiredOf(parameters), placeOf));
		return level;
	}

	private isEmpty(value: unknown): boolean {
		if (value === undefined || value === null) return true;
		return this.options.emptyFields !== undefined && typeof value === 'string' && value.trim() === '';
	}

	/** What is sent for an empty field; undefined if it is left out. */
	private cleared(parameter: Parameter | undefined, value: unknown, { path }: FieldPath): unknown {
		const { emptyFields } = this.options;
		if (emptyFields === 'clear' && value !== undefined) return emptyOf(parameter);
		if (emptyFields === 'leaveOut') this.leftOut.add(path);
		return undefined;
	}

	private one(parameter: Parameter, value: unknown, place: FieldPath, level: Parameter[]): unknown {
		if (takesIds(parameter) && this.options.references !== 'asGiven') {
			const keys = readableKeysOf(level).find((one) => one.parameter === parameter);
			const instead = { number: keys?.hasNumbers === false ? undefined : keys?.number, name: keys?.name };
			return writeIds(parameter, value, { label: fieldInError(place), listOf: (several) => this.list(several, place), instead });
		}
		switch (parameter.type) {
			case 'array':
				return this.list(value, place).map((entry) => this.textOrData(entry));
			case 'map':
				return this.object(value, place, (object) => this.map(object, place));
			case 'object':
				return this.object(value, place, (object) => (parameter.fields ? this.level(parameter.fields, object, place) : object), parameter.fields);
			case 'list': {
				const { fields = [] } = parameter;
				const entries = isRecord(value) ? [value] : this.list(value, place);
				return entries.map((entry, index) => {
					const at = { name: `${place.name}[${index}]`, path: place.path };
					return this.object(entry, at, (object) => this.level(fields, object, at), fields);
				});
			}
			default:
				return this.scalar(parameter, value, place);
		}
	}

	private scalar(parameter: Parameter, value: unknown, place: FieldPath): unknown {
		const written = writeScalar(parameter, value, fieldInError(place), this.options.timeZone);
		if (written.wanted !== undefined) this.leave(place, written.wanted);
		return written.value;
	}

	/** What is not as documented is for JDY to judge: its refusal costs nothing, and names the field. */
	private leave({ path }: FieldPath, wanted: string): void {
		this.asGiven.add(`${path} (${wanted})`);
	}

	/** Custom fields by their keys: JDY takes them as text [D]. */
	private map(object: Values, place: FieldPath): Values {
		const entries = Object.entries(object).flatMap(([name, value]): Array<[string, unknown]> => {
			const written = this.isEmpty(value) ? this.cleared(undefined, value, inside(place, name)) : this.textOrData(value);
			return written === undefined ? [] : [[name, written]];
		});
		return Object.fromEntries(entries);
	}

	/** A scalar as text; lists and objects, of which no page says the type, as they are. */
	private textOrData(value: unknown): unknown {
		return asText(value, this.options.timeZone) ?? value;
	}

	private json(text: string, place: FieldPath): unknown {
		checkJson(text, fieldInError(place));
		return parseExact(text);
	}

	/** A list; the JSON of one; one value; or several in a text, with commas between. */
	private list(value: unknown, place: FieldPath): unknown[] {
		if (Array.isArray(value)) return value;
		if (typeof value !== 'string') return [value];
		const text = value.trim();
		if (text === '') return [];
		const parsed = /^[[{]/.test(text) ? this.json(text, place) : text.split(',').map((part) => part.trim());
		return Array.isArray(parsed) ? parsed : [parsed];
	}

	private object(value: unknown, place: FieldPath, read: (object: Values) => unknown, fields: readonly Parameter[] = []): unknown {
		const object = typeof value === 'string' && value.trim().startsWith('{') ? this.json(value, place) : value;
		if (isRecord(object) && !isMoment(object) && !JSON.isRawJSON(object)) return read(object);
		const names = fields.slice(0, MAX_NAMED).map(({ name }) => name);
		this.leave(place, names.length === 0 ? 'an object with fields' : `an object with ${names.join(', ')}${fields.length > MAX_NAMED ? ', …' : ''}`);
		return object;
	}
}
