import type { GatewayState } from '../../gateway/state';
import type { ItemFailure } from '../../shared/contract/outcomes';
import type { MessageDeduplication } from './messageDeduplication';

/** What the triggers of this process remember, beside what stands in n8n's database. */
export interface Remembered {
	/** How far the clock of each gateway is ahead of the machine's, at least, in ms, as the last answer told. */
	clockOffsets: Map<string, number>;
	/** Polls under way, by `triggerKey`. */
	polling: Set<string>;
	/** Credentials that were refused, by a digest, and until when nothing more is asked with them. */
	refusals: Map<string, { failure: ItemFailure; untilMs: number }>;
	/** Messages that came to each push trigger, by `triggerKey`. */
	messages: Map<string, MessageDeduplication>;
}

const all = new WeakMap<GatewayState, Remembered>();

/** What belongs to a state of the gateway: tests have one of their own each. */
export function rememberedIn(state: GatewayState): Remembered {
	const known = all.get(state);
	if (known) return known;
	const made: Remembered = { clockOffsets: new Map(), polling: new Set(), refusals: new Map(), messages: new Map() };
	all.set(state, made);
	return made;
}
