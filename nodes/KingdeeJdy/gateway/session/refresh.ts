import type { AppKeyCredential, InstanceCredential } from '../credential/credential';
import { failureOf } from '../errors/failures';
import type { Failure } from '../errors/failures';
import { SlidingWindow } from '../rateLimit/slidingWindow';
import type { Line } from '../request';
import type { HeldSession, Memory } from '../state';
import type { SendOptions } from '../types';
import { authorizeAccount, fetchToken } from './tokenApi';
import type { AppKey, Grant } from './tokenApi';
import { inTurn, turnOf } from './tokenRateLimit';
import type { Turn } from './tokenRateLimit';

/** Credentials whose tokens are fetched here. */
export type RenewableCredential = AppKeyCredential | InstanceCredential;

export type HeldResult = { session: HeldSession } | { failure: Failure };

const RENEW_BEFORE_END_MS = 5 * 60_000;
const TOKEN_CALLS_PER_MINUTE = 2;

function tokenWindow({ tokenWindows, windowMs }: Memory, credential: RenewableCredential, appKey: string, nowMs: number): SlidingWindow {
	const { gatewayOrigin, clientId } = credential;
	for (const [key, window] of tokenWindows) if (window.isIdle(nowMs)) tokenWindows.delete(key);
	const key = JSON.stringify([gatewayOrigin, clientId, appKey]);
	const window = tokenWindows.get(key) ?? new SlidingWindow(windowMs);
	tokenWindows.set(key, window);
	return window;
}

/** Fetches a token within the limit of two calls a minute, of which other processes may have taken theirs. [C] */
async function fetchInTurn(turn: Turn, credential: RenewableCredential, appKey: AppKey): Promise<{ grant: Grant } | { failure: Failure }> {
	const { line, options } = turn;
	const { clock, memory } = line;
	// Looked up anew each time: an idle one may have been forgotten meanwhile, and all have to share one.
	const window = () => tokenWindow(memory, credential, appKey.appKey, clock.now());
	return await inTurn(
		turn,
		() => window().waitMs(TOKEN_CALLS_PER_MINUTE, clock.now()),
		async () => {
			const leave = window().enter();
			try {
				return await fetchToken(line, credential, appKey, options);
			} finally {
				leave(clock.now());
			}
		},
	);
}

function held(grant: Grant, routerDomain: string | undefined, nowMs: number): HeldResult {
	const domain = routerDomain ?? grant.routerDomain;
	if (domain === undefined) {
		return { failure: failureOf('accountIncomplete', 'notSent', 'Kingdee JDY gave no router domain for this account') };
	}
	const marginMs = Math.min(RENEW_BEFORE_END_MS, grant.lifeMs / 2);
	return { session: { appToken: grant.appToken, routerDomain: domain, renewAtMs: nowMs + grant.lifeMs - marginMs } };
}

async function refreshWithAppKey(turn: Turn, credential: AppKeyCredential): Promise<HeldResult> {
	const result = await fetchInTurn(turn, credential, credential);
	return 'failure' in result ? result : held(result.grant, credential.routerDomain, turn.line.clock.now());
}

/** The app secret may rotate between the two calls, so a stale one is asked for once more. [C] */
async function refreshWithInstance(turn: Turn, credential: InstanceCredential): Promise<HeldResult> {
	const { line, options } = turn;
	const authorise = async () => await authorizeAccount(line, credential, options);
	for (let isSecondTry = false; ; isSecondTry = true) {
		const authorised = await inTurn(turn, () => 0, authorise);
		if ('failure' in authorised) return authorised;
		const result = await fetchInTurn(turn, credential, authorised.account);
		if ('grant' in result) return held(result.grant, authorised.account.routerDomain, line.clock.now());
		if (result.failure.kind !== 'appSecretStale') return result;
		if (isSecondTry) return { failure: { ...result.failure, kind: 'tokenUnavailable' } };
	}
}

/** Fetches a session anew, by the credential's own way. */
export async function refresh(line: Line, credential: RenewableCredential, options: SendOptions): Promise<HeldResult> {
	const turn = turnOf(line, options);
	return credential.authentication === 'appKey' ? await refreshWithAppKey(turn, credential) : await refreshWithInstance(turn, credential);
}
