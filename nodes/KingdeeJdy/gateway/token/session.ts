import type { GatewayCredential, InstanceCredential } from '../credential';
import type { Line } from '../exchange';
import { failureOf } from '../failures';
import type { Failure } from '../failures';
import type { Memory, Place } from '../memory';
import type { SendOptions, Session } from '../types';
import { authorizeAccount } from './management';
import { keyOf, placeOf } from './places';
import { refresh } from './refresh';
import type { HeldResult, RenewableCredential } from './refresh';
import { sharedRefresh } from './sharedRefresh';

export type SessionResult = { session: Session } | { failure: Failure };

const RELOCATE_PAUSE_MS = 60_000;

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

async function fetchSession(line: Line, credential: RenewableCredential, place: Place, options: SendOptions): Promise<SessionResult> {
	const { signal, timeoutMs } = options;
	const { session } = place;
	if (session && line.clock.now() < session.renewAtMs && credential.authentication === 'instance') {
		await sharedRefresh(place, signal, async (shareSignal) => await relocate(line, credential, place, { timeoutMs, signal: shareSignal }));
		return { session: place.session ?? session };
	}
	const isPatient = line.patience !== undefined;
	const start = async (shareSignal: AbortSignal) => await refresh(line, credential, { timeoutMs, signal: shareSignal });
	const joinsHasty = isPatient && place.refresh?.isPatient === false;
	const result = await sharedRefresh(place, signal, start, isPatient);
	const isOverLimit = 'failure' in result && result.failure.kind === 'tokenLimit';
	// Somebody had begun who cannot wait as long as this caller.
	return isOverLimit && joinsHasty ? await openSession(line, credential, options) : result;
}

/**
 * The token and the router domain to use now. Fetched where needed, once for all callers, and kept until 5 minutes
 * before the token ends.
 */
export function openSession(line: Line, credential: GatewayCredential, options: SendOptions): SessionResult | Promise<SessionResult> {
	if (credential.authentication === 'appToken') return { session: credential };
	const place = placeOf(line.memory, credential);
	const { session } = place;
	const isDoubtful = place.isDomainDoubtful && credential.authentication === 'instance';
	if (session && !isDoubtful && line.clock.now() < session.renewAtMs) return { session };
	return fetchSession(line, credential, place, options);
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
		const moved = await sharedRefresh(place, signal, start);
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
