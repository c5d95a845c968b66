import type { Gateway } from '../../gateway/call';
import type { FailureOutcome } from '../../gateway/errors/failures';
import { maskFor } from '../../gateway/session/sessionEntries';
import { errorText, localFailure } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';

type Opened = Pick<Gateway, 'state' | 'credential'>;

/**
 * An exception inside the node: what was thrown may name the secrets of the gateways that are open.
 *
 * @param what happened, as `The node itself failed`
 */
export function internalFailure(what: string, error: unknown, gateways: readonly Opened[], outcome: FailureOutcome): ItemFailure {
	let text: unknown = errorText(error);
	for (const { state, credential } of new Set(gateways)) text = maskFor(state, credential).clean(text);
	return localFailure('internal', `${what}: ${String(text)}`, outcome);
}
