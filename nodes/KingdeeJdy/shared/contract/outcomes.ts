import { failureOf } from '../../gateway/errors/failures';
import type { Failure, FailureOutcome } from '../../gateway/errors/failures';
import type { FailureKind } from '../../gateway/errors/kinds';
import type { Envelope } from '../../gateway/types';
import type { LocalFailureKind, UnusableAnswerKind } from './kinds';

/** One of several things that an item asked for, and how it ended. */
export interface Part {
	id: string;
	outcome: FailureOutcome | 'done';
	message?: string;
}

/** What looking for a document in JDY has brought that settles nothing. */
type LookedUpFor = { foundIds: string[]; differing?: readonly string[] } | { unread: string };

/**
 * `parts` if an item asked for several things, or for one among those of other items; `items` are the indexes of all input
 * items that share this outcome, if several make one document; `advice` if JDY's own words say more than its code.
 */
export type ItemFailure = Failure<FailureKind | LocalFailureKind | UnusableAnswerKind> & {
	parts?: readonly Part[];
	items?: readonly number[];
	lookedUp?: LookedUpFor;
	advice?: string;
	/** What else is to be said of the items of the run. */
	hints?: readonly string[];
};

/** A document that stood in JDY before and was not sent. */
interface AlreadySaved {
	/** Whether other data were saved then. */
	dataDiffers: boolean;
}

/** What this package knows of an item that was done, beside the answer of JDY: nothing in an answer can be taken for it. */
export interface DoneFacts {
	alreadySaved?: AlreadySaved;
	/** Set if the document was found in JDY: its ID there, as far as the row shows it. */
	lookedUp?: { id: string | null };
	/** The key by which it was known, or found. */
	deduplicationKey?: string;
	/** What Create or Update did. */
	action?: 'created' | 'updated';
	/** How many rows of a list there are in all, as far as JDY tells it. */
	total?: number;
	/** What the user should know of what came. */
	notice?: string;
	/** Of several things that were read for one item, those that could not be, by their place in its output. */
	failures?: ReadonlyMap<number, ItemFailure>;
}

/** An item that was done. If it took several calls, the envelope holds what they answered together; `isAgain` as in `CallResult`. */
export type ItemDone = { type: 'done'; envelope: Envelope; isAgain?: boolean } & DoneFacts;

export type ItemResult = ItemDone | { type: 'failed'; failure: ItemFailure };

/** The failure of an item that was held back here; `unknown` if it may have been done before. */
export function localFailure(kind: LocalFailureKind, message: string, outcome: FailureOutcome = 'notSent'): ItemFailure {
	return failureOf(kind, outcome, message);
}

/** An answer that says success and yet is none. */
export function unusableAnswer(kind: UnusableAnswerKind, message: string, outcome: FailureOutcome = 'rejected'): ItemFailure {
	return failureOf(kind, outcome, message);
}

/** A read changes nothing: whatever became of its answer, nothing was done, and it may be sent again. */
export function asRead(ended: ItemResult): ItemResult {
	if (ended.type === 'done' || ended.failure.outcome !== 'unknown') return ended;
	return { type: 'failed', failure: { ...ended.failure, outcome: 'rejected' } };
}

/** What a thrown value says; anything can be thrown, also what has no text. */
export function errorText(error: unknown): string {
	try {
		return error instanceof Error ? String(error.message) : String(error);
	} catch {
		return 'what was thrown has no text';
	}
}

const SEVERITY: readonly string[] = ['unknown', 'rejected', 'notSent'] satisfies FailureOutcome[];

/** The first of those with the worst outcome; undefined if all are done. */
export function worstOf<T extends { outcome: string }>(all: readonly T[]): T | undefined {
	return SEVERITY.flatMap((outcome) => all.find((one) => one.outcome === outcome) ?? [])[0];
}
