import { businessError, success } from '../answers.mts';
import { isFields } from '../calls.mts';
import type { Fields, Served } from '../calls.mts';
import { HIDDEN } from './hidden.mts';
import { notFound, refusalOf } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import { billPush, commonOperate } from './operations.mts';
import { answerOf, outcomeOf } from './saves.mts';
import { problemOf } from './schema.mts';

/** Voids purchase orders by the IDs that another system gave them. */
function cancelOrders({ records, account, store, kept }: Asked, body: Fields): Served {
	const wanted = body.out_side_pks as unknown[];
	const found = records.of(account, 'scm.pur_order').filter(({ data }) => wanted.includes(data.outside_pk_id));
	if (found.length < wanted.length) return { reply: notFound() };
	store.change(kept, () => {
		for (const record of found) record.isVoid = true;
	});
	return { reply: success(null) };
}

/** What is checked and answered, and changes nothing that could be read back. */
function other(asked: Asked, body: Fields): Served {
	const { jdy, records, account, store, kept } = asked;
	const outcome = outcomeOf(asked, Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'id')));
	if ('refusal' in outcome) return { reply: outcome.refusal };
	store.change(kept, () => {
		records.actions.push({ accountId: account.accountId, path: jdy.path, body });
		outcome.act();
	});
	return { reply: success(jdy.answer.length > 0 ? answerOf(jdy.answer, [outcome.record]) : null) };
}

const ACTIONS: Record<string, (asked: Asked, body: Fields) => Served> = {
	...HIDDEN,
	'/jdy/v2/sys/common_operate': commonOperate,
	'/jdy/v2/sys/bill_push': billPush,
	'/jdy/v2/scm/pur_order_cancel': cancelOrders,
};

/** Actions, the deletion of a picture, and the upload of a picture as text. */
export function act(asked: Asked): Served {
	const { jdy, body, settings } = asked;
	if (!isFields(body)) return { reply: businessError(1030002001, '请求体类型错误') };
	const problem = problemOf(jdy.body, body, settings);
	if (problem) return { reply: refusalOf(problem) };
	return (ACTIONS[jdy.path] ?? other)(asked, body);
}
