import type { Ended, Failure, FailureKind } from '../gateway/failures';
import { failureOf } from '../gateway/failures';

/** Why an item did not go out, as far as this package is the reason. */
export type HeldKind = 'input' | 'credential' | 'stopped' | 'keyStore' | 'unknownEarlier' | 'internal';

export type ItemFailure = Failure<FailureKind | HeldKind>;

/** How an item ended. */
export type ItemEnded = Ended<FailureKind | HeldKind>;

/** The failure of an item that was held back here; `unknown` where it may have been done before. */
export function held(kind: HeldKind, message: string, outcome: 'notSent' | 'unknown' = 'notSent'): ItemFailure {
	return failureOf(kind, outcome, message);
}

/** What a thrown value says; anything can be thrown, also what has no text. */
export function textOf(error: unknown): string {
	try {
		return error instanceof Error ? String(error.message) : String(error);
	} catch {
		return 'what was thrown has no text';
	}
}
