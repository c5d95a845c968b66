import type { GatewayCredential, InstanceCredential } from '../credential/credential';
import type { Failure } from '../errors/failures';
import type { RequestContext } from '../request';
import type { GatewayState, SessionEntry } from '../state';
import type { SendOptions, Session } from '../types';
import { refresh } from './refresh';
import type { RefreshResult, RenewableCredential } from './refresh';
import { keepSession, sessionEntryOf, sessionKeyOf } from './sessionEntries';
import { authorizeAccount } from './tokenApi';

export type SessionResult = { session: Session } | { failure: Failure };

const RELOCATE_PAUSE_MS = 60_000;

/** Asks for the account's router domain. Keeps the token that is cached by then: it may have been renewed, or forgotten, meanwhile. */
async function relocate(context: RequestContext, credential: InstanceCredential, entry: SessionEntry, { timeoutMs, signal }: SendOptions): Promise<void> {
	const ask = async (own: AbortSignal) => {
		const authorised = await authorizeAccount(context, credential, { timeoutMs, signal: own });
		const { session } = entry;
		entry.isDomainDoubtful = false;
		const domain = 'account' in authorised ? authorised.account.routerDomain : undefined;
		if (session && domain !== undefined && domain !== session.routerDomain) entry.session = { ...session, routerDomain: domain };
		else entry.relocateNotBeforeMs = context.clock.now() + RELOCATE_PAUSE_MS;
		return undefined;
	};
	await entry.relocation.join(signal, ask);
}

/** The session of a credential if one is cached; fetches nothing. */
export function cachedSession({ sessions }: GatewayState, credential: GatewayCredential, nowMs: number): Session | undefined {
	if (credential.authentication === 'appToken') return credential;
	const session = sessions.get(sessionKeyOf(credential))?.session;
	return session && nowMs < session.renewAtMs ? session : undefined;
}

/** How long ago the cached token of a credential was fetched, in ms; undefined if none is, or the user has pasted it. */
export function tokenAgeMs({ sessions }: GatewayState, credential: GatewayCredential, nowMs: number): number | undefined {
	const session = credential.authentication === 'appToken' ? undefined : sessions.get(sessionKeyOf(credential))?.session;
	return session && nowMs - session.fetchedAtMs;
}

async function fetchSession(context: RequestContext, credential: RenewableCredential, entry: SessionEntry, options: SendOptions): Promise<SessionResult> {
	const { signal, timeoutMs } = options;
	const isPatient = context.patience !== undefined;
	const start = async (own: AbortSignal): Promise<RefreshResult> => {
		const result = await refresh(context, credential, { timeoutMs, signal: own });
		if ('session' in result) keepSession(entry, result.session);
		return result;
	};
	const joinsHasty = isPatient && entry.refresh.isHasty;
	const result = await entry.refresh.join(signal, start, isPatient);
	const isOverLimit = 'failure' in result && result.failure.kind === 'tokenLimit';
	// Somebody had begun who cannot wait as long as this caller.
	return isOverLimit && joinsHasty ? await openSession(context, credential, options) : result;
}

/** The session once the domain that is in doubt has been asked for. */
async function confirmSession(context: RequestContext, credential: InstanceCredential, entry: SessionEntry, options: SendOptions): Promise<SessionResult> {
	await relocate(context, credential, entry, options);
	return entry.session ? { session: entry.session } : await openSession(context, credential, options);
}

/**
 * The token and the router domain to use now. Fetched if needed, once for all callers, and kept until 5 minutes
 * before the token ends.
 */
export function openSession(context: RequestContext, credential: GatewayCredential, options: SendOptions): SessionResult | Promise<SessionResult> {
	if (credential.authentication === 'appToken') return { session: credential };
	const entry = sessionEntryOf(context.state, credential);
	const { session } = entry;
	if (!session || context.clock.now() >= session.renewAtMs) return fetchSession(context, credential, entry, options);
	const isDoubtful = entry.isDomainDoubtful && credential.authentication === 'instance';
	return isDoubtful ? confirmSession(context, credential, entry, options) : { session };
}

/** Has a new session fetched before the next call: the gateway no longer takes this one's token. */
export function forgetSession({ state }: RequestContext, credential: GatewayCredential, stale: Session): void {
	if (credential.authentication === 'appToken') return;
	const entry = sessionEntryOf(state, credential);
	// Its domain may have been replaced meanwhile.
	if (entry.session?.appToken === stale.appToken) entry.session = undefined;
}

/** A new session in place of one whose token the gateway no longer takes; undefined if none can be fetched. */
export async function renewSession(
	context: RequestContext,
	credential: GatewayCredential,
	stale: Session,
	options: SendOptions,
): Promise<SessionResult | undefined> {
	if (credential.authentication === 'appToken') return undefined;
	forgetSession(context, credential, stale);
	return await openSession(context, credential, options);
}

/** The session with the account's new router domain; undefined if it is not known to have moved. */
export async function relocateSession(
	context: RequestContext,
	credential: GatewayCredential,
	stale: Session,
	options: SendOptions,
): Promise<SessionResult | undefined> {
	if (credential.authentication !== 'instance') return undefined;
	const entry = sessionEntryOf(context.state, credential);
	// Whatever token is held by now.
	const isWhereItWas = () => entry.session?.routerDomain === stale.routerDomain;
	if (isWhereItWas() && context.clock.now() >= entry.relocateNotBeforeMs) await relocate(context, credential, entry, options);
	return isWhereItWas() ? undefined : await openSession(context, credential, options);
}

/** Has the router domain asked for again before the next call: this one met something between gateway and account. */
export function doubtDomain({ state, clock }: RequestContext, credential: GatewayCredential, session: Session): void {
	if (credential.authentication !== 'instance') return;
	const entry = state.sessions.get(sessionKeyOf(credential));
	if (entry?.session?.routerDomain === session.routerDomain && clock.now() >= entry.relocateNotBeforeMs) entry.isDomainDoubtful = true;
}
