import type { AppKeyCredential, InstanceCredential } from '../credential/credential';
import { failureOf } from '../errors/failures';
import type { Failure } from '../errors/failures';
import { SlidingWindow } from '../rateLimit/slidingWindow';
import type { RequestContext } from '../request';
import type { CachedSession, GatewayState } from '../state';
import type { SendOptions } from '../types';
import { authorizeAccount, fetchToken } from './tokenApi';
import type { AppKey, Grant } from './tokenApi';
import { tokenRateLimitFor, withinTokenLimit } from './tokenRateLimit';
import type { TokenRateLimit } from './tokenRateLimit';

/** Credentials whose tokens are fetched here. */
export type RenewableCredential = AppKeyCredential | InstanceCredential;

export type RefreshResult = { session: CachedSession } | { failure: Failure };

const RENEW_BEFORE_END_MS = 5 * 60_000;
const TOKEN_CALLS_PER_MINUTE = 2;

function tokenWindow({ tokenWindows, windowMs }: GatewayState, credential: RenewableCredential, appKey: string, nowMs: number): SlidingWindow {
	const { gatewayOrigin, clientId } = credential;
	for (const [key, window] of tokenWindows) if (window.isIdle(nowMs)) tokenWindows.delete(key);
	const key = JSON.stringify([gatewayOrigin, clientId, appKey]);
	const window = tokenWindows.get(key) ?? new SlidingWindow(windowMs);
	tokenWindows.set(key, window);
	return window;
}

/** Fetches a token within the limit of two calls a minute, of which other processes may have taken theirs. [C] */
async function fetchInTurn(limit: TokenRateLimit, credential: RenewableCredential, appKey: AppKey): Promise<{ grant: Grant } | { failure: Failure }> {
	const { context, options } = limit;
	const { clock, state } = context;
	// Looked up anew each time: an idle one may have been forgotten meanwhile, and all have to share one.
	const window = () => tokenWindow(state, credential, appKey.appKey, clock.now());
	return await withinTokenLimit(
		limit,
		() => window().waitMs(TOKEN_CALLS_PER_MINUTE, clock.now()),
		async () => {
			const release = window().acquire();
			try {
				return await fetchToken(context, credential, appKey, options);
			} finally {
				release(clock.now());
			}
		},
	);
}

function held(grant: Grant, routerDomain: string | undefined, nowMs: number): RefreshResult {
	const domain = routerDomain ?? grant.routerDomain;
	if (domain === undefined) {
		return { failure: failureOf('accountIncomplete', 'notSent', 'Kingdee JDY gave no router domain for this account') };
	}
	const marginMs = Math.min(RENEW_BEFORE_END_MS, grant.lifeMs / 2);
	return { session: { appToken: grant.appToken, routerDomain: domain, fetchedAtMs: nowMs, renewAtMs: nowMs + grant.lifeMs - marginMs } };
}

async function refreshWithAppKey(limit: TokenRateLimit, credential: AppKeyCredential): Promise<RefreshResult> {
	const result = await fetchInTurn(limit, credential, credential);
	return 'failure' in result ? result : held(result.grant, credential.routerDomain, limit.context.clock.now());
}

/** The app secret may rotate between the two calls, so a stale one is asked for once more. [C] */
async function refreshWithInstance(limit: TokenRateLimit, credential: InstanceCredential): Promise<RefreshResult> {
	const { context, options } = limit;
	const authorise = async () => await authorizeAccount(context, credential, options);
	for (let isSecondTry = false; ; isSecondTry = true) {
		const authorised = await withinTokenLimit(limit, () => 0, authorise);
		if ('failure' in authorised) return authorised;
		const result = await fetchInTurn(limit, credential, authorised.account);
		if ('grant' in result) return held(result.grant, authorised.account.routerDomain, context.clock.now());
		if (result.failure.kind !== 'appSecretStale') return result;
		if (isSecondTry) return { failure: { ...result.failure, kind: 'tokenUnavailable' } };
	}
}

/** Fetches a session anew, by the credential's own way. */
export async function refresh(context: RequestContext, credential: RenewableCredential, options: SendOptions): Promise<RefreshResult> {
	const limit = tokenRateLimitFor(context, options);
	return credential.authentication === 'appKey' ? await refreshWithAppKey(limit, credential) : await refreshWithInstance(limit, credential);
}
