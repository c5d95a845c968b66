import { createHash } from 'node:crypto';

import { unlessCancelled } from './cancel';
import type { GatewayCredential, InstanceCredential } from './credential';
import type { Door } from './exchange';
import { notSent } from './failures';
import type { Failure } from './failures';
import { authorizeAccount } from './management';
import { refresh } from './refresh';
import type { HeldResult, HeldSession, RenewableCredential } from './refresh';
import type { SendOptions, Session } from './types';

export type SessionResult = { session: Session } | { failure: Failure };

/** One credential's place in the cache. */
interface Place {
	session?: HeldSession | undefined;
	/** The refresh under way, for everybody who needs it. */
	refresh?: Promise<SessionResult> | undefined;
	/** Set when a call without a clear answer hints that the account has moved. */
	isDomainDoubtful: boolean;
	/** Asking for the router domain brought nothing new; not worth asking again before this time. */
	relocateNotBeforeMs: number;
}

const MAX_SESSIONS = 100;
const RELOCATE_PAUSE_MS = 60_000;

/** Least recently used first. */
const places = new Map<string, Place>();

/**
 * A digest of the gateway and every authentication field, secrets included: a credential with a wrong secret must never
 * meet another one's token.
 */
function keyOf(credential: RenewableCredential): string {
	const { authentication, gatewayOrigin, clientId, clientSecret } = credential;
	const account =
		credential.authentication === 'appKey'
			? [credential.appKey, credential.appSecret, credential.routerDomain]
			: [credential.outerInstanceId, credential.accountId];
	const fields = JSON.stringify([authentication, gatewayOrigin, clientId, clientSecret, ...account]);
	return createHash('sha256').update(fields).digest('base64');
}

function placeOf(credential: RenewableCredential): Place {
	const key = keyOf(credential);
	const place = places.get(key) ?? { isDomainDoubtful: false, relocateNotBeforeMs: -Infinity };
	places.delete(key);
	places.set(key, place);
	for (const oldest of places.keys()) {
		if (places.size <= MAX_SESSIONS) break;
		places.delete(oldest);
	}
	return place;
}

/** Runs one refresh for all who ask meanwhile. */
async function shared(place: Place, start: () => Promise<HeldResult>): Promise<SessionResult> {
	place.refresh ??= start()
		.then((result) => {
			if ('session' in result) place.session = result.session;
			return result;
		})
		.finally(() => {
			place.refresh = undefined;
		});
	return await place.refresh;
}

const stopped = (): SessionResult => ({ failure: notSent('cancelled', 'The execution was stopped') });

/** Asks where the account is now, and keeps the token. Brings nothing where the answer is what is known already. */
async function relocate(door: Door, credential: InstanceCredential, place: Place, options: SendOptions): Promise<HeldResult> {
	const authorised = await authorizeAccount(door, credential, options);
	const current = place.session;
	const nothingNew = { failure: notSent('accountIncomplete', 'The router domain has not changed') };
	place.isDomainDoubtful = false;
	if ('account' in authorised && current && authorised.account.routerDomain !== undefined && authorised.account.routerDomain !== current.routerDomain) {
		return { session: { ...current, routerDomain: authorised.account.routerDomain } };
	}
	place.relocateNotBeforeMs = door.clock.now() + RELOCATE_PAUSE_MS;
	return 'failure' in authorised ? authorised : nothingNew;
}

/** The session of a credential where one is at hand; fetches nothing. */
export function heldSession(credential: GatewayCredential, nowMs: number): Session | undefined {
	if (credential.authentication === 'appToken') return credential;
	const session = places.get(keyOf(credential))?.session;
	return session && nowMs < session.renewAtMs ? session : undefined;
}

/**
 * The token and the router domain to use now. Fetched where needed, once for all callers, and kept until 5 minutes
 * before the token ends.
 */
export async function openSession(door: Door, credential: GatewayCredential, options: SendOptions): Promise<SessionResult> {
	if (credential.authentication === 'appToken') return { session: credential };
	const place = placeOf(credential);
	const { cancelSignal, timeoutMs } = options;
	const { session } = place;
	if (session && door.clock.now() < session.renewAtMs) {
		if (!place.isDomainDoubtful || credential.authentication !== 'instance') return { session };
		await unlessCancelled(
			shared(place, async () => await relocate(door, credential, place, { timeoutMs })),
			cancelSignal,
			stopped,
		);
		return { session: place.session ?? session };
	}
	return await unlessCancelled(
		shared(place, async () => await refresh(door, credential, { timeoutMs })),
		cancelSignal,
		stopped,
	);
}

/** A new session in place of one whose token the gateway no longer takes; undefined where none can be fetched. */
export async function renewSession(door: Door, credential: GatewayCredential, stale: Session, options: SendOptions): Promise<SessionResult | undefined> {
	if (credential.authentication === 'appToken') return undefined;
	const place = placeOf(credential);
	if (place.session === stale) place.session = undefined;
	return await openSession(door, credential, options);
}

/** The session with the account's new router domain; undefined where it is not known to have moved. */
export async function relocateSession(door: Door, credential: GatewayCredential, stale: Session, options: SendOptions): Promise<SessionResult | undefined> {
	if (credential.authentication !== 'instance') return undefined;
	const place = placeOf(credential);
	if (place.session === stale) {
		if (door.clock.now() < place.relocateNotBeforeMs) return undefined;
		const { timeoutMs, cancelSignal } = options;
		const relocated = await unlessCancelled(
			shared(place, async () => await relocate(door, credential, place, { timeoutMs })),
			cancelSignal,
			stopped,
		);
		if ('failure' in relocated) return undefined;
	}
	return place.session && { session: place.session };
}

/** Has the router domain asked for again before the next call: this one met something between gateway and account. */
export function doubtDomain(credential: GatewayCredential, session: Session, nowMs: number): void {
	if (credential.authentication !== 'instance') return;
	const place = places.get(keyOf(credential));
	if (place?.session === session && nowMs >= place.relocateNotBeforeMs) place.isDomainDoubtful = true;
}
