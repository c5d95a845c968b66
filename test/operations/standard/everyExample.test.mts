import { isDeepStrictEqual } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import type { Parameter } from '../../../nodes/KingdeeJdy/catalogue/types.ts';
import type { Field } from '../../emulator/jdy/schema.mts';
import { Emulator } from '../../emulator/server.mts';
import { documentedCalls, fieldsOf, inQuery, readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

/**
 * The examples of the documentation break its own types [D]: `valid_date` is "180", days are `2019-0-01`, a day stands where a
 * moment is documented and the reverse. So every call gets such values in every field that can hold them.
 */

let emulator: Emulator;
beforeAll(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterAll(async () => await emulator.stop());

/** What the examples have, in turn, by the names of fields. */
const DAYS = ['2019-0-01', '2019-01-01', '2019-01-01 00:00:00', '2022-01-12 13:14:15'];

interface Pair {
	given: unknown;
	wanted: unknown;
}

const MS = '1577808000000';

function scalar({ name, type }: Field, parameter: Parameter | undefined, turn: number): Pair {
	const same = (value: unknown) => ({ given: value, wanted: value });
	if (name === 'valid_date') return same('180');
	switch (parameter?.format) {
		case 'ms':
		case 'timestamp':
			return same(MS);
		case 'period':
			return same('202405');
		case 'date':
		case 'dateTime':
			return same(DAYS[turn % DAYS.length]);
	}
	switch (type) {
		case 'string':
			return turn % 2 === 0 ? same('12') : { given: 39, wanted: '39' };
		case 'number':
			return turn % 2 === 0 ? same(0.39) : { given: '0.39', wanted: 0.39 };
		case 'integer':
			return turn % 2 === 0 ? same(2) : { given: '2', wanted: 2 };
		case 'boolean':
			return turn % 2 === 0 ? same(true) : { given: 'false', wanted: false };
		default:
			return same({ a: '1' });
	}
}

let turn = 0;

function exampleOf(fields: Field[], parameters: Parameter[]): { given: IDataObject; wanted: IDataObject } {
	const entries = fields.map((field) => {
		const parameter = parameters.find(({ name }) => name === field.name);
		const one: Pair = field.fields ? exampleOf(field.fields, parameter?.fields ?? []) : scalar(field, parameter, turn++);
		return [field.name, field.isList ? { given: [one.given], wanted: [one.wanted] } : one] as const;
	});
	return {
		given: Object.fromEntries(entries.map(([name, { given }]) => [name, given])) as IDataObject,
		wanted: Object.fromEntries(entries.map(([name, { wanted }]) => [name, wanted])) as IDataObject,
	};
}

function holdsDays(parameters: Parameter[]): boolean {
	return parameters.some(({ format, fields = [] }) => format === 'date' || format === 'dateTime' || holdsDays(fields));
}

async function send(call: string, given: IDataObject) {
	emulator.ledger.splice(0);
	const parameters = { resource: 'api', call: { __rl: true, mode: 'list', value: call }, inputMode: 'fields', parameters: { mappingMode: 'defineBelow', value: given } };
	const { json } = await kingdeeJdy(emulator, { parameters, settings: { onError: 'continueRegularOutput' } });
	return { answer: json[0], entry: emulator.ledger[0] };
}

it('what the examples of the documentation have goes out as it stands there, but for its documented type', async () => {
	const calls = (await documentedCalls()).filter(({ call }) => !call.multipart);
	const different: unknown[] = [];
	for (const { id, emulated, parameters } of calls) {
		// In every order, so that each day meets each value.
		for (const start of holdsDays(parameters) ? DAYS.keys() : [0]) {
			turn = start;
			const { given, wanted } = exampleOf(fieldsOf(emulated), parameters);
			const { answer, entry } = await send(id, given);
			const isGet = emulated.method === 'GET';
			const seen = isGet ? readQuery(entry?.query ?? '') : JSON.parse(entry?.body ?? 'null');
			if (!isDeepStrictEqual(seen, isGet ? inQuery(wanted) : wanted)) different.push({ id, seen, wanted, answer });
		}
	}
	expect(different.slice(0, 2)).toEqual([]);
	expect([different.length, calls.length]).toEqual([0, 368]);
}, 240_000);
