import type { Gateway } from '../gateway/call';
import type { FailureOutcome } from '../gateway/failures';
import { maskFor } from '../gateway/token/places';
import { held, textOf } from './outcomes';
import type { ItemFailure } from './outcomes';

/**
 * An exception inside the node, once a gateway is open: what was thrown may name its secrets.
 *
 * @param what happened, as `The node itself failed`
 */
export function internalFailure(what: string, error: unknown, { memory, credential }: Pick<Gateway, 'memory' | 'credential'>, outcome: FailureOutcome): ItemFailure {
	return held('internal', `${what}: ${String(maskFor(memory, credential).clean(textOf(error)))}`, outcome);
}
