import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Action } from '../contract/action';
import type { ItemFailure } from '../contract/outcomes';
import { isTool } from '../contract/tool';
import { keepingInput } from './inputFields';
import { failedError, failedItem } from './output';

/**
 * Whether a failed item is an item of the output, and the others go on. As a tool a failure has to throw, whatever the node
 * is set to: a model takes every item for a success.
 */
export function continuesOnFail(context: IExecuteFunctions): boolean {
	return context.continueOnFail() && !isTool(context.getNode());
}

/**
 * Ends a run with one failure for all of its items. If errors continue, nothing is thrown: n8n would put the untouched input
 * items on the success output.
 *
 * @throws NodeOperationError or NodeApiError in stop mode, and as a tool
 */
export function failAll(
	context: IExecuteFunctions,
	failure: ItemFailure,
	{ subject, action }: { subject: IDataObject; action: Action },
): INodeExecutionData[] {
	if (!continuesOnFail(context)) throw failedError(context.getNode(), failure, { subject, itemIndex: 0, action }, { done: [], unknown: [] });
	const keepInput = keepingInput(context);
	return context.getInputData().map(({ json }, itemIndex) => keepInput(failedItem(failure, subject, itemIndex, action), json));
}
