import type { IDataObject } from 'n8n-workflow';

import { readPollSettings } from '../../../nodes/KingdeeJdy/trigger/poll/parameters.ts';
import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';
import { pollContext } from '../../triggers/pollContext.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const located = (value: string) => ({ __rl: true, mode: 'list', value });
const form = (value: unknown) => ({ mappingMode: 'defineBelow', value });
const orders = (more: IDataObject): IDataObject => ({ resource: 'record', operation: 'getMany', type: located('scm/sal_order'), ...more });
const stock = (more: IDataObject): IDataObject => ({ resource: 'report', operation: 'getMany', report: located('scm/inventory'), ...more });
const custom = (more: IDataObject): IDataObject => ({ resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', ...more });
const api = (more: IDataObject): IDataObject => ({ resource: 'api', operation: 'call', call: 'GET /jdy/v2/scm/sal_order', ...more });
const json = (filtersJson: string) => ({ filterMode: 'json', filtersJson });
const conditions = (value: unknown, type = 'string') => ({ conditions: { assignments: [{ id: '1', name: 'no', type, value }] } }) as unknown as IDataObject;

/** What came in: nothing that the expressions ask for. */
const INPUT = { blank: ' ', list: [], object: {}, nulls: [null, ''], nothing: null, no: 'XSDD000001' };

const empty = (what: string) => `Item 0: ${what} is empty: its expression found nothing`;
const FIELD = empty('Field "customer_number"');

describe('a filter whose expression found nothing is refused, and nothing is sent', () => {
	it.each<[string, IDataObject, string]>([
		...['={{ $json.none }}', '={{ $json.nothing }}', '={{ $json.blank }}', '={{ $json.list }}', '={{ $json.nulls }}', '={{ $json.object }}', '={{ JSON.stringify($json.list) }}', '={{ String($json.none) }}', '={{ $json.none?.id }}', '={{ undefined }}{{ null }}'].flatMap(
			(expression): Array<[string, IDataObject, string]> => [
				[`form, ${expression}`, orders({ filters: form({ customer_number: expression }) } as IDataObject), FIELD],
				[`form of a report, ${expression}`, stock({ filters: form({ customer_number: expression }) } as IDataObject), FIELD],
				[`form of a call, ${expression}`, api({ inputMode: 'fields', call: located('GET /jdy/v2/scm/sal_order'), parameters: form({ customer_number: expression }) } as IDataObject), FIELD],
				[`conditions, ${expression}`, custom(conditions(expression)), empty('Condition "no"')],
				[`only changed since, ${expression}`, orders({ options: { changedSince: expression } }), empty('Only Changed Since')],
			],
		),
		['a list of conditions', custom(conditions('={{ $json.list }}', 'array')), empty('Condition "no"')],
		['a list in the form', orders({ filters: form({ dept_id: '={{ $json.list }}' }) } as IDataObject), empty('Field "dept_id"')],
		['the whole form', orders({ filters: '={{ $json.none }}' }), 'Item 0: Fields must be a form or an object, but is a string'],
		['the value of the form', orders({ filters: form('={{ $json.none }}') } as IDataObject), empty('Filters')],
		['all conditions', custom({ conditions: '={{ $json.none }}' }), empty('Conditions')],
		['JSON within a text', orders(json('={ "customer_number": "{{ $json.nothing }}", "bill_status": "C" }')), FIELD],
		['JSON in a list', orders(json('={ "customer_number": ["{{ $json.nothing }}"] }')), FIELD],
		['JSON of null', orders(json('={ "customer_number": {{ JSON.stringify($json.nothing) }} }')), FIELD],
		['JSON of a list', orders(json('={ "customer_number": {{ JSON.stringify($json.list) }} }')), FIELD],
		['JSON, an object', orders(json('={{ { customer_number: $json.nothing, bill_status: "C" } }}')), FIELD],
		['JSON, an object without fields', orders(json('={{ JSON.stringify({ customer_number: $json.none }) }}')), empty('Filters')],
		['JSON, nothing', orders(json('={{ $json.none }}')), empty('Filters')],
		['JSON of a report', stock(json('={ "customer_number": "{{ $json.nothing }}" }')), FIELD],
		['JSON of conditions', custom({ conditionsMode: 'json', conditionsJson: '={ "head": { "no": "{{ $json.nothing }}" }, "status": "C" }' }), empty('Condition "head.no"')],
		['JSON of conditions, nothing', custom({ conditionsMode: 'json', conditionsJson: '={{ $json.none }}' }), empty('Conditions')],
		['JSON of one document', { ...custom({ conditionsMode: 'json', conditionsJson: '={ "id": "{{ $json.nothing }}", "status": "C" }' }), operation: 'get' }, empty('Condition "id"')],
		['a query', api({ queryJson: '={ "customer_number": "{{ $json.nothing }}" }' }), empty('Query "customer_number"')],
		['a query, an object', api({ queryJson: '={{ { customer_number: $json.nothing } }}' }), empty('Query "customer_number"')],
		['a query, nothing', api({ queryJson: '={{ $json.none }}' }), empty('Query')],
	])('%s', async (_where, parameters, message) => {
		const { failed } = await kingdeeJdy(emulator, { parameters, items: [INPUT], settings: CONTINUE });
		expect(failed.map(({ json: { error } }) => (error as IDataObject).message)).toEqual([message]);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('what filters is sent', () => {
	const query = () => emulator.ledger.map((entry) => readQuery(entry.query))[0];
	it.each<[string, IDataObject, IDataObject]>([
		['a form', orders({ filters: form({ bill_no: '={{ $json.no }}' }) } as IDataObject), { bill_no: 'XSDD000001' }],
		['an empty text that the user has written', orders(json('={ "bill_no": "{{ $json.no }}", "search": "", "remark": null }')), { bill_no: 'XSDD000001' }],
		['JSON without an expression', orders(json('{ "bill_no": "XSDD000001", "search": "" }')), { bill_no: 'XSDD000001' }],
		['JSON without filters', orders(json('{}')), {}],
		['JSON without filters, as an expression', orders(json('={}')), {}],
		['a part of a text', orders(json('={ "bill_no": "XSDD000001{{ $json.nothing ?? "" }}" }')), { bill_no: 'XSDD000001' }],
		['zero', orders(json('={ "bill_no": {{ 0 }} }')), { bill_no: '0' }],
		['a form without filters', orders({ filters: form(null) } as IDataObject), {}],
	])('%s', async (_what, parameters, expected) => {
		const { error } = await kingdeeJdy(emulator, { parameters, items: [INPUT] });
		expect(error).toBeUndefined();
		expect(query()).toEqual({ ...expected, page: '1', page_size: '50' });
	});

	it.each<[string, IDataObject, IDataObject]>([
		['in the form', orders({ filters: form({ bill_no: '={{ $fromAI("bill_no", "", "string", "") }}', bill_status: 'C' }) } as IDataObject), { bill_status: 'C' }],
		['in JSON', orders(json('={ "bill_no": "{{ $fromAI("bill_no", "", "string", "") }}", "bill_status": "C" }')), { bill_status: 'C' }],
		['as all filters', orders(json('={{ $fromAI("filters", "", "json", "{}") }}')), {}],
		['as the time of the last change', orders({ options: { changedSince: '={{ $fromAI("since", "", "string", "") }}' } }), {}],
	])('all but what an agent left empty: %s', async (_where, parameters, expected) => {
		const { error } = await kingdeeJdy(emulator, { parameters, items: [INPUT] });
		expect(error).toBeUndefined();
		expect(query()).toEqual({ ...expected, page: '1', page_size: '50' });
	});

	it('conditions that an agent left empty are none', async () => {
		const left = '{{ $fromAI("left", "", "string", "") }}';
		for (const more of [conditions(`=${left}`), { conditionsMode: 'json', conditionsJson: `={ "no": "${left}" }` }]) {
			const { error } = await kingdeeJdy(emulator, { parameters: custom(more), items: [INPUT] });
			expect(error).toBeUndefined();
		}
		expect(bodiesOf(emulator, '/jdy/v2/cust/list').map(({ data }) => data)).toEqual([{}, {}]);
	});
});

describe('a trigger whose filter found nothing watches nothing', () => {
	it.each<[string, IDataObject, unknown, string]>([
		['filters', { resource: 'record', type: located('scm/sal_order'), filters: form({ customer_number: '={{ $vars.none }}' }) } as unknown as IDataObject, form({ customer_number: null }), 'Field "customer_number"'],
		['filtersJson', { resource: 'record', type: located('scm/sal_order'), ...json('={ "customer_number": "{{ $vars.none }}" }') }, '{ "customer_number": "" }', 'Field "customer_number"'],
		['conditions', { resource: 'customDocument', bizType: 'ts_1', ...conditions('={{ $vars.none }}') }, { assignments: [{ name: 'no', type: 'string', value: null }] }, 'Condition "no"'],
		['conditionsJson', { resource: 'customDocument', bizType: 'ts_1', conditionsMode: 'json', conditionsJson: '={ "no": "{{ $vars.none }}" }' }, '{ "no": "" }', 'Condition "no"'],
	])('%s', async (name, parameters, filledIn, what) => {
		const context = pollContext({ workflowId: '1', parameters, credential: {}, httpRequest: async () => ({}), staticData: {} });
		const read = { ...context, getNodeParameter: (asked: string, fallback: unknown) => (asked === name ? filledIn : (parameters[asked] ?? fallback)) } as typeof context;
		await expect(readPollSettings(read)).rejects.toThrow(`${what} is empty: its expression found nothing`);
	});
});
