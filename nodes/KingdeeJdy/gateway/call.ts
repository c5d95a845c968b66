import type { GatewayCredential } from './credential/credential';
import { failed, failureOf, inDoubt, whyAborted } from './errors/failures';
import type { CallResult, Failure } from './errors/failures';
import type { Remedy } from './errors/kinds';
import type { RateLimiter } from './rateLimit/rateLimiter';
import { exchangedFor, signedRequest } from './request';
import type { RequestContext } from './request';
import { readAnswer } from './response';
import { keepsItsPlace, nextStep, remedyFor, waitInLine } from './retry';
import { cachedSession, doubtDomain, forgetSession, openSession, relocateSession, renewSession } from './session/session';
import type { SessionResult } from './session/session';
import { correctClock } from './signing/clock';
import { HEADERS } from './signing/signature';
import type { Body, Endpoint, SendOptions, Session, WireRequest } from './types';
import { pause } from './waiting/timing';

/** One account behind one gateway, and the way to it. */
export interface Gateway extends RequestContext {
	credential: GatewayCredential;
	rateLimiter: RateLimiter;
}

export interface CallOptions extends SendOptions {
	/** From 1; counts every sending of the body. If it is more than 1, refusals for the rate do not count at first. */
	maxAttempts: number;
	/** Whether only what a refusal for the rate or a remedy asks for is sent again. @default false */
	isBrief?: boolean;
}

const BAD_GATEWAY = 502;

function correctedClock({ credential, clock, state }: Gateway, { date }: Failure): boolean {
	return correctClock(state, credential.gatewayOrigin, date, clock.now());
}

/** Puts right what made the gateway refuse; undefined if that cannot be done. */
async function apply(
	remedy: Remedy,
	gateway: Gateway,
	session: Session,
	failure: Failure,
	options: SendOptions,
): Promise<SessionResult | undefined> {
	if (remedy === 'token') return await renewSession(gateway, gateway.credential, session, options);
	if (remedy === 'router') return await relocateSession(gateway, gateway.credential, session, options);
	return correctedClock(gateway, failure) ? { session } : undefined;
}

/** Has it put right before the next call, because this one is not sent again. */
function applyLater(remedy: Remedy, gateway: Gateway, session: Session, failure: Failure): void {
	if (remedy === 'token') forgetSession(gateway, gateway.credential, session);
	else if (remedy === 'router') doubtDomain(gateway, gateway.credential, session);
	else correctedClock(gateway, failure);
}

/** Sends one body once, with this session, when the pace allows it; undefined when the signal aborted before. */
async function attemptWith(
	gateway: Gateway,
	endpoint: Endpoint,
	body: Body,
	session: Session,
	options: SendOptions,
): Promise<CallResult | undefined> {
	const { rateLimiter } = gateway;
	const { signal } = options;
	const release = (signal?.aborted ? undefined : rateLimiter.tryAcquire()) ?? (await rateLimiter.acquire(signal));
	if (!release) return undefined;
	const { credential } = gateway;
	let tooMany: Failure | undefined;
	try {
		const request = signedRequest(gateway, credential, endpoint, body, session);
		const exchanged = exchangedFor(credential, request, await gateway.send(request, options), options, { session });
		const ended = 'failure' in exchanged ? failed(exchanged.failure) : readAnswer(exchanged.answer, exchanged.mask, endpoint);
		if (ended.type === 'done') return ended;
		const { failure } = ended;
		if (failure.status === BAD_GATEWAY) doubtDomain(gateway, credential, session);
		if (failure.kind === 'rateLimited') tooMany = failure;
		return ended;
	} finally {
		release(tooMany);
	}
}

/** Whether this refusal uses up no attempt; `refusedAtMs` are those before it, and keeps it. */
function isInLine({ clock, state }: Gateway, failure: Failure, maxAttempts: number, refusedAtMs: number[]): boolean {
	const nowMs = clock.now();
	const waitedMs = nowMs - (refusedAtMs[0] ?? nowMs);
	if (!keepsItsPlace(failure, maxAttempts, refusedAtMs.length + 1, waitedMs, state.windowMs)) return false;
	refusedAtMs.push(nowMs);
	return true;
}

/** The one place that keeps writes of a credential back whose Read Only is on: every call of every node passes here. */
function refusedWrite({ credential }: Gateway, { method, path, effect }: Endpoint): CallResult | undefined {
	if (!credential.readOnly || effect === 'read') return undefined;
	return failed(failureOf('readOnly', 'notSent', `The credential is Read Only, so this write was not sent: ${method} ${path}`));
}

/** How a call ended that waited when it was stopped. What was refused only because of the rate was never taken. */
function unsent(why: Failure, last: CallResult | undefined, isDoubtful: boolean): CallResult {
	const isTurnedAway = last?.type === 'failed' && last.failure.kind === why.kind && !isDoubtful;
	return last && !isTurnedAway ? last : failed(why);
}

/**
 * Makes one call with the session of the credential, and says how it ended. Goes out again, each time signed anew, only as
 * `nextStep` allows.
 *
 * @param body sent as it is
 */
export async function call(gateway: Gateway, endpoint: Endpoint, body: Body, options: CallOptions): Promise<CallResult> {
	const refused = refusedWrite(gateway, endpoint);
	if (refused) return refused;
	const { credential, clock } = gateway;
	const { maxAttempts, isBrief = false, signal } = options;
	const tried = new Set<Remedy>();
	let last: CallResult | undefined;
	let isDoubtful = false;
	const opened = openSession(gateway, credential, options);
	let current = opened instanceof Promise ? await opened : opened;
	const refusedAtMs: number[] = [];
	for (let sent = 1; ; sent++) {
		if ('failure' in current) return inDoubt(failed(current.failure), isDoubtful);
		const attempted = await attemptWith(gateway, endpoint, body, current.session, options);
		if (!attempted) return unsent(whyAborted(signal ?? AbortSignal.abort()), last, isDoubtful);
		if (attempted.type === 'done') return isDoubtful ? { ...attempted, isAgain: true } : attempted;
		const { failure } = attempted;
		isDoubtful ||= endpoint.effect === 'write' && failure.outcome === 'unknown';
		const ended = inDoubt(attempted, isDoubtful);
		last = ended;
		if (isInLine(gateway, failure, maxAttempts, refusedAtMs)) {
			await pause(waitInLine(failure, refusedAtMs.length, clock.random()), signal);
			continue;
		}
		const attempt = sent - refusedAtMs.length;
		const progress = { ...endpoint, attempt, maxAttempts, tried };
		let next = nextStep(failure, progress, clock.random());
		if (next.step === 'remedy') {
			tried.add(next.remedy);
			const remedied = await apply(next.remedy, gateway, current.session, failure, options);
			if (remedied) {
				current = remedied;
				continue;
			}
			// What cannot be put right may pass by itself.
			next = nextStep(failure, progress, clock.random());
		}
		if (next.step === 'wait' && !isBrief) {
			await pause(next.waitMs, signal);
			continue;
		}
		const remedy = remedyFor(failure);
		if (remedy && !tried.has(remedy)) applyLater(remedy, gateway, current.session, failure);
		return ended;
	}
}

const MASK = '***';
const NOT_YET = '(fetched at run time)';

/** The request that a call would make, fit to be shown: secrets and signature masked, nothing fetched, nothing sent. */
export function preview(gateway: Gateway, endpoint: Endpoint, body: Body): WireRequest {
	const { credential, clock, state } = gateway;
	const session = cachedSession(state, credential, clock.now());
	const known = 'routerDomain' in credential ? credential.routerDomain : NOT_YET;
	const shown = { appToken: session ? MASK : NOT_YET, routerDomain: session?.routerDomain ?? known };
	const request = signedRequest(gateway, credential, endpoint, body, shown);
	return { ...request, headers: { ...request.headers, [HEADERS.signature]: MASK } };
}
