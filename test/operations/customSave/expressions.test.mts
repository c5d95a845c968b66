import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

const NOT_FILLED_IN = 'holds an expression that is not filled in; switch the field from Fixed to Expression';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

function fields(...rows: Array<[name: string, value: unknown, type?: string]>): IDataObject {
	return { dataMode: 'fields', fields: { assignments: rows.map(([name, value, type = 'string'], index) => ({ id: String(index), name, value: value as string, type })) } };
}

function json(dataJson: string): IDataObject {
	return { dataMode: 'json', dataJson };
}

/** The data of the documents in the books. */
function booked(): unknown[] {
	return emulator.ledger.flatMap(({ savedId, body }) => (savedId ? [(JSON.parse(body) as { data: unknown }).data] : []));
}

describe('an expression in a field that stayed Fixed is a complaint, and nothing is sent', () => {
	it.each<[name: string, parameters: IDataObject, complaint: string]>([
		['the value of a field', fields(['a', '1'], ['no', '{{ $json.no }}']), `Field "no" ${NOT_FILLED_IN}`],
		['a part of a value', fields(['no', 'Order {{$json.no}} of today']), `Field "no" ${NOT_FILLED_IN}`],
		['a value that calls a function', fields(['no', '{{ Number($json.no) + 1 }}']), `Field "no" ${NOT_FILLED_IN}`],
		['a value of type Object', fields(['o', '{"no":"{{ $json.no }}"}', 'object']), `Field "o" ${NOT_FILLED_IN}`],
		['a value of type Array', fields(['l', '["{{ $json.no }}"]', 'array']), `Field "l" ${NOT_FILLED_IN}`],
		['the name of a field', fields(['{{ $json.name }}', 'x']), `Field "{{ $json.name }}" ${NOT_FILLED_IN}`],
		['the document type', { dataMode: 'inputItem', bizType: '{{ $json.type }}' }, `Document Type ${NOT_FILLED_IN}`],
		['the JSON', json('{"no":"{{ $json.no }}"}'), `JSON ${NOT_FILLED_IN}`],
	])('%s', async (_name, parameters, complaint) => {
		const { error } = await save(emulator, { items: [{ no: 'A', name: 'no', type: 'ts_1' }], parameters });
		expect(error?.message).toBe(complaint);
		const { failed } = await save(emulator, { items: [{ no: 'A', name: 'no', type: 'ts_1' }], parameters, settings: CONTINUE });
		expect(failed[0]?.json).toMatchObject({ error: { message: `Item 0: ${complaint}`, outcome: 'notSent' } });
		expect(emulator.connections).toBe(0);
	});
});

describe('text from the input that looks like an expression goes through', () => {
	const text = 'use {{ $json.no }} or {{ String($now) }}';
	const item = { text, a: '{{ $json.no }}', b: '{{ String($now) }}', name: 'note', rows: [{ id: '1', name: 'note', type: 'string', value: text }] } as IDataObject;

	it.each<[name: string, parameters: IDataObject]>([
		['in the value of a field', fields(['note', '={{ $json.text }}'])],
		['in a value among other text', fields(['note', '=use {{ $json.a }} or {{ $json.b }}'])],
		['in the whole list of fields', { dataMode: 'fields', fields: '={{ ({ assignments: $json.rows }) }}' }],
		['in JSON that is an expression', json('={{ JSON.stringify({ note: $json.text }) }}')],
		['in an object of an expression', json('={{ ({ note: $json.text }) }}')],
	])('%s', async (_name, parameters) => {
		const { saved } = await save(emulator, { items: [item], parameters });
		expect(saved).toHaveLength(1);
		expect(booked()).toEqual([{ note: text }]);
	});

	it('in the input item itself', async () => {
		await save(emulator, { items: [{ note: text }] });
		expect(booked()).toEqual([{ note: text }]);
	});

	it.each(['{{ price }}', '{{}} costs $5', '$json', '{ $json.no }', '{{ costs $5 }}'])('and %j is text even where it stands Fixed', async (fixed) => {
		await save(emulator, { items: [{}], parameters: fields(['note', fixed]) });
		expect(booked()).toEqual([{ note: fixed }]);
	});
});

describe('an empty document', () => {
	const FIELDS = 'Fields must have at least one field; to save an empty document, switch on the option Allow Empty';
	const JSON_ = 'JSON must have at least one field; to save an empty document, switch on the option Allow Empty';

	it.each<[name: string, parameters: IDataObject, complaint: string]>([
		['Map Each Field as it comes', { dataMode: 'fields', fields: {} }, FIELDS],
		['Map Each Field without a row', fields(), FIELDS],
		['Map Each Field whose list is an expression that gives none', { dataMode: 'fields', fields: '={{ ({ assignments: [] }) }}' }, FIELDS],
		['Use JSON as it comes', json('{}'), JSON_],
		['Use JSON with spaces', json(' {\n\t} '), JSON_],
		['an expression that gives an empty object', json('={{ ({}) }}'), JSON_],
	])('is a complaint unless Allow Empty is on: %s', async (_name, parameters, complaint) => {
		const items = [{ no: 1 }, { no: 2 }];
		const { failed } = await save(emulator, { items, parameters, settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${complaint}`, `Item 1: ${complaint}`]);
		expect(emulator.connections).toBe(0);
		const allowed = await save(emulator, { items, parameters: { ...parameters, options: { allowEmpty: true } } });
		expect(allowed.saved).toHaveLength(2);
		expect(booked()).toEqual([{}, {}]);
	});
});

describe('a field that an expression left empty', () => {
	const ITEMS = Array.from({ length: 300 }, (_unused, index) => ({ no: `N${index}`, note: index === 7 ? 'here' : null, zero: 0, no2: false }));
	const hintsFor = async (parameters: IDataObject, more: IDataObject[] = ITEMS) => {
		emulator.gateway.settings.callsPerSecond = Infinity;
		const { hints } = await save(emulator, { items: more, parameters: { ...parameters, options: { callsPerMinute: 0, concurrency: 10 } }, settings: CONTINUE });
		return hints('Save').flatMap(({ message }) => (message.includes('empty') ? [message] : []));
	};

	it('in every item is named in a hint', async () => {
		const parameters = fields(['no', '={{ $json.no }}'], ['customerId', '={{ $json.customerID }}'], ['a.b', '={{ $json.x?.y }}'], ['text', '={{ "" }}'], ['nothing', '={{ null }}']);
		expect(await hintsFor(parameters)).toEqual(['customerId', 'a.b', 'text', 'nothing'].map((name) => `${name} was empty in 300 of 300 items`));
	});

	it('in some items only, or on purpose, or with a value that is merely false, is not', async () => {
		const parameters = fields(['no', '={{ $json.no }}'], ['note', '={{ $json.note }}'], ['fixed', ''], ['zero', '={{ $json.zero }}', 'number'], ['no2', '={{ $json.no2 }}', 'boolean']);
		expect(await hintsFor(parameters)).toEqual([]);
	});

	it('is counted over the items that go out', async () => {
		const parameters = { ...fields(['no', '={{ $json.no }}'], ['customerId', '={{ $json.customerID }}']), bizType: '={{ $json.type }}' };
		expect(await hintsFor(parameters, [{ type: 'ts_1' }, { type: '' }, { type: 'ts_1', customerID: '' }])).toEqual(['no was empty in 2 of 2 items', 'customerId was empty in 2 of 2 items']);
	});
});
