import type { Operation } from '../../shared/contract/operation';
import { envelopeJson } from '../../shared/results/output';
import { readOperating } from './parameters';
import type { Operating } from './parameters';
import { ENDPOINTS, operateRequest, operatedIdsOf } from './request';
import { customSubjectOf } from './subject';

/** What `cust/operate` does to documents; one outcome for each ID. */
export function operate(operation: 'audit' | 'unaudit' | 'delete'): Operation<Operating> {
	const body = (parameters: Operating, ids: readonly string[]) => operateRequest(operation, parameters, ids);
	return {
		action: 'change',
		read: readOperating,
		endpoint: () => ENDPOINTS.operate,
		body: (parameters) => body(parameters, operatedIdsOf(parameters)),
		subject: customSubjectOf,
		batch: { group: ({ bizType }) => String(bizType).trim(), ids: operatedIdsOf, by: () => 'id', body },
		items: (envelope, parameters) => [{ ...(operation === 'delete' && { deleted: true }), ...envelopeJson(envelope), ids: operatedIdsOf(parameters).map((id) => ({ id, outcome: 'done' })) }],
	};
}
