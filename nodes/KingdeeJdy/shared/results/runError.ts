import type { INode } from 'n8n-workflow';

import type { ItemPlan, Operation, Settings } from '../contract/operation';
import type { ItemFailure, ItemResult } from '../contract/outcomes';
import { actionOf, indexesOf, partsOf, withDetails } from './itemOutput';
import { documentIdIn, failedError } from './output';
import type { Mentioned } from './output';

/** The items that ended in one way, this try or an earlier one, in order; of those that ended so in part only that part. */
function mentionedOf<P extends Settings>(
	operation: Operation<P>,
	plans: ReadonlyArray<ItemPlan<P>>,
	endOf: (plan: ItemPlan<P>) => ItemResult | undefined,
	wanted: 'done' | 'unknown',
): Mentioned[] {
	return plans.flatMap((plan) => {
		const { subject } = plan;
		const ended = endOf(plan);
		if (!ended) return [];
		const items = indexesOf(plan);
		const parts = partsOf(operation, plan, ended)?.filter(({ outcome }) => outcome === wanted);
		if (parts) return parts.length === 0 ? [] : [{ items, subject, id: parts.map(({ id }) => id).join(', ') }];
		if (ended.type === 'done') return wanted === 'done' ? [{ items, subject, id: documentIdIn(ended.envelope) }] : [];
		return ended.failure.outcome === wanted ? [{ items, subject }] : [];
	});
}

/** The error that ends a run in stop mode: of one item, with what became of the others. */
export function errorOf<P extends Settings>(
	node: INode,
	operation: Operation<P>,
	plans: ReadonlyArray<ItemPlan<P>>,
	endOf: (plan: ItemPlan<P>) => ItemResult | undefined,
	{ itemIndex, failure }: RunFailure,
): Error {
	const plan = plans.find((one) => one.itemIndex === itemIndex);
	const done = mentionedOf(operation, plans, endOf, 'done');
	const unknown = mentionedOf(operation, plans, endOf, 'unknown').filter(({ items }) => items[0] !== itemIndex);
	const item = { subject: plan?.subject ?? {}, itemIndex, action: actionOf(operation, plan) };
	return failedError(node, withDetails(operation, plan, failure), item, { done, unknown });
}

/** The item that a run ends with, and why. */
interface RunFailure {
	itemIndex: number;
	failure: ItemFailure;
}

/** What a run in stop mode ends with: the failure of the lowest index, but what was held back is not the cause. */
export function runFailureIn(results: ReadonlyArray<ItemResult | undefined>): RunFailure | undefined {
	const failures = results.flatMap((ended, itemIndex) => (ended?.type === 'failed' ? [{ itemIndex, failure: ended.failure }] : []));
	return failures.find(({ failure }) => failure.kind !== 'stopped') ?? failures[0];
}
