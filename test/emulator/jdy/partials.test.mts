import { Desk } from '../client.mts';
import { strict } from '../settings.mts';

const desk = new Desk();
const refusesRow = (data: Record<string, unknown>) => ([data.remark, data.explanation, data.title, data.serial_number, data.field_name].includes('refuse') ? '不允许' : undefined);
beforeEach(async () => await desk.start({ ...strict, refusesRow }));
afterAll(async () => await desk.stop());

const post = async (call: string, body: unknown) => (await desk.call({ target: `/jdy/v2/${call}`, body })).body;
const [FIRST = '', SECOND = ''] = ['1800000000000000001', '1800000000000000002'];
const count = () => desk.emulator.gateway.records.all.length;

const line = { material_id: '1', unit_id: '2', stock_id: '3', qty: 1, price: 9.5 };
const outbound = { bill_date: '2026-01-05', customer_id: '7', bill_no: 'CK1', material_entity: [line] };
const entry = { explanation: 'x', dc: '1', amount_for: '1', debit_amount: '1', currency_id: '1', account_id: '1' };
const voucher = { date: '2026-01-05', group_id: '1', entry_list: [entry, entry] };

describe('errcode 0 hides', () => {
	it('a refused row of scm/sal_out_bound_batch', async () => {
		expect(await post('scm/sal_out_bound_batch', { data: [outbound, { ...outbound, remark: 'refuse' }, { ...outbound, customer_id: undefined }] })).toMatchObject({
			errcode: 0,
			data: {
				rows: [
					{ id: FIRST, number: 'CK1', index: '1', success: 'true', errors: [] },
					{ id: '', number: '', index: '2', success: 'false', errors: [{ message: '不允许' }] },
					{ index: '3', success: 'false', errors: [{ message: '字段customer_id缺失' }] },
				],
			},
		});
		expect(count()).toBe(1);
	});

	it('a refused row of fi/virtual', async () => {
		const bill = { bill_no: 'W1', entry: [{ amount: '1' }] };
		expect(await post('fi/virtual', { items: [{ ...bill, remark: 'refuse' }, bill] })).toMatchObject({
			errcode: 0,
			data: { rows: [{ success: false, message: '不允许', ids: [] }, { success: true, message: '', ids: [FIRST], id_number_map: { [FIRST]: 'W1' } }] },
		});
	});

	it('a refused voucher, without its position', async () => {
		expect((await post('fi/voucher', { items: [voucher, { ...voucher, remark: 'refuse' }, voucher] })).data).toEqual({ ids: [FIRST, SECOND], errors: ['不允许'] });
	});

	it('a voucher whose source comes twice in one call', async () => {
		const sourced = { ...voucher, source_bill_no: 'n8n-1' };
		expect((await post('fi/voucher', { items: [sourced, sourced] })).data).toEqual({ ids: [FIRST], errors: ['source_bill_no已存在'] });
		expect((await post('fi/voucher', { items: [sourced] })).data).toEqual({ ids: [], errors: ['source_bill_no已存在'] });
	});

	it('a voucher that is not reversed', async () => {
		await post('fi/voucher', { items: [voucher] });
		expect((await post('fi/voucher_reverse', { ids: [FIRST, '9'] })).data).toEqual({ rows: [{ id: FIRST, message: '', reverse_voucher_id: SECOND }, { id: '9', message: '凭证不存在', reverse_voucher_id: '' }] });
	});

	it('a refused field of fi/custom_field_save', async () => {
		const field = { field_id: 'bill_custom_text1', field_name: 'A', field_type: '2', group_number: '1' };
		expect((await post('fi/custom_field_save', { items: [field, { ...field, field_id: 'bill_custom_text2', field_name: 'refuse' }] })).data).toEqual({
			success_fields: ['bill_custom_text1'],
			error_fields: [{ field_id: 'bill_custom_text2', error_msg: '不允许' }],
		});
	});

	it('a message that was not sent', async () => {
		const message = { channel: ['APP'], content: 'x', receivers: ['1'], title: 'refuse' };
		expect(await post('sys/outside_msg', message)).toMatchObject({ errcode: 0, data: { success: false, message: '不允许' } });
		expect(await post('sys/outside_msg', { ...message, title: 'x' })).toMatchObject({ errcode: 0, data: { success: true, message: '' } });
		expect(count()).toBe(1);
	});

	it('an invoice that was not issued', async () => {
		const item = { act_non_tax_amount: '1', act_non_tax_price: '1', all_amount: '1', item_name: 'x', qty: '1', tax_amount: '0', tax_category_id: '1', tax_rate: '0', unit: 'x' };
		const invoice = {
			amt_info: { all_act_non_tax_amount: '1', all_amount: '1', all_tax_amount: '0', entry: [item] },
			buyer_info: { name: 'x', tax_no: '1' },
			invoice_type: '5',
			other_info: { remark: 'x' },
			seller_info: { address_phone: 'x', bank: 'x', name: 'x', tax_no: '1' },
		};
		expect(await post('fp/invoice_kp', { ...invoice, serial_number: 'refuse' })).toMatchObject({ errcode: 0, data: { success: false, message: '不允许' } });
		expect(await post('fp/invoice_kp', invoice)).toMatchObject({ errcode: 0, data: { success: true } });
	});

	it('counts that were not settled', async () => {
		expect(await post('scm/inv_check_bill_gain_loss_deal', { ids: ['9'] })).toMatchObject({ errcode: 0, data: { success: false } });
		const [account] = desk.emulator.gateway.settings.accounts;
		if (!account) throw new Error('No account');
		const { records } = desk.emulator.gateway;
		const { id } = records.add(account, records.make(account, 'scm.inv_check_bill', {}));
		expect(await post('scm/inv_check_bill_gain_loss_deal', { ids: [id] })).toMatchObject({ errcode: 0, data: { success: true, gain_loss_type: '1' } });
	});
});

it.each([
	['nothing to save', { data: [] }, 1030002000],
	['no list', {}, 1030002000],
	['an object instead of a list', { data: outbound }, 1030002001],
	['a price as text', { data: [outbound, { ...outbound, material_entity: [{ ...line, price: '9.5' }] }] }, 1030002001],
])('a batch is refused whole with %s', async (_name, body, errcode) => {
	expect(await post('scm/sal_out_bound_batch', body)).toMatchObject({ errcode });
	expect(count()).toBe(0);
});
