import { businessError, success } from './answers.mts';
import type { Reply } from './answers.mts';
import { isFields } from './calls.mts';
import type { Call, Served } from './calls.mts';
import type { Document, DocumentStore } from './documents.mts';
import type { OperateShape } from './settings.mts';

interface Asked {
	entity_number: string;
	id: string[];
	operate_type: keyof typeof OPERATIONS;
}

interface Outcome {
	id: string;
	refusal?: Reply;
	act?: () => void;
}

const OPERATIONS = {
	delete: (store: DocumentStore, document: Document) => void store.all.splice(store.all.indexOf(document), 1),
	audit: (_store: DocumentStore, document: Document) => void (document.isAudited = true),
	unaudit: (_store: DocumentStore, document: Document) => void (document.isAudited = false),
} as const;

/** `data` as each shape confirms what was done. */
const SHAPES: Record<OperateShape, (done: string[], refused: string[]) => unknown> = {
	null: () => ({ data: null }),
	ids: (ids) => ({ data: { ids } }),
	idsOnce: (ids) => ({ ids }),
	idNumberMap: (ids) => ({ data: { ids, id_number_map: Object.fromEntries(ids.map((id) => [id, `NO-${id.slice(-4)}`])) } }),
	successIds: (success_ids, fail_ids) => ({ data: { success_ids, fail_ids } }),
	rows: (done, refused) => ({ data: [...done.map((id) => ({ id, success: true })), ...refused.map((id) => ({ id, success: false, message: '单据不允许操作' }))] }),
	list: (ids) => ({ data: ids }),
};

function problemWith(body: unknown): Reply | undefined {
	if (!isFields(body)) return businessError(1030002001, '请求体类型错误');
	const missing = ['entity_number', 'id', 'operate_type'].find((name) => body[name] === undefined || body[name] === null);
	if (missing !== undefined) return businessError(1030002000, `字段${missing}缺失`);
	const { entity_number, id, operate_type } = body;
	if (typeof entity_number !== 'string') return businessError(1030002001, '字段entity_number类型错误');
	if (!Array.isArray(id) || id.some((one) => typeof one !== 'string')) return businessError(1030002001, '字段id类型错误');
	if (id.length === 0) return businessError(1030002000, '字段id缺失');
	return typeof operate_type === 'string' && Object.hasOwn(OPERATIONS, operate_type) ? undefined : businessError(1030002001, '字段operate_type错误');
}

function outcomeOf({ store, settings }: Call, found: Map<string, Document>, { operate_type }: Asked, id: string): Outcome {
	const document = found.get(id);
	if (!document) return { id, refusal: businessError(1030002003, '单据不存在') };
	const errcode = settings.operateRefuses(document, operate_type);
	if (errcode !== undefined) return { id, refusal: businessError(errcode, '单据不允许操作') };
	if (operate_type === 'delete' && document.isAudited) return { id, refusal: businessError(1030002004, '单据已审核，不允许删除') };
	return { id, act: () => OPERATIONS[operate_type](store, document) };
}

/**
 * Whether it can succeed in part is [?]: `operatePartially`. Where every ID is refused the call is, with the first reason.
 */
export function operate(call: Call): Served {
	const { store, settings, account, body, kept } = call;
	const problem = problemWith(body);
	if (problem) return { reply: problem };
	const asked = body as Asked;
	const found = new Map(store.of(account, asked.entity_number).map((document) => [document.id, document]));
	const outcomes = [...new Set(asked.id)].map((id) => outcomeOf(call, found, asked, id));
	const refused = outcomes.filter(({ refusal }) => refusal);
	const [first] = refused;
	if (first?.refusal && (!settings.operatePartially || refused.length === outcomes.length)) return { reply: first.refusal };
	const done = outcomes.filter(({ act }) => act);
	store.change(kept, () => {
		for (const { act } of done) act?.();
	});
	const ids = (some: Outcome[]) => some.map(({ id }) => id);
	return { reply: success(SHAPES[settings.operateShape](ids(done), ids(refused))) };
}
