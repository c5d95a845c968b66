import type { IDataObject } from 'n8n-workflow';

import { allCalls, parametersOf } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { Parameter } from '../../nodes/KingdeeJdy/catalogue/types.ts';
import { jdyCalls } from '../emulator/jdy/catalogue.mts';
import type { JdyCall } from '../emulator/jdy/catalogue.mts';
import type { Field } from '../emulator/jdy/schema.mts';

/** A value as somebody might give it, and as the documentation wants it on the wire. */
interface Pair {
	given: unknown;
	wanted: unknown;
}

/** How each format writes a quarter past noon in Shanghai. */
const MOMENTS = {
	date: '2026-03-01',
	dateTime: '2026-03-01 12:15:00',
	ms: String(Date.UTC(2026, 2, 1, 4, 15)),
	period: '202603',
	timestamp: '2026-03-01T12:15:00+08:00',
} as const;

const MOMENT = '2026-03-01T12:15:00+08:00';

function scalar(field: Field, parameter: Parameter | undefined): Pair {
	const { type } = field;
	if (parameter?.format !== undefined) return { given: MOMENT, wanted: MOMENTS[parameter.format] };
	const { name } = field;
	// An ID has digits only.
	if (parameter?.reference?.holds === 'id' && type === 'string') return { given: 12, wanted: '12' };
	if (/(^|\.)page(_no|_size)?$/.test(name)) return type === 'integer' ? { given: '10', wanted: 10 } : { given: 10, wanted: '10' };
	switch (type) {
		case 'string':
			return { given: 12.5, wanted: '12.5' };
		case 'number':
			return { given: '12.50', wanted: 12.5 };
		case 'integer':
			return { given: '7', wanted: 7 };
		case 'boolean':
			return { given: 'true', wanted: true };
		case 'map':
			return { given: { custom_field__2__a: 1 }, wanted: { custom_field__2__a: '1' } };
		default:
			return { given: { a: 1 }, wanted: { a: 1 } };
	}
}

function pair(field: Field, parameter: Parameter | undefined, isWanted: (field: Field, depth: number) => boolean, depth: number): Pair {
	const { fields, isList } = field;
	const one = fields ? pairs(fields, parameter?.fields ?? [], isWanted, depth + 1) : scalar(field, parameter);
	return isList ? { given: [one.given], wanted: [one.wanted] } : one;
}

/** Values for these fields: wrong in type, but to be understood; and what is to become of them. */
export function pairs(fields: Field[], parameters: Parameter[], isWanted: (field: Field, depth: number) => boolean, depth = 0): { given: IDataObject; wanted: IDataObject } {
	const entries = fields
		.filter((field) => isWanted(field, depth))
		.map((field) => [field.name, pair(field, parameters.find(({ name }) => name === field.name), isWanted, depth)] as const);
	return {
		given: Object.fromEntries(entries.map(([name, { given }]) => [name, given])) as IDataObject,
		wanted: Object.fromEntries(entries.map(([name, { wanted }]) => [name, wanted])) as IDataObject,
	};
}

/** Every documented call but those of custom documents, as the emulator knows it and as the package does. */
export async function documentedCalls() {
	const known = new Map((await allCalls()).map((call) => [call.id, call]));
	return jdyCalls().map((emulated) => {
		const id = `${emulated.method} ${emulated.path}`;
		const call = known.get(id);
		if (!call) throw new Error(`The package lacks ${id}`);
		return { id, emulated, call, parameters: parametersOf(call) };
	});
}

export function fieldsOf({ query, body }: JdyCall): Field[] {
	return [...query, ...body];
}

/** A query as JSON would have it: lists as lists. */
export function readQuery(query: string): Record<string, unknown> {
	return Object.fromEntries([...new URLSearchParams(query)].map(([name, text]) => [name, text.startsWith('[') ? (JSON.parse(text) as unknown) : text]));
}

/** Values as a query has them. */
export function inQuery(values: IDataObject): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]));
}
