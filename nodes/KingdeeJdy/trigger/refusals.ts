import { createHash } from 'node:crypto';

import { refusesThisCall, staysRefused } from '../gateway/errors/failures';
import { traitsOfItem } from '../shared/contract/kinds';
import type { ItemFailure } from '../shared/contract/outcomes';
import type { Sending } from '../shared/contract/sending';
import type { Remembered } from './state/remembered';

/** How long n8n itself waits after a poll that failed for good. */
const REFUSED_MS = 30 * 60_000;

/** The names under which a refusal counts: a missing permission concerns one call only, anything else all that use the credential. */
export interface Asker {
	credential: string;
	call: string;
}

/** @param data the credential as n8n has it: a corrected one is another asker */
export function askerOf(data: unknown, { account, instanceId }: Sending, call: string): Asker {
	const credential = createHash('sha256').update(JSON.stringify([data, account, instanceId])).digest('base64');
	return { credential, call };
}

/** The failure of a poll that is not worth a call: the same credential has just been refused. Clients that go on are blacklisted. [D] */
export function refusalOf({ refusals }: Remembered, { credential, call }: Asker, nowMs: number): ItemFailure | undefined {
	for (const [key, { untilMs }] of refusals) if (untilMs <= nowMs) refusals.delete(key);
	return (refusals.get(credential) ?? refusals.get(`${credential} ${call}`))?.failure;
}

export function noteRefusal({ refusals }: Remembered, { credential, call }: Asker, failure: ItemFailure, nowMs: number): void {
	if (!staysRefused(failure)) return;
	refusals.set(refusesThisCall(failure) ? `${credential} ${call}` : credential, { failure, untilMs: nowMs + REFUSED_MS });
}

/** Whether a read was refused because of the one document that it asked for, so that the others can still be read: it was deleted, or JDY does not show it. */
export function isOfDocument(failure: ItemFailure): boolean {
	return traitsOfItem(failure).blames === 'part';
}
