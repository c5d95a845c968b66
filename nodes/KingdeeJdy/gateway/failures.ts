import type { Envelope } from './types';

/** `rejected`: surely not saved. `unknown`: may be saved. `notSent`: the request never left. */
export type FailureOutcome = 'rejected' | 'unknown' | 'notSent';

export type FailureKind =
	| 'client'
	| 'timestamp'
	| 'signature'
	| 'tokenInvalid'
	| 'tokenExpired'
	| 'permission'
	| 'accountRefused'
	| 'unauthorised'
	| 'endpoint'
	| 'router'
	| 'unavailable'
	| 'rateLimited'
	| 'field'
	| 'configuration'
	| 'businessRule'
	| 'badRequest'
	| 'systemError'
	| 'unlisted'
	| 'noEnvelope'
	| 'contradiction'
	| 'redirect'
	| 'timeout'
	| 'cancelled'
	| 'broken'
	| 'notConnected'
	| 'appKeyRefused'
	| 'appSecretStale'
	| 'instanceRefused'
	| 'accountUnclear'
	| 'accountIncomplete'
	| 'tokenLimit'
	| 'tokenUnavailable'
	| 'unknownEarlier'
	| 'keyStore'
	| 'credential'
	| 'input'
	| 'stopped';

/** One document that was not saved, or may not have been. */
export interface Failure {
	/** The errcode; where there is none the HTTP status, the code of the network error, or null. */
	code: number | string | null;
	/** The errcode of the envelope, or null where no envelope came. */
	errcode: number | null;
	kind: FailureKind;
	outcome: FailureOutcome;
	/** What happened, in the gateway's own words where it gave any. */
	message: string;
	/** HTTP status of the answer, or null where none came. */
	status: number | null;
	/** `X-Api-Requestid` of the answer, for Kingdee's support. */
	requestId: string | null;
	/** How long the gateway asks to wait, or null. */
	retryAfterMs: number | null;
	/** `Date` of the answer: the gateway's own time. */
	date: string | null;
}

type Verdict = readonly [kind: FailureKind, outcome: 'rejected' | 'unknown'];

/** The listed codes; three-digit ones count as errcode and as HTTP status. protocol "Failures" [D, S, C]. */
const VERDICTS = new Map<number, Verdict>([
	[4001, ['client', 'rejected']],
	[4002, ['client', 'rejected']],
	[4003, ['client', 'rejected']],
	[4004, ['client', 'rejected']],
	[4005, ['client', 'rejected']],
	[4006, ['timestamp', 'rejected']],
	[4007, ['signature', 'rejected']],
	[4008, ['signature', 'rejected']],
	[4009, ['tokenInvalid', 'rejected']],
	[4010, ['tokenInvalid', 'rejected']],
	[4011, ['tokenExpired', 'rejected']],
	[4012, ['permission', 'rejected']],
	[5000, ['systemError', 'unknown']],
	[5001, ['router', 'rejected']],
	[5002, ['endpoint', 'rejected']],
	[5003, ['unavailable', 'rejected']],
	[5004, ['systemError', 'unknown']],
	[5005, ['systemError', 'unknown']],
	[5006, ['unavailable', 'rejected']],
	[5007, ['unavailable', 'rejected']],
	[1000202001, ['tokenExpired', 'rejected']],
	[1020002008, ['accountRefused', 'rejected']],
	[1030002000, ['field', 'rejected']],
	[1030002001, ['field', 'rejected']],
	[1030002002, ['field', 'rejected']],
	[1030002003, ['field', 'rejected']],
	[1030002004, ['field', 'rejected']],
	[1030002005, ['field', 'rejected']],
	[1030002006, ['field', 'rejected']],
	[1040002000, ['configuration', 'rejected']],
	[1040003000, ['configuration', 'rejected']],
	[400, ['badRequest', 'rejected']],
	[401, ['unauthorised', 'rejected']],
	[403, ['unauthorised', 'rejected']],
	[404, ['router', 'rejected']],
	[429, ['rateLimited', 'rejected']],
	[500, ['systemError', 'unknown']],
	[502, ['systemError', 'unknown']],
	[503, ['unavailable', 'rejected']],
	[504, ['systemError', 'unknown']],
]);

/** Statuses that say nothing themselves: the errcode inside decides. */
const CARRIERS = new Set([200, 519]);

/** One call that ended: the envelope of a success, or the failure. */
export type Outcome = { type: 'saved'; envelope: Envelope } | { type: 'failed'; failure: Failure };

/** 1000202001 comes with a status nobody has written down [?], so it counts with every one. */
const TRUSTED_WITH_ANY_STATUS = 1000202001;

function verdictOfStatus(status: number): Verdict {
	return VERDICTS.get(status) ?? [status >= 300 && status < 400 ? 'redirect' : 'unlisted', 'unknown'];
}

function verdictOfErrcode(errcode: number): Verdict {
	if (errcode === 0) return ['contradiction', 'unknown'];
	const listed = VERDICTS.get(errcode);
	if (listed) return listed;
	const text = String(errcode);
	if (/^20\d\d002000$/.test(text)) return ['systemError', 'unknown'];
	if (/^20\d{8}$/.test(text)) return ['businessRule', 'rejected'];
	return ['unlisted', 'unknown'];
}

/**
 * What an answer that is no success means. Status and errcode must agree: a refusal in the body of a 500 proves as
 * little as a success in the body of a 400, or a code that nobody knows.
 *
 * @param errcode undefined where the body is no envelope
 */
export function judge(status: number, errcode: number | undefined): { code: number; verdict: Verdict } {
	const code = errcode ?? status;
	const byErrcode = errcode === undefined ? undefined : verdictOfErrcode(errcode);
	if (CARRIERS.has(status)) return { code, verdict: byErrcode ?? ['noEnvelope', 'unknown'] };
	const byStatus = verdictOfStatus(status);
	if (!byErrcode) return { code, verdict: byStatus };
	if (byStatus[1] === 'unknown' && errcode !== TRUSTED_WITH_ANY_STATUS) return { code, verdict: [byErrcode[0], 'unknown'] };
	return { code, verdict: byErrcode };
}

const REFUSED_CREDENTIALS: ReadonlySet<FailureKind> = new Set([
	'client',
	'signature',
	'tokenInvalid',
	'tokenExpired',
	'permission',
	'accountRefused',
	'unauthorised',
	'appKeyRefused',
	'appSecretStale',
	'instanceRefused',
	'accountUnclear',
	'accountIncomplete',
	'tokenLimit',
	'tokenUnavailable',
]);

/** Whether no further document can be saved with these credentials: clients that go on are blacklisted. [D] */
export function refusesCredentials(failure: Failure): boolean {
	return REFUSED_CREDENTIALS.has(failure.kind);
}

/** A document that was held back on this machine: bad input, or a run that had to stop. */
export function notSent(kind: FailureKind, message: string, outcome: FailureOutcome = 'notSent'): Failure {
	return { code: null, errcode: null, status: null, kind, outcome, message, requestId: null, retryAfterMs: null, date: null };
}
