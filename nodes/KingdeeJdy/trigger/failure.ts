import type { INode, IDataObject } from 'n8n-workflow';

import { staysRefused } from '../gateway/failures';
import type { ItemFailure } from '../shared/outcomes';
import { failedError } from '../shared/output';

/** Why a poll failed, in the words by which n8n decides when the next one is worth it. */
export type Cause =
	| { cause: 'rate-limited'; retryAfterMs?: number }
	| { cause: 'credential-invalid' | 'temporarily-unavailable' | 'configuration-invalid' | 'node-defect' };

/** Somebody has to change the node, the app or the account. */
const CONFIGURATION: ReadonlySet<string> = new Set(['input', 'permission', 'endpoint', 'badRequest', 'field', 'configuration', 'businessRule', 'noRows', 'notFound']);

const RATE: ReadonlySet<string> = new Set(['rateLimited', 'tokenLimit']);

const MINUTE_MS = 60_000;

export function causeOf(failure: ItemFailure): Cause {
	const { kind, retryAfterMs } = failure;
	if (RATE.has(kind)) return { cause: 'rate-limited', retryAfterMs: retryAfterMs ?? MINUTE_MS };
	if (CONFIGURATION.has(kind)) return { cause: 'configuration-invalid' };
	if (kind === 'credential' || staysRefused(failure)) return { cause: 'credential-invalid' };
	return { cause: kind === 'internal' ? 'node-defect' : 'temporarily-unavailable' };
}

/** A poll that failed, as n8n wants it told: what happened, what to do, and whether to wait. */
export function pollError(node: INode, failure: ItemFailure, subject: IDataObject): Error {
	const error = failedError(node, failure, { subject, itemIndex: 0, action: 'read' }, { done: [], unknown: [] });
	return Object.assign(error, { failure: causeOf(failure) });
}
