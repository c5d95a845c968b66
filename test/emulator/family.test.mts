import { DETAIL, Desk, LIST, OPERATE, SAVE } from './client.mts';
import { demoCustomFields } from './customFields.mts';
import { arrivingLate, lost, silence } from './replies.mts';
import type { Settings } from './settings.mts';

const desk = new Desk();
beforeEach(async () => await desk.start());
afterAll(async () => await desk.stop());

type Row = Record<string, unknown>;

async function listed(data: object = {}, page_no = '1', page_size = '10'): Promise<{ numbers: unknown[]; count: number }> {
	const { body } = await desk.call({ target: LIST, body: { biz_type: 'ts_1', data, page_no, page_size } });
	const { rows, count } = (body.data as { data: { rows: Row[]; count: number } }).data;
	return { numbers: rows.map(({ no }) => no), count };
}

describe('a list', () => {
	const documents = [{ no: 'A', qty: 1 }, { no: 'B', qty: 2 }, { no: 'A', qty: 3 }];

	it.each<[string, Partial<Settings>, object, unknown[]]>([
		['takes no notice of its filter', {}, { no: 'A' }, ['A', 'B', 'A']],
		['filters by a text', { listFilters: 'equality' }, { no: 'A' }, ['A', 'A']],
		['filters by a number as text', { listFilters: 'equality' }, { qty: '2' }, ['B']],
		['filters by two fields', { listFilters: 'equality' }, { no: 'A', qty: 3 }, ['A']],
		['filters by ID', { listFilters: 'equality' }, { id: '1700000000000000002' }, ['B']],
		['finds nothing by a field that no document has', { listFilters: 'equality' }, { number: 'A' }, []],
		['has the newest first', { listOrder: 'newest', listFilters: 'equality' }, {}, ['A', 'B', 'A'].reverse()],
	])('%s', async (_name, settings, data, numbers) => {
		await desk.start(settings);
		await desk.saved(...documents);
		expect(await listed(data)).toEqual({ numbers, count: numbers.length });
	});

	it('has its newest first, page by page', async () => {
		await desk.start({ listOrder: 'newest' });
		await desk.saved({ no: 1 }, { no: 2 }, { no: 3 });
		expect([await listed({}, '1', '2'), await listed({}, '2', '2')]).toEqual([{ numbers: [3, 2], count: 3 }, { numbers: [1], count: 3 }]);
	});

	it('loses a row between two pages, and shows one twice, as the books change', async () => {
		const { settings, documents: books } = desk.emulator.gateway;
		await desk.saved({ no: 1 }, { no: 2 }, { no: 3 });
		settings.onListPage = ({ page }) => void (page === 2 && books.all.shift());
		expect([await listed({}, '1', '2'), await listed({}, '2', '2')]).toEqual([{ numbers: [1, 2], count: 3 }, { numbers: [], count: 2 }]);
		await desk.saved({ no: 4 });
		settings.listOrder = 'newest';
		settings.onListPage = ({ page, accountId, bizType }) => void (page === 2 && books.all.push({ id: '5', accountId, bizType, data: { no: 5 }, isAudited: false }));
		expect([await listed({}, '1', '2'), await listed({}, '2', '2')]).toEqual([{ numbers: [4, 3], count: 3 }, { numbers: [3, 2], count: 4 }]);
	});
});

describe('a detail', () => {
	const read = async (data: object) => await desk.call({ target: DETAIL, body: { biz_type: 'ts_1', data, page_no: '1', page_size: '1' } });

	it.each([
		['by ID', {}, { id: '1700000000000000002' }, 0],
		['by number', {}, { number: 'N2' }, 0],
		['by another ID', {}, { id: '1' }, 1030002003],
		['by nothing', {}, {}, 1030002000],
		['by number, where only IDs count', { detailKeys: ['id'] }, { number: 'N2' }, 1030002000],
		['by a field that is told', { detailKeys: ['bill_no'] }, { bill_no: 'B2' }, 0],
	])('is read %s', async (_name, settings, data, errcode) => {
		await desk.start(settings);
		await desk.saved({ number: 'N1', bill_no: 'B1' }, { number: 'N2', bill_no: 'B2' });
		const { body } = await read(data);
		expect(body.errcode).toBe(errcode);
		if (errcode === 0) expect(body.data).toEqual({ data: { number: 'N2', bill_no: 'B2', id: '1700000000000000002', check: false } });
	});
});

describe('a save', () => {
	it('tells its ID as a number of 19 digits where it is told so', async () => {
		await desk.start({ documentIds: 'number' });
		expect((await desk.call({ body: { biz_type: 'ts_1', data: {} } })).text).toBe('{"errcode":0,"description":"success","data":{"data":{"id":1700000000000000001}}}');
		expect((await desk.call({ target: LIST, body: { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '10' } })).text).toContain('"id":1700000000000000001,');
	});

	it.each([
		['new', [{ no: 'A' }, { no: 'B', id: '1700000000000000001' }]],
		['updates', [{ no: 'B', qty: '1', id: '1700000000000000001' }]],
	] as const)('with an ID: %s', async (saveWithId, expected) => {
		await desk.start({ saveWithId });
		const [id = ''] = await desk.saved({ no: 'A', qty: '1' });
		await desk.saved({ no: 'B', id });
		expect(desk.emulator.gateway.documents.all).toMatchObject(expected.map((data) => ({ data })));
	});
});

describe('a document that arrives late', () => {
	it.each([
		['lost', lost()],
		['never answered', silence()],
	])('comes to the books some time after its answer was %s', async (_name, fault) => {
		desk.emulator.chooseFault = ({ target }) => (target === SAVE ? arrivingLate(fault, 50) : undefined);
		const answered = desk.call({}).catch(() => 'lost');
		await new Promise<void>((resolve) => (desk.emulator.onAnswered = () => resolve()));
		expect((await listed()).count).toBe(0);
		expect(desk.emulator.ledger[0]?.savedId).toBe('1700000000000000001');
		await desk.emulator.settled();
		expect((await listed()).count).toBe(1);
		await desk.stop();
		expect(await answered).toBe('lost');
	});

	it('never arrives after the emulator has stopped', async () => {
		desk.emulator.chooseFault = () => arrivingLate(lost(), 30);
		await desk.call({}).catch(() => undefined);
		const { emulator } = desk;
		await desk.stop();
		await emulator.settled();
		expect(emulator.savedIds).toEqual([]);
	});

	it('is operated late, too', async () => {
		const [id] = await desk.saved({});
		desk.emulator.chooseFault = () => arrivingLate(lost(), 500);
		await desk.call({ target: OPERATE, body: { entity_number: 'ts_1', id: [id], operate_type: 'audit' } }).catch(() => undefined);
		expect(desk.emulator.gateway.documents.all[0]?.isAudited).toBe(false);
		await desk.emulator.settled();
		expect(desk.emulator.gateway.documents.all[0]?.isAudited).toBe(true);
	});
});

it('single documents are refused an operation', async () => {
	await desk.start({ operatePartially: true, operateShape: 'ids', operateRefuses: ({ data }, operation) => (operation === 'audit' && data.no === 'B' ? 2016013001 : undefined) });
	const id = await desk.saved({ no: 'A' }, { no: 'B' });
	const audit = async (ids: string[]) => (await desk.call({ target: OPERATE, body: { entity_number: 'ts_1', id: ids, operate_type: 'audit' } })).body;
	expect(await audit(id)).toMatchObject({ errcode: 0, data: { data: { ids: [id[0]] } } });
	expect(await audit(id.slice(1))).toMatchObject({ errcode: 2016013001 });
});

describe('custom fields', () => {
	const ask = async (query: string) => await desk.call({ method: 'GET', target: `/jdy/v2/sys/custom_mult_field${query}` });
	const type = 'ts_45465632434343';

	it.each([
		['are told of a type that has them', `?entity_number=${type}`, 200, 0, { rows: demoCustomFields[type] }],
		['are none elsewhere', '?entity_number=pur_bill_order', 200, 0, { rows: [] }],
		['may be refused', '?entity_number=ts_2', 200, 1030002003, null],
		['need a type', '', 400, 400, undefined],
	])('%s', async (_name, query, status, errcode, data) => {
		await desk.start({ customFields: { ...demoCustomFields, ts_2: 'refused' } });
		const answered = await ask(query);
		expect([answered.status, answered.body.errcode, answered.body.data]).toEqual([status, errcode, data]);
	});

	it('may be refused everywhere, and are asked for by GET', async () => {
		await desk.start({ customFieldsElsewhere: 'refused' });
		expect((await ask(`?entity_number=${type}`)).body.errcode).toBe(1030002003);
		expect(await desk.codeOf({ target: '/jdy/v2/sys/custom_mult_field?entity_number=a', body: {} })).toBe(5002);
	});
});
