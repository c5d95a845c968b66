import { businessError, success } from '../answers.mts';
import { isFields } from '../calls.mts';
import type { Fields, Served } from '../calls.mts';
import { refusalOf } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import type { JdyRecord } from './records.mts';
import { outcomeOf, wrapperOf } from './saves.mts';
import type { Outcome } from './saves.mts';
import { problemOf } from './schema.mts';

type Row = { message: string } | { record: JdyRecord };

const messageOf = (row: Row): string => ('message' in row ? row.message : '');
const recordOf = (row: Row): JdyRecord | undefined => ('record' in row ? row.record : undefined);
const saved = (rows: Row[]): JdyRecord[] => rows.map(recordOf).filter((record) => record !== undefined);

/** How each call tells of rows that it refused with errcode 0 [D]. */
const ANSWERS: Record<string, (rows: Row[], asked: Asked) => Fields> = {
	'/jdy/v2/scm/sal_out_bound_batch': (rows, { settings }) => ({
		rows: rows.map((row, position) => {
			const { id = '', number = '' } = recordOf(row) ?? {};
			const errors = 'message' in row ? [{ id: '', message: row.message, type: 'save' }] : [];
			return { id, number, index: String(position + settings.batchIndexFrom), success: String(!('message' in row)), errors };
		}),
	}),
	'/jdy/v2/fi/virtual': (rows) => ({
		rows: rows.map((row) => {
			const record = recordOf(row);
			const errors = record ? [] : [{ id: '', messages: messageOf(row) }];
			return { success: record !== undefined, message: messageOf(row), errors, ids: record ? [record.id] : [], id_number_map: record ? { [record.id]: record.number } : {} };
		}),
	}),
	// No position is told.
	'/jdy/v2/fi/voucher': (rows) => ({ ids: saved(rows).map(({ id }) => id), errors: rows.map(messageOf).filter((message) => message !== '') }),
	'/jdy/v2/fi/custom_field_save': (rows, { body }) => {
		const names = ((body as { items: Fields[] }).items).map(({ field_id }) => String(field_id ?? ''));
		const failed = rows.flatMap((row, position) => ('message' in row ? [{ field_id: names[position], error_msg: row.message }] : []));
		return { success_fields: names.filter((_name, position) => !('message' in (rows[position] ?? {}))), error_fields: failed };
	},
};

function rowOf(outcome: Outcome): Row {
	return 'refusal' in outcome ? { message: outcome.message } : { record: outcome.record };
}

/** Saves row by row. A wrong type spoils the whole call; what is missing or refused spoils its row. */
export function savePartly(asked: Asked): Served {
	const { jdy, body, settings, store, kept } = asked;
	const wrapper = wrapperOf(jdy.body);
	const items = isFields(body) && wrapper ? body[wrapper.name] : undefined;
	if (!isFields(body) || !wrapper || items === undefined || items === null) return { reply: businessError(1030002000, `字段${wrapper?.name ?? ''}缺失`) };
	if (!Array.isArray(items) || !items.every(isFields)) return { reply: businessError(1030002001, `字段${wrapper.name}类型错误`) };
	if (items.length === 0) return { reply: businessError(1030002000, `字段${wrapper.name}缺失`) };
	const problems = items.map((data) => problemOf(wrapper.fields ?? [], data, settings));
	const wrong = problems.find((problem) => problem !== undefined && problem.errcode !== 1030002000);
	if (wrong) return { reply: refusalOf(wrong) };
	const outcomes = items.map((data, position): Outcome => {
		const problem = problems[position];
		return problem ? { refusal: refusalOf(problem), message: `字段${problem.name}缺失` } : outcomeOf(asked, data);
	});
	store.change(kept, () => {
		for (const outcome of outcomes) if ('act' in outcome) outcome.act();
	});
	const rows = outcomes.map(rowOf);
	const [first] = saved(rows);
	return { reply: success(ANSWERS[jdy.path]?.(rows, asked) ?? {}), ...(first && kept !== 'never' && { saved: first }) };
}
