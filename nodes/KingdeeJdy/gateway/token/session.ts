import { createHash } from 'node:crypto';

import type { GatewayCredential, InstanceCredential } from '../credential';
import type { Line } from '../exchange';
import { failureOf, whyAborted } from '../failures';
import type { Failure } from '../failures';
import type { Memory, Place, Refresh } from '../memory';
import { unlessAborted } from '../transport/timing';
import type { SendOptions, Session } from '../types';
import { authorizeAccount } from './management';
import { refresh } from './refresh';
import type { HeldResult, RenewableCredential } from './refresh';

export type SessionResult = { session: Session } | { failure: Failure };

const MAX_SESSIONS = 1000;
const RELOCATE_PAUSE_MS = 60_000;

/**
 * A digest of the gateway and every authentication field, secrets included: a credential with a wrong secret must never
 * meet another one's token.
 */
function digestOf(credential: RenewableCredential): string {
	const { authentication, gatewayOrigin, clientId, clientSecret } = credential;
	const account =
		credential.authentication === 'appKey'
			? [credential.appKey, credential.appSecret, credential.routerDomain]
			: [credential.outerInstanceId, credential.accountId];
	const fields = JSON.stringify([authentication, gatewayOrigin, clientId, clientSecret, ...account]);
	return createHash('sha256').update(fields).digest('base64');
}

const digests = new WeakMap<RenewableCredential, string>();

function keyOf(credential: RenewableCredential): string {
	const known = digests.get(credential);
	if (known !== undefined) return known;
	const digest = digestOf(credential);
	digests.set(credential, digest);
	return digest;
}

function placeOf({ sessions }: Memory, credential: RenewableCredential): Place {
	const key = keyOf(credential);
	const place = sessions.get(key) ?? { isDomainDoubtful: false, relocateNotBeforeMs: -Infinity };
	sessions.delete(key);
	sessions.set(key, place);
	for (const oldest of sessions.keys()) {
		if (sessions.size <= MAX_SESSIONS) break;
		sessions.delete(oldest);
	}
	return place;
}

function begin(place: Place, start: (signal: AbortSignal) => Promise<HeldResult>): Refresh {
	const abort = new AbortController();
	const under: Refresh = {
		abort,
		waiting: 0,
		result: start(abort.signal)
			.then((result) => {
				if ('session' in result) place.session = result.session;
				return result;
			})
			.finally(() => {
				if (place.refresh === under) place.refresh = undefined;
			}),
	};
	// Whoever still waits sees an error; that nobody does is no reason to end the process.
	under.result.catch(() => undefined);
	return under;
}

/**
 * Runs one refresh for all who ask meanwhile. When the last of them has stopped waiting, it sends nothing more.
 */
async function shared(
	place: Place,
	signal: AbortSignal | undefined,
	start: (signal: AbortSignal) => Promise<HeldResult>,
): Promise<SessionResult> {
	const under = (place.refresh ??= begin(place, start));
	under.waiting += 1;
	try {
		return await unlessAborted<SessionResult>(under.result, signal, () => ({ failure: whyAborted(signal ?? AbortSignal.abort()) }));
	} finally {
		under.waiting -= 1;
		if (under.waiting === 0) {
			if (place.refresh === under) place.refresh = undefined;
			under.abort.abort();
		}
	}
}

/** Asks where the account is now, and keeps the token. Brings nothing where the answer is what is known already. */
async function relocate(line: Line, credential: InstanceCredential, place: Place, options: SendOptions): Promise<HeldResult> {
	const authorised = await authorizeAccount(line, credential, options);
	const current = place.session;
	place.isDomainDoubtful = false;
	const domain = 'account' in authorised ? authorised.account.routerDomain : undefined;
	if (current && domain !== undefined && domain !== current.routerDomain) return { session: { ...current, routerDomain: domain } };
	place.relocateNotBeforeMs = line.clock.now() + RELOCATE_PAUSE_MS;
	return 'failure' in authorised ? authorised : { failure: failureOf('accountIncomplete', 'notSent', 'The router domain has not changed') };
}

/** The session of a credential where one is at hand; fetches nothing. */
export function heldSession({ sessions }: Memory, credential: GatewayCredential, nowMs: number): Session | undefined {
	if (credential.authentication === 'appToken') return credential;
	const session = sessions.get(keyOf(credential))?.session;
	return session && nowMs < session.renewAtMs ? session : undefined;
}

/**
 * The token and the router domain to use now. Fetched where needed, once for all callers, and kept until 5 minutes
 * before the token ends.
 */
export async function openSession(line: Line, credential: GatewayCredential, options: SendOptions): Promise<SessionResult> {
	if (credential.authentication === 'appToken') return { session: credential };
	const place = placeOf(line.memory, credential);
	const { signal, timeoutMs } = options;
	const { session } = place;
	if (session && line.clock.now() < session.renewAtMs) {
		if (!place.isDomainDoubtful || credential.authentication !== 'instance') return { session };
		await shared(place, signal, async (shareSignal) => await relocate(line, credential, place, { timeoutMs, signal: shareSignal }));
		return { session: place.session ?? session };
	}
	return await shared(place, signal, async (shareSignal) => await refresh(line, credential, { timeoutMs, signal: shareSignal }));
}

/** Has a new session fetched before the next call: the gateway no longer takes this one's token. */
export function forgetSession({ memory }: Line, credential: GatewayCredential, stale: Session): void {
	if (credential.authentication === 'appToken') return;
	const place = placeOf(memory, credential);
	if (place.session === stale) place.session = undefined;
}

/** A new session in place of one whose token the gateway no longer takes; undefined where none can be fetched. */
export async function renewSession(
	line: Line,
	credential: GatewayCredential,
	stale: Session,
	options: SendOptions,
): Promise<SessionResult | undefined> {
	if (credential.authentication === 'appToken') return undefined;
	forgetSession(line, credential, stale);
	return await openSession(line, credential, options);
}

/** The session with the account's new router domain; undefined where it is not known to have moved. */
export async function relocateSession(
	line: Line,
	credential: GatewayCredential,
	stale: Session,
	options: SendOptions,
): Promise<SessionResult | undefined> {
	if (credential.authentication !== 'instance') return undefined;
	const place = placeOf(line.memory, credential);
	if (place.session === stale) {
		if (line.clock.now() < place.relocateNotBeforeMs) return undefined;
		const { timeoutMs, signal } = options;
		const start = async (own: AbortSignal) => await relocate(line, credential, place, { timeoutMs, signal: own });
		const moved = await shared(place, signal, start);
		if ('failure' in moved) return undefined;
	}
	return place.session && { session: place.session };
}

/** Has the router domain asked for again before the next call: this one met something between gateway and account. */
export function doubtDomain({ memory, clock }: Line, credential: GatewayCredential, session: Session): void {
	if (credential.authentication !== 'instance') return;
	const place = memory.sessions.get(keyOf(credential));
	if (place?.session === session && clock.now() >= place.relocateNotBeforeMs) place.isDomainDoubtful = true;
}
