import { createHash } from 'node:crypto';

import type { GatewayCredential } from '../credential/credential';
import { maskOf } from '../masking/mask';
import type { Mask } from '../masking/mask';
import type { HeldSession, Memory, Place } from '../state';
import { SingleFlight } from '../waiting/singleFlight';
import type { RenewableCredential } from './refresh';

const MAX_SESSIONS = 1000;

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

/** What names the session of a credential among all. */
export function keyOf(credential: RenewableCredential): string {
	const known = digests.get(credential);
	if (known !== undefined) return known;
	const digest = digestOf(credential);
	digests.set(credential, digest);
	return digest;
}

function newPlace(): Place {
	return { tokens: [], refresh: new SingleFlight(), relocation: new SingleFlight(), isDomainDoubtful: false, relocateNotBeforeMs: -Infinity };
}

/** Where the session of a credential is kept: that of the credential used longest ago is forgotten. */
export function placeOf({ sessions }: Memory, credential: RenewableCredential): Place {
	const key = keyOf(credential);
	const place = sessions.get(key) ?? newPlace();
	sessions.delete(key);
	sessions.set(key, place);
	for (const oldest of sessions.keys()) {
		if (sessions.size <= MAX_SESSIONS) break;
		sessions.delete(oldest);
	}
	return place;
}

const MAX_TOKENS = 3;

/** Keeps a session that has been fetched. */
export function keepSession(place: Place, session: HeldSession): void {
	place.session = session;
	place.tokens = [session.appToken, ...place.tokens].slice(0, MAX_TOKENS);
}

/** Knows the secrets of an account: those of its credential, and the tokens that were fetched with it. */
export function maskFor({ sessions }: Memory, credential: GatewayCredential): Mask {
	const { appToken, appSecret } = { appToken: undefined, appSecret: undefined, ...credential };
	const fetched = credential.authentication === 'appToken' ? [] : (sessions.get(keyOf(credential))?.tokens ?? []);
	return maskOf([credential.clientSecret, appToken, appSecret, ...fetched]);
}
