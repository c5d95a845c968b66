import { accountOf } from '../../gateway/credential/credential';
import type { ItemPlan, Operation, PreparedItem, Settings } from '../contract/operation';
import { localFailure } from '../contract/outcomes';

/** The plans of a run, and for those that ask for what an earlier one asks for the item index of that one. */
interface Planned<P extends Settings> {
	plans: Array<ItemPlan<P>>;
	repeats: ReadonlyMap<number, number>;
}

function hasSame(ids: readonly string[], others: readonly string[]): boolean {
	return ids.length === others.length && ids.every((id) => others.includes(id));
}

/**
 * Finds the items of a run that ask for what an earlier one does. The same again is not sent: it has the outcome of the
 * earlier item. An item that shares only some of its IDs is refused.
 */
export function findRepeats<P extends Settings>(plans: ReadonlyArray<ItemPlan<P>>, { once }: Operation<P>): Planned<P> {
	const repeats = new Map<number, number>();
	if (!once) return { plans: [...plans], repeats };
	const owners = new Map<string, PreparedItem<P>>();
	const checked = plans.map((plan): ItemPlan<P> => {
		if (!('prepared' in plan) || plan.prepared.sending.dryRun) return plan;
		const { kind, ids } = once(plan.prepared.parameters);
		const nameOf = (id: string) => JSON.stringify([accountOf(plan.prepared.gateway.credential), kind, id]);
		const known = ids.find((id) => owners.has(nameOf(id)));
		const owner = known === undefined ? undefined : owners.get(nameOf(known));
		if (!owner) for (const id of ids) owners.set(nameOf(id), plan.prepared);
		else if (hasSame(ids, once(owner.parameters).ids)) repeats.set(plan.itemIndex, owner.itemIndex);
		else {
			const { itemIndex, members, json, subject } = plan;
			const message = `ID ${known} is in item ${owner.itemIndex} as well, which has not the same IDs; give each ID in one item only`;
			return { itemIndex, members, json, subject, failure: localFailure('input', message) };
		}
		return plan;
	});
	return { plans: checked, repeats };
}
