import { DETAIL, Desk, LIST, OPERATE } from './client.mts';
import type { Call } from './client.mts';
import { lost } from './replies.mts';
import { demoAccount } from './settings.mts';
import type { OperateShape, Settings } from './settings.mts';

const desk = new Desk();
const codeOf = async (options: Call) => await desk.codeOf(options);
const dataOf = async (options: Call) => (await desk.call(options)).body.data;

beforeEach(async () => await desk.start());
afterAll(async () => await desk.stop());

const body = { biz_type: 'ts_1', data: { no: 'A' } };
const page = { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '10' };

describe('saves', () => {
	it('keep every digit', async () => {
		await desk.call({ body: '{"biz_type":"ts_1","data":{"no":"A","id18":123456789012345678}}' });
		expect(JSON.stringify(desk.emulator.gateway.documents.all[0]?.data)).toBe('{"no":"A","id18":123456789012345678}');
		expect((await desk.call({ target: LIST, body: page })).text).toContain('"id18":123456789012345678');
	});

	it.each([
		['no document type', { data: {} }, 1030002000],
		['null as document type', { biz_type: null, data: {} }, 1030002000],
		['a strange document type', { biz_type: 'a b', data: {} }, 1030002006],
		['no data', { biz_type: 'ts_1' }, 1030002000],
		['a list as data', { biz_type: 'ts_1', data: [] }, 1030002001],
		['a number as data', { biz_type: 'ts_1', data: 5 }, 1030002001],
		['a foreign key', { ...body, extra: 1 }, 1030002001],
		['a list as body', [], 1030002001],
		['no JSON', '{', 400],
	])('are refused with %s', async (_name, refused, code) => {
		expect(await codeOf({ body: refused })).toBe(code);
		expect(desk.emulator.savedIds).toEqual([]);
	});

	it('of an unknown type are refused; null is an answer too', async () => {
		await desk.start({ bizTypes: ['ts_1'], saveAnswers: 'null' });
		expect(await codeOf({ body: { biz_type: 'ts_2', data: {} } })).toBe(1030002003);
		expect((await desk.call({ body })).body).toEqual({ errcode: 0, description: 'success', data: { data: null } });
	});
});

describe('a list', () => {
	const row = { no: 'A', id: '1700000000000000001', check: false };

	it.each([
		['rows', { data: { rows: [row], count: 1 } }],
		['list', { data: { list: [row], total: 1 } }],
		['bareTwice', { data: [row] }],
		['bareOnce', [row]],
		['rowsOnce', { rows: [row], count: 1 }],
		['countAsText', { data: { rows: [row], count: '1' } }],
		['noTotal', { data: { rows: [row] } }],
	] as const)('has its rows in the shape %s', async (listShape, data) => {
		await desk.start({ listShape });
		await desk.saved({ no: 'A' });
		expect((await desk.call({ target: LIST, body: page })).body).toEqual({ errcode: 0, description: 'success', data });
	});

	it('cuts a page at 100 and says nothing', async () => {
		for (let no = 0; no < 130; no++) desk.emulator.gateway.documents.save(demoAccount, { biz_type: 'ts_1', data: { no } });
		const lengthOf = async (page_no: string, page_size: string) => ((await dataOf({ target: LIST, body: { ...page, page_no, page_size } })) as { data: { rows: unknown[]; count: number } }).data;
		expect(await lengthOf('1', '500')).toMatchObject({ count: 130, rows: { length: 100 } });
		expect(await lengthOf('2', '500')).toMatchObject({ count: 130, rows: { length: 30 } });
		expect(await lengthOf('3', '50')).toMatchObject({ rows: { length: 30 } });
		expect(await lengthOf('4', '50')).toMatchObject({ rows: [] });
	});

	describe.each([LIST, DETAIL])('and %s', (target) => {
		it.each([
			['no page number', { ...page, page_no: undefined }, 1030002000],
			['no page size', { ...page, page_size: undefined }, 1030002000],
			['a page number as number', { ...page, page_no: 1 }, 1030002001],
			['a page size as number', { ...page, page_size: 10 }, 1030002001],
			['a page size in words', { ...page, page_size: 'ten' }, 1030002006],
			['no data', { ...page, data: undefined }, 1030002000],
			['a list as data', { ...page, data: [] }, 1030002001],
			['no type', {}, 1030002000],
		])('are refused with %s', async (_name, asked, code) => expect(await codeOf({ target, body: asked })).toBe(code));
	});
});

describe('a document', () => {
	const operate = async (operate_type: string, id: unknown, entity_number: unknown = 'ts_1') => await codeOf({ target: OPERATE, body: { entity_number, id, operate_type } });
	const read = async (id: string, biz_type = 'ts_1') => (await desk.call({ target: DETAIL, body: { ...page, biz_type, data: { id } } })).body;

	it('is read, audited and deleted, and not deleted while it is audited', async () => {
		const [id = ''] = await desk.saved({ no: 'A' });
		expect(await read(id)).toMatchObject({ errcode: 0, data: { data: { no: 'A', id, check: false } } });
		expect(await operate('audit', [id])).toBe(0);
		expect(await read(id)).toMatchObject({ data: { data: { check: true } } });
		expect(await operate('delete', [id])).toBe(1030002004);
		expect([await operate('unaudit', [id]), await operate('delete', [id]), (await read(id)).errcode]).toEqual([0, 0, 1030002003]);
		expect(await desk.saved({})).toEqual(['1700000000000000002']);
	});

	it('is not found under another type', async () => {
		const [id = ''] = await desk.saved({ no: 'A' });
		expect(await operate('audit', [id], 'ts_2')).toBe(1030002003);
		expect((await read(id, 'ts_2')).errcode).toBe(1030002003);
	});

	it.each([
		['an empty list', [], 1030002000],
		['no ID', undefined, 1030002000],
		['an ID alone', '1', 1030002001],
		['a number as ID', [1], 1030002001],
		['an ID that is not there', ['1'], 1030002003],
	])('is not operated with %s', async (_name, id, code) => expect(await operate('audit', id)).toBe(code));

	it.each([
		['no type', { id: ['1'], operate_type: 'audit' }, 1030002000],
		['no operation', { id: ['1'], entity_number: 'ts_1' }, 1030002000],
		['a strange operation', { id: ['1'], entity_number: 'ts_1', operate_type: 'toString' }, 1030002001],
		['a number as type', { id: ['1'], entity_number: 1, operate_type: 'audit' }, 1030002001],
	])('is not operated with %s', async (_name, asked, code) => expect(await codeOf({ target: OPERATE, body: asked })).toBe(code));
});

describe('an operation on several documents', () => {
	async function deleteAll(settings: Partial<Settings>): Promise<{ code: number | undefined; data: unknown; left: string[] }> {
		await desk.start(settings);
		const [free = '', audited = ''] = await desk.saved({ no: 'A' }, { no: 'B' });
		await desk.call({ target: OPERATE, body: { entity_number: 'ts_1', id: [audited], operate_type: 'audit' } });
		const answered = await desk.call({ target: OPERATE, body: { entity_number: 'ts_1', id: [free, audited, '9'], operate_type: 'delete' } });
		return { code: answered.body.errcode, data: answered.body.data, left: desk.emulator.savedIds };
	}

	it('does nothing where one is refused', async () => {
		expect(await deleteAll({})).toEqual({ code: 1030002004, data: null, left: ['1700000000000000001', '1700000000000000002'] });
	});

	const [done, audited] = ['1700000000000000001', '1700000000000000002'];
	it.each<[OperateShape, unknown]>([
		['null', { data: null }],
		['ids', { data: { ids: [done] } }],
		['idsOnce', { ids: [done] }],
		['idNumberMap', { data: { ids: [done], id_number_map: { [done]: 'NO-0001' } } }],
		['successIds', { data: { success_ids: [done], fail_ids: [audited, '9'] } }],
		['list', { data: [done] }],
	])('confirms in the shape %s what it did in part', async (operateShape, data) => {
		expect(await deleteAll({ operatePartially: true, operateShape })).toEqual({ code: 0, data, left: [audited] });
	});

	it('tells each row, and is refused where nothing was done', async () => {
		const { data } = await deleteAll({ operatePartially: true, operateShape: 'rows' });
		expect(data).toMatchObject({ data: [{ id: done, success: true }, { id: audited, success: false }, { id: '9', success: false }] });
		expect(await codeOf({ target: OPERATE, body: { entity_number: 'ts_1', id: [audited], operate_type: 'delete' } })).toBe(1030002004);
	});

	it('is not done where the fault says so', async () => {
		const [id = ''] = await desk.saved({});
		desk.emulator.chooseFault = () => lost(false);
		await expect(desk.call({ target: OPERATE, body: { entity_number: 'ts_1', id: [id], operate_type: 'delete' } })).rejects.toThrow();
		expect(desk.emulator.savedIds).toEqual([id]);
	});
});
