import type { Envelope } from '../types';
import { CODES, CODE_FAMILIES } from './codes';
import type { CodeOutcome } from './codes';
import { traitsOf } from './kinds';
import type { FailureKind } from './kinds';

/** `rejected`: surely not done. `unknown`: may be done. `notSent`: the request never left. */
export type FailureOutcome = CodeOutcome | 'notSent';

/** One call that was not done, or may not have been. `Kind` is wider for callers that have kinds of their own. */
export interface Failure<Kind extends string = FailureKind> {
	/** The errcode; without one the HTTP status, the code of the network error, or null. */
	code: number | string | null;
	/** The errcode of the envelope, or null if there is none. */
	errcode: number | null;
	kind: Kind;
	outcome: FailureOutcome;
	/** What happened, in the gateway's own words if there are any. */
	message: string;
	/** HTTP status of the answer, or null if there is none. */
	status: number | null;
	/** `X-Api-Requestid` of the answer, for Kingdee's support. */
	requestId: string | null;
	/** How long the gateway asks to wait, or null. */
	retryAfterMs: number | null;
	/** `Date` of the answer: the gateway's own time. */
	date: string | null;
}

/** The result of a call; `isAgain` if an attempt before the one that was answered may have been done as well. */
export type CallResult<Kind extends string = FailureKind> =
	| { type: 'done'; envelope: Envelope; isAgain?: boolean }
	| { type: 'failed'; failure: Failure<Kind> };

type Facts = Partial<Pick<Failure, 'code' | 'errcode' | 'status' | 'requestId' | 'retryAfterMs' | 'date'>>;

/** The one way to make a failure; `facts` are what an answer or a network error reported. */
export function failureOf<Kind extends string>(kind: Kind, outcome: FailureOutcome, message: string, facts: Facts = {}): Failure<Kind> {
	return { code: null, errcode: null, status: null, requestId: null, retryAfterMs: null, date: null, ...facts, kind, outcome, message };
}

export function failed<Kind extends string>(failure: Failure<Kind>): CallResult<Kind> {
	return { type: 'failed', failure };
}

/** What an attempt says of the call as a whole: that it was refused does not undo an attempt before that may have been done. */
export function inDoubt<E extends CallResult<string>>(ended: E, isDoubtful: boolean): E {
	if (!isDoubtful || ended.type === 'done') return ended;
	return { ...ended, failure: { ...ended.failure, outcome: 'unknown' } };
}

/** The failure of whatever still waits when a signal has aborted. */
export function whyAborted(signal: AbortSignal): Failure {
	const reason: unknown = signal.reason;
	const isFailure = typeof reason === 'object' && reason !== null && 'outcome' in reason;
	return isFailure ? (reason as Failure) : failureOf('cancelled', 'notSent', 'The execution was stopped');
}

type Verdict = readonly [kind: FailureKind, outcome: CodeOutcome];

/** Statuses that say nothing themselves: the errcode inside decides. */
const CARRIERS = new Set([200, 519]);

/** 1000202001 has a status that is not 2xx and not documented [?]: it counts with every such status. */
const JWT_EXPIRED = 1000202001;

function isTrusted(errcode: number | undefined, status: number): boolean {
	return errcode === JWT_EXPIRED && (status < 200 || status > 299);
}

function verdictOfStatus(status: number): Verdict {
	const listed = CODES.get(status);
	if (listed) return [listed.kind, listed.outcome];
	return [status >= 300 && status < 400 ? 'redirect' : 'unlisted', 'unknown'];
}

function verdictOfErrcode(errcode: number): Verdict {
	if (errcode === 0) return ['contradiction', 'unknown'];
	const listed = CODES.get(errcode) ?? CODE_FAMILIES.find(({ pattern }) => pattern.test(String(errcode)));
	return listed ? [listed.kind, listed.outcome] : ['unlisted', 'unknown'];
}

/**
 * What an answer that is no success means. Status and errcode must agree: a refusal in the body of a 500 proves as
 * little as a success in the body of a 400, or an unknown code.
 *
 * @param errcode undefined if the body is no envelope
 */
export function judge(status: number, errcode: number | undefined): { code: number; verdict: Verdict } {
	const code = errcode ?? status;
	const byErrcode = errcode === undefined ? undefined : verdictOfErrcode(errcode);
	if (CARRIERS.has(status)) return { code, verdict: byErrcode ?? ['noEnvelope', 'unknown'] };
	const byStatus = verdictOfStatus(status);
	if (!byErrcode) return { code, verdict: byStatus };
	if (byStatus[1] === 'unknown' && !isTrusted(errcode, status)) return { code, verdict: [byErrcode[0], 'unknown'] };
	return { code, verdict: byErrcode };
}

/** Whether no call can be done with these credentials now: clients that go on are blacklisted. [D] */
export function refusesCredentials(failure: Failure<string>): boolean {
	return traitsOf(failure).credentials !== 'accepted';
}

/** Whether these credentials stay refused until somebody corrects them. */
export function staysRefused(failure: Failure<string>): boolean {
	return traitsOf(failure).credentials === 'refused' || refusesThisCall(failure);
}

/** Whether only this call is refused: others may be made with the same credentials. */
export function refusesThisCall(failure: Failure<string>): boolean {
	return traitsOf(failure).credentials === 'refusedHere';
}
