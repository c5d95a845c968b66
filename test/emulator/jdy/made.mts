import type { Fields } from '../calls.mts';
import type { Field } from './schema.mts';

const DAY = 24 * 60 * 60 * 1000;
const FIRST_DAY_MS = Date.UTC(2026, 0, 1);

export function dateOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}

/** In China's time, as JDY writes it. */
export function timeOf(ms: number): string {
	return new Date(ms + DAY / 3).toISOString().slice(0, 19).replace('T', ' ');
}

/** What a text of this name most likely looks like. */
const TEXTS: Array<[RegExp, (nth: number, name: string) => string]> = [
	[/(^|_)id$/, (nth) => `19000000000000${String(nth).padStart(5, '0')}`],
	[/_time$/, (nth) => timeOf(FIRST_DAY_MS + nth * DAY)],
	[/date/, (nth) => dateOf(FIRST_DAY_MS + nth * DAY)],
	[/phone|mobile/, (nth) => `138${String(nth).padStart(8, '0')}`],
	[/email/, (nth) => `person${nth}@example.com`],
	[/url/, (nth) => `https://example.com/${nth}.png`],
	[/amount|price|qty|rate|debt|balance|cost|fee/, (nth) => `${nth}.50`],
	[/status|state/, () => 'C'],
];

function text(name: string, nth: number): string {
	return TEXTS.find(([pattern]) => pattern.test(name))?.[1](nth, name) ?? `${name} ${nth}`;
}

function one(field: Field, nth: number): unknown {
	switch (field.type) {
		case 'number':
			return nth + 0.5;
		case 'integer':
			return nth;
		case 'boolean':
			return nth % 2 === 0;
		case 'map':
			return {};
		case 'object':
			return made(field.fields ?? [], nth);
		case 'string':
		case 'file':
			return text(field.name, nth);
	}
}

/** Values for these fields, the same for the same number every time. */
export function made(fields: Field[], nth: number): Fields {
	return Object.fromEntries(fields.map((field) => [field.name, field.isList ? [one(field, nth)] : one(field, nth)]));
}
