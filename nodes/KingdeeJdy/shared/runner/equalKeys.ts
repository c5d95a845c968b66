import type { ItemPlan, PreparedItem, Settings } from '../contract/operation';
import { localFailure } from '../contract/outcomes';

/**
 * Refuses an item whose key an earlier item of the run has with other data or for another account: it would be lost.
 *
 * @param plans of a run, in order
 */
export function refuseEqualKeys<P extends Settings>(plans: ReadonlyArray<ItemPlan<P>>): Array<ItemPlan<P>> {
	const firsts = new Map<string, PreparedItem<P>>();
	return plans.map((plan) => {
		if (!('prepared' in plan) || !plan.prepared.deduplication) return plan;
		const { mark, key, digest, account } = plan.prepared.deduplication;
		const first = firsts.get(mark);
		if (!first) firsts.set(mark, plan.prepared);
		if (!first) return plan;
		const isOtherAccount = first.deduplication?.account !== account;
		if (!isOtherAccount && first.deduplication?.digest === digest) return plan;
		const { itemIndex, members, json, subject } = plan;
		const difference = isOtherAccount ? 'they go to different accounts; put the account into the key as well' : 'their data differ';
		const message = `The Deduplication Key "${key}" of item ${itemIndex} is that of item ${first.itemIndex} as well, but ${difference}`;
		return { itemIndex, members, json, subject, failure: localFailure('input', message) };
	});
}
