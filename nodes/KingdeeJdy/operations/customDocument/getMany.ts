import { accountOf } from '../../gateway/credential/credential';
import { failed } from '../../gateway/errors/failures';
import { accountFacts, customFilter, learnFilter } from '../../shared/accountFacts/accountFacts';
import type { Operation } from '../../shared/contract/operation';
import type { Row } from '../../shared/contract/row';
import { isEmptyObject } from '../../shared/data/object';
import { asItemResult, pageSizeFor, readList } from '../../shared/pagination/pages';
import { checkedType } from '../../shared/parameters/documentType';
import { rowJson } from '../../shared/results/output';
import { shownRows, unknownFieldsNotice } from '../common/output/output';
import { ignoredConditions, noticeOf } from './conditions';
import { readQuery } from './parameters';
import type { Query } from './parameters';
import { ENDPOINTS, pageRequest, writeConditions } from './request';
import { customSubjectOf } from './subject';

/** JDY may answer a type that does not exist with an empty list [?]. */
function tellEmpty(query: Query): string | undefined {
	if (!isEmptyObject(writeConditions(query))) return undefined;
	return `JDY has no document of the type ${checkedType(query.bizType)}. If there should be one, check Document Type.`;
}

/** One output item for each document; where rows and total stand in the answer is not documented [?]. */
export const getMany: Operation<Query> = {
	action: 'read',
	read: readQuery,
	endpoint: () => ENDPOINTS.list,
	body: (query) => pageRequest(query)(1, pageSizeFor(query.limit)),
	subject: customSubjectOf,
	run: async ({ parameters, gateway, sending: { concurrency } }, call) => {
		const request = pageRequest(parameters);
		const ask = async (page: number, size: number) => await call(ENDPOINTS.list, request(page, size));
		const read = await readList({ ask, limit: parameters.limit, concurrency });
		if ('failure' in read) return failed(read.failure);
		const facts = accountFacts(gateway.state, accountOf(gateway.credential));
		for (const field of ignoredConditions(read.rows, writeConditions(parameters))) learnFilter(facts, customFilter(checkedType(parameters.bizType), field), false);
		return asItemResult(read);
	},
	notice: ({ data }, query) => {
		const rows = data as Row[];
		if (rows.length === 0) return tellEmpty(query);
		return noticeOf(rows, writeConditions(query), 'all documents') ?? unknownFieldsNotice(rows, query.output);
	},
	rowLimit: ({ limit }) => limit,
	items: ({ data }, { output }) => shownRows((data as Row[]).map(rowJson), output, { calls: [] }),
};
