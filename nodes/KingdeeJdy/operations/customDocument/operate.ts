import type { Operation } from '../../shared/contract/operation';
import { envelopeJson } from '../../shared/results/output';
import { readOperating } from './parameters';
import type { Operating } from './parameters';
import { ENDPOINTS, idsOf, operateRequest } from './request';
import { subjectOf } from './subject';

/** What `cust/operate` does to documents; one outcome for each ID. */
export function operate(operation: 'audit' | 'unaudit' | 'delete'): Operation<Operating> {
	const body = (parameters: Operating, ids: readonly string[]) => operateRequest(operation, parameters, ids);
	return {
		action: 'change',
		read: readOperating,
		endpoint: () => ENDPOINTS.operate,
		body: (parameters) => body(parameters, idsOf(parameters)),
		subject: subjectOf,
		batch: { group: ({ bizType }) => String(bizType).trim(), ids: idsOf, by: () => 'id', body },
		items: (envelope, parameters) => [{ ...envelopeJson(envelope), ids: idsOf(parameters).map((id) => ({ id, outcome: 'done' })) }],
	};
}
