import { stateSlot } from '../../gateway/state';
import type { ItemFailure } from '../../shared/contract/outcomes';
import type { MessageDeduplication } from './messageDeduplication';

/** What the triggers of this process remember, beside what stands in n8n's database. */
export interface Remembered {
	/** How far the clock of each gateway is ahead of the machine's, at least, in ms, by the last answer. */
	clockOffsets: Map<string, number>;
	/** Polls under way, by `triggerKey`. */
	polling: Set<string>;
	/** Credentials that were refused, by a digest, and until when nothing more is asked with them. */
	refusals: Map<string, { failure: ItemFailure; untilMs: number }>;
	/** Messages that each push trigger has received, by `triggerKey`. */
	messages: Map<string, MessageDeduplication>;
}

export const rememberedIn = stateSlot((): Remembered => ({ clockOffsets: new Map(), polling: new Set(), refusals: new Map(), messages: new Map() }));
