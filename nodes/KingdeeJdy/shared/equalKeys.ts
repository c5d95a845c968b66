import { held } from './outcomes';
import type { Plan, Ready, Settings } from './plan';

/**
 * Refuses an item whose key an earlier item of the run has with other data: one of the two would be lost.
 *
 * @param plans of a run, in order
 */
export function refuseEqualKeys<P extends Settings>(plans: ReadonlyArray<Plan<P>>): Array<Plan<P>> {
	const firsts = new Map<string, Ready<P>>();
	return plans.map((plan) => {
		if (!('ready' in plan) || !plan.ready.unique) return plan;
		const { mark, key, digest } = plan.ready.unique;
		const first = firsts.get(mark);
		if (!first) firsts.set(mark, plan.ready);
		if (!first || first.unique?.digest === digest) return plan;
		const { itemIndex, json, subject } = plan;
		const message = `The Deduplication Key "${key}" of item ${itemIndex} is that of item ${first.itemIndex} as well, but their data differ`;
		return { itemIndex, json, subject, failure: held('input', message) };
	});
}
