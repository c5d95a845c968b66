import type { GatewayCredential } from './credential';
import { readAnswer } from './envelope';
import { exchange, signedRequest } from './exchange';
import type { Door } from './exchange';
import type { Failure, Outcome } from './failures';
import { doubtDomain, heldSession, openSession, relocateSession, renewSession } from './session';
import type { SendOptions, WireRequest } from './types';

/** One account behind one gateway, and the way to it. */
export interface Gateway {
	credential: GatewayCredential;
	door: Door;
}

/** What can be put right after a refusal, so that the same document may go out once more. */
type Remedy = 'token' | 'router';

function remedyFor({ kind, outcome }: Failure): Remedy | undefined {
	if (outcome !== 'rejected') return undefined;
	if (kind === 'tokenInvalid' || kind === 'tokenExpired') return 'token';
	return kind === 'router' ? 'router' : undefined;
}

const BAD_GATEWAY = 502;

/**
 * Posts one body with the session of the credential, and says how it ended.
 *
 * Sent again only after a refusal that surely saved nothing and whose cause could be put right: a token that had ended,
 * an account that had moved; each once.
 */
export async function post({ credential, door }: Gateway, path: string, body: string, options: SendOptions): Promise<Outcome> {
	const tried = new Set<Remedy>();
	let result = await openSession(door, credential, options);
	for (;;) {
		if ('failure' in result) return { type: 'failed', failure: result.failure };
		const { session } = result;
		const exchanged = await exchange(door, credential, { method: 'POST', path, query: '', body }, options, { session });
		if ('failure' in exchanged) return { type: 'failed', failure: exchanged.failure };
		const outcome = readAnswer(exchanged.answer, exchanged.mask);
		if (outcome.type === 'saved') return outcome;
		if (outcome.failure.status === BAD_GATEWAY) doubtDomain(credential, session, door.clock.now());
		const remedy = remedyFor(outcome.failure);
		if (remedy === undefined || tried.has(remedy)) return outcome;
		tried.add(remedy);
		const remedied = await (remedy === 'token' ? renewSession : relocateSession)(door, credential, session, options);
		if (remedied === undefined) return outcome;
		result = remedied;
	}
}

const MASK = '***';
const NOT_YET = '(fetched at run time)';

/** The request that a body would make, fit to be shown: secrets and signature masked, nothing fetched, nothing sent. */
export function preview({ credential, door }: Gateway, path: string, body: string): WireRequest {
	const session = heldSession(credential, door.clock.now());
	const known = 'routerDomain' in credential ? credential.routerDomain : NOT_YET;
	const shown = { appToken: session ? MASK : NOT_YET, routerDomain: session?.routerDomain ?? known };
	const request = signedRequest(credential, { method: 'POST', path, query: '', body }, door.clock, shown);
	return { ...request, headers: { ...request.headers, 'X-Api-Signature': MASK } };
}
