import type { INodeExecutionData } from 'n8n-workflow';

import { failed } from '../gateway/failures';
import type { Action } from './advice';
import { withInput } from './inputFields';
import { internalFailure } from './internalFailure';
import type { Operation, Plan, Settings } from './operation';
import { failedItem } from './output';
import type { ItemEnded, ItemFailure, Part } from './outcomes';

/** Each thing that an item asked for, and how it ended; undefined where the operation knows no single things. */
export function partsOf<P extends Settings>({ batch }: Operation<P>, plan: Plan<P>, ended: ItemEnded): readonly Part[] | undefined {
	const known = ended.type === 'failed' ? ended.failure.parts : undefined;
	if (known || !batch || !('ready' in plan)) return known;
	const outcome = ended.type === 'done' ? 'done' : ended.failure.outcome;
	return batch.ids(plan.ready.parameters).map((id) => ({ id, outcome }));
}

/** What the item does: of an operation that writes, a single call may only read. */
export function actionOf<P extends Settings>({ action }: Operation<P>, plan: Plan<P> | undefined): Action {
	return plan && 'ready' in plan && plan.ready.endpoint.effect === 'read' ? 'read' : action;
}

/** A failure with all it can tell. */
export function told<P extends Settings>(operation: Operation<P>, plan: Plan<P> | undefined, failure: ItemFailure): ItemFailure {
	const parts = plan && partsOf(operation, plan, failed(failure));
	return parts ? { ...failure, parts } : failure;
}

/** The input items that the output of a plan comes from. */
export function pairedWith<P extends Settings>({ itemIndex, itemIndexes }: Plan<P>): NonNullable<INodeExecutionData['pairedItem']> {
	return itemIndexes.length === 1 ? { item: itemIndex } : itemIndexes.map((item) => ({ item }));
}

/** The output of one item. What cannot be made into items leaves it unknown to the user, whatever became of it in JDY. */
export function outputOf<P extends Settings>(operation: Operation<P>, plan: Plan<P>, ended: ItemEnded): INodeExecutionData[] {
	const { itemIndex, json, subject } = plan;
	const action = actionOf(operation, plan);
	const pairedItem = pairedWith(plan);
	const show = (failure: ItemFailure) => [{ ...failedItem(told(operation, plan, failure), subject, itemIndex, action), pairedItem }];
	if (ended.type === 'failed') return show(ended.failure);
	if (!('ready' in plan)) return [];
	const { parameters, gateway } = plan.ready;
	try {
		const rows = operation.items(ended.envelope, parameters, json, ended);
		return rows.map((row) => ({ json: parameters.includeInput ? withInput(row, json) : row, pairedItem }));
	} catch (error) {
		return show(internalFailure('The answer could not be shown', error, gateway, action === 'read' ? 'rejected' : 'unknown'));
	}
}
