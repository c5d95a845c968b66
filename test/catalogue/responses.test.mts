import { callByPath } from '../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { piecesOf } from '../../nodes/KingdeeJdy/catalogue/responses/partialFailures.ts';
import { PrivateData } from '../../nodes/KingdeeJdy/catalogue/responses/privateData.ts';
import type { Call } from '../../nodes/KingdeeJdy/catalogue/types.ts';

const SECRET = '75eb3c7cd5974c3018d6934e142b5f81';
const PHONE = 'bsiV0ZrykeIH/5ZZ65lX5A==';

describe('private data', () => {
	const inClear = (mobile: string, secret: string) => new PrivateData(secret).inClear({ mobile }, { encrypted: [['mobile']] } as unknown as Call);

	it('is decrypted as in the official example', () => {
		expect(inClear(PHONE, SECRET)).toEqual({ mobile: '18599999999' });
	});

	it.each([
		['another secret', PHONE, 'f2adcfef73369bfc4e1384677d38a0ff'],
		['a secret of another length', PHONE, 'short'],
		['a value in clear', '18599999999', SECRET],
		['half a block', 'bsiV0ZrykeIH', SECRET],
		['no base64', '不加密', SECRET],
		['nothing', '', SECRET],
	])('is not decrypted with %s', (_name, text, secret) => {
		expect(inClear(text, secret)).toEqual({ mobile: text });
	});

	it('stays as it is where it does not decrypt, and is named', async () => {
		const call = (await callByPath('GET', 'bd/customer_detail')) as Call;
		const row = { id: '1', addr: PHONE, bank_account: 'in clear', invoice_phone: '', bomentity: [{ mobile: PHONE, name: PHONE }, { mobile: 7, email: '坏' }], more: null };
		const privateData = new PrivateData(SECRET);
		expect(privateData.inClear(row, call)).toEqual({ ...row, addr: '18599999999', bomentity: [{ mobile: '18599999999', name: PHONE }, { mobile: 7, email: '坏' }] });
		expect([...privateData.refused]).toEqual(['bank_account', 'bomentity.email']);
	});
});

async function pieces(path: string, data: unknown, sent: unknown[]) {
	const call = (await callByPath('POST', path)) as Call;
	if (!call.partialFailure) throw new Error(`${path} hides nothing`);
	return piecesOf(call.partialFailure, data, sent).map(({ outcome, message }) => (message === '' ? outcome : `${outcome}: ${message}`));
}

type Case = [what: string, path: string, data: unknown, sent: unknown[], pieces: string[]];

const CASES: Case[] = [
	['positions from 0', 'scm/sal_out_bound_batch', { rows: [{ index: '1', success: 'false', errors: [{ message: '缺货' }] }, { index: '0', success: 'true', id: '1', errors: [] }] }, [1, 2], ['saved', 'rejected: 缺货']],
	['positions from 1', 'scm/sal_out_bound_batch', { rows: [{ index: 2, success: false, errors: [{ message: 'a' }, { message: 'b' }] }, { index: 1, success: true }] }, [1, 2], ['saved', 'rejected: a; b']],
	['positions that cannot be told', 'scm/sal_out_bound_batch', { rows: [{ index: '1', success: 'true' }] }, [1, 2], ['unknown', 'unknown']],
	['a row that is missing', 'scm/sal_out_bound_batch', { rows: [{ index: '0', success: 'true' }] }, [1, 2], ['saved', 'unknown']],
	['no positions but all rows', 'scm/sal_out_bound_batch', { rows: [{ success: 'true' }, { success: 'false' }] }, [1, 2], ['saved', 'rejected']],
	['a row without success', 'scm/sal_out_bound_batch', { rows: [{ index: '0' }] }, [1], ['unknown']],
	['no rows at all', 'scm/sal_out_bound_batch', { rows: [] }, [1], ['unknown']],
	['no data', 'scm/sal_out_bound_batch', null, [1], ['unknown']],
	['messages of rows', 'fi/virtual', { rows: [{ success: false, message: 'x', errors: [{ id: '', messages: 'y' }] }] }, [{}], ['rejected: y']],
	['a voucher that is saved', 'fi/voucher', { ids: ['1'], errors: [] }, [{}], ['saved']],
	['a voucher that is refused', 'fi/voucher', { ids: [], errors: ['借贷不平'] }, [{}], ['rejected: 借贷不平']],
	['a voucher with two errors', 'fi/voucher', { ids: null, errors: ['a', 'b'] }, [{}], ['rejected: a; b']],
	['a voucher of which nothing is told', 'fi/voucher', {}, [{}], ['unknown']],
	['one of two vouchers', 'fi/voucher', { ids: ['1'], errors: ['x'] }, [{}, {}], ['unknown: x', 'unknown: x']],
	['two vouchers that are refused', 'fi/voucher', { ids: [], errors: ['x', 'y'] }, [{}, {}], ['rejected: x', 'rejected: y']],
	['two vouchers that are saved', 'fi/voucher', { ids: ['1', '2'] }, [{}, {}], ['saved', 'saved']],
	['reversals by their IDs', 'fi/voucher_reverse', { rows: [{ id: 'b', message: '已冲销' }, { id: 'a', reverse_voucher_id: '9' }] }, ['a', 'b', 'c'], ['saved', 'rejected: 已冲销', 'unknown']],
	['a reversal that is neither', 'fi/voucher_reverse', { rows: [{ id: 'a', message: '', reverse_voucher_id: '' }] }, ['a'], ['unknown']],
	['custom fields by their IDs', 'fi/custom_field_save', { success_fields: ['f1'], error_fields: [{ field_id: 'f2', error_msg: '重复' }] }, [{ field_id: 'f1' }, { field_id: 'f2' }, { field_id: 'f3' }], ['saved', 'rejected: 重复', 'unknown']],
	['a custom field without ID', 'fi/custom_field_save', { success_fields: [''], error_fields: [] }, [{}], ['saved']],
	['an invoice', 'fp/invoice_kp', { success: true, message: '' }, [{}], ['saved']],
	['an invoice that is refused', 'fp/invoice_kp', { success: false, message: '余额不足' }, [{}], ['rejected: 余额不足']],
	['an invoice of which nothing is told', 'fp/invoice_kp', {}, [{}], ['unknown']],
	['stock counts that are refused', 'scm/inv_check_bill_gain_loss_deal', { success: 'false' }, [{}], ['rejected']],
];

it.each(CASES)('tells the outcome of %s', async (_what, path, data, sent, expected) => {
	expect(await pieces(path, data, sent)).toEqual(expected);
});
