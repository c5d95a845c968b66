import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Memory } from '../../gateway/memory';
import { addHint } from '../../shared/executionHints';
import { failAll } from '../../shared/onError';
import { runtimeFailure } from '../../shared/runtime';
import { isToRead, unmarked } from './handed';
import { remember } from './known';
import { readReading } from './parameters';
import { opening, readItems } from './readItems';

/**
 * What comes out of the trigger: the documents as JDY has them, and a hint for each that could not be read.
 *
 * @throws NodeOperationError where the node was started by something else than a message, or an option is out of range
 */
export async function giveOut(context: IExecuteFunctions, memory: Memory): Promise<INodeExecutionData[]> {
	const tooOld = runtimeFailure();
	if (tooOld) return failAll(context, tooOld, { subject: {}, action: 'read' });
	const open = opening(context, memory);
	const input = context.getInputData();
	const marks = new Set(input.flatMap(({ json: { mark } }) => (typeof mark === 'string' ? [mark] : [])));
	for (const mark of marks) remember(context, memory, mark);
	const given: INodeExecutionData[] = [];
	for (const [item, { json }] of input.entries()) {
		const message = unmarked(json);
		if (message.verified === false) given.push({ json: message, pairedItem: { item } });
		else if (isToRead(message)) {
			for (const found of await readItems(message, readReading(context), open)) given.push({ json: found, pairedItem: { item } });
		} else throw new NodeOperationError(context.getNode(), 'No message has come', { itemIndex: item, description: 'This node starts with a message that JDY sends to its address.' });
	}
	const unread = given.filter(({ json }) => json.verified === false && 'id' in json).length;
	if (unread > 0) addHint(context, `${unread} of ${given.length} could not be read back and came out as hints`, { location: 'outputPane' });
	return given;
}
