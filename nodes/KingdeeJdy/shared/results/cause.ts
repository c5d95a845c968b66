import type { NodeApiError } from 'n8n-workflow';

import type { KindTraits } from '../../gateway/errors/kinds';
import { MINUTE_MS } from '../../gateway/rateLimit/rateLimiter';
import { traitsOfItem } from '../contract/kinds';
import type { ItemFailure } from '../contract/outcomes';

/** Why a node failed, in the words by which n8n decides what may help; older versions of n8n read it nowhere. */
type NodeFailureCause = NonNullable<NodeApiError['failure']>;

const CAUSES = {
	configuration: 'configuration-invalid',
	credential: 'credential-invalid',
	rate: 'rate-limited',
	time: 'temporarily-unavailable',
	package: 'node-defect',
} as const satisfies Record<KindTraits['cause'], NodeFailureCause['cause']>;

export function causeFor(failure: ItemFailure): NodeFailureCause {
	const cause = CAUSES[traitsOfItem(failure).cause];
	return cause === 'rate-limited' ? { cause, retryAfterMs: failure.retryAfterMs ?? MINUTE_MS } : { cause };
}
