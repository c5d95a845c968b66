import type { NodeApiError } from 'n8n-workflow';

import { staysRefused } from '../../gateway/errors/failures';
import { MINUTE_MS } from '../../gateway/rateLimit/rateLimiter';
import type { ItemFailure } from '../contract/outcomes';

/** Why a node failed, in the words by which n8n decides what may help; older versions of n8n read it nowhere. */
export type NodeFailureCause = NonNullable<NodeApiError['failure']>;

/** Somebody has to change the node, its data, the app or the account. */
const CONFIGURATION: ReadonlySet<string> = new Set<ItemFailure['kind']>([
	'input',
	'permission',
	'endpoint',
	'badRequest',
	'field',
	'configuration',
	'businessRule',
	'refusedWithin',
	'unknownEarlier',
	'readOnly',
	'runtime',
	'noRows',
	'notFound',
]);

const RATE: ReadonlySet<string> = new Set<ItemFailure['kind']>(['rateLimited', 'tokenLimit']);

export function causeFor(failure: ItemFailure): NodeFailureCause {
	const { kind, retryAfterMs } = failure;
	if (RATE.has(kind)) return { cause: 'rate-limited', retryAfterMs: retryAfterMs ?? MINUTE_MS };
	if (CONFIGURATION.has(kind)) return { cause: 'configuration-invalid' };
	if (kind === 'credential' || staysRefused(failure)) return { cause: 'credential-invalid' };
	return { cause: kind === 'internal' ? 'node-defect' : 'temporarily-unavailable' };
}
