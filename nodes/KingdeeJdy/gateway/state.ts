import type { Failure } from './errors/failures';
import { MINUTE_MS } from './rateLimit/rateLimiter';
import type { AccountRateLimiter } from './rateLimit/rateLimiter';
import type { SlidingWindow } from './rateLimit/slidingWindow';
import type { Session } from './types';
import type { SingleFlight } from './waiting/singleFlight';

/** A session and when to fetch another one, in epoch ms. */
export interface CachedSession extends Session {
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
	/** The accounts of instances as they were told, without secrets, by a digest of the instance, asked longest ago first. */
	accountRows: Map<string, Array<Record<string, unknown>>>;
	/** The calls of each account. */
	rateLimiters: Map<string, AccountRateLimiter>;
	/** The token calls of the last minute, by gateway, client id and app key. */
	tokenWindows: Map<string, SlidingWindow>;
	/** How far each gateway's clock is ahead of the machine's, in ms, where one has complained. */
	clockOffsets: Map<string, number>;
	/** Until when the direct way is known not to lead to a gateway from this machine, in epoch ms. */
	directClosedUntilMs: Map<string, number>;
	/** Gateways that have answered on the direct way. */
	directAnswered: Set<string>;
	/** The shortest pause between two writes of keys to one row of n8n's database, in ms. */
	markPauseMs: number;
	/** What one run holds and no other may take meanwhile. */
	keyLocks: Map<string, Claim>;
	/** The runs under way at each store of keys. */
	concurrentRuns: Map<string, Set<ConcurrentRun>>;
	/** The accounts and paths whose answers say nothing of single IDs where a call has several. */
	silentCalls: Set<string>;
	/** When to look for what a call without a clear answer has done, in ms after it ended. Here because tests have no time to wait. */
	lookUpTimesMs: readonly number[];
}

/** A run that asks for keys: those that it left unknown itself, and the runs that were under way at the same time. */
export interface ConcurrentRun {
	leftUnknown: Set<string>;
	beside: Set<ConcurrentRun>;
}

/** Held by one run; `wanted` is called when another one waits for it. */
interface Claim {
	released: Promise<void>;
	wanted: () => void;
}

/** What is sent may come to the books after its call has ended [?]. */
const LOOK_UP_TIMES_MS = [0, 5_000, 15_000, 30_000];

/** n8n reads and writes its row in less than this while nothing is slow. */
const MARK_PAUSE_MS = 10;

export function createState(windowMs = MINUTE_MS): GatewayState {
	return {
		windowMs,
		sessions: new Map(),
		accountRows: new Map(),
		rateLimiters: new Map(),
		tokenWindows: new Map(),
		clockOffsets: new Map(),
		directClosedUntilMs: new Map(),
		directAnswered: new Set(),
		markPauseMs: MARK_PAUSE_MS,
		keyLocks: new Map(),
		concurrentRuns: new Map(),
		silentCalls: new Set(),
		lookUpTimesMs: LOOK_UP_TIMES_MS,
	};
}

/** The state of this process, shared by all nodes and the credential of the package. */
export const processState = createState();
