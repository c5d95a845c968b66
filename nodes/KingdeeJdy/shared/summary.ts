import type { Action } from './advice';
import type { Operation, Plan, Settings } from './operation';
import type { ItemEnded } from './outcomes';

type Ends = ReadonlyArray<ItemEnded | undefined>;

const DONE: Record<Action, string> = { save: 'saved', change: 'done', read: 'read' };

function wordFor(ended: ItemEnded, action: Action): string {
	if (ended.type === 'done') return ended.alreadySaved ? 'already saved' : DONE[action];
	const words = { rejected: 'refused', notSent: 'not sent', unknown: 'unknown' } as const;
	return words[ended.failure.outcome];
}

const ORDER = [...Object.values(DONE), 'already saved', 'refused', 'not sent', 'unknown'];

/** "97 saved, 2 already saved, 1 refused", and of reads how much came; nothing for a run of one item. */
function countsOf(ends: Ends, action: Action, came: number): string[] {
	if (ends.length < 2) return [];
	const counts = new Map<string, number>();
	for (const ended of ends) {
		if (!ended) continue;
		const word = wordFor(ended, action);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const told = ORDER.flatMap((word) => (counts.has(word) ? [`${counts.get(word)} ${word}`] : []));
	if (told.length === 0) return [];
	return [told.join(', ') + (action === 'read' ? `: ${came} items in all` : '')];
}

const MAX_NAMED = 20;

/** Tells which items an earlier run had saved with other data. */
function otherDataIn(ends: Ends): string[] {
	const items = ends.flatMap((ended, itemIndex) => (ended?.type === 'done' && ended.alreadySaved?.dataDiffers ? [itemIndex] : []));
	if (items.length === 0) return [];
	const named = `${items.slice(0, MAX_NAMED).join(', ')}${items.length > MAX_NAMED ? ', …' : ''}`;
	const which = `${items.length} of ${ends.length} items have a Deduplication Key that an earlier run saved with other data`;
	return [`${which}; they were not sent: item ${named}`];
}

const MAX_NOTICES = 3;

/** Tells what stands out in the answers of a run. */
function noticesOf<P extends Settings>({ notice }: Operation<P>, plans: ReadonlyArray<Plan<P>>, ends: Ends): string[] {
	const notices = plans.flatMap((plan) => {
		const ended = ends[plan.itemIndex];
		if (ended?.type !== 'done' || !('ready' in plan)) return [];
		return [ended.notice, notice?.(ended.envelope, plan.ready.parameters)].filter((text) => text !== undefined);
	});
	return [...new Set(notices)].slice(0, MAX_NOTICES);
}

/**
 * What a run tells beside its output, when it has ended.
 *
 * @param came output items that are no failed ones
 */
export function summaryOf<P extends Settings>(operation: Operation<P>, plans: ReadonlyArray<Plan<P>>, ends: Ends, came: number): string[] {
	return [...otherDataIn(ends), ...noticesOf(operation, plans, ends), ...countsOf(ends, operation.action, came)];
}
