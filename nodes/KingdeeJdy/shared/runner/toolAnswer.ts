import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ItemPlan, Operation, Settings } from '../contract/operation';
import type { ItemResult } from '../contract/outcomes';
import { hintsOf } from '../results/executionHints';
import { pairedWith } from '../results/itemOutput';
import type { OutputItem } from '../results/itemOutput';

/** `hasMore` where there are more rows than a limit let through, or may be. */
function listJson(rows: IDataObject[], limit: number | undefined, known: number | undefined, hints: string[]): IDataObject {
	const isCut = limit !== undefined && rows.length >= limit;
	const total = known ?? (isCut ? null : rows.length);
	return { rows, total, hasMore: isCut && (total === null || total > rows.length), hints };
}

/**
 * The output of a run as a model reads it: a list is one item, with the number of all rows and with the hints, which a model
 * sees nowhere else. Of anything else the first item has the hints, if there are any.
 *
 * @param results by the index of the first item of each plan
 */
export function answersForModel<P extends Settings>(
	context: IExecuteFunctions,
	{ rowLimit }: Operation<P>,
	plans: ReadonlyArray<ItemPlan<P>>,
	results: ReadonlyArray<ItemResult | undefined>,
	shown: readonly OutputItem[],
): INodeExecutionData[] {
	const hints = hintsOf(context);
	if (!rowLimit) {
		return shown.map(({ item }, index) => (index > 0 || hints.length === 0 ? item : { ...item, json: { ...item.json, hints } }));
	}
	return plans.flatMap((plan): INodeExecutionData[] => {
		const items = shown.flatMap(({ input, item }) => (input.itemIndex === plan.itemIndex ? [item] : []));
		const ended = results[plan.itemIndex];
		if (ended?.type !== 'done' || !('prepared' in plan)) return items;
		const json = listJson(items.map((item) => item.json), rowLimit(plan.prepared.parameters), ended.total, hints);
		return [{ json, pairedItem: pairedWith(plan) }];
	});
}
