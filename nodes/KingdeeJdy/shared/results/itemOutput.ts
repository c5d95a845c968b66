import type { INodeExecutionData } from 'n8n-workflow';

import { failed } from '../../gateway/errors/failures';
import type { Action } from '../contract/action';
import type { InputItem, ItemPlan, Operation, Settings } from '../contract/operation';
import type { ItemFailure, ItemResult, Part } from '../contract/outcomes';
import { withInput } from './inputFields';
import { internalFailure } from './internalFailure';
import { failedItem } from './output';

/** Each thing that an item asked for, and how it ended; undefined if the operation knows no single things. */
export function partsOf<P extends Settings>({ batch }: Operation<P>, plan: ItemPlan<P>, ended: ItemResult): readonly Part[] | undefined {
	const known = ended.type === 'failed' ? ended.failure.parts : undefined;
	if (known || !batch || !('prepared' in plan)) return known;
	const outcome = ended.type === 'done' ? 'done' : ended.failure.outcome;
	return batch.ids(plan.prepared.parameters).map((id) => ({ id, outcome }));
}

/** What the item does: of an operation that writes, a single call may only read. */
export function actionOf<P extends Settings>({ action }: Operation<P>, plan: ItemPlan<P> | undefined): Action {
	return plan && 'prepared' in plan && plan.prepared.endpoint.effect === 'read' ? 'read' : action;
}

/** The input items that a plan is made of. */
export function indexesOf<P extends Settings>({ members }: ItemPlan<P>): number[] {
	return members.map(({ itemIndex }) => itemIndex);
}

/** A failure with its parts and its items. */
export function withDetails<P extends Settings>(operation: Operation<P>, plan: ItemPlan<P> | undefined, failure: ItemFailure): ItemFailure {
	if (!plan) return failure;
	const parts = partsOf(operation, plan, failed(failure));
	const items = plan.members.length > 1 ? indexesOf(plan) : undefined;
	return { ...failure, ...(parts && { parts }), ...(items && { items }) };
}

/** The input items of the output of a plan. */
export function pairedWith<P extends Settings>(plan: ItemPlan<P>): NonNullable<INodeExecutionData['pairedItem']> {
	return plan.members.length === 1 ? { item: plan.itemIndex } : indexesOf(plan).map((item) => ({ item }));
}

/** An output item, and the input item that it stands for: of a document that was done the first of its items. */
export interface OutputItem {
	input: InputItem;
	item: INodeExecutionData;
}

/**
 * The output of one item, or of several that make one document: that is one item if it was done, and one for each of them
 * if it was not, so that a user who sends the failed items again has all lines of it. What cannot be made into items leaves it
 * unknown to the user, whatever became of it in JDY.
 */
export function outputOf<P extends Settings>(operation: Operation<P>, plan: ItemPlan<P>, ended: ItemResult): OutputItem[] {
	const { json, members, subject } = plan;
	const action = actionOf(operation, plan);
	const pairedItem = pairedWith(plan);
	const show = (failure: ItemFailure) =>
		members.map((input) => ({ input, item: failedItem(withDetails(operation, plan, failure), subject, input.itemIndex, action) }));
	if (ended.type === 'failed') return show(ended.failure);
	if (!('prepared' in plan)) return [];
	const { parameters, gateway } = plan.prepared;
	try {
		const rows = operation.items(ended.envelope, parameters, json, ended);
		return rows.map((row, place) => {
			const failure = ended.failures?.get(place);
			if (failure) return { input: plan, item: failedItem(failure, subject, plan.itemIndex, action) };
			return { input: plan, item: { json: parameters.includeInput ? withInput(row, json) : row, pairedItem } };
		});
	} catch (error) {
		return show(internalFailure('The answer could not be shown', error, [gateway], action === 'read' ? 'rejected' : 'unknown'));
	}
}

/** Items of documents that failed are between those of others. */
export function inInputOrder(output: readonly OutputItem[]): OutputItem[] {
	return output.toSorted((one, other) => one.input.itemIndex - other.input.itemIndex);
}
