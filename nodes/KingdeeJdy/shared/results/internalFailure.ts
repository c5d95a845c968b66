import type { Gateway } from '../../gateway/call';
import type { FailureOutcome } from '../../gateway/errors/failures';
import { maskFor } from '../../gateway/session/sessionEntries';
import { held, textOf } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';

type Opened = Pick<Gateway, 'memory' | 'credential'>;

/**
 * An exception inside the node: what was thrown may name the secrets of the gateways that are open.
 *
 * @param what happened, as `The node itself failed`
 */
export function internalFailure(what: string, error: unknown, gateways: readonly Opened[], outcome: FailureOutcome): ItemFailure {
	let text: unknown = textOf(error);
	for (const { memory, credential } of new Set(gateways)) text = maskFor(memory, credential).clean(text);
	return held('internal', `${what}: ${String(text)}`, outcome);
}
