import type { Memory } from '../../gateway/state';
import type { ItemFailure } from '../../shared/contract/outcomes';
import type { Desk } from './messageDeduplication';

/** What the triggers of this process remember, beside what stands in n8n's database. */
export interface Remembered {
	/** How far the clock of each gateway is ahead of the machine's, at least, in ms, as the last answer told. */
	clockOffsets: Map<string, number>;
	/** Polls under way, by `triggerKey`. */
	polling: Set<string>;
	/** Credentials that were refused, by a digest, and until when nothing more is asked with them. */
	refusals: Map<string, { failure: ItemFailure; untilMs: number }>;
	/** Messages that came to each push trigger, by `triggerKey`. */
	desks: Map<string, Desk>;
}

const all = new WeakMap<Memory, Remembered>();

/** What belongs to a memory: tests have one of their own each. */
export function rememberedIn(memory: Memory): Remembered {
	const known = all.get(memory);
	if (known) return known;
	const made: Remembered = { clockOffsets: new Map(), polling: new Set(), refusals: new Map(), desks: new Map() };
	all.set(memory, made);
	return made;
}
