import type { GatewayCredential, InstanceCredential } from '../credential/credential';
import type { Failure } from '../errors/failures';
import type { Line } from '../request';
import type { Memory, Place } from '../state';
import type { SendOptions, Session } from '../types';
import { refresh } from './refresh';
import type { HeldResult, RenewableCredential } from './refresh';
import { keepSession, keyOf, placeOf } from './sessionEntries';
import { authorizeAccount } from './tokenApi';

export type SessionResult = { session: Session } | { failure: Failure };

const RELOCATE_PAUSE_MS = 60_000;

/** Asks where the account is now. Keeps the token that is held by then: it may have been renewed, or forgotten, meanwhile. */
async function relocate(line: Line, credential: InstanceCredential, place: Place, { timeoutMs, signal }: SendOptions): Promise<void> {
	const ask = async (own: AbortSignal) => {
		const authorised = await authorizeAccount(line, credential, { timeoutMs, signal: own });
		const { session } = place;
		place.isDomainDoubtful = false;
		const domain = 'account' in authorised ? authorised.account.routerDomain : undefined;
		if (session && domain !== undefined && domain !== session.routerDomain) place.session = { ...session, routerDomain: domain };
		else place.relocateNotBeforeMs = line.clock.now() + RELOCATE_PAUSE_MS;
		return undefined;
	};
	await place.relocation.join(signal, ask);
}

/** The session of a credential where one is at hand; fetches nothing. */
export function heldSession({ sessions }: Memory, credential: GatewayCredential, nowMs: number): Session | undefined {
	if (credential.authentication === 'appToken') return credential;
	const session = sessions.get(keyOf(credential))?.session;
	return session && nowMs < session.renewAtMs ? session : undefined;
}

async function fetchSession(line: Line, credential: RenewableCredential, place: Place, options: SendOptions): Promise<SessionResult> {
	const { signal, timeoutMs } = options;
	const isPatient = line.patience !== undefined;
	const start = async (own: AbortSignal): Promise<HeldResult> => {
		const result = await refresh(line, credential, { timeoutMs, signal: own });
		if ('session' in result) keepSession(place, result.session);
		return result;
	};
	const joinsHasty = isPatient && place.refresh.isHasty;
	const result = await place.refresh.join(signal, start, isPatient);
	const isOverLimit = 'failure' in result && result.failure.kind === 'tokenLimit';
	// Somebody had begun who cannot wait as long as this caller.
	return isOverLimit && joinsHasty ? await openSession(line, credential, options) : result;
}

/** The session once the domain that is in doubt has been asked for. */
async function confirmSession(line: Line, credential: InstanceCredential, place: Place, options: SendOptions): Promise<SessionResult> {
	await relocate(line, credential, place, options);
	return place.session ? { session: place.session } : await openSession(line, credential, options);
}

/**
 * The token and the router domain to use now. Fetched where needed, once for all callers, and kept until 5 minutes
 * before the token ends.
 */
export function openSession(line: Line, credential: GatewayCredential, options: SendOptions): SessionResult | Promise<SessionResult> {
	if (credential.authentication === 'appToken') return { session: credential };
	const place = placeOf(line.memory, credential);
	const { session } = place;
	if (!session || line.clock.now() >= session.renewAtMs) return fetchSession(line, credential, place, options);
	const isDoubtful = place.isDomainDoubtful && credential.authentication === 'instance';
	return isDoubtful ? confirmSession(line, credential, place, options) : { session };
}

/** Has a new session fetched before the next call: the gateway no longer takes this one's token. */
export function forgetSession({ memory }: Line, credential: GatewayCredential, stale: Session): void {
	if (credential.authentication === 'appToken') return;
	const place = placeOf(memory, credential);
	// Its domain may have been replaced meanwhile.
	if (place.session?.appToken === stale.appToken) place.session = undefined;
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
	// Whatever token is held by now.
	const isWhereItWas = () => place.session?.routerDomain === stale.routerDomain;
	if (isWhereItWas() && line.clock.now() >= place.relocateNotBeforeMs) await relocate(line, credential, place, options);
	return isWhereItWas() ? undefined : await openSession(line, credential, options);
}

/** Has the router domain asked for again before the next call: this one met something between gateway and account. */
export function doubtDomain({ memory, clock }: Line, credential: GatewayCredential, session: Session): void {
	if (credential.authentication !== 'instance') return;
	const place = memory.sessions.get(keyOf(credential));
	if (place?.session?.routerDomain === session.routerDomain && clock.now() >= place.relocateNotBeforeMs) place.isDomainDoubtful = true;
}
