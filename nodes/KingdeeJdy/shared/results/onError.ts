import type { IDataObject, IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

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

/** Since Agent 3 n8n runs a tool as a node of the workflow, and lays this over its input. */
const TOOL_CALL = 'toolCallId';

/**
 * Ends a run with an error. A tool that n8n runs as a node must not throw where errors continue: n8n would hand its input, the
 * prompt, to the model as the answer. An item with a key `error` would be taken out of it on its way.
 *
 * @throws the error otherwise
 */
export function endWith(context: IExecuteFunctions, error: NodeApiError | NodeOperationError): INodeExecutionData[] {
	const [first] = context.getInputData();
	if (!isTool(context.getNode()) || !context.continueOnFail() || !first || !(TOOL_CALL in first.json)) throw error;
	const { outcome } = error.context;
	return [{ json: { isError: true, ...(outcome !== undefined && { outcome }), message: error.message } as IDataObject, pairedItem: { item: 0 } }];
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
	if (!continuesOnFail(context)) return endWith(context, failedError(context.getNode(), failure, { subject, itemIndex: 0, action }, { done: [], unknown: [] }));
	const keepInput = keepingInput(context);
	return context.getInputData().map(({ json }, itemIndex) => keepInput(failedItem(failure, subject, itemIndex, action), json));
}
