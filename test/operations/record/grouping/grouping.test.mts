import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { lost, refuse, silence } from '../../../emulator/replies.mts';
import { Emulator } from '../../../emulator/server.mts';
import { demoAccount } from '../../../emulator/settings.mts';
import { instanceCredential, tokenCredential } from '../../../helpers/credentials.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import type { NodeOptions } from '../../../helpers/kingdeeJdy.mts';
import { freshStore } from '../../../helpers/processedData.mts';
import { CONTINUE, RETRY } from '../../../helpers/settings.mts';

const SECOND = { ...demoAccount, accountId: '1600000000000000002', accountName: 'Second Trading Co.', serviceId: '7000000002', appKey: 'demoKey2', domain: 'https://vip2.jdy.com' };
const ORDER = '/jdy/v2/scm/sal_order';
const CUSTOM_FIELDS = '/jdy/v2/sys/custom_mult_field';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, accounts: [demoAccount, SECOND] });
	await freshStore();
});
afterEach(async () => await emulator.stop());

/** A row of a sheet with sales orders. */
function row(order: unknown, material: string, more: IDataObject = {}): IDataObject {
	return { order: order as string, bill_date: '2026-03-01', customer_id: '1', material_id: material, unit_id: '3', qty: 1, price: 2, is_free: 'false', ...more };
}

async function group(items: IDataObject[], { parameters = {}, options = {}, settings = CONTINUE, ...more }: Partial<NodeOptions> & { options?: IDataObject } = {}) {
	const fixed = { resource: 'record', operation: 'save', type: { __rl: true, mode: 'path', value: 'scm/sal_order' }, dataMode: 'inputItem', lines: 'groupItems', groupBy: 'order', options };
	return await kingdeeJdy(emulator, { parameters: { ...fixed, ...parameters }, items, settings, ...more });
}

/** The products of each order that went out, in order. */
function orders(): unknown[][] {
	return bodiesOf(emulator, ORDER).map(({ material_entity }) => (material_entity as IDataObject[]).map(({ material_id }) => material_id));
}

const messages = (failed: INodeExecutionData[]) => failed.map(({ json }) => (json.error as IDataObject).message);
const positions = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

describe('a field that JDY documents for the lines', () => {
	it.each([
		['stock_id', '7'],
		['delivery_date', '2026-03-31'],
		['cus_bill_no', 'SO-1'],
	])('%s stays in them when it groups', async (groupBy, value) => {
		const { done } = await group([row('A', '10', { [groupBy]: value }), row('A', '11', { [groupBy]: value })], { parameters: { groupBy } });
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 1 }]]);
		const [order] = bodiesOf(emulator, ORDER);
		expect(order?.material_entity).toMatchObject([{ material_id: '10', [groupBy]: value }, { material_id: '11', [groupBy]: value }]);
	});

	it('stays in them when it groups as a part of an expression', async () => {
		await group([row('A', '10', { stock_id: '7' })], { parameters: { groupBy: '={{ $json.order + $json.stock_id }}' } });
		expect(bodiesOf(emulator, ORDER)[0]?.material_entity).toMatchObject([{ material_id: '10', stock_id: '7' }]);
	});
});

it.each([
	['order', 'order'],
	['an expression over it', '={{ $json.order }}'],
	['an expression over its name in brackets', '={{ $json["order"].trim() }}'],
])('a column of the user is no field of the document when it groups: %s', async (_what, groupBy) => {
	await group([row('A', '10'), row('A', '11')], { parameters: { groupBy } });
	expect(bodiesOf(emulator, ORDER)).toEqual([expect.not.objectContaining({ order: 'A' })]);
	expect(emulator.ledger).toHaveLength(1);
});

describe('two accounts in a run', () => {
	const books = () => emulator.ledger.flatMap(({ path, accountId }) => (path === ORDER ? [accountId] : []));

	it.each<[way: string, credential: () => ICredentialDataDecryptedObject, options: IDataObject]>([
		['the option Account', () => instanceCredential(emulator), { account: '={{ $json.to }}' }],
		['an expression in the credential', () => ({ ...instanceCredential(emulator), accountId: '={{ $json.to }}' }), {}],
	])('have an order 1001 each, told apart by %s', async (_way, credential, options) => {
		const items = [demoAccount, SECOND, demoAccount].map(({ accountId }, index) => row('1001', `${index}`, { to: accountId }));
		const { done } = await group(items, { credential: credential(), options });
		expect(orders()).toEqual([['0', '2'], ['1']]);
		expect(books()).toEqual([demoAccount.accountId, SECOND.accountId]);
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }]);
	});

	/** A column with the account would be a field of the document: the name follows from the product. */
	const named = (names: string[], more = {}) => ({ credential: instanceCredential(emulator), options: { account: `={{ ${JSON.stringify(names)}[$json.material_id] }}`, ...more } });
	const ONE = [demoAccount.accountId, demoAccount.serviceId, demoAccount.appKey];

	it('and one account is one, whichever names its rows use', async () => {
		const { done } = await group(['0', '1', '2', '3'].map((material) => row('1001', material)), named([...ONE, SECOND.serviceId]));
		expect(orders()).toEqual([['0', '1', '2'], ['3']]);
		expect(books()).toEqual([demoAccount.accountId, SECOND.accountId]);
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 1 }, { item: 2 }], { item: 3 }]);
	});

	it.each([
		['the ID', 'another', [demoAccount.accountId, demoAccount.accountId, demoAccount.serviceId]],
		['another name', 'the ID', [demoAccount.serviceId, demoAccount.serviceId, demoAccount.accountId]],
	])('and a row that cannot be read holds back the document of rows that all use %s, itself by %s', async (_rows, _own, names) => {
		const items = ['0', '1', '2'].map((material) => row('1001', material));
		const { done, failed } = await group(items, named(names, { timeout: '={{ $json.material_id === "2" ? 1 : 30000 }}' }));
		expect([positions(done), books()]).toEqual([[], []]);
		expect(positions(failed)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('and a row that cannot be read holds the document of its account back, whichever name it uses', async () => {
		const items = ['0', '1', '2', '3'].map((material) => row('1001', material));
		const { done, failed } = await group(items, named([...ONE.slice(0, 2), SECOND.serviceId, demoAccount.appKey], { timeout: '={{ $json.material_id === "3" ? 1 : 30000 }}' }));
		expect(positions(done)).toEqual([{ item: 2 }]);
		expect(positions(failed)).toEqual([{ item: 0 }, { item: 1 }, { item: 3 }]);
	});

	it('do not hold each other back where a row of one cannot be read', async () => {
		const items = [row('1001', '10', { to: demoAccount.accountId }), row('1001', '11', { to: SECOND.accountId }), row('1001', '12', { to: SECOND.accountId, timeout: 1 })];
		const { done, failed } = await group(items, { credential: instanceCredential(emulator), options: { account: '={{ $json.to }}', timeout: '={{ $json.timeout ?? 30000 }}' } });
		expect(positions(done)).toEqual([{ item: 0 }]);
		expect(messages(failed)).toEqual(['Item 1: Item 2 cannot be used: Timeout must be a whole number from 100 to 300000', 'Item 2: Timeout must be a whole number from 100 to 300000']);
	});

	it('both fail where a row does not tell which of them it is for', async () => {
		const items = [row('1001', '10', { to: demoAccount.accountId }), row('1001', '11', { to: SECOND.accountId }), row('1001', '12', { to: '' }), row('1002', '13', { to: SECOND.accountId })];
		const { done, failed } = await group(items, { credential: instanceCredential(emulator), options: { account: '={{ $json.to }}' } });
		expect(positions(done)).toEqual([{ item: 3 }]);
		expect(positions(failed)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('are refused where the credential has one only', async () => {
		const items = [row('1001', '10', { to: '' }), row('1001', '11', { to: 'x' })];
		const { done, failed } = await group(items, { credential: { ...tokenCredential(emulator), clientId: '={{ $json.to === "x" ? "" : "205022" }}' } });
		expect(done).toEqual([]);
		expect(messages(failed)).toEqual(['Item 0: Item 1 cannot be used: Client ID must not be empty', 'Item 1: Client ID must not be empty']);
	});
});

describe('the value that groups', () => {
	it.each<[what: string, values: unknown[], groups: unknown[][]]>([
		['a number and its text', [1001, '1001'], [['0', '1']]],
		['blanks around', ['1001', ' 1001 ', '1001　'], [['0', '1', '2']]],
		['upper and lower case', ['a', 'A'], [['0'], ['1']]],
		['leading zeros', ['0012', '12'], [['0'], ['1']]],
		['19 digits as text', ['1234567890123456789', '1234567890123456788'], [['0'], ['1']]],
		['true and false', [true, false, true], [['0', '2'], ['1']]],
		['names of JavaScript', ['__proto__', 'constructor', '__proto__'], [['0', '2'], ['1']]],
	])('%s', async (_what, values, expected) => {
		await group(values.map((value, index) => row(value, `${index}`)));
		expect(orders()).toEqual(expected);
	});

	const LOST = 'Group By names the field "order", which is 1234567890123456800, a number that has lost digits; give it as text';

	it.each(['order', '={{ $json.order }}'])('is refused as a number that has lost digits: %s', async (groupBy) => {
		const items = [row(1234567890123456789, '10'), row(1234567890123456788, '11'), row('1002', '12')];
		const { done, failed } = await group(items, { parameters: { groupBy } });
		expect(positions(done)).toEqual([{ item: 2 }]);
		expect(messages(failed)).toEqual([0, 1].map((item) => `Item ${item}: ${groupBy === 'order' ? LOST : LOST.replace('names the field "order", which ', '')}`));
		expect(orders()).toEqual([['12']]);
	});

	it('keeps the order back that a number without its digits may belong to', async () => {
		const { done, failed } = await group([row('1234567890123456789', '10'), row(1234567890123456789, '11'), row('1234567890123459999', '12')]);
		expect(messages(failed)).toEqual([`Item 0: Item 1 cannot be used: ${LOST}`, `Item 1: ${LOST}`]);
		expect(positions(done)).toEqual([{ item: 2 }]);
	});

	it('is refused as a spreadsheet rounds it', async () => {
		const { done, failed } = await group([row('1234567890123456789', '10'), row('1.23457E+18', '11'), row('1E5', '12')]);
		expect(messages(failed)[1]).toBe('Item 1: Group By names the field "order", which is 1.23457E+18, a number that has lost digits; give it as text');
		expect(positions(done)).toEqual([{ item: 2 }]);
	});

	it.each<[value: unknown, problem: string]>([
		[{ no: 1 }, 'must hold text or a number'],
		[['A'], 'must hold text or a number'],
		['undefined', 'is "undefined", which says nothing'],
		['[object Object]', 'is "[object Object]", which says nothing'],
		['', 'is empty or missing in this item'],
		[null, 'is empty or missing in this item'],
	])('%j is refused', async (value, problem) => {
		const { failed } = await group([row(value, '10')]);
		expect(messages(failed)).toEqual([`Item 0: Group By names the field "order", which ${problem}`]);
		expect(emulator.ledger).toEqual([]);
	});

	it('that is missing fails together with the order above, because a sheet may name it there only', async () => {
		const items = [row('A', '10'), row('B', '20'), row('', '21'), row(undefined, '22'), row('C', '30')];
		const { done, failed } = await group(items);
		expect(positions(done)).toEqual([{ item: 0 }, { item: 4 }]);
		expect(messages(failed)).toEqual([
			'Item 1: Item 2 cannot be used: Group By names the field "order", which is empty or missing in this item',
			'Item 2: Group By names the field "order", which is empty or missing in this item',
			'Item 3: Group By names the field "order", which is empty or missing in this item',
		]);
		expect(orders()).toEqual([['10'], ['30']]);
	});

	it('may be missing in an empty row', async () => {
		const { done, failed } = await group([row('A', '10'), { order: '', material_id: ' ', qty: null }]);
		expect([positions(done), positions(failed)]).toEqual([[{ item: 0 }], [{ item: 1 }]]);
	});
});

describe('an item that cannot be read', () => {
	const BROKEN: Array<[what: string, broken: IDataObject, set: Partial<NodeOptions> & { options?: IDataObject }]> = [
		['its type', { type: 'no/such' }, { parameters: { type: { __rl: true, mode: 'path', value: '={{ $json.type ?? "scm/sal_order" }}' } } }],
		['its account', { to: ' ' }, { options: { account: '={{ $json.to ?? "1600000000000000001" }}' } }],
		['an option', { timeout: 0 }, { options: { timeout: '={{ $json.timeout ?? 30000 }}' } }],
		['another option', { out: 'x' }, { options: { output: '={{ $json.out ?? "envelope" }}' } }],
		['its JSON', { json: '{' }, { parameters: { dataMode: 'json', dataJson: '={{ $json.json ?? JSON.stringify($json) }}' } }],
		['its key', { key: '' }, { parameters: { deduplicationKey: '={{ $json.key ?? $json.order }}' } }],
		['how it is grouped', { lines: 'x' }, { parameters: { lines: '={{ $json.lines ?? "groupItems" }}' } }],
		['an expression that throws', { out: 1 }, { options: { account: '={{ $json.out ? $json.no.such.field : "1600000000000000001" }}' } }],
	];

	it.each(BROKEN)('in %s keeps its whole document back, and no other', async (_what, broken, set) => {
		const items = [row('A', '10'), row('B', '20'), row('A', '11', broken), row('A', '12')];
		const { done, failed } = await group(items, { credential: { ...instanceCredential(emulator), accountId: demoAccount.accountId }, ...set });
		expect(positions(done)).toEqual([{ item: 1 }]);
		expect(positions(failed)).toEqual([{ item: 0 }, { item: 2 }, { item: 3 }]);
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(['notSent', 'notSent', 'notSent']);
		expect(messages(failed)[2]).toMatch(/^Item 3: Item 2 cannot be used: /);
		expect(orders()).toEqual([['20']]);
	});

	it('is the error of a run that stops, and nothing is sent', async () => {
		const { error } = await group([row('A', '10'), row('B', '20'), row('A', '11', { timeout: 0 })], { options: { timeout: '={{ $json.timeout ?? 30000 }}' }, settings: {} });
		expect(error?.message).toContain('Item 2 cannot be used: Timeout must be a whole number from 100 to 300000');
		expect(emulator.ledger).toEqual([]);
	});

	it('keeps every document back where its group cannot be read either', async () => {
		const items = [row('A', '10'), row('B', '20'), row('A', '11', { odd: true })];
		const { done, failed } = await group(items, { parameters: { groupBy: '={{ $json.odd ? ({}) : $json.order }}' } });
		expect([done, positions(failed)]).toEqual([[], [{ item: 0 }, { item: 1 }, { item: 2 }]]);
		expect(orders()).toEqual([]);
	});

	it('keeps no document back where it makes one of its own', async () => {
		const items = [row('A', '10'), row('A', '20', { lines: 'none', timeout: 0 })];
		const { done } = await group(items, { parameters: { lines: '={{ $json.lines ?? "groupItems" }}' }, options: { timeout: '={{ $json.timeout ?? 30000 }}' } });
		expect(positions(done)).toEqual([{ item: 0 }]);
	});
});

describe('options that differ within a group are refused', () => {
	it.each<[label: string, name: string, values: unknown[], told: string]>([
		['Dry Run', 'dryRun', [false, true], 'false in item 0 and true in item 2'],
		['Dry Run', 'dryRun', [true, false], 'true in item 0 and false in item 2'],
		['Timeout (Ms)', 'timeout', [30_000, 20_000], '30000 in item 0 and 20000 in item 2'],
		['Max Attempts', 'maxAttempts', [1, 2], '1 in item 0 and 2 in item 2'],
		['Calls per Minute', 'callsPerMinute', [0, 480], '0 in item 0 and 480 in item 2'],
		['Connection', 'connection', ['n8n', 'automatic'], 'n8n in item 0 and automatic in item 2'],
		['Output', 'output', ['data', 'envelope'], 'data in item 0 and envelope in item 2'],
		['Include Input Fields', 'includeInput', [true, false], 'true in item 0 and false in item 2'],
	])('%s: %j', async (label, name, [one, other], told) => {
		const items = [row('A', '10'), row('B', '20'), row('A', '11', { own: true })];
		const { done, failed } = await group(items, { options: { [name]: `={{ $json.own ? ${JSON.stringify(other)} : ${JSON.stringify(one)} }}` } });
		expect(messages(failed)).toEqual([0, 2].map((item) => `Item ${item}: ${label} must be the same for all items of a document, but is ${told}`));
		expect(positions(done)).toEqual([{ item: 1 }]);
		expect(bodiesOf(emulator, ORDER)).toHaveLength(one === true && name === 'dryRun' ? 0 : 1);
	});

	it.each<[label: string, parameters: IDataObject]>([
		['Resend Unknown', { deduplicationKey: '={{ $json.order }}', resendUnknown: '={{ $json.own === true }}' }],
		['Lines Field', { linesField: '={{ $json.own ? "payment_entry" : "material_entity" }}' }],
	])('%s', async (label, parameters) => {
		const { failed } = await group([row('A', '10'), row('A', '11', { own: true })], { parameters });
		expect(messages(failed)[0]).toMatch(new RegExp(`^Item 0: ${label} must be the same for all items of a document, but is .* in item 0 and .* in item 1$`));
		expect(emulator.ledger).toEqual([]);
	});

	it('but not where they are equal', async () => {
		const { done } = await group([row('A', '10', { on: true }), row('A', '11', { on: true })], { options: { dryRun: '={{ $json.on }}', timeout: '={{ $json.on ? "20000" : 0 }}' } });
		expect(done.map(({ json }) => json.dryRun)).toEqual([true]);
		expect(bodiesOf(emulator, ORDER)).toEqual([]);
	});
});

describe('a column that JDY does not document', () => {
	const WEIGHT = { number: 'custom_field__2__w', display_name: '重量', field_type: '2', custom_type: 'material_entity', must_input: false } as const;
	const CHANNEL = { number: 'custom_field__1__c', display_name: '渠道', field_type: '1', custom_type: 'head', must_input: false } as const;
	const BUYER = { number: 'custom_field__5__b', display_name: '买手', field_type: '5', custom_type: 'material_entity', must_input: false } as const;
	const calls = () => emulator.ledger.map(({ path }) => path);

	it('goes where the custom fields of the account say, whatever the rows hold', async () => {
		emulator.gateway.settings.customFields = { sal_bill_order: [WEIGHT, CHANNEL, BUYER] };
		const items = [
			row('A', '10', { custom_field__2__w: 5, custom_field__1__c: 'web', custom_field__5__b_id: '9' }),
			row('A', '11', { custom_field__2__w: 5, custom_field__1__c: '', custom_field__5__b_id: '8' }),
			row('B', '20', { custom_field__2__w: 7 }),
		];
		await group(items);
		expect(calls()).toEqual([CUSTOM_FIELDS, ORDER, ORDER]);
		expect(bodiesOf(emulator, ORDER)).toMatchObject([
			{ custom_field: { custom_field__1__c: 'web' }, material_entity: [{ custom_entity_field: { custom_field__2__w: '5', custom_field__5__b_id: '9' } }, { custom_entity_field: { custom_field__2__w: '5', custom_field__5__b_id: '8' } }] },
			{ material_entity: [{ custom_entity_field: { custom_field__2__w: '7' } }] },
		]);
	});

	it('goes into the head otherwise, where the rows must agree', async () => {
		const items = [row('A', '10', { custom_field__9__colour: 'red' }), row('A', '11', { custom_field__9__colour: '' }), row('B', '20', { custom_field__9__colour: 'red' }), row('B', '21', { custom_field__9__colour: 'blue' })];
		const { failed } = await group(items);
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ custom_field__9__colour: 'red', material_entity: [{ material_id: '10' }, { material_id: '11' }] }]);
		expect(JSON.stringify(bodiesOf(emulator, ORDER)[0]?.material_entity)).not.toContain('custom_field__9__colour');
		expect(messages(failed)[1]).toBe('Item 3: Field "custom_field__9__colour" is "red" in item 2, but "blue" in item 3, and both belong to "B". JDY documents no such field; if it belongs to the lines, call it "material_entity.custom_field__9__colour"');
	});

	it('is asked for in each account of a run once', async () => {
		const items = [demoAccount, SECOND].flatMap(({ accountId }) => ['A', 'B'].map((order) => row(order, '10', { custom_field__9__colour: 'red', to: accountId })));
		await group(items, { credential: instanceCredential(emulator), options: { account: '={{ $json.to }}' } });
		const asked = emulator.ledger.flatMap(({ path, accountId }) => (path === CUSTOM_FIELDS ? [accountId] : []));
		expect([asked.sort(), orders().length]).toEqual([[demoAccount.accountId, SECOND.accountId], 4]);
	});

	it.each<[what: string, answer: ReturnType<typeof refuse>]>([
		['the type', refuse(1030002003)],
		['the permission', refuse(4012)],
		['the module', refuse(5001)],
	])('goes into the head where JDY refuses to tell: %s', async (_what, answer) => {
		emulator.chooseFault = ({ target }) => (target.startsWith(CUSTOM_FIELDS) ? answer : undefined);
		await group([row('A', '10', { custom_field__9__colour: 'red' })]);
		expect(bodiesOf(emulator, ORDER)).toMatchObject([{ custom_field__9__colour: 'red' }]);
	});

	it.each<[what: string, fault: ReturnType<typeof lost>]>([
		['a connection that is cut', lost()],
		['no answer', silence()],
		['an overloaded gateway', refuse(5007)],
		['an error of JDY', refuse(2000002000)],
	])('keeps the document back where nobody knows: %s', async (_what, fault) => {
		emulator.chooseFault = ({ target }) => (target.startsWith(CUSTOM_FIELDS) ? fault : undefined);
		const { done, failed } = await group([row('A', '10', { custom_field__9__colour: 'red' }), row('A', '11'), row('B', '20')], { options: { maxAttempts: 1, timeout: 300 } });
		expect([positions(done), positions(failed)]).toEqual([[{ item: 2 }], [{ item: 0 }, { item: 1 }]]);
		expect(failed[1]?.json.error).toMatchObject({ message: expect.stringMatching(/^Item 1: The custom fields of the account could not be read/), outcome: 'notSent' });
		expect(orders()).toEqual([['20']]);
	});

	it('of blanks only asks nobody', async () => {
		await group([row('A', '10', { colour: '', note: null })]);
		expect(calls()).toEqual([ORDER]);
	});
});

describe('a group that fails', () => {
	const refusing = (material: string, fault: ReturnType<typeof refuse>) => ({ body }: { body: string }) => (body.includes(`"material_id":"${material}"`) ? fault : undefined);
	const ITEMS = [row('A', '10'), row('B', '20'), row('A', '11'), row('C', '30'), row('B', '21')];

	it.each<[outcome: string, fault: ReturnType<typeof refuse>]>([
		['rejected', refuse(1030002000, '客户不存在')],
		['unknown', lost()],
	])('comes out as one item for each of its items: %s', async (outcome, fault) => {
		emulator.chooseFault = refusing('20', fault);
		const { done, failed, hints } = await group(ITEMS);
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 2 }], { item: 3 }]);
		expect(positions(failed)).toEqual([{ item: 1 }, { item: 4 }]);
		// n8n puts the fields of its own input item beside each error.
		expect(failed.map(({ json }) => json)).toMatchObject([
			{ material_id: '20', error: { outcome, type: 'scm/sal_order', items: [1, 4], description: expect.stringMatching(/ Items 1, 4 make one document\.$/) } },
			{ material_id: '21', error: { outcome, items: [1, 4] } },
		]);
		expect(hints('JDY').map(({ message }) => message)).toEqual([`2 saved, 1 ${outcome === 'rejected' ? 'refused' : 'unknown'}: 3 documents of 5 items`]);
	});

	it('keeps the order of the input on the regular output, each item with its own fields', async () => {
		emulator.chooseFault = refusing('20', refuse(1030002000, '客户不存在'));
		const { done } = await group(ITEMS, { settings: { onError: 'continueRegularOutput' } });
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }, { item: 3 }, { item: 4 }]);
		expect(done.map(({ json }) => [json.material_id, 'error' in json])).toEqual([[undefined, false], ['20', true], [undefined, false], ['21', true]]);
	});

	it('has all its items in the error of a run that stops, beside all those that were saved', async () => {
		emulator.chooseFault = refusing('20', refuse(1030002000, '客户不存在'));
		const { error } = await group(ITEMS, { settings: {} });
		expect(error?.message).toBe('客户不存在');
		expect(error?.description).toMatch(/Items 1, 4 make one document\..* Saved before, so do not send them again: 1 document: items 0, 2 \(scm\/sal_order, ID 18\d+\)\.$/);
		expect(error?.context).toMatchObject({
			itemIndex: 1,
			items: [1, 4],
			savedCount: 1,
			saved: [{ itemIndex: 0, type: 'scm/sal_order', id: expect.stringMatching(/^18/) }, { itemIndex: 2, type: 'scm/sal_order', id: expect.stringMatching(/^18/) }],
		});
	});

	it('has those in it that may have been saved at the same time', async () => {
		emulator.chooseFault = ({ body }) => (body.includes('"20"') ? refuse(1030002000, '客户不存在') : silence());
		const { error } = await group([row('B', '20'), row('A', '10'), row('A', '11')], { settings: {}, options: { concurrency: 2, timeout: 500 } });
		expect(error?.description).toMatch(/may have been saved; look in JDY before you send them again: items 1, 2 \(scm\/sal_order\)\.$/);
		expect(error?.context).toMatchObject({ unknown: [{ itemIndex: 1, type: 'scm/sal_order' }, { itemIndex: 2, type: 'scm/sal_order' }] });
	});

	it('is sent again by Retry On Fail without those that were saved', async () => {
		let refusals = 0;
		emulator.chooseFault = ({ body }) => (body.includes('"20"') && ++refusals < 3 ? refuse(1030002000, '客户不存在') : undefined);
		const { done } = await group(ITEMS, { settings: RETRY });
		expect(positions(done)).toEqual([[{ item: 0 }, { item: 2 }], [{ item: 1 }, { item: 4 }], { item: 3 }]);
		expect(orders()).toEqual([['10', '11'], ['20', '21'], ['20', '21'], ['20', '21'], ['30']]);
	});

	it('is not sent again by Retry On Fail where it may have been saved', async () => {
		emulator.chooseFault = refusing('10', lost());
		const { failed, done } = await group(ITEMS, { settings: { ...RETRY, ...CONTINUE } });
		expect([positions(failed), positions(done)]).toEqual([[{ item: 0 }, { item: 2 }], [[{ item: 1 }, { item: 4 }], { item: 3 }]]);
		expect(orders()).toHaveLength(3);
	});
});

describe('with a Deduplication Key', () => {
	const parameters = { deduplicationKey: '={{ $json.order }}' };
	const ITEMS = [row('A', '10'), row('B', '20'), row('A', '11')];

	it('a group is saved once over several runs', async () => {
		await group(ITEMS, { parameters });
		const { json } = await group(ITEMS, { parameters });
		expect(json).toMatchObject([{ alreadySaved: true, deduplicationKey: 'A' }, { alreadySaved: true, deduplicationKey: 'B' }]);
		expect(orders()).toHaveLength(2);
	});

	it('the hint of other data names all items of the group', async () => {
		await group(ITEMS, { parameters });
		const { hints } = await group([row('A', '10'), row('B', '20'), row('A', '12')], { parameters });
		expect(hints('JDY')[0]?.message).toBe('2 of 3 items have a Deduplication Key that an earlier run saved with other data; they were not sent: item 0, 2');
	});

	it('a group that lacks a row leaves no mark', async () => {
		const set = { parameters: { ...parameters, dataMode: 'json', dataJson: '={{ $json.json ?? JSON.stringify($json) }}' } };
		await group([row('A', '10'), row('A', '11', { json: '{' })], set);
		const { done } = await group([row('A', '10'), row('A', '11')], set);
		expect([positions(done), orders()]).toEqual([[[{ item: 0 }, { item: 1 }]], [['10', '11']]]);
	});
});

it('a document that was done carries the fields of its first item where they are wanted', async () => {
	const { json } = await group([row('A', '10'), row('A', '11')], { options: { includeInput: true } });
	expect(json).toMatchObject([{ outcome: 'saved', material_id: '10', order: 'A' }]);
});
