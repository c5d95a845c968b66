import type { Action } from './advice';
import type { ItemEnded } from './outcomes';

const DONE: Record<Action, string> = { save: 'saved', change: 'done', read: 'read' };

function wordFor(ended: ItemEnded, action: Action): string {
	if (ended.type === 'done') return ended.envelope.alreadySaved ? 'already saved' : DONE[action];
	const words = { rejected: 'refused', notSent: 'not sent', unknown: 'unknown' } as const;
	return words[ended.failure.outcome];
}

const ORDER = [...Object.values(DONE), 'already saved', 'refused', 'not sent', 'unknown'];

/** "97 saved, 2 already saved, 1 refused"; undefined for a run of one item. */
export function summaryOf(ends: ReadonlyArray<ItemEnded | undefined>, action: Action): string | undefined {
	if (ends.length < 2) return undefined;
	const counts = new Map<string, number>();
	for (const ended of ends) {
		if (!ended) continue;
		const word = wordFor(ended, action);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const told = ORDER.flatMap((word) => (counts.has(word) ? [`${counts.get(word)} ${word}`] : []));
	return told.length === 0 ? undefined : told.join(', ');
}
