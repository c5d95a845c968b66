import type { Failure } from './errors/failures';
import { MINUTE_MS } from './rateLimit/rateLimiter';
import type { AccountRateLimiter } from './rateLimit/rateLimiter';
import type { SlidingWindow } from './rateLimit/slidingWindow';
import type { Session } from './types';
import type { SingleFlight } from './waiting/singleFlight';

/** A session and when to fetch another one, in epoch ms. */
export interface CachedSession extends Session {
	fetchedAtMs: number;
	renewAtMs: number;
}

/** What is known about the session of one credential. Its two jobs may run at the same time: neither waits for the other. */
export interface SessionEntry {
	session?: CachedSession | undefined;
	/** The newest tokens that were fetched, ended ones too: an error may still name them. */
	tokens: string[];
	/** Fetches a new session. */
	refresh: SingleFlight<{ session: CachedSession } | { failure: Failure }>;
	/** Asks for the router domain, and puts a new one into the session. */
	relocation: SingleFlight<undefined>;
	/** Set when a call without a clear answer hints that the account has moved. */
	isDomainDoubtful: boolean;
	/** Asking for the router domain brought nothing new; not worth asking again before this time, in epoch ms. */
	relocateNotBeforeMs: number;
}

/** Everything that the process remembers between calls. Nothing here outlives the process. */
export interface GatewayState {
	/** The time in which the gateway counts calls: a minute, but for tests. */
	windowMs: number;
	/** Sessions by a digest of their credential, least recently used first. */
	sessions: Map<string, SessionEntry>;
	/** The accounts of instances as they were listed, without secrets, by a digest of the instance, asked longest ago first. */
	accountRows: Map<string, Array<Record<string, unknown>>>;
	/** The calls of each account. */
	rateLimiters: Map<string, AccountRateLimiter>;
	/** The token calls of the last minute, by gateway, client id and app key. */
	tokenWindows: Map<string, SlidingWindow>;
	/** How far each gateway's clock is ahead of the machine's, in ms, if it has refused a timestamp. */
	clockOffsets: Map<string, number>;
	/** How far each gateway's clock is ahead of the machine's by the `Date` of its last answer, in ms: up to a second too little. */
	dateOffsets: Map<string, number>;
	/** Until when the direct way is known not to lead to a gateway from this machine, in epoch ms. */
	directClosedUntilMs: Map<string, number>;
	/** Gateways that have answered on the direct way. */
	directAnswered: Set<string>;
}

export function createState(windowMs = MINUTE_MS): GatewayState {
	return {
		windowMs,
		sessions: new Map(),
		accountRows: new Map(),
		rateLimiters: new Map(),
		tokenWindows: new Map(),
		clockOffsets: new Map(),
		dateOffsets: new Map(),
		directClosedUntilMs: new Map(),
		directAnswered: new Set(),
	};
}

/** The state of this process, shared by all nodes and the credential of the package. */
export const processState = createState();

/**
 * State of a room above this one, which the gateway knows nothing of.
 *
 * @param create makes it when it is first asked for: once in a process, and once for each state that a test makes
 */
export function stateSlot<T extends object>(create: () => T): (state: GatewayState) => T {
	const slots = new WeakMap<GatewayState, T>();
	return (state) => {
		const slot = slots.get(state) ?? create();
		slots.set(state, slot);
		return slot;
	};
}
