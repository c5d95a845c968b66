import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { bodiesOf } from '../../helpers/kingdeeJdy.mts';
import { save } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const sent = () => bodiesOf(emulator, '/jdy/v2/cust/save').map(({ data }) => data);

const EMPTY = 'Field "id" is empty, so a new document would be saved instead of the one that is meant; leave the field out for a new document';
const says = (text: string) => `Field "id" is the text "${text}": its expression found nothing`;

/** What stands in the ID, and why that is none. */
const NO_ID: Array<[name: string, id: unknown, message: string]> = [
	['an empty text', '', EMPTY],
	['blanks', ' \t', EMPTY],
	['null', null, EMPTY],
	['undefined', undefined, EMPTY],
	['an empty list', [], EMPTY],
	['the text undefined', 'undefined', says('undefined')],
	['the text null', ' null ', says('null')],
	['the text NaN', 'NaN', says('NaN')],
	['the text of an object', '[object Object]', says('[object Object]')],
];

/** Ways in which the ID gets into the data; `{{ }}` of the JSON text writes what it finds. */
const WAYS: Array<[way: string, parameters: IDataObject, isFor?: (id: unknown) => boolean]> = [
	['the input item', { dataMode: 'inputItem' }],
	['an object of an expression', { dataMode: 'json', dataJson: '={{ $json }}' }],
	['JSON', { dataMode: 'json', dataJson: '={{ JSON.stringify({ id: $json.id ?? null, no: $json.no }) }}' }],
	['a text around an expression', { dataMode: 'json', dataJson: '={ "no": 1, "id" : "{{ $json.id }}" }' }, (id) => typeof id === 'string' && !/[\t]/.test(id)],
	['a field', { dataMode: 'fields', fields: { assignments: [{ id: '1', name: 'id', type: 'string', value: '={{ $json.id }}' }, { id: '2', name: 'no', type: 'number', value: 1 }] } }, (id) => !Array.isArray(id)],
	['chosen fields', { dataMode: 'mapper', mapper: { mappingMode: 'defineBelow', value: { id: '={{ $json.id }}', no: 1 }, schema: ['id', 'no'].map((id) => ({ id, displayName: id, type: 'string' })) } }, (id) => !Array.isArray(id)],
	['chosen fields that were not loaded', { dataMode: 'mapper', mapper: { mappingMode: 'defineBelow', value: { id: '={{ $json.id }}', no: 1 } } }, (id) => !Array.isArray(id)],
	['automatic mapping', { dataMode: 'mapper', mapper: { mappingMode: 'autoMapInputData', value: null, schema: ['id', 'no'].map((id) => ({ id, displayName: id, type: 'string' })) } }],
];

describe.each(WAYS)('an ID that says nothing, by %s', (_way, parameters, isFor = () => true) => {
	it.each(NO_ID.filter(([, id]) => isFor(id)))('%s: is refused, and the others are sent', async (_name, id, message) => {
		const items = [{ id: '12', no: 1 }, { id, no: 2 } as IDataObject];
		const { saved, failed } = await save(emulator, { parameters, items, settings: CONTINUE });
		expect([saved.length, failed.map(({ json }) => (json.error as IDataObject).message)]).toEqual([1, [`Item 1: ${message}`]]);
		expect(sent()).toHaveLength(1);
	});
});

it.each<[string, IDataObject, IDataObject]>([
	['no ID', { dataMode: 'inputItem' }, { no: 1 }],
	['an empty ID of a line', { dataMode: 'inputItem' }, { no: 1, lines: [{ id: '' }] }],
	['an empty field of another name', { dataMode: 'inputItem' }, { no: 1, order_id: '' }],
	['an ID of zeros', { dataMode: 'inputItem' }, { id: '0' }],
	['a text that holds the name', { dataMode: 'json', dataJson: '{"no":"\\"id\\":"}' }, {}],
	['an input field that is not mapped', { dataMode: 'mapper', mapper: { mappingMode: 'autoMapInputData', value: null, schema: [{ id: 'no', displayName: 'no', type: 'number' }] } }, { id: '', no: 1 }],
	['a field of the form that nobody has filled in', { dataMode: 'mapper', mapper: { mappingMode: 'defineBelow', value: { id: null, no: 1 }, schema: ['id', 'no'].map((id) => ({ id, displayName: id, type: 'string' })) } }, {}],
])('%s makes a new document', async (_name, parameters, item) => {
	const { saved } = await save(emulator, { parameters, items: [item] });
	expect([saved.length, sent().length]).toEqual([1, 1]);
});
