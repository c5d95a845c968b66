import { businessError, success } from '../answers.mts';
import type { Reply } from '../answers.mts';
import type { Fields, Served } from '../calls.mts';
import { entityOf } from './catalogue.mts';
import { notFound } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import type { JdyRecord } from './records.mts';

const OPERATIONS: Record<string, (asked: Asked, record: JdyRecord) => void> = {
	audit: (_asked, record) => void (record.isAudited = true),
	unaudit: (_asked, record) => void (record.isAudited = false),
	delete: ({ records, account }, record) => records.remove(account, record),
	close_donothing: (_asked, record) => void (record.isClosed = true),
	invalid: (_asked, record) => void (record.isVoid = true),
	valid: (_asked, record) => void (record.isVoid = false),
};

function confirmed(records: JdyRecord[]): Reply {
	return success({ ids: records.map(({ id }) => id), id_number_map: Object.fromEntries(records.map(({ id, number }) => [id, number])) });
}

function refusalOf({ settings }: Asked, record: JdyRecord | undefined, operation: string): Reply | undefined {
	if (!record) return notFound();
	const errcode = settings.operateRefuses(record, operation);
	if (errcode !== undefined) return businessError(errcode, '单据不允许操作');
	return operation === 'delete' && record.isAudited ? businessError(1030002004, '单据已审核，不允许删除') : undefined;
}

function listOf(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

/** `POST sys/common_operate`: does what it can and answers only what it did; where that is nothing, the first reason. */
export function commonOperate(asked: Asked, body: Fields): Served {
	const { records, account, store, kept } = asked;
	const { entity_number, operate_type } = body;
	const [ids, numbers] = [listOf(body.ids), listOf(body.numbers)];
	for (const name of ['entity_number', 'operate_type']) if (!body[name]) return { reply: businessError(1030002000, `字段${name}缺失`) };
	const entity = entityOf(entity_number);
	if (entity === undefined) return { reply: businessError(1030002003, '单据类型不存在') };
	const operation = Object.hasOwn(OPERATIONS, String(operate_type)) ? OPERATIONS[String(operate_type)] : undefined;
	if (!operation) return { reply: businessError(1030002006, '字段operate_type格式错误') };
	const names = ids.length > 0 ? ids.map((id) => ({ id })) : numbers.map((number) => ({ number }));
	if (names.length === 0) return { reply: businessError(1030002000, '字段ids、numbers缺失') };
	const found = names.map((name) => records.find(account, entity, name));
	const refusals = found.map((record) => refusalOf(asked, record, String(operate_type)));
	const done = found.filter((record, index): record is JdyRecord => record !== undefined && refusals[index] === undefined);
	if (done.length === 0) return { reply: refusals[0] ?? notFound() };
	const each = [...new Set(done)];
	store.change(kept, () => {
		for (const record of each) operation(asked, record);
	});
	return { reply: confirmed(each) };
}

/** `POST sys/bill_push`: a document of the target's type for each source, or one for all of them. */
export function billPush(asked: Asked, body: Fields): Served {
	const { records, account, store, kept } = asked;
	const [source, target] = [entityOf(body.source_bill), entityOf(body.target_bill)];
	if (source === undefined || target === undefined) return { reply: businessError(1030002003, '单据类型不存在') };
	const found = String(body.id).split(',').map((id) => records.find(account, source, { id }));
	if (found.some((record) => record === undefined)) return { reply: notFound() };
	const sources = found.filter((record) => record !== undefined);
	const pushed = (body.merge_push === true ? sources.slice(0, 1) : sources).map((record) =>
		records.make(account, target, { ...record.data, src_bill_type_id: body.source_bill, src_inter_id: record.id, bill_no: undefined, number: undefined }),
	);
	store.change(kept, () => {
		for (const record of pushed) records.add(account, record);
	});
	const [first] = pushed;
	return { reply: confirmed(pushed), ...(first && kept !== 'never' && { saved: first }) };
}
