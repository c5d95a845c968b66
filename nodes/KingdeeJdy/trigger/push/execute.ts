import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { GatewayState } from '../../gateway/state';
import { runtimeFailure } from '../../shared/connection/runtime';
import { addHint } from '../../shared/results/executionHints';
import { failAll } from '../../shared/results/onError';
import { remember } from './messageDeduplication/messageMarks';
import { onceForAll } from './messageDeduplication/onceForAll';
import { readReadBackSettings } from './parameters';
import { opening, readItems } from './readBack/readItems';
import { isToRead, unmarked } from './startItems';

/** @throws NodeOperationError for an item that no message has made */
async function itemsOf(context: IExecuteFunctions, state: GatewayState, input: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const open = opening(context, state);
	const items: INodeExecutionData[] = [];
	for (const [item, { json }] of input.entries()) {
		const message = unmarked(json);
		if (message.verified === false) items.push({ json: message, pairedItem: { item } });
		else if (isToRead(message)) {
			for (const found of await readItems(message, readReadBackSettings(context), open)) items.push({ json: found, pairedItem: { item } });
		} else throw new NodeOperationError(context.getNode(), 'No message has come', { itemIndex: item, description: 'This node starts with a message that JDY sends to its address.' });
	}
	return items;
}

/**
 * What the trigger emits: the documents as JDY has them, and a hint for each that could not be read. Nothing for a
 * message that another execution has emitted.
 *
 * @throws NodeOperationError if the node was started by something else than a message, or an option is out of range
 */
export async function execute(context: IExecuteFunctions, state: GatewayState): Promise<INodeExecutionData[]> {
	const tooOld = runtimeFailure();
	if (tooOld) return failAll(context, tooOld, { subject: {}, action: 'read' });
	const input = context.getInputData();
	const mark = input.map(({ json }) => json.mark).find((entry) => typeof entry === 'string');
	if (mark !== undefined) remember(context, state, mark);
	const items = await onceForAll(context, state, mark, async () => await itemsOf(context, state, input));
	if (!items) {
		addHint(context, 'Another execution has given this message out before', { location: 'outputPane' });
		return [];
	}
	const unread = items.filter(({ json }) => json.verified === false && 'id' in json).length;
	if (unread > 0) addHint(context, `${unread} of ${items.length} could not be read back and came out as hints`, { location: 'outputPane' });
	return items;
}
