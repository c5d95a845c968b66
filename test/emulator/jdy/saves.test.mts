import { Desk } from '../client.mts';
import { lost } from '../replies.mts';
import { strict } from '../settings.mts';
import type { Settings } from '../settings.mts';

const desk = new Desk();
beforeEach(async () => await desk.start(strict));
afterAll(async () => await desk.stop());

const PATH = '/jdy/v2/';
const post = async (call: string, body: unknown) => await desk.call({ target: `${PATH}${call}`, body });
const codeOf = async (call: string, body: unknown) => (await post(call, body)).body.errcode;
const get = async (call: string) => (await desk.call({ method: 'GET', target: `${PATH}${call}` })).body;
const [FIRST, SECOND] = ['1800000000000000001', '1800000000000000002'];

const line = { material_id: '1', unit_id: '2', unit_number: '2', stock_id: '3', qty: 1, price: '9.50', tax_price: '9.50', is_free: false, delivery_date: '2026-01-09', material_number: 'SP1' };
const purchase = { bill_date: '2026-01-05', supplier_id: '7', supplier_number: 'S7', material_entity: [line] };

describe('a save', () => {
	it('answers the new ID with its number, and can be read back', async () => {
		const { body } = await post('scm/pur_order', { ...purchase, bill_no: 'CG1' });
		expect(body).toEqual({ errcode: 0, description: 'success', data: { ids: [FIRST], id_number_map: { [FIRST ?? '']: 'CG1' } } });
		expect(await get('scm/pur_order_detail?number=CG1')).toMatchObject({ data: { id: FIRST, bill_no: 'CG1', supplier_id: '7', material_entity: [line] } });
		expect(desk.emulator.ledger[0]?.savedId).toBe(FIRST);
	});

	it.each([
		['a price as number', { ...purchase, material_entity: [{ ...line, price: 9.5 }] }, 1030002001],
		['no supplier', { ...purchase, supplier_id: undefined }, 1030002000],
		['no lines', { ...purchase, material_entity: [] }, 1030002000],
		['a line without product', { ...purchase, material_entity: [{ ...line, material_id: undefined }] }, 1030002000],
		['lines that are no list', { ...purchase, material_entity: line }, 1030002001],
		['an unknown ID', { ...purchase, id: '1' }, 1030002003],
		['a list as body', [purchase], 1030002001],
	])('is refused with %s', async (_name, body, errcode) => {
		expect(await codeOf('scm/pur_order', body)).toBe(errcode);
		expect(desk.emulator.gateway.records.all).toEqual([]);
	});

	it('takes numbers as text and text as numbers where it is told so', async () => {
		await desk.start({ ...strict, fieldTypes: 'loose' });
		expect(await codeOf('scm/pur_order', { ...purchase, material_entity: [{ ...line, price: 9.5 }] })).toBe(0);
	});

	it('keeps every digit', async () => {
		await post('bd/customer', '{"name":"A","number":"K1","credit_limit":12345678901234567.25}');
		expect(JSON.stringify(desk.emulator.gateway.records.all[0]?.data)).toContain('"credit_limit":12345678901234567.25');
	});

	it('drops a source without its type', async () => {
		await post('scm/pur_order', { ...purchase, material_entity: [{ ...line, src_inter_id: '5', src_entry_id: '6' }, { ...line, src_inter_id: '5', src_bill_type_id: 'pur_bill_request' }] });
		expect(desk.emulator.gateway.records.all[0]?.data).toMatchObject({ material_entity: [expect.not.objectContaining({ src_inter_id: '5' }), { src_inter_id: '5' }] });
	});

	it('with an ID updates; not once it is audited', async () => {
		await post('bd/customer', { name: 'A', number: 'K1', remark: 'x' });
		desk.now += 1000;
		expect((await post('bd/customer', { id: FIRST, name: 'B' })).body.data).toEqual({ ids: [FIRST], id_number_map: { [FIRST ?? '']: 'K1' } });
		expect(await get(`bd/customer_detail?id=${FIRST}`)).toMatchObject({ data: { id: FIRST, name: 'B', number: 'K1', remark: 'x' } });
		expect((await get(`bd/customer?modify_start_time=${desk.now}`)).data).toMatchObject({ rows: [{ id: FIRST }] });
		await post('sys/common_operate', { entity_number: 'bd_customer', ids: [FIRST], operate_type: 'audit' });
		expect(await codeOf('bd/customer', { id: FIRST, name: 'C' })).toBe(1030002004);
	});

	it.each<[Settings['updatesLeave'], object]>([['kept', { id: FIRST, name: 'B', number: 'K1', remark: 'x' }], ['cleared', { id: FIRST, name: 'B' }]])('fields that an update leaves out are %s', async (updatesLeave, data) => {
		await desk.start({ ...strict, updatesLeave });
		await post('bd/customer', { name: 'A', number: 'K1', remark: 'x' });
		await post('bd/customer', { id: FIRST, name: 'B' });
		expect(desk.emulator.gateway.records.all.map((record) => record.data)).toEqual([data]);
		expect((await get(`bd/customer_detail?id=${FIRST}`)).data).toMatchObject({ number: 'K1' });
	});

	it.each<[Partial<Settings>, number]>([[{}, 0], [{ numberOnce: true }, 1030002002]])('with %j meets a number that is there already with %i', async (settings, errcode) => {
		await desk.start({ ...strict, ...settings });
		await post('bd/customer', { name: 'A', number: 'K1' });
		expect(await codeOf('bd/customer', { name: 'B', number: 'K1' })).toBe(errcode);
	});

	it('is refused a row that is told to be', async () => {
		await desk.start({ refusesRow: ({ name }) => (name === 'B' ? '客户已停用' : undefined) });
		expect((await post('bd/customer', { name: 'B', number: 'K1' })).body).toMatchObject({ errcode: 2016013001, description: '客户已停用' });
	});
});

describe('a field that JDY takes once', () => {
	const order = { ...purchase, outside_pk_id: 'n8n-1' };

	it('refuses the second document, even where the first answer was lost', async () => {
		desk.emulator.chooseFault = (_arrived, index) => (index === 0 ? lost() : undefined);
		await expect(post('scm/pur_order', order)).rejects.toThrow();
		expect(await codeOf('scm/pur_order', order)).toBe(1030002002);
		expect(await codeOf('scm/pur_order', { ...order, outside_pk_id: 'n8n-2' })).toBe(0);
		expect(desk.emulator.gateway.records.all).toHaveLength(2);
	});

	it('does not count where the first was not saved', async () => {
		desk.emulator.chooseFault = (_arrived, index) => (index === 0 ? lost(false) : undefined);
		await expect(post('scm/pur_order', order)).rejects.toThrow();
		expect(await codeOf('scm/pur_order', order)).toBe(0);
	});

	it('may answer as the first time', async () => {
		await desk.start({ onceRepeats: 'answered' });
		const [first, second] = [await post('scm/pur_order', order), await post('scm/pur_order', order)];
		expect(second.body).toEqual(first.body);
		expect(desk.emulator.gateway.records.all).toHaveLength(1);
	});
});

describe('an operation', () => {
	const operate = async (operate_type: string, names: object, entity_number = 'bd_customer') => (await post('sys/common_operate', { entity_number, operate_type, ...names })).body;
	beforeEach(async () => {
		await post('bd/customer', { name: 'A', number: 'K1' });
		await post('bd/customer', { name: 'B', number: 'K2' });
	});

	it('answers the IDs that it did', async () => {
		expect(await operate('audit', { ids: [FIRST] })).toEqual({ errcode: 0, description: 'success', data: { ids: [FIRST], id_number_map: { [FIRST ?? '']: 'K1' } } });
		expect(await operate('delete', { ids: [FIRST, SECOND, '9'] })).toMatchObject({ errcode: 0, data: { ids: [SECOND] } });
		expect(await operate('delete', { numbers: ['K1'] })).toMatchObject({ errcode: 1030002004 });
		expect(await operate('unaudit', { numbers: ['K1'] })).toMatchObject({ errcode: 0 });
		expect(await operate('delete', { numbers: ['K1'] })).toMatchObject({ errcode: 0 });
		expect(desk.emulator.gateway.records.all).toEqual([]);
	});

	it.each([
		['an unknown ID', 'audit', { ids: ['9'] }, 'bd_customer', 1030002003],
		['another type', 'audit', { ids: [FIRST] }, 'bd_supplier', 1030002003],
		['an unknown type', 'audit', { ids: [FIRST] }, 'nothing', 1030002003],
		['a strange operation', 'toString', { ids: [FIRST] }, 'bd_customer', 1030002006],
		['no IDs', 'audit', {}, 'bd_customer', 1030002000],
		['an ID as number', 'audit', { ids: [1] }, 'bd_customer', 1030002001],
	])('is refused with %s', async (_name, operation, names, type, errcode) => expect(await operate(operation, names, type)).toMatchObject({ errcode }));

	it('pushes a document down', async () => {
		await post('scm/pur_order', { ...purchase, bill_no: 'CG1' });
		const push = async (id: string, target_bill = 'pur_bill_inbound') => (await post('sys/bill_push', { id, source_bill: 'pur_bill_order', target_bill })).body;
		const order = desk.emulator.gateway.records.all.at(-1);
		const { data } = await push(order?.id ?? '');
		const [id = ''] = (data as { ids: string[] }).ids;
		expect(await get(`scm/pur_inbound_detail?id=${id}`)).toMatchObject({ errcode: 0, data: { supplier_id: '7', material_entity: [line] } });
		expect([(await push('9')).errcode, (await push('9', 'nothing')).errcode]).toEqual([1030002003, 1030002003]);
	});

	it('cancels purchase orders by the IDs of another system', async () => {
		await post('scm/pur_order', { ...purchase, outside_pk_id: 'n8n-1' });
		const cancel = async (...out_side_pks: string[]) => await codeOf('scm/pur_order_cancel', { entity_number: 'pur_bill_order', out_side_pks });
		expect([await cancel('n8n-1', 'n8n-2'), await cancel('n8n-1')]).toEqual([1030002003, 0]);
	});
});
