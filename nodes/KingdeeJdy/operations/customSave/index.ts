import { createHash } from 'node:crypto';

import { canonicalJson } from '../../gateway/json';
import { scopedKey } from '../../shared/deduplicationKey';
import { envelopeJson, innerData } from '../../shared/output';
import type { Operation } from '../../shared/plan';
import { readParameters } from './parameters';
import type { Parameters } from './parameters';
import { buildBody } from './request';

/** The user's words for a type that can be read; null otherwise. */
function typeOf(parameters: Parameters | undefined): string | null {
	return typeof parameters?.bizType === 'string' ? parameters.bizType.trim() : null;
}

/** "customerId was empty in 300 of 300 items": most likely the expression names a field that the input does not have. */
function hintsOf(parameters: readonly Parameters[]): string[] {
	const counts = new Map<string, number>();
	for (const name of parameters.flatMap(({ emptyFields }) => emptyFields)) counts.set(name, (counts.get(name) ?? 0) + 1);
	const total = parameters.length;
	return [...counts].filter(([, count]) => count === total).map(([name]) => `${name} was empty in ${total} of ${total} items`);
}

/** POST /jdy/v2/cust/save [D] */
export const customSave: Operation<Parameters> = {
	action: 'save',
	read: readParameters,
	endpoint: () => ({ method: 'POST', path: '/jdy/v2/cust/save', effect: 'write' }),
	body: buildBody,
	subject: (parameters) => ({ bizType: typeOf(parameters) }),
	items: (envelope, { output }) => [output === 'data' && !envelope.alreadySaved ? innerData(envelope) : envelopeJson(envelope)],
	unique: (parameters, body) => {
		const { deduplicationKey: key, resendUnknown } = parameters;
		if (key === undefined) return undefined;
		const digest = createHash('sha256').update(canonicalJson(body)).digest('base64');
		return { mark: scopedKey(String(typeOf(parameters)), key), key, digest, resendUnknown };
	},
	hints: hintsOf,
};
