import { pause } from './cancel';
import { correctClock } from './clock';
import type { GatewayCredential } from './credential';
import { readAnswer } from './envelope';
import { exchange, signedRequest } from './exchange';
import type { Door } from './exchange';
import type { Failure, Outcome } from './failures';
import type { Pace } from './pace';
import { nextStep } from './retry';
import type { Remedy } from './retry';
import { doubtDomain, heldSession, openSession, relocateSession, renewSession } from './session';
import type { SessionResult } from './session';
import type { SendOptions, Session, WireRequest } from './types';

/** One account behind one gateway, and the way to it. */
export interface Gateway {
	credential: GatewayCredential;
	door: Door;
	pace: Pace;
}

/** Aborts when nothing more may go out; what is under way still ends. */
export interface Hold {
	signal: AbortSignal;
	/** Why the call that waited did not go out. */
	reason: () => Failure;
}

export interface PostOptions extends SendOptions {
	/** From 1; counts every sending of the document. */
	maxAttempts: number;
	hold: Hold;
}

const BAD_GATEWAY = 502;

/** Puts right what made the gateway refuse; undefined where that cannot be done. */
async function apply(remedy: Remedy, { credential, door }: Gateway, session: Session, failure: Failure, options: SendOptions): Promise<SessionResult | undefined> {
	if (remedy === 'token') return await renewSession(door, credential, session, options);
	if (remedy === 'router') return await relocateSession(door, credential, session, options);
	return correctClock(credential.gatewayOrigin, failure.date, door.clock.now()) ? { session } : undefined;
}

/** Sends one body once, with this session, when the pace allows it; undefined when it was held back before. */
async function attemptWith(session: Session, gateway: Gateway, path: string, body: string, options: PostOptions): Promise<Outcome | undefined> {
	const leave = await gateway.pace.enter(options.hold.signal);
	if (!leave) return undefined;
	let tooMany: Failure | undefined;
	try {
		const outcome = await sendOnce(session, gateway, path, body, options);
		if (outcome.type === 'failed' && outcome.failure.kind === 'rateLimited') tooMany = outcome.failure;
		return outcome;
	} finally {
		leave(tooMany);
	}
}

async function sendOnce(session: Session, { credential, door }: Gateway, path: string, body: string, options: SendOptions): Promise<Outcome> {
	const exchanged = await exchange(door, credential, { method: 'POST', path, query: '', body }, options, { session });
	if ('failure' in exchanged) return { type: 'failed', failure: exchanged.failure };
	const outcome = readAnswer(exchanged.answer, exchanged.mask);
	const isLost = outcome.type === 'failed' && outcome.failure.status === BAD_GATEWAY;
	if (isLost) doubtDomain(credential, session, door.clock.now());
	return outcome;
}

/**
 * Posts one body with the session of the credential, and says how it ended. Goes out again, each time signed anew, only
 * as `nextStep` allows.
 */
export async function post(gateway: Gateway, path: string, body: string, options: PostOptions): Promise<Outcome> {
	const { credential, door } = gateway;
	const tried = new Set<Remedy>();
	const { hold, maxAttempts } = options;
	let last: Outcome | undefined;
	let current = await openSession(door, credential, options);
	for (let attempt = 1; ; attempt++) {
		if ('failure' in current) return { type: 'failed', failure: current.failure };
		const outcome = await attemptWith(current.session, gateway, path, body, options);
		if (!outcome) return last ?? { type: 'failed', failure: hold.reason() };
		if (outcome.type === 'saved') return outcome;
		last = outcome;
		const next = nextStep(outcome.failure, attempt, maxAttempts, tried, Math.random());
		if (next.step === 'giveUp') return outcome;
		if (next.step === 'wait') {
			await pause(next.waitMs, hold.signal);
			continue;
		}
		tried.add(next.remedy);
		const remedied = await apply(next.remedy, gateway, current.session, outcome.failure, options);
		if (remedied === undefined) return outcome;
		current = remedied;
	}
}

const MASK = '***';
const NOT_YET = '(fetched at run time)';

/** The request that a body would make, fit to be shown: secrets and signature masked, nothing fetched, nothing sent. */
export function preview({ credential, door }: Pick<Gateway, 'credential' | 'door'>, path: string, body: string): WireRequest {
	const session = heldSession(credential, door.clock.now());
	const known = 'routerDomain' in credential ? credential.routerDomain : NOT_YET;
	const shown = { appToken: session ? MASK : NOT_YET, routerDomain: session?.routerDomain ?? known };
	const request = signedRequest(credential, { method: 'POST', path, query: '', body }, door.clock, shown);
	return { ...request, headers: { ...request.headers, 'X-Api-Signature': MASK } };
}
