import { success } from '../answers.mts';
import type { Fields, Served } from '../calls.mts';
import type { Asked } from './jdyCall.mts';
import type { JdyRecord } from './records.mts';
import { outcomeOf } from './saves.mts';

/** Calls that tell in `data`, with errcode 0, that nothing was done, or which IDs were refused [D]. */
export type Hidden = (asked: Asked, body: Fields) => Served;

function record({ records, account }: Asked, entity: string, data: Fields): JdyRecord {
	return records.make(account, entity, data);
}

/** One document or message: done, or `success: false` with a message. */
const wholly: Hidden = (asked, body) => {
	const outcome = outcomeOf(asked, body);
	if ('refusal' in outcome) return { reply: success({ success: false, message: outcome.message, data: '', error_code: '1001' }) };
	asked.store.change(asked.kept, outcome.act);
	const answer = { success: true, message: '', data: outcome.record.number, error_code: '' };
	return { reply: success(answer), ...(asked.kept !== 'never' && { saved: outcome.record }) };
};

/** Each ID with a message, and with the new voucher where it was reversed. */
const reverse: Hidden = (asked, body) => {
	const { records, account, jdy, settings, store, kept } = asked;
	const rows = (body.ids as string[]).map((id) => {
		const voucher = records.find(account, 'fi.voucher', { id });
		const message = voucher ? settings.refusesRow(voucher.data, jdy.path) : '凭证不存在';
		return voucher && message === undefined ? { id, message: '', made: record(asked, 'fi.voucher', voucher.data) } : { id, message: message ?? '', made: undefined };
	});
	store.change(kept, () => {
		for (const { made } of rows) if (made) records.add(account, made);
	});
	return { reply: success({ rows: rows.map(({ id, message, made }) => ({ id, message, reverse_voucher_id: made?.id ?? '' })) }) };
};

/** All counts or none. */
const settleCounts: Hidden = (asked, body) => {
	const { records, account, jdy, settings, store, kept } = asked;
	const counts = (body.ids as string[]).map((id) => records.find(account, 'scm.inv_check_bill', { id }));
	const isRefused = counts.some((count) => !count || settings.refusesRow(count.data, jdy.path) !== undefined);
	const nothing = { gain_id: '', gain_loss_type: '0', gain_no: '', loss_id: '', loss_no: '' };
	if (isRefused) return { reply: success({ ...nothing, success: false }) };
	const gain = record(asked, 'scm.inv_check_gail_bill', { source_ids: body.ids });
	store.change(kept, () => void records.add(account, gain));
	return { reply: success({ ...nothing, gain_id: gain.id, gain_no: gain.number, gain_loss_type: '1', success: true }) };
};

export const HIDDEN: Record<string, Hidden> = {
	'/jdy/v2/fp/invoice_kp': wholly,
	'/jdy/v2/sys/outside_msg': wholly,
	'/jdy/v2/fi/voucher_reverse': reverse,
	'/jdy/v2/scm/inv_check_bill_gain_loss_deal': settleCounts,
};
