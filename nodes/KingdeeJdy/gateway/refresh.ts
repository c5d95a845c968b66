import { sleep } from 'n8n-workflow';

import type { AppKeyCredential, InstanceCredential } from './credential';
import type { Door } from './exchange';
import { notSent } from './failures';
import type { Failure } from './failures';
import { authorizeAccount, fetchToken } from './management';
import type { AppKey, Grant } from './management';
import { SlidingWindow } from './pace';
import type { SendOptions, Session } from './types';

/** Credentials whose tokens are fetched here. */
export type RenewableCredential = AppKeyCredential | InstanceCredential;

export interface HeldSession extends Session {
	renewAtMs: number;
}

export type HeldResult = { session: HeldSession } | { failure: Failure };

const MINUTE_MS = 60_000;
const RENEW_BEFORE_END_MS = 5 * MINUTE_MS;
const TOKEN_CALLS_PER_MINUTE = 2;

/** The token calls of the last minute, by gateway, client id and app key. */
const tokenWindows = new Map<string, SlidingWindow>();

function tokenWindow({ gatewayOrigin, clientId }: RenewableCredential, appKey: string, nowMs: number): SlidingWindow {
	for (const [key, window] of tokenWindows) if (window.isIdle(nowMs)) tokenWindows.delete(key);
	const key = JSON.stringify([gatewayOrigin, clientId, appKey]);
	const window = tokenWindows.get(key) ?? new SlidingWindow(MINUTE_MS);
	tokenWindows.set(key, window);
	return window;
}

/** Fetches a token within the limit of two calls a minute: waits for its turn, but not longer than the timeout. [C] */
async function fetchInTurn(door: Door, credential: RenewableCredential, appKey: AppKey, options: SendOptions): Promise<{ grant: Grant } | { failure: Failure }> {
	const { clock } = door;
	const deadlineMs = clock.now() + options.timeoutMs;
	const window = tokenWindow(credential, appKey.appKey, clock.now());
	for (let waitMs = window.waitMs(TOKEN_CALLS_PER_MINUTE, clock.now()); waitMs > 0; waitMs = window.waitMs(TOKEN_CALLS_PER_MINUTE, clock.now())) {
		if (clock.now() + waitMs > deadlineMs) {
			const seconds = Math.ceil(waitMs / 1000);
			return { failure: notSent('tokenLimit', `Kingdee JDY allows two token calls a minute, and the next one is possible in ${seconds} s`) };
		}
		await sleep(waitMs);
	}
	const leave = window.enter();
	try {
		return await fetchToken(door, credential, appKey, options);
	} finally {
		leave(clock.now());
	}
}

function held(grant: Grant, routerDomain: string | undefined, nowMs: number): HeldResult {
	const domain = routerDomain ?? grant.routerDomain;
	if (domain === undefined) return { failure: notSent('accountIncomplete', 'Kingdee JDY told no router domain for this account') };
	const marginMs = Math.min(RENEW_BEFORE_END_MS, grant.lifeMs / 2);
	return { session: { appToken: grant.appToken, routerDomain: domain, renewAtMs: nowMs + grant.lifeMs - marginMs } };
}

async function refreshWithAppKey(door: Door, credential: AppKeyCredential, options: SendOptions): Promise<HeldResult> {
	const result = await fetchInTurn(door, credential, credential, options);
	return 'failure' in result ? result : held(result.grant, credential.routerDomain, door.clock.now());
}

/** The app secret may rotate between the two calls, so a stale one is asked for once more. [C] */
async function refreshWithInstance(door: Door, credential: InstanceCredential, options: SendOptions): Promise<HeldResult> {
	for (let isSecondTry = false; ; isSecondTry = true) {
		const authorised = await authorizeAccount(door, credential, options);
		if ('failure' in authorised) return authorised;
		const result = await fetchInTurn(door, credential, authorised.account, options);
		if ('grant' in result) return held(result.grant, authorised.account.routerDomain, door.clock.now());
		if (result.failure.kind !== 'appSecretStale') return result;
		if (isSecondTry) return { failure: { ...result.failure, kind: 'tokenUnavailable' } };
	}
}

/** Fetches a session anew, by the credential's own way. */
export async function refresh(door: Door, credential: RenewableCredential, options: SendOptions): Promise<HeldResult> {
	return credential.authentication === 'appKey'
		? await refreshWithAppKey(door, credential, options)
		: await refreshWithInstance(door, credential, options);
}
