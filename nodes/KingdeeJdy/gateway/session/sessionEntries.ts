import { createHash } from 'node:crypto';

import type { GatewayCredential } from '../credential/credential';
import { maskOf } from '../masking/mask';
import type { Mask } from '../masking/mask';
import type { CachedSession, GatewayState, SessionEntry } from '../state';
import { SingleFlight } from '../waiting/singleFlight';
import type { RenewableCredential } from './refresh';

const MAX_SESSIONS = 1000;

/**
 * A digest of every field, secrets included: a credential with a wrong secret must never meet another one's token. What is
 * read only shares the token of its account.
 */
function digestOf(credential: RenewableCredential): string {
	const fields = Object.entries(credential).filter(([name]) => name !== 'readOnly');
	return createHash('sha256').update(JSON.stringify(fields.toSorted())).digest('base64');
}

const digests = new WeakMap<RenewableCredential, string>();

/** What names the session of a credential among all. */
export function sessionKeyOf(credential: RenewableCredential): string {
	const known = digests.get(credential);
	if (known !== undefined) return known;
	const digest = digestOf(credential);
	digests.set(credential, digest);
	return digest;
}

function newEntry(): SessionEntry {
	return { tokens: [], refresh: new SingleFlight(), relocation: new SingleFlight(), isDomainDoubtful: false, relocateNotBeforeMs: -Infinity };
}

/** The cache entry of a credential's session; the least recently used one is evicted. */
export function sessionEntryOf({ sessions }: GatewayState, credential: RenewableCredential): SessionEntry {
	const key = sessionKeyOf(credential);
	const entry = sessions.get(key) ?? newEntry();
	sessions.delete(key);
	sessions.set(key, entry);
	for (const oldest of sessions.keys()) {
		if (sessions.size <= MAX_SESSIONS) break;
		sessions.delete(oldest);
	}
	return entry;
}

const MAX_TOKENS = 3;

/** Keeps a session that has been fetched. */
export function keepSession(entry: SessionEntry, session: CachedSession): void {
	entry.session = session;
	entry.tokens = [session.appToken, ...entry.tokens].slice(0, MAX_TOKENS);
}

/** Knows the secrets of an account: those of its credential, and the tokens that were fetched with it. */
export function maskFor({ sessions }: GatewayState, credential: GatewayCredential): Mask {
	const { appToken, appSecret } = { appToken: undefined, appSecret: undefined, ...credential };
	const fetched = credential.authentication === 'appToken' ? [] : (sessions.get(sessionKeyOf(credential))?.tokens ?? []);
	return maskOf([credential.clientSecret, appToken, appSecret, ...fetched]);
}
