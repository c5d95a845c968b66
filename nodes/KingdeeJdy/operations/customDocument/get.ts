import { failed } from '../../gateway/errors/failures';
import { isRecord } from '../../gateway/json/json';
import type { Envelope } from '../../gateway/types';
import type { Operation } from '../../shared/contract/operation';
import { unusableAnswer } from '../../shared/contract/outcomes';
import type { ItemResult } from '../../shared/contract/outcomes';
import { innerData } from '../../shared/results/output';
import { shownRows, unknownFieldsNotice } from '../common/output/output';
import { doubtAbout, noticeOf } from './conditions';
import { readOne } from './parameters';
import type { Query } from './parameters';
import { ENDPOINTS, customDetailRequest, writeConditions } from './request';
import { customSubjectOf } from './subject';

/** The documents in an answer: the inner object itself, or a list of them, bare or as `rows` or `list` [?]. */
function documentsIn({ data }: Envelope): unknown[] {
	const inner = isRecord(data) && 'data' in data ? data.data : data;
	if (Array.isArray(inner)) return inner;
	if (!isRecord(inner)) return inner === null || inner === undefined || inner === '' ? [] : [inner];
	const list = [inner.rows, inner.list].find(Array.isArray);
	if (list && !('id' in inner)) return list;
	return Object.keys(inner).length === 0 ? [] : [inner];
}

/** @param conditions that name the document; what does not fit them is none, because a guess could be any document */
export function oneDocument(envelope: Envelope, conditions: string): ItemResult {
	const [document, ...others] = documentsIn(envelope);
	if (document === undefined || document === null) return failed(unusableAnswer('notFound', 'No document was found'));
	if (others.length > 0) return failed(unusableAnswer('notFound', `${others.length + 1} documents were found; the conditions must name one`));
	const doubt = isRecord(document) ? doubtAbout(document, conditions) : undefined;
	if (doubt !== undefined) return failed(unusableAnswer('notFound', doubt));
	return { type: 'done', envelope: { ...envelope, data: { data: document } } };
}

/** The document that the conditions name. What in them names it is not documented [?]. */
export const get: Operation<Query> = {
	action: 'read',
	read: readOne,
	endpoint: () => ENDPOINTS.detail,
	body: customDetailRequest,
	subject: customSubjectOf,
	run: async ({ endpoint, body, parameters }, call) => {
		const ended = await call(endpoint, body);
		return ended.type === 'done' ? oneDocument(ended.envelope, writeConditions(parameters)) : ended;
	},
	notice: (envelope, query) => noticeOf([innerData(envelope)], writeConditions(query), 'any document') ?? unknownFieldsNotice([innerData(envelope)], query.output),
	items: (envelope, { output }) => shownRows([innerData(envelope)], output, { calls: [] }),
};
