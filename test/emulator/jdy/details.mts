import { badRequest, businessError, success } from '../answers.mts';
import type { Reply } from '../answers.mts';
import { isFields } from '../calls.mts';
import type { Fields } from '../calls.mts';
import { jdyCalls } from './catalogue.mts';
import { chosen } from './filters.mts';
import { notFound, refusalOf } from './jdyCall.mts';
import type { Asked } from './jdyCall.mts';
import { made } from './made.mts';
import { recordsNamed, recordsOf } from './masterData/derived.mts';
import { DETAIL_BY_ID } from './masterData/kinds.mts';
import { encryptFields } from './privateData.mts';
import { readQuery } from './query.mts';
import type { Values } from './query.mts';
import type { JdyRecord } from './records.mts';
import { problemOf } from './schema.mts';
import { detailOf } from './shown.mts';

/** Whether records of this kind can be in the books at all. */
function isKept(entity: string): boolean {
	return jdyCalls().some((call) => call.entity === entity && (call.kind === 'list' || call.kind === 'save'));
}

function found(asked: Asked, values: Values): JdyRecord | undefined {
	const { entity } = asked.jdy;
	const id = values.get('id') ?? values.get('bill_id');
	if (id !== undefined) return recordsNamed(asked, entity, 'id', String(id))[0];
	const number = values.get('number') ?? values.get('bill_no');
	return number === undefined ? chosen(recordsOf(asked, entity), values, asked)[0] : recordsNamed(asked, entity, 'number', String(number))[0];
}

/** Whether a number alone names nothing here. */
function needsId({ jdy, settings }: Asked, values: Values): boolean {
	if (values.get('id') !== undefined || values.get('number') === undefined) return false;
	return settings.detailByNumber === 'none' || (settings.detailByNumber === 'documentedOnly' && DETAIL_BY_ID.includes(jdy.entity));
}

/** One record, by ID or number. */
export function detail(asked: Asked): { reply: Reply } {
	const { jdy, query, settings, client } = asked;
	const values = readQuery(jdy.query, query, settings.arrayQueries);
	if ('missing' in values) return { reply: badRequest(values.missing, settings) };
	if (values.size === 0 && jdy.query.length > 0) return { reply: badRequest(jdy.query.map(({ name }) => name).join(', '), settings) };
	if (needsId(asked, values)) return { reply: businessError(1030002000, '字段id缺失') };
	const record = found(asked, values);
	const isHidden = settings.disabledDetails === 'refused' && record?.data.enable === '0';
	if (isHidden || (!record && isKept(jdy.entity))) return { reply: notFound() };
	const texts = Object.fromEntries([...values].filter(([, value]) => typeof value === 'string'));
	const data: Fields = record ? detailOf(jdy.answer, record) : { ...made(jdy.answer, 1), ...texts };
	return { reply: success(encryptFields(data, jdy.encrypted, client.clientSecret)) };
}

/** What is no record: a balance, a rule, a report without rows. */
export function read({ jdy, query, body, settings, client }: Asked): { reply: Reply } {
	if (jdy.method === 'GET') {
		const values = readQuery(jdy.query, query, settings.arrayQueries);
		if ('missing' in values) return { reply: badRequest(values.missing, settings) };
	} else {
		if (!isFields(body)) return { reply: businessError(1030002001, '请求体类型错误') };
		const problem = problemOf(jdy.body, body, settings);
		if (problem) return { reply: refusalOf(problem) };
	}
	return { reply: success(encryptFields(made(jdy.answer, 1), jdy.encrypted, client.clientSecret)) };
}
