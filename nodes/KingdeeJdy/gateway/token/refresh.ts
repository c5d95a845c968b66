import type { AppKeyCredential, InstanceCredential } from '../credential';
import type { Line } from '../exchange';
import { failureOf, whyAborted } from '../failures';
import type { Failure } from '../failures';
import type { HeldSession, Memory } from '../memory';
import { SlidingWindow } from '../slidingWindow';
import { pause } from '../transport/timing';
import type { SendOptions } from '../types';
import { authorizeAccount, fetchToken } from './management';
import type { AppKey, Grant } from './management';

/** Credentials whose tokens are fetched here. */
export type RenewableCredential = AppKeyCredential | InstanceCredential;

export type HeldResult = { session: HeldSession } | { failure: Failure };

const MINUTE_MS = 60_000;
const RENEW_BEFORE_END_MS = 5 * MINUTE_MS;
const TOKEN_CALLS_PER_MINUTE = 2;

function tokenWindow({ tokenWindows }: Memory, credential: RenewableCredential, appKey: string, nowMs: number): SlidingWindow {
	const { gatewayOrigin, clientId } = credential;
	for (const [key, window] of tokenWindows) if (window.isIdle(nowMs)) tokenWindows.delete(key);
	const key = JSON.stringify([gatewayOrigin, clientId, appKey]);
	const window = tokenWindows.get(key) ?? new SlidingWindow(MINUTE_MS);
	tokenWindows.set(key, window);
	return window;
}

/** Fetches a token within the limit of two calls a minute: waits for its turn, but not longer than the timeout. [C] */
async function fetchInTurn(
	line: Line,
	credential: RenewableCredential,
	appKey: AppKey,
	options: SendOptions,
): Promise<{ grant: Grant } | { failure: Failure }> {
	const { clock, memory } = line;
	const { signal, timeoutMs } = options;
	const deadlineMs = clock.now() + timeoutMs;
	const window = tokenWindow(memory, credential, appKey.appKey, clock.now());
	const waitMs = () => window.waitMs(TOKEN_CALLS_PER_MINUTE, clock.now());
	for (let ms = waitMs(); ms > 0; ms = waitMs()) {
		if (clock.now() + ms > deadlineMs) {
			const message = `Kingdee JDY allows two token calls a minute, and the next one is possible in ${Math.ceil(ms / 1000)} s`;
			return { failure: failureOf('tokenLimit', 'notSent', message) };
		}
		await pause(ms, signal);
		if (signal?.aborted) return { failure: whyAborted(signal) };
	}
	const leave = window.enter();
	try {
		return await fetchToken(line, credential, appKey, options);
	} finally {
		leave(clock.now());
	}
}

function held(grant: Grant, routerDomain: string | undefined, nowMs: number): HeldResult {
	const domain = routerDomain ?? grant.routerDomain;
	if (domain === undefined) {
		return { failure: failureOf('accountIncomplete', 'notSent', 'Kingdee JDY gave no router domain for this account') };
	}
	const marginMs = Math.min(RENEW_BEFORE_END_MS, grant.lifeMs / 2);
	return { session: { appToken: grant.appToken, routerDomain: domain, renewAtMs: nowMs + grant.lifeMs - marginMs } };
}

async function refreshWithAppKey(line: Line, credential: AppKeyCredential, options: SendOptions): Promise<HeldResult> {
	const result = await fetchInTurn(line, credential, credential, options);
	return 'failure' in result ? result : held(result.grant, credential.routerDomain, line.clock.now());
}

/** The app secret may rotate between the two calls, so a stale one is asked for once more. [C] */
async function refreshWithInstance(line: Line, credential: InstanceCredential, options: SendOptions): Promise<HeldResult> {
	for (let isSecondTry = false; ; isSecondTry = true) {
		const authorised = await authorizeAccount(line, credential, options);
		if ('failure' in authorised) return authorised;
		const result = await fetchInTurn(line, credential, authorised.account, options);
		if ('grant' in result) return held(result.grant, authorised.account.routerDomain, line.clock.now());
		if (result.failure.kind !== 'appSecretStale') return result;
		if (isSecondTry) return { failure: { ...result.failure, kind: 'tokenUnavailable' } };
	}
}

/** Fetches a session anew, by the credential's own way. */
export async function refresh(line: Line, credential: RenewableCredential, options: SendOptions): Promise<HeldResult> {
	return credential.authentication === 'appKey'
		? await refreshWithAppKey(line, credential, options)
		: await refreshWithInstance(line, credential, options);
}
