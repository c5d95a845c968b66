import type { IDataObject } from 'n8n-workflow';

import { answerWith, lost, refuse, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const PATH = '/jdy/v2/scm/sal_order_detail';
const getMany = (type: string, { options = {}, ...more }: IDataObject = {}): IDataObject => ({ resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value: type }, ...more, options: { details: true, ...(options as IDataObject) } });
const asked = (path = PATH) => emulator.ledger.filter((entry) => entry.path === path).map(({ query }) => readQuery(query));
const idIn = (target: string) => new URL(target, 'http://localhost').searchParams.get('id') ?? '';

/** A list of these rows, and for each ID what its detail call answers. */
function serve(rows: IDataObject[], detail: (id: string, target: string) => ReturnType<typeof succeed>): void {
	emulator.chooseFault = ({ target }) => (new URL(target, 'http://localhost').pathname.endsWith('_detail') ? detail(idIn(target), target) : succeed({ rows, count: rows.length }));
}

async function run(parameters: IDataObject, more: object = { settings: CONTINUE }) {
	const result = await kingdeeJdy(emulator, { parameters, ...more });
	return { ...result, told: result.hints('JDY').map(({ message }) => message) };
}

describe('documents with their details', () => {
	it.each<[string, IDataObject, number]>([
		['as many as are wanted', { limit: 7 }, 7],
		['all', { returnAll: true, filterMode: 'json', filtersJson: '{"customer_number":"KH0003"}' }, NaN],
	])('come whole, in the order of the list: %s', async (_what, more, wanted) => {
		const listed = await kingdeeJdy(emulator, { parameters: { ...getMany('scm/sal_order', more), options: {} } });
		expect(listed.json.some((row) => 'material_entity' in row)).toBe(false);
		const { done, json, failed } = await run(getMany('scm/sal_order', more));
		expect(failed).toEqual([]);
		expect(json.map(({ id }) => id)).toEqual(listed.json.map(({ id }) => id));
		expect(json.length).toBe(Number.isNaN(wanted) ? listed.json.length : wanted);
		expect(json.length).toBeGreaterThan(2);
		for (const document of json) expect(document.material_entity).toMatchObject([{ material_id: expect.any(String) }, ...(document.material_entity as unknown[]).slice(1)]);
		expect(new Set(done.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(new Set(['{"item":0}']));
		expect(asked()).toEqual(expect.arrayContaining(json.map(({ id }) => ({ id }))));
		expect(asked()).toHaveLength(json.length);
	});

	it.each([
		[undefined, 4],
		[1, 1],
		[3, 3],
	])('are read several at once, with Concurrency %s %i', async (concurrency, most) => {
		let [underWay, seen] = [0, 0];
		emulator.chooseFault = () => {
			seen = Math.max(seen, (underWay += 1));
			return undefined;
		};
		emulator.onAnswered = () => void (underWay -= 1);
		emulator.gateway.settings.serviceMs = 40;
		await run(getMany('scm/sal_order', { limit: 12, options: concurrency === undefined ? {} : { concurrency } }));
		expect(seen).toBe(most);
	});

	it('of each input item are paired with it', async () => {
		const { done } = await run(getMany('scm/sal_order', { limit: 2 }), { items: [{}, {}] });
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
	});

	it('have the fields of the input beside them, where that is wanted', async () => {
		const { json } = await run(getMany('scm/sal_order', { limit: 2, options: { includeInput: true } }), { items: [{ mine: 1 }] });
		expect(json).toMatchObject([{ mine: 1, material_entity: expect.any(Array) }, { mine: 1 }]);
	});

	it('come in clear, where that is wanted', async () => {
		const { json } = await run(getMany('bd/customer', { limit: 1, options: { decrypt: true } }));
		expect(json).toMatchObject([{ bomentity: [{ mobile: '13800000001' }] }]);
	});

	it.each<[string, string, IDataObject, string, IDataObject]>([
		['by number where the row has no ID', 'scm/sal_order', { bill_no: 'SO1' }, '/jdy/v2/scm/sal_order_detail', { number: 'SO1' }],
		['by the number of master data', 'bd/customer', { id: '', number: 'KH1' }, '/jdy/v2/bd/customer_detail', { number: 'KH1' }],
		['by an ID that the detail calls otherwise', 'ls/retail_bill', { id: '7', bill_no: 'LS7' }, '/jdy/v2/ls/retail_bill_detail', { bill_id: '7' }],
		['by another number', 'fp/invoice_kp', { id: '7', serial_number: 'S7' }, '/jdy/v2/fp/invoice_kp_detail', { serial_number: 'S7' }],
		['by an ID that came as a number', 'scm/sal_order', { id: 7 }, '/jdy/v2/scm/sal_order_detail', { id: '7' }],
	])('are asked for %s', async (_what, type, row, path, query) => {
		serve([row], () => succeed({ remark: 'whole' }));
		const { json, error } = await run(getMany(type, { filterMode: 'json', filtersJson: type === 'fp/invoice_kp' ? '{"start_date":"2026-01-01","end_date":"2026-01-02"}' : '{}' }));
		expect([error, json]).toEqual([undefined, [{ remark: 'whole' }]]);
		expect(asked(path)).toEqual([query]);
	});

	it('come once where the list has several rows of one', async () => {
		serve([{ id: '1', line: 1 }, { id: '1', line: 2 }, { id: '2', line: 1 }], (id) => succeed({ id, lines: 2 }));
		const { json } = await run(getMany('scm/sal_order'));
		expect(json).toEqual([{ id: '1', lines: 2 }, { id: '2', lines: 2 }]);
	});

	it('are not read with Dry Run', async () => {
		const { json } = await run(getMany('scm/sal_order', { options: { dryRun: true } }));
		expect(json).toMatchObject([{ dryRun: true }]);
		expect(emulator.ledger).toEqual([]);
	});

	it('that the type does not have are refused', async () => {
		const { failed } = await run(getMany('fi/voucher_type'));
		expect(failed).toMatchObject([{ json: { error: { message: 'Item 0: Details cannot be read for Voucher Type (凭证字): JDY has no call for them', outcome: 'notSent' } } }]);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('a document that cannot be read', () => {
	const ROWS = [{ id: '1', bill_no: 'A' }, { id: '2', bill_no: 'B' }, { id: '3', bill_no: 'C' }];
	const FAILURES: Array<[string, () => ReturnType<typeof succeed>, string, number | null]> = [
		['is not there', () => refuse(1030002003, '单据或资料不存在'), '单据或资料不存在', 1030002003],
		['is refused', () => refuse(2016013001, '无权查看'), '无权查看', 2016013001],
		['is answered with another', () => succeed({ id: '9', bill_no: 'Z' }), 'JDY answered with another Sales Order', null],
		['is answered with nothing', () => succeed({}), 'No Sales Order was found', null],
		['meets an error of the gateway', () => answerWith(500, 'oops'), '', null],
		['gets no answer', () => lost(), '', null],
	];

	it.each(FAILURES)('is a failed item of its own, at its place: %s', async (_what, fault, message, errcode) => {
		serve(ROWS, (id) => (id === '2' ? fault() : succeed({ id, lines: 1 })));
		const { json, failed, told } = await run(getMany('scm/sal_order'), { settings: CONTINUE, items: [{ mine: 1 }] });
		expect(json).toEqual([{ id: '1', lines: 1 }, { id: '3', lines: 1 }]);
		expect(failed).toMatchObject([{ pairedItem: { item: 0 }, json: { error: { outcome: 'rejected', errcode, type: 'scm/sal_order', ids: [{ id: '2', outcome: 'rejected' }] } } }]);
		const { error } = failed[0]?.json as { error: IDataObject };
		expect(String(error.message).startsWith(`Sales Order 2: ${message}`)).toBe(true);
		expect(told).toContain('1 of 3 documents of Sales Order could not be read');
	});

	it('is one under Continue as well, with the fields of the input beside it', async () => {
		serve(ROWS, (id) => (id === '2' ? refuse(1030002003, 'gone') : succeed({ id })));
		const { json } = await run(getMany('scm/sal_order'), { settings: { onError: 'continueRegularOutput' }, items: [{ mine: 1 }] });
		expect(json).toEqual([{ id: '1' }, { mine: 1, error: expect.objectContaining({ message: 'Sales Order 2: gone' }) }, { id: '3' }]);
	});

	it('is one where its row names it by nothing', async () => {
		serve([{ id: '1' }, { remark: 'x' }], (id) => succeed({ id }));
		const { json, failed } = await run(getMany('scm/sal_order'));
		expect(json).toEqual([{ id: '1' }]);
		expect(failed).toMatchObject([{ json: { error: { message: 'This row of Sales Order has neither an ID nor a number by which JDY gives the document' } } }]);
	});

	it('ends the run where errors do, and no more are read', async () => {
		serve(ROWS, (id) => (id === '1' ? refuse(1030002003, 'gone') : succeed({ id })));
		const { error, json } = await run(getMany('scm/sal_order', { options: { concurrency: 1 } }), {});
		expect([error?.message, json]).toEqual(['Sales Order 1: gone', []]);
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected', type: 'scm/sal_order', ids: [{ id: '1', outcome: 'rejected' }] });
		expect(asked()).toHaveLength(1);
	});

	it('is read once more with Retry On Fail', async () => {
		let tries = 0;
		serve(ROWS, (id) => (id === '2' && (tries += 1) === 1 ? refuse(1030002003, 'not yet') : succeed({ id })));
		const { json, error } = await run(getMany('scm/sal_order'), { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } });
		expect([error, json]).toEqual([undefined, [{ id: '1' }, { id: '2' }, { id: '3' }]]);
	});

	it('for want of rights ends the item: no other would be shown', async () => {
		serve(ROWS, () => refuse(4012, '无权限'));
		const { json, failed } = await run(getMany('scm/sal_order', { options: { concurrency: 1 } }));
		expect(json).toEqual([]);
		expect(failed).toMatchObject([{ json: { error: { message: '无权限', errcode: 4012 } } }]);
		expect(asked()).toHaveLength(1);
	});
});

