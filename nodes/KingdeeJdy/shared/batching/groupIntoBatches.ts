import type { Gateway } from '../../gateway/call';
import type { Batch, Plan, Ready, Settings } from '../contract/operation';

/** The most IDs that JDY takes in one call [D]. */
export const MAX_IDS = 100;

/** Items that go out together. */
interface Bundle<P extends Settings> {
	plans: Array<Plan<P>>;
	ids: Set<string>;
}

/** The bundles of one account, with one set of options, for one thing to do. */
class Kind<P extends Settings> {
	private readonly byId = new Map<string, Bundle<P>>();

	private last: Bundle<P> | undefined;

	/** Adds an item to the bundles with its IDs, which become one, or else to the last if there is room, or to a new one. */
	add(plan: Plan<P>, ids: readonly string[]): { bundle: Bundle<P>; replaced: ReadonlyArray<Bundle<P>> } {
		const [first, ...replaced] = new Set(ids.flatMap((id) => this.byId.get(id) ?? []));
		const bundle = first ?? this.lastWithRoomFor(ids.length) ?? { plans: [], ids: new Set() };
		for (const other of replaced.flatMap(({ plans }) => plans)) bundle.plans.push(other);
		bundle.plans.push(plan);
		for (const id of [...replaced.flatMap((other) => [...other.ids]), ...ids]) {
			bundle.ids.add(id);
			this.byId.set(id, bundle);
		}
		if (first === undefined || replaced.some((other) => other === this.last)) this.last = bundle;
		return { bundle, replaced };
	}

	private lastWithRoomFor(count: number): Bundle<P> | undefined {
		return this.last && this.last.ids.size + count <= MAX_IDS ? this.last : undefined;
	}
}

/** Finds the kind of an item. */
class Kinds<P extends Settings> {
	private readonly gateways = new Map<Gateway, Map<string, Kind<P>>>();

	of({ gateway, sending, parameters }: Ready<P>, batch: Batch<P>): Kind<P> {
		const kinds = this.gateways.get(gateway) ?? new Map<string, Kind<P>>();
		this.gateways.set(gateway, kinds);
		const name = `${JSON.stringify(sending)} ${batch.group(parameters)}`;
		const kind = kinds.get(name) ?? new Kind<P>();
		kinds.set(name, kind);
		return kind;
	}
}

/**
 * Puts items together whose IDs fit into one call; each other item goes alone. Items that share an ID are always together,
 * with several calls if they need them, so that no ID is sent twice.
 */
export function bundle<P extends Settings>(plans: ReadonlyArray<Plan<P>>, batch: Batch<P> | undefined): Array<Array<Plan<P>>> {
	if (!batch) return plans.map((plan) => [plan]);
	const kinds = new Kinds<P>();
	const bundled = new Set<Array<Plan<P>>>();
	for (const plan of plans) {
		if (!('ready' in plan)) {
			bundled.add([plan]);
			continue;
		}
		const added = kinds.of(plan.ready, batch).add(plan, batch.ids(plan.ready.parameters));
		for (const { plans: others } of added.replaced) bundled.delete(others);
		bundled.add(added.bundle.plans);
	}
	return [...bundled];
}
