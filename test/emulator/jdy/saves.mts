import { businessError, success } from '../answers.mts';
import type { Reply } from '../answers.mts';
import { isFields } from '../calls.mts';
import type { Fields, Served } from '../calls.mts';
import { derivedFrom, linked, sourceProblem } from './booked.mts';
import { notFound, refusalOf } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import { made } from './made.mts';
import { danglingIn } from './references/references.mts';
import type { JdyRecord } from './records.mts';
import { problemOf } from './schema.mts';
import type { Field } from './schema.mts';

/** What becomes of one document of a save: a refusal, or what is to be done. */
export type Outcome = { refusal: Reply; message: string } | { record: JdyRecord; act: () => void };

function refused(errcode: number, message: string): Outcome {
	return { refusal: businessError(errcode, message), message };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Master data whose names differ from each other [R]. */
const NAMED_ONCE = new Set(['bd.material', 'bd.customer', 'bd.store']);

/** Why a number or a name of its own cannot be taken once more, in the words of real accounts [R]. */
function takenOf({ jdy, records, account, settings }: Asked, data: Fields): string | undefined {
	const [number, billNo, name] = [textOf(data.number), textOf(data.bill_no), textOf(data.name)];
	const isHeld = (fits: (record: JdyRecord) => boolean) => records.of(account, jdy.entity).some((record) => record.id !== data.id && fits(record));
	const isTaken = (own: string | undefined) => settings.numberOnce && own !== undefined && isHeld((record) => record.number === own);
	if (isTaken(billNo)) return `单据编号${billNo ?? ''}：组合值与其他表单重复`;
	if (isTaken(number)) return `编码${number ?? ''}已存在`;
	const isNamed = settings.nameOnce && NAMED_ONCE.has(jdy.entity) && name !== undefined && data.ignore_warn !== true;
	return isNamed && isHeld((record) => record.data.name === name) ? `名称${name}已存在` : undefined;
}

/** Why a document cannot be kept, new or changed. */
function problemIn(asked: Asked, data: Fields): Outcome | undefined {
	const taken = takenOf(asked, data);
	if (taken !== undefined) return refused(1030002002, taken);
	const wrong = danglingIn(asked, data) ?? sourceProblem(asked, data);
	return wrong && refused(wrong.errcode, wrong.message);
}

function updated(asked: Asked, data: Fields, id: string): Outcome {
	const { jdy, records, account, settings } = asked;
	const record = records.find(account, jdy.entity, { id });
	if (!record) return { refusal: notFound(), message: '单据或资料不存在' };
	if (record.isAudited) return refused(1030002004, '单据已审核，不允许修改');
	const problem = problemIn(asked, data);
	if (problem) return problem;
	const number = textOf(data.number) ?? textOf(data.bill_no) ?? record.number;
	const changed = { ...(settings.updatesLeave === 'kept' ? record.data : {}), ...linked(data) };
	return { record: { ...record, number }, act: () => void Object.assign(record, { number, data: changed, derived: derivedFrom(asked, changed), modifiedMs: settings.now() }) };
}

/**
 * One document, whose fields were checked. `id` updates; a field that JDY takes once only is refused a second time,
 * or answered as the first time was: `onceRepeats`.
 */
export function outcomeOf(asked: Asked, data: Fields): Outcome {
	const { jdy, records, account, settings } = asked;
	const message = settings.refusesRow(data, jdy.path);
	if (message !== undefined) return refused(2016013001, message);
	const id = textOf(data.id);
	if (id !== undefined) return updated(asked, data, id);
	const once = textOf(jdy.once === undefined ? undefined : data[jdy.once]);
	const used = once === undefined ? undefined : records.usedBy(account, jdy.path, once);
	if (used?.record && settings.onceRepeats === 'answered') return { record: used.record, act: () => undefined };
	if (used || (once !== undefined && asked.taken.has(once))) return refused(1030002002, `${jdy.once ?? ''}已存在`);
	const problem = problemIn(asked, data);
	if (problem) return problem;
	if (settings.maxDocuments < Infinity && records.countOf(account) >= settings.maxDocuments) return refused(2019013001, '沙箱账套的单据数量已达上限');
	if (once !== undefined) asked.taken.add(once);
	const asSent = linked(data);
	const record = { ...records.make(account, jdy.entity, asSent, textOf(data.number) ?? textOf(data.bill_no)), derived: derivedFrom(asked, asSent) };
	const act = () => {
		records.add(account, record);
		if (once !== undefined) records.use(account, jdy.path, once, record);
	};
	return { record, act };
}

/** The list that is all there is in a body, or the one object in it: what is saved stands in there. */
export function wrapperOf(body: Field[]): Field | undefined {
	const [first, ...others] = body;
	return first?.fields && others.length === 0 ? first : undefined;
}

/** The answer to what was saved, in the words of its page. */
export function answerOf(answer: Field[], saved: JdyRecord[]): Fields {
	const ids = saved.map(({ id }) => id);
	const [first] = saved;
	const value = (field: Field): unknown => {
		if (field.name === 'ids') return field.isList ? ids : ids.join(',');
		if (field.name === 'id_number_map') return Object.fromEntries(saved.map(({ id, number }) => [id, number]));
		if (field.name === 'rows') return saved.map((record) => answerOf(field.fields ?? [], [record]));
		if (/^(bill_)?id$/.test(field.name)) return first?.id ?? null;
		if (/^(number|bill_no)$/.test(field.name)) return first?.number ?? null;
		if (field.name === 'success') return field.type === 'boolean' ? true : 'true';
		if (/^errors?$|^err$/.test(field.name)) return field.isList ? [] : '';
		return first?.data[field.name] ?? made([field], 1)[field.name];
	};
	return Object.fromEntries(answer.map((field) => [field.name, value(field)]));
}

/** A save that is done whole or not at all. */
export function save(asked: Asked): Served {
	const { jdy, body, settings, store, kept } = asked;
	if (!isFields(body)) return { reply: businessError(1030002001, '请求体类型错误') };
	const problem = problemOf(jdy.body, body, settings);
	if (problem) return { reply: refusalOf(problem) };
	const wrapper = wrapperOf(jdy.body);
	const inner = wrapper ? body[wrapper.name] : body;
	if (inner === undefined || inner === null) return { reply: businessError(1030002000, `字段${wrapper?.name ?? ''}缺失`) };
	const outcomes = (Array.isArray(inner) ? inner : [inner]).map((data) => outcomeOf(asked, data as Fields));
	const saved: JdyRecord[] = [];
	for (const outcome of outcomes) {
		if ('refusal' in outcome) return { reply: outcome.refusal };
		saved.push(outcome.record);
	}
	store.change(kept, () => {
		for (const outcome of outcomes) if ('act' in outcome) outcome.act();
	});
	const [first] = saved;
	return { reply: success(answerOf(jdy.answer, saved)), ...(first && kept !== 'never' && { saved: first }) };
}
