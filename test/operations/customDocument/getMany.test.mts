import type { IDataObject } from 'n8n-workflow';

import { half, html, lost, refuse, silence, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import type { ListShape } from '../../emulator/settings.mts';
import { bodiesOf, kingdeeJdy, put } from '../../helpers/kingdeeJdy.mts';
import { RETRY } from '../../helpers/settings.mts';

const LIST = '/jdy/v2/cust/list';
const orders = (count: number) => Array.from({ length: count }, (_unused, no) => ({ no }));
const numbers = (json: IDataObject[]) => json.map(({ no }) => no);
const upTo = (count: number) => Array.from({ length: count }, (_unused, no) => no);

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const getMany = (more: IDataObject = {}) => ({ resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', ...more });
const ALL = getMany({ returnAll: true });

it('gives one item for each document, paired with the item that asked', async () => {
	const ids = put(emulator, orders(2));
	const { done } = await kingdeeJdy(emulator, { parameters: ALL, items: [{}, {}] });
	expect(done).toEqual(
		[0, 1].flatMap((item) => ids.map((id, no) => ({ json: { no, id, check: false }, pairedItem: { item } }))),
	);
	expect(bodiesOf(emulator, LIST)[0]).toEqual({ biz_type: 'ts_1', data: {}, page_no: '1', page_size: '100' });
});

it('IDs of 19 digits come as text, whatever they came as', async () => {
	emulator.gateway.settings.documentIds = 'number';
	put(emulator, orders(1));
	expect((await kingdeeJdy(emulator, { parameters: ALL })).json).toEqual([{ no: 0, id: '1700000000000000001', check: false }]);
});

it('gives 50 documents unless told otherwise', async () => {
	put(emulator, orders(120));
	const { json } = await kingdeeJdy(emulator, { parameters: getMany() });
	expect(numbers(json)).toEqual(upTo(50));
	expect(bodiesOf(emulator, LIST)).toMatchObject([{ page_no: '1', page_size: '50' }]);
});

describe.each<ListShape>(['rows', 'list', 'bareTwice', 'bareOnce', 'rowsOnce', 'countAsText', 'noTotal'])('the answer as %s', (listShape) => {
	it.each([
		[0, 1],
		[100, 1],
		[250, 1],
		[250, 5],
	])('%i documents come whole and in order, %i pages at once', async (count, concurrency) => {
		emulator.gateway.settings.listShape = listShape;
		put(emulator, orders(count));
		const { json } = await kingdeeJdy(emulator, { parameters: { ...ALL, options: { concurrency } } });
		expect(numbers(json)).toEqual(upTo(count));
	});
});

describe('a limit', () => {
	it.each([
		[1, ['1/1']],
		[100, ['1/100']],
		[101, ['1/100', '2/100']],
		[300, ['1/100', '2/100', '3/100']],
	])('of %i asks for no more pages than needed', async (limit, pages) => {
		put(emulator, orders(250));
		const { json } = await kingdeeJdy(emulator, { parameters: getMany({ limit }) });
		expect(json).toHaveLength(Math.min(limit, 250));
		expect(bodiesOf(emulator, LIST).map(({ page_no, page_size }) => `${String(page_no)}/${String(page_size)}`)).toEqual(pages);
	});

	it.each([[0], [1.5], [-1], ['many'], [null]])('of %j is refused', async (limit) => {
		const { error } = await kingdeeJdy(emulator, { parameters: getMany({ limit }) });
		expect(error?.message).toMatch(/^Limit must be a whole number from 1 to/);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('conditions', () => {
	it('are sent as they are, from fields', async () => {
		emulator.gateway.settings.listFilters = 'equality';
		put(emulator, [{ no: 'A', qty: 1 }, { no: 'B', qty: 2 }]);
		const assignments = [
			{ id: '1', name: 'no', type: 'string', value: '={{ $json.wanted }}' },
			{ id: '2', name: 'qty', type: 'number', value: '2' },
		];
		const { json } = await kingdeeJdy(emulator, { parameters: getMany({ conditions: { assignments } }), items: [{ wanted: 'B' }] });
		expect(numbers(json)).toEqual(['B']);
		expect(bodiesOf(emulator, LIST)[0]?.data).toEqual({ no: 'B', qty: 2 });
	});

	it('are sent as they are, from JSON', async () => {
		const conditionsJson = '{ "id": 1700000000000000001 }';
		await kingdeeJdy(emulator, { parameters: getMany({ conditionsMode: 'json', conditionsJson }) });
		expect(emulator.ledger[0]?.body).toBe(`{"biz_type":"ts_1","data":${conditionsJson},"page_no":"1","page_size":"50"}`);
	});

	it('that JDY takes no notice of are told', async () => {
		put(emulator, [{ no: 'A', qty: 1 }, { no: 'B', qty: 2 }, { no: 'C', qty: 2 }]);
		const conditionsJson = '{ "no": "A", "qty": "1.0", "from": "2026-01-01" }';
		const { json, hints } = await kingdeeJdy(emulator, { parameters: getMany({ conditionsMode: 'json', conditionsJson }), items: [{}, {}] });
		expect(json).toHaveLength(6);
		expect(hints('JDY')).toEqual([
			{ message: 'JDY may not filter by every condition: 2 of 3 documents have another value of "no" than the condition, 2 of 3 documents have another value of "qty" than the condition. Filter them in the workflow. No document has a field "from": JDY may have ignored the condition and given all documents. Check the name of the field.' },
			{ message: '2 read: 6 items in all' },
		]);
	});

	it.each<[string, IDataObject, string[]]>([
		['nobody has', { data: { data: { id: '7' } } }, ['No document has a field "data.data.id": JDY may have ignored the condition and given all documents. Check the name of the field.']],
		['two of which nobody has', { a: 1, b: { c: 2, d: 'x' }, no: 'A' }, ['No document has a field "a" or "b.c" or "b.d": JDY may have ignored the condition and given all documents. Check the name of the field.']],
		['differ within an object', { customer: { id: 2 } }, ['JDY may not filter by every condition: 1 of 2 documents have another value of "customer.id" than the condition. Filter them in the workflow.']],
		['one document at least has', { 'customer.id': '1' }, []],
	])('that name fields which %s are told', async (_name, conditions, expected) => {
		put(emulator, [{ no: 'A', customer: { id: 1 } }, { no: 'A' }]);
		const { json, hints } = await kingdeeJdy(emulator, { parameters: getMany({ conditionsMode: 'json', conditionsJson: JSON.stringify(conditions) }) });
		expect([json.length, hints('JDY').map(({ message }) => message)]).toEqual([2, expected]);
	});

	it('dragged from the output of a save are told where they bring its path along', async () => {
		put(emulator, [{ no: 'A' }, { no: 'B' }]);
		const conditions = { assignments: [{ id: '1', name: 'data.data.id', type: 'string', value: '={{ $json.data.data.id }}' }] };
		const { json, hints } = await kingdeeJdy(emulator, { parameters: getMany({ conditions }), items: [{ data: { data: { id: '1700000000000000001' } } }] });
		expect(json).toHaveLength(2);
		expect(hints('JDY').map(({ message }) => message)).toEqual([
			'No document has a field "data.data.id": JDY may have ignored the condition and given all documents. Check the name of the field.',
		]);
	});

	it.each<[string, IDataObject, IDataObject[], string]>([
		['an expression that found nothing', { conditions: { assignments: [{ name: 'no', type: 'string', value: '={{ $json.missing }}' }] } }, [{}], 'Condition "no" is empty: its expression found nothing'],
		['an expression that is not filled in', { conditions: { assignments: [{ name: 'no', type: 'string', value: '{{ $json.no }}' }] } }, [{}], 'Field "no" holds an expression that is not filled in; switch the field from Fixed to Expression'],
		['JSON that is none', { conditionsMode: 'json', conditionsJson: '{ "no": }' }, [{}], 'Conditions is not valid: expected a value, but found "}" (line 1, column 9)'],
		['a list', { conditionsMode: 'json', conditionsJson: '[]' }, [{}], 'Conditions must be an object with fields, but is a list'],
		['a number beyond 2^53', { conditionsMode: 'json', conditionsJson: '={{ $json }}' }, [{ id: 1700000000000000001 }], 'Field "id" is 1700000000000000000, a number too long to be exact, which lost digits before it came here; give it as text'],
		['no document type', { bizType: ' ' }, [{}], 'Document Type must not be blank'],
		['a document type that is not filled in', { bizType: '{{ $json.type }}' }, [{}], 'Document Type holds an expression that is not filled in; switch the field from Fixed to Expression'],
	])('%s is refused before anything is sent', async (_name, more, items, message) => {
		const { error } = await kingdeeJdy(emulator, { parameters: getMany(more), items });
		expect([error?.message, emulator.ledger.length]).toEqual([message, 0]);
	});
});

describe('the books change while they are read', () => {
	it('a row that vanished once: all pages are read again', async () => {
		put(emulator, orders(250));
		const { settings, documents } = emulator.gateway;
		let hasVanished = false;
		settings.onListPage = ({ page }) => {
			if (page === 2 && !hasVanished) documents.all.shift();
			hasVanished ||= page === 2;
		};
		const { json } = await kingdeeJdy(emulator, { parameters: ALL });
		expect(numbers(json)).toEqual(upTo(250).slice(1));
		expect(emulator.ledger).toHaveLength(6);
	});

	it.each([
		['vanish', 'of 249 rows that JDY counts 1 did not come'],
		['come to the front', '1 row came on two pages; of 252 rows that JDY counts 1 did not come'],
	])('rows that %s each time are told, never left out', async (way, told) => {
		put(emulator, orders(250));
		const { settings, documents } = emulator.gateway;
		settings.listOrder = way === 'vanish' ? 'oldest' : 'newest';
		settings.onListPage = ({ page }) => {
			if (page !== 2) return;
			if (way === 'vanish') documents.all.shift();
			else put(emulator, [{ no: 'new' }]);
		};
		const { error, done } = await kingdeeJdy(emulator, { parameters: ALL });
		expect(error?.message).toBe(`The list did not come whole, read twice: ${told}`);
		expect(error?.description).toMatch(/^The list may have been changed while it was read/);
		expect(error?.context).toMatchObject({ outcome: 'rejected', bizType: 'ts_1' });
		expect([done.length, emulator.ledger.length]).toEqual([0, 6]);
	});
});

it('an answer without rows is a failure that shows its keys', async () => {
	emulator.chooseFault = () => succeed({ data: { code: 'x' } });
	const { failed } = await kingdeeJdy(emulator, { parameters: ALL, settings: { onError: 'continueErrorOutput' } });
	expect(failed[0]?.json).toMatchObject({ error: { message: 'No rows could be found in the answer; it holds data.data.code (string)', outcome: 'rejected', bizType: 'ts_1' } });
});

describe('lost answers', () => {
	it.each([
		['close', lost()],
		['half', half(false)],
		['HTML', html(502)],
		['silence', silence()],
	])('a page that is lost (%s) is read again, and no row is missing', async (_name, fault) => {
		put(emulator, orders(250));
		emulator.chooseFault = (_request, index) => (index % 2 === 1 ? fault : undefined);
		const { json } = await kingdeeJdy(emulator, { parameters: { ...ALL, options: { timeout: 300 } } });
		expect(numbers(json)).toEqual(upTo(250));
	});

	it('a read that stays lost was not done, so nobody has to look in JDY', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await kingdeeJdy(emulator, { parameters: { ...ALL, options: { maxAttempts: 2 } } });
		expect(error?.context).toMatchObject({ outcome: 'rejected', done: [], unknown: [] });
		expect(error?.description).toMatch(/^The network, a proxy or the gateway cut the connection\. \(\w+\)$/);
		expect(emulator.ledger).toHaveLength(2);
	});

	it('Retry On Fail reads what failed once more, and what was read only once', async () => {
		put(emulator, orders(3));
		emulator.chooseFault = ({ body }, index) => (index < 3 && body.includes('ts_2') ? lost() : undefined);
		const { json } = await kingdeeJdy(emulator, {
			parameters: { ...ALL, bizType: '={{ $json.type }}', options: { maxAttempts: 1 } },
			items: [{ type: 'ts_1' }, { type: 'ts_2' }],
			settings: { ...RETRY, maxTries: 2 },
		});
		expect(numbers(json)).toEqual([0, 1, 2]);
		expect(bodiesOf(emulator, LIST).map(({ biz_type }) => biz_type)).toEqual(['ts_1', 'ts_1', 'ts_2', 'ts_2']);
	});
});

describe('several items', () => {
	const types = [{ type: 'ts_1' }, { type: 'ts_2' }, { type: 'ts_3' }];
	const each = { ...ALL, bizType: '={{ $json.type }}' };
	const refuseSecond = ({ body }: { body: string }) => (body.includes('ts_2') ? refuse(1030002003, 'no such type') : undefined);

	it('never have more calls under way than Concurrency allows, pages included', async () => {
		for (const { type } of types) put(emulator, orders(450), type);
		emulator.gateway.settings.serviceMs = 100;
		let underWay = 0;
		let most = 0;
		emulator.gateway.settings.onListPage = () => void (most = Math.max(most, ++underWay));
		emulator.onAnswered = () => void (underWay -= 1);
		const { json } = await kingdeeJdy(emulator, { parameters: { ...each, options: { concurrency: 4 } }, items: types });
		expect(numbers(json)).toEqual([...upTo(450), ...upTo(450), ...upTo(450)]);
		expect(most).toBe(4);
	});

	it('stop at the first that fails', async () => {
		emulator.chooseFault = refuseSecond;
		const { error } = await kingdeeJdy(emulator, { parameters: each, items: types });
		expect(error).toMatchObject({ message: 'no such type', context: { itemIndex: 1, errcode: 1030002003, outcome: 'rejected' } });
		expect(error?.description).not.toContain('Done before');
		expect(emulator.ledger).toHaveLength(2);
	});

	it('go on where errors continue', async () => {
		emulator.chooseFault = refuseSecond;
		put(emulator, orders(1), 'ts_3');
		const { json, failed } = await kingdeeJdy(emulator, { parameters: each, items: types, settings: { onError: 'continueErrorOutput' } });
		expect([numbers(json), failed.map(({ json }) => (json.error as IDataObject).message)]).toEqual([[0], ['no such type']]);
	});

	it('are held back once the credentials are refused', async () => {
		emulator.chooseFault = () => refuse(4008, 'signature');
		const { failed } = await kingdeeJdy(emulator, { parameters: each, items: types, settings: { onError: 'continueErrorOutput' } });
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(['rejected', 'notSent', 'notSent']);
		expect(emulator.ledger).toHaveLength(1);
	});
});

it('ends with the execution when the user stops it, and asks for nothing more', async () => {
	put(emulator, orders(450));
	let stop: () => void = () => undefined;
	emulator.chooseFault = (_request, index) => {
		if (index === 1) setTimeout(() => stop(), 50);
		return index === 1 ? silence() : undefined;
	};
	const { error } = await kingdeeJdy(emulator, { parameters: ALL, onStart: (cancel) => (stop = cancel) });
	expect(error).toMatchObject({ message: 'The execution was stopped', context: { outcome: 'rejected' } });
	expect(emulator.ledger).toHaveLength(2);
});

describe('no document at all', () => {
	it('may be a document type that does not exist: told where all were asked for', async () => {
		put(emulator, orders(1));
		const { json, hints } = await kingdeeJdy(emulator, { parameters: { ...ALL, bizType: 'ts_mistyped' }, items: [{}, {}] });
		expect([json, hints('JDY').map(({ message }) => message)]).toEqual([
			[],
			['JDY has no document of the type ts_mistyped. If there should be one, check Document Type.', '2 read: 0 items in all'],
		]);
	});

	it('is no cause for a hint where conditions may fit none', async () => {
		emulator.gateway.settings.listFilters = 'equality';
		put(emulator, orders(1));
		const { json, hints } = await kingdeeJdy(emulator, { parameters: getMany({ conditionsMode: 'json', conditionsJson: '{"no":7}' }) });
		expect([json, hints('JDY').map(({ message }) => message)]).toEqual([[], []]);
	});
});

it('a dry run shows the request for the first page', async () => {
	const { json } = await kingdeeJdy(emulator, { parameters: getMany({ limit: 300, options: { dryRun: true } }) });
	expect(json).toMatchObject([{ dryRun: true, method: 'POST', url: `${emulator.url}${LIST}`, body: { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '100' } }]);
	expect(emulator.ledger).toEqual([]);
});

it('rows keep the fields of the input item where that is wanted, and their own fields first', async () => {
	put(emulator, [{ no: 1 }]);
	const { json } = await kingdeeJdy(emulator, { parameters: { ...ALL, options: { includeInput: true } }, items: [{ no: 'input', customer: 'C1', error: 'old' }] });
	expect(json).toEqual([{ no: 1, id: '1700000000000000001', check: false, customer: 'C1', more: { error: 'old' } }]);
});

it('a row that n8n would take for a failed item is given whole', async () => {
	put(emulator, [{ error: 'a field of its own' }]);
	const { json, failed } = await kingdeeJdy(emulator, { parameters: ALL, settings: { onError: 'continueErrorOutput' } });
	expect([json, failed]).toEqual([[{ data: { error: 'a field of its own', id: '1700000000000000001', check: false } }], []]);
});
