import { staysRefused } from '../gateway/failures';
import type { ItemFailure } from '../shared/outcomes';
import type { Remembered } from './remembered';

/** How long n8n itself waits where a poll failed for good. */
const REFUSED_MS = 30 * 60_000;

/** The names under which a refusal counts: a missing permission concerns one call only, anything else all that use the credential. */
export interface Asker {
	credential: string;
	call: string;
}

/** The failure of a poll that is not worth a call: the same credential has just been refused. Clients that go on are blacklisted. [D] */
export function refusalOf({ refusals }: Remembered, { credential, call }: Asker, nowMs: number): ItemFailure | undefined {
	for (const [key, { untilMs }] of refusals) if (untilMs <= nowMs) refusals.delete(key);
	return (refusals.get(credential) ?? refusals.get(`${credential} ${call}`))?.failure;
}

export function noteRefusal({ refusals }: Remembered, { credential, call }: Asker, failure: ItemFailure, nowMs: number): void {
	if (!staysRefused(failure)) return;
	refusals.set(failure.kind === 'permission' ? `${credential} ${call}` : credential, { failure, untilMs: nowMs + REFUSED_MS });
}
