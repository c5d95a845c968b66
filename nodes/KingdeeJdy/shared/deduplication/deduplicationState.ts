import { stateSlot } from '../../gateway/state';

/** A run that asks for keys: those that it left unknown itself, and the runs that were under way at the same time. */
export interface ConcurrentRun {
	leftUnknown: Set<string>;
	beside: Set<ConcurrentRun>;
}

/** A key that one run holds; `wanted` is called when another one waits for it. */
interface KeyLock {
	released: Promise<void>;
	wanted: () => void;
}

/** What a process knows of the keys that its runs ask for. */
interface DeduplicationState {
	/** By the store and the key: no other run may send it meanwhile. */
	keyLocks: Map<string, KeyLock>;
	/** The runs under way at each store. */
	concurrentRuns: Map<string, Set<ConcurrentRun>>;
	/** The shortest pause between two writes to one row of n8n's database, in ms; one process alone, as in a test, needs none. */
	markPauseMs: number;
}

/** n8n reads and writes its row in less than this while nothing is slow. */
const MARK_PAUSE_MS = 10;

export const deduplicationState = stateSlot((): DeduplicationState => ({ keyLocks: new Map(), concurrentRuns: new Map(), markPauseMs: MARK_PAUSE_MS }));
