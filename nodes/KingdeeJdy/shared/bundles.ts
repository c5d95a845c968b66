import type { Gateway } from '../gateway/call';
import type { Batch, Plan, Ready, Settings } from './operation';

/** The most IDs that JDY takes in one call [D]. */
export const MAX_IDS = 100;

/** Items that go out together. */
interface Bundle<P extends Settings> {
	plans: Array<Plan<P>>;
	ids: Set<string>;
}

/** Where the bundles of one kind are found: those of one account, with one set of options, for one thing to do. */
class Shelf<P extends Settings> {
	private readonly gateways = new Map<Gateway, Map<string, Array<Bundle<P>>>>();

	bundlesFor({ gateway, sending, parameters }: Ready<P>, batch: Batch<P>): Array<Bundle<P>> {
		const kinds = this.gateways.get(gateway) ?? new Map<string, Array<Bundle<P>>>();
		this.gateways.set(gateway, kinds);
		const kind = `${JSON.stringify(sending)} ${batch.group(parameters)}`;
		const bundles = kinds.get(kind) ?? [];
		kinds.set(kind, bundles);
		return bundles;
	}
}

/**
 * Puts items together whose IDs fit into one call; each other item goes alone. An item whose IDs are all in a bundle joins
 * it, so that no ID is asked for twice.
 */
export function bundle<P extends Settings>(plans: ReadonlyArray<Plan<P>>, batch: Batch<P> | undefined): Array<Array<Plan<P>>> {
	if (!batch) return plans.map((plan) => [plan]);
	const shelf = new Shelf<P>();
	const bundled: Array<Array<Plan<P>>> = [];
	for (const plan of plans) {
		if (!('ready' in plan)) {
			bundled.push([plan]);
			continue;
		}
		const ids = batch.ids(plan.ready.parameters);
		const bundles = shelf.bundlesFor(plan.ready, batch);
		const last = bundles.at(-1);
		const fits = last && new Set([...last.ids, ...ids]).size <= MAX_IDS ? last : undefined;
		const known = bundles.find((other) => ids.every((id) => other.ids.has(id))) ?? fits;
		if (known) {
			known.plans.push(plan);
			for (const id of ids) known.ids.add(id);
		} else {
			const fresh: Bundle<P> = { plans: [plan], ids: new Set(ids) };
			bundles.push(fresh);
			bundled.push(fresh.plans);
		}
	}
	return bundled;
}
