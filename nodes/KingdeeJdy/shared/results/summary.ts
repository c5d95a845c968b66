import type { Action } from '../contract/action';
import type { ItemPlan, Operation, Settings } from '../contract/operation';
import type { ItemResult } from '../contract/outcomes';
import { indexesOf } from './itemOutput';

/** By the index of the first item of each plan. */
type Ends = ReadonlyArray<ItemResult | undefined>;

/** How many documents, or other things, a run has sent for how many input items, and how many output items there are. */
interface Run {
	documents: number;
	items: number;
	came: number;
}

const DONE: Record<Action, string> = { save: 'saved', change: 'done', read: 'read' };

function wordFor(ended: ItemResult, action: Action): string {
	if (ended.type === 'done') return ended.alreadySaved ? 'already saved' : DONE[action];
	const words = { rejected: 'refused', notSent: 'not sent', unknown: 'unknown' } as const;
	return words[ended.failure.outcome];
}

const ORDER = [...Object.values(DONE), 'already saved', 'refused', 'not sent', 'unknown'];

/** What was counted, if not one for each input item: rows that were returned, or documents that several items make. */
function countedOf(action: Action, { documents, items, came }: Run): string {
	if (action === 'read') return `: ${came} items in all`;
	return documents === items ? '' : `: ${documents} document${documents === 1 ? '' : 's'} of ${items} items`;
}

/** "97 saved, 2 already saved, 1 refused", and of what; nothing for a run of one item. */
function countsOf(results: Ends, action: Action, run: Run): string[] {
	if (results.length < 2) return [];
	const counts = new Map<string, number>();
	for (const ended of results) {
		if (!ended) continue;
		const word = wordFor(ended, action);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const told = ORDER.flatMap((word) => (counts.has(word) ? [`${counts.get(word)} ${word}`] : []));
	if (told.length === 0) return [];
	return [told.join(', ') + countedOf(action, run)];
}

const MAX_NAMED = 20;

/** Tells which items an earlier run had saved with other data. */
function otherDataIn<P extends Settings>(plans: ReadonlyArray<ItemPlan<P>>, results: Ends): string[] {
	const items = plans.flatMap((plan) => {
		const ended = results[plan.itemIndex];
		return ended?.type === 'done' && ended.alreadySaved?.dataDiffers ? indexesOf(plan) : [];
	});
	items.sort((one, other) => one - other);
	if (items.length === 0) return [];
	const named = `${items.slice(0, MAX_NAMED).join(', ')}${items.length > MAX_NAMED ? ', …' : ''}`;
	const which = `${items.length} of ${results.length} items have a Deduplication Key that an earlier run saved with other data`;
	return [`${which}; they were not sent: item ${named}`];
}

const MAX_NOTICES = 3;

/** Reports what is remarkable in the answers of a run. */
function noticesOf<P extends Settings>({ notice }: Operation<P>, plans: ReadonlyArray<ItemPlan<P>>, results: Ends): string[] {
	const notices = plans.flatMap((plan) => {
		const ended = results[plan.itemIndex];
		if (ended?.type !== 'done' || !('prepared' in plan)) return [];
		return [ended.notice, notice?.(ended.envelope, plan.prepared.parameters)].filter((text) => text !== undefined);
	});
	return [...new Set(notices)].slice(0, MAX_NOTICES);
}

/** Names the items whose read found nothing: behind them rows are missing that the next node may count on. */
function emptyHint(whenNothing: string | undefined, empty: readonly number[], items: number): string[] {
	if (empty.length === 0 || whenNothing === undefined) return [];
	return [`${empty.length} of ${items} input items found nothing and ${empty.length === 1 ? 'has' : 'have'} no output item (${whenNothing}): item ${empty.slice(0, MAX_NAMED).join(', ')}${empty.length > MAX_NAMED ? ', …' : ''}`];
}

/**
 * What a run reports beside its output, when it has ended.
 *
 * @param came output items that are no failed ones
 * @param empty input items without any output
 */
export function summaryOf<P extends Settings>(operation: Operation<P>, plans: ReadonlyArray<ItemPlan<P>>, results: Ends, came: number, empty: readonly number[]): string[] {
	const run = { documents: plans.length, items: results.length, came };
	return [...otherDataIn(plans, results), ...noticesOf(operation, plans, results), ...emptyHint(operation.whenNothing, empty, results.length), ...countsOf(results, operation.action, run)];
}
