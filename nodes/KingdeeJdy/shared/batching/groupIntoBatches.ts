import type { Gateway } from '../../gateway/call';
import type { Batch, ItemPlan, PreparedItem, Settings } from '../contract/operation';

/** The most IDs that JDY takes in one call [D]. */
export const MAX_IDS = 100;

/** Items that are sent together. */
interface ItemBatch<P extends Settings> {
	plans: Array<ItemPlan<P>>;
	ids: Set<string>;
}

/** The batches of one account, with one set of options, for one thing to do. */
class BatchKind<P extends Settings> {
	private readonly byId = new Map<string, ItemBatch<P>>();

	private last: ItemBatch<P> | undefined;

	/** Adds an item to the batches with its IDs, which become one, or else to the last if there is room, or to a new one. */
	add(plan: ItemPlan<P>, ids: readonly string[]): { itemBatch: ItemBatch<P>; replaced: ReadonlyArray<ItemBatch<P>> } {
		const [first, ...replaced] = new Set(ids.flatMap((id) => this.byId.get(id) ?? []));
		const itemBatch = first ?? this.lastWithRoomFor(ids.length) ?? { plans: [], ids: new Set() };
		for (const other of replaced.flatMap(({ plans }) => plans)) itemBatch.plans.push(other);
		itemBatch.plans.push(plan);
		for (const id of [...replaced.flatMap((other) => [...other.ids]), ...ids]) {
			itemBatch.ids.add(id);
			this.byId.set(id, itemBatch);
		}
		if (first === undefined || replaced.some((other) => other === this.last)) this.last = itemBatch;
		return { itemBatch, replaced };
	}

	private lastWithRoomFor(count: number): ItemBatch<P> | undefined {
		return this.last && this.last.ids.size + count <= MAX_IDS ? this.last : undefined;
	}
}

/** Finds the kind of an item. */
class BatchKinds<P extends Settings> {
	private readonly gateways = new Map<Gateway, Map<string, BatchKind<P>>>();

	of({ gateway, sending, parameters }: PreparedItem<P>, batch: Batch<P>): BatchKind<P> {
		const kinds = this.gateways.get(gateway) ?? new Map<string, BatchKind<P>>();
		this.gateways.set(gateway, kinds);
		const name = `${JSON.stringify(sending)} ${batch.group(parameters)}`;
		const kind = kinds.get(name) ?? new BatchKind<P>();
		kinds.set(name, kind);
		return kind;
	}
}

/**
 * Puts items together whose IDs fit into one call; every other item is sent alone. Items that share an ID are always together,
 * with several calls if they need them, so that no ID is sent twice.
 */
export function groupIntoBatches<P extends Settings>(plans: ReadonlyArray<ItemPlan<P>>, batch: Batch<P> | undefined): Array<Array<ItemPlan<P>>> {
	if (!batch) return plans.map((plan) => [plan]);
	const kinds = new BatchKinds<P>();
	const batches = new Set<Array<ItemPlan<P>>>();
	for (const plan of plans) {
		if (!('prepared' in plan)) {
			batches.add([plan]);
			continue;
		}
		const added = kinds.of(plan.prepared, batch).add(plan, batch.ids(plan.prepared.parameters));
		for (const { plans: others } of added.replaced) batches.delete(others);
		batches.add(added.itemBatch.plans);
	}
	return [...batches];
}
