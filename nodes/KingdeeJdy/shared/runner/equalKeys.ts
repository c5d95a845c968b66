import type { Plan, Ready, Settings } from '../contract/operation';
import { held } from '../contract/outcomes';

/**
 * Refuses an item whose key an earlier item of the run has with other data or for another account: it would be lost.
 *
 * @param plans of a run, in order
 */
export function refuseEqualKeys<P extends Settings>(plans: ReadonlyArray<Plan<P>>): Array<Plan<P>> {
	const firsts = new Map<string, Ready<P>>();
	return plans.map((plan) => {
		if (!('ready' in plan) || !plan.ready.unique) return plan;
		const { mark, key, digest, account } = plan.ready.unique;
		const first = firsts.get(mark);
		if (!first) firsts.set(mark, plan.ready);
		if (!first) return plan;
		const isOtherAccount = first.unique?.account !== account;
		if (!isOtherAccount && first.unique?.digest === digest) return plan;
		const { itemIndex, members, json, subject } = plan;
		const difference = isOtherAccount ? 'they go to different accounts; put the account into the key as well' : 'their data differ';
		const message = `The Deduplication Key "${key}" of item ${itemIndex} is that of item ${first.itemIndex} as well, but ${difference}`;
		return { itemIndex, members, json, subject, failure: held('input', message) };
	});
}
