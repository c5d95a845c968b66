import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { KingdeeJdy } from '../../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { lost, refuse, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy, put } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE, RETRY } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const call = (name: unknown, more: IDataObject = {}) => ({ resource: 'api', call: { __rl: true, mode: 'list', value: name } as unknown as IDataObject, ...more });
const sent = () => emulator.ledger.map(({ method, path, query, body }) => [method, path, query, body]);

it('gives the envelope of any call', async () => {
	put(emulator, [{ no: 1 }]);
	const bodyJson = '{"biz_type": "ts_1", "data": {}, "page_no": "1", "page_size": "10"}';
	const { done } = await kingdeeJdy(emulator, { parameters: call('POST /jdy/v2/cust/list', { bodyJson }) });
	expect(done).toEqual([
		{ json: { errcode: 0, description: 'success', data: { data: { rows: [{ no: 1, id: '1700000000000000001', check: false }], count: 1 } } }, pairedItem: { item: 0 } },
	]);
	expect(sent()).toEqual([['POST', '/jdy/v2/cust/list', '', bodyJson]]);
});

it('signs and sends a query', async () => {
	const queryJson = '={{ { entity_number: $json.type, show_field_formula: true } }}';
	const { json } = await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/sys/custom_mult_field', { queryJson }), items: [{ type: 'ts 1*~中' }] });
	expect(json).toEqual([{ errcode: 0, description: 'success', data: { rows: [] } }]);
	expect(sent()).toEqual([['GET', '/jdy/v2/sys/custom_mult_field', 'entity_number=ts+1*%7E%E4%B8%AD&show_field_formula=true', '']]);
});

describe('a query', () => {
	it.each<[string, unknown, string]>([
		['lists as JSON', { ids: ['1', '2'], n: [1] }, 'ids=%5B%221%22%2C%222%22%5D&n=%5B1%5D'],
		['objects as JSON', { filter: { a: [1] } }, 'filter=%7B%22a%22%3A%5B1%5D%7D'],
		['nothing for null', { a: null, b: '', c: 0, d: false }, 'b=&c=0&d=false'],
		['every digit', '{ "id": 1700000000000000001, "price": 1.10 }', 'id=1700000000000000001&price=1.1'],
		['nothing', '', ''],
		['nothing for an empty object', '{ }', ''],
	])('writes %s', async (_name, query, expected) => {
		emulator.chooseFault = () => succeed(null);
		const queryJson = typeof query === 'string' ? query : JSON.stringify(query);
		await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/scm/sal_order', { queryJson }) });
		expect(emulator.ledger[0]?.query).toBe(expected);
	});

	it('repeats the key of a list where that is wanted', async () => {
		emulator.chooseFault = () => succeed(null);
		await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/scm/sal_order', { queryJson: '{"ids":["1",2,null,[3]],"none":[]}', options: { arrayFormat: 'repeat' } }) });
		expect(emulator.ledger[0]?.query).toBe('ids=1&ids=2&ids=%5B3%5D');
	});

	it.each<[string, IDataObject, string]>([
		['a list', { queryJson: '[1]' }, 'Query must be an object with fields, but is a list'],
		['no JSON', { queryJson: '{"a":1,}' }, 'Query is not valid: expected a name in double quotes, but found "}" (line 1, column 8)'],
		['an expression that is not filled in', { queryJson: '{"a":"{{ $json.a }}"}' }, 'Query holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['an array format that there is not', { options: { arrayFormat: 'comma' } }, 'Array Format must be one of json, repeat'],
		['a body beside a GET', { bodyJson: '{"a":1}' }, 'Body must be empty for a GET; put the parameters into Query'],
	])('%s is refused', async (_name, more, message) => {
		const { error } = await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/scm/sal_order', more) });
		expect([error?.message, emulator.ledger.length]).toEqual([message, 0]);
	});
});

describe('a body', () => {
	it.each<[string, unknown, string]>([
		['text as it is', '{ "id": 1700000000000000001, "price": 1.10 }', '{ "id": 1700000000000000001, "price": 1.10 }'],
		['a list', '[ {"a":1} ]', '[ {"a":1} ]'],
		['nothing as an empty object', '', '{}'],
		['an object of an expression', '={{ { a: $json.a } }}', '{"a":"x"}'],
	])('is %s', async (_name, bodyJson, expected) => {
		emulator.chooseFault = () => succeed(null);
		await kingdeeJdy(emulator, { parameters: call('POST /jdy/v2/scm/sal_order', { bodyJson: bodyJson as string }), items: [{ a: 'x' }] });
		expect(emulator.ledger[0]?.body).toBe(expected);
	});

	it.each<[string, unknown, string]>([
		['a text', '"a"', 'Body must be an object or a list, but is a string'],
		['no JSON', '{', 'Body is not valid: expected a name in double quotes, but the text ends here (line 1, column 2)'],
		['a number beyond 2^53', '={{ { id: 1700000000000000001 } }}', 'Field "id" is 1700000000000000000, a number too long to be exact, which lost digits before it came here; give it as text'],
	])('%s is refused', async (_name, bodyJson, message) => {
		const { error } = await kingdeeJdy(emulator, { parameters: call('POST /jdy/v2/scm/sal_order', { bodyJson: bodyJson as string }) });
		expect([error?.message, emulator.ledger.length]).toEqual([message, 0]);
	});
});

describe('the call', () => {
	it.each([
		['get /jdy/v2/scm/sal_order', 'GET', '/jdy/v2/scm/sal_order'],
		['  POST   /jdy/v2/scm/sal_order ', 'POST', '/jdy/v2/scm/sal_order'],
		['/jdy/v2/scm/sal_order_detail', 'GET', '/jdy/v2/scm/sal_order_detail'],
		['/jdy/v2/cust/list', 'POST', '/jdy/v2/cust/list'],
		['https://api.kingdee.com/jdy/v2/cust/list', 'POST', '/jdy/v2/cust/list'],
		['DELETE /jdy/v9/some.thing/else-where_', 'DELETE', '/jdy/v9/some.thing/else-where_'],
	])('%j is known', async (value, method, path) => {
		emulator.chooseFault = () => succeed(null);
		await kingdeeJdy(emulator, { parameters: { resource: 'api', call: { __rl: true, mode: 'path', value } } });
		expect(sent().map(([sentMethod, sentPath]) => [sentMethod, sentPath])).toEqual([[method, path]]);
	});

	const NO_HOST = 'Call must be a path without a host, for example GET /jdy/v2/scm/sal_order; the host is the Gateway URL of the credential';
	const NO_JDY = 'Call must begin with /jdy/, for example GET /jdy/v2/scm/sal_order';
	const NO_PATH = 'Call must be a path of letters, digits, "_", "-" and "." between single slashes, without ".."';
	it.each<[unknown, string]>([
		['={{ "" }}', 'Call must not be empty'],
		['={{ null }}', 'Call must be text, for example GET /jdy/v2/scm/sal_order'],
		['https://example.com/jdy/v2/scm/sal_order', NO_HOST],
		['GET https://api.kingdee.com.example.com/jdy/v2/a', NO_HOST],
		['//example.com/jdy/v2', NO_HOST],
		['\\\\example.com\\jdy', NO_HOST],
		['javascript:alert(1)', NO_HOST],
		['GET /jdyconnector/app_management/kingdee_auth_token', NO_JDY],
		['GET v2/scm/sal_order', NO_JDY],
		['/jdy', NO_JDY],
		['GET /jdy/../jdyconnector/x', NO_PATH],
		['GET /jdy/./v2', NO_PATH],
		['GET /jdy/%2e%2e/x', NO_PATH],
		['GET /jdy/v2/a b', NO_PATH],
		['GET /jdy//v2', NO_PATH],
		['GET /jdy/v2/a#b', NO_PATH],
		['GET /jdy/v2/a@example.com', NO_PATH],
		['GET /jdy/v2/a\nHost: x', NO_PATH],
		['GET /jdy/v2/scm/sal_order?page=1', 'Call must not have a question mark; put the parameters into Query'],
		['PUT /jdy/v2/scm/sal_order', 'Call must begin with GET, POST, DELETE or the path, not with "PUT"'],
		['/jdy/v2/scm/sal_order', 'Call must say what is meant before the path: GET or POST'],
		['/jdy/v2/unknown', 'Call must have GET, POST or DELETE before its path, because the path is not among the documented ones'],
		['POST /jdy/v2/sys/attachment_upload', 'Call takes a file, which cannot be sent as JSON; choose Map Each Field as Input'],
		['{{ $json.call }}', 'Call holds an expression that is not filled in; switch the field from Fixed to Expression'],
	])('%j is refused, and nothing is sent', async (value, message) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: call(value), settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([`Item 0: ${message}`]);
		expect(emulator.ledger).toEqual([]);
	});

	it('may be plain text, as other programs write it', async () => {
		emulator.chooseFault = () => succeed(null);
		await kingdeeJdy(emulator, { parameters: { resource: 'api', call: 'GET /jdy/v2/bd/customer' } });
		expect(emulator.ledger.map(({ path }) => path)).toEqual(['/jdy/v2/bd/customer']);
	});

	it('may come from each item', async () => {
		emulator.chooseFault = () => succeed(null);
		await kingdeeJdy(emulator, { parameters: call('={{ $json.call }}'), items: [{ call: 'GET /jdy/v2/bd/customer' }, { call: 'GET /jdy/v2/bd/supplier' }] });
		expect(emulator.ledger.map(({ path }) => path)).toEqual(['/jdy/v2/bd/customer', '/jdy/v2/bd/supplier']);
	});
});

describe('what may be sent again', () => {
	it.each([
		['GET /jdy/v2/sys/custom_mult_field', 'a GET'],
		['GET /jdy/v2/not/documented', 'a GET that is not documented'],
		['POST /jdy/v2/cust/list', 'a query by POST'],
	])('%s: %s reads, so it is', async (name) => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : succeed(null));
		const { json } = await kingdeeJdy(emulator, { parameters: call(name) });
		expect([json.length, emulator.ledger.length]).toEqual([1, 2]);
	});

	it.each([
		['POST /jdy/v2/scm/sal_order', 'a save'],
		['POST /jdy/v2/not/documented', 'a POST that is not documented'],
		['DELETE /jdy/v2/not/documented', 'a DELETE'],
	])('%s: %s may have been done, so it is not, not even by Retry On Fail', async (name) => {
		emulator.chooseFault = () => lost();
		const { error } = await kingdeeJdy(emulator, { parameters: call(name), settings: { ...RETRY, maxTries: 2 } });
		expect(error?.context).toMatchObject({ outcome: 'unknown', call: name });
		expect(error?.description).toMatch(/^It is not known whether JDY did this\. It was not sent again\./);
		expect(emulator.ledger).toHaveLength(1);
	});

	it('a read that stays lost was not done', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/bd/customer', { options: { maxAttempts: 1 } }) });
		expect(error?.context).toMatchObject({ outcome: 'rejected' });
		expect(error?.description).not.toContain('Look in JDY');
	});
});

it('a refusal tells its code, its words and the call', async () => {
	emulator.chooseFault = () => refuse(2016013001, '单据日期不在当前会计期间');
	const { failed } = await kingdeeJdy(emulator, { parameters: call('POST /jdy/v2/scm/sal_order'), settings: CONTINUE });
	expect(failed[0]?.json).toMatchObject({ error: { message: '单据日期不在当前会计期间', outcome: 'rejected', errcode: 2016013001, call: 'POST /jdy/v2/scm/sal_order' } });
});

it('a dry run shows the signed request, masked', async () => {
	const { json } = await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/bd/customer', { queryJson: '{"page":1}', options: { dryRun: true } }) });
	expect(json).toMatchObject([{ dryRun: true, method: 'GET', url: `${emulator.url}/jdy/v2/bd/customer?page=1`, bodyText: '' }]);
	expect(emulator.ledger).toEqual([]);
});

it('keeps the fields of the input item where that is wanted', async () => {
	emulator.chooseFault = () => succeed(null);
	const { json } = await kingdeeJdy(emulator, { parameters: call('GET /jdy/v2/bd/customer', { options: { includeInput: true } }), items: [{ data: 1, no: 2 }] });
	expect(json).toEqual([{ errcode: 0, description: 'success', data: null, no: 2 }]);
});

describe('the list of calls', () => {
	const { searchCalls } = new KingdeeJdy().methods.listSearch;
	const find = async (filter?: string) => (await searchCalls.call({} as ILoadOptionsFunctions, filter)).results;

	it('has all 375', async () => expect(await find()).toHaveLength(375));

	it.each([['sales order: save'], ['销售订单保存'], ['xsddbc']])('finds a call by %s', async (filter) => {
		expect((await find(filter))[0]).toEqual({ name: 'Sales Order: Save 销售订单保存', value: 'POST /jdy/v2/scm/sal_order', description: 'POST /jdy/v2/scm/sal_order' });
	});
});
