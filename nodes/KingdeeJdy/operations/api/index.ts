import { envelopeJson } from '../../shared/output';
import type { Operation } from '../../shared/plan';
import { runner } from '../runner';
import { readParameters } from './parameters';
import type { Parameters } from './parameters';

/** Any call of the gateway, with the envelope as its output. */
const call: Operation<Parameters> = {
	action: 'change',
	read: readParameters,
	endpoint: ({ endpoint, query }) => ({ ...endpoint, query: query() }),
	body: ({ body }) => body(),
	subject: (parameters) => ({ call: parameters ? `${parameters.endpoint.method} ${parameters.endpoint.path}` : null }),
	items: (envelope) => [envelopeJson(envelope)],
};

/** The operations of the resource API Call, by their values. */
export const api = { call: runner(call) };
