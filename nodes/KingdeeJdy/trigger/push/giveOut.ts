import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Memory } from '../../gateway/memory';
import { adviceFor } from '../../shared/advice';
import { causeFor } from '../../shared/cause';
import { addHint } from '../../shared/executionHints';
import { failAll } from '../../shared/onError';
import { held, textOf } from '../../shared/outcomes';
import type { ItemFailure } from '../../shared/outcomes';
import { inParallel } from '../../shared/parallel';
import { runtimeFailure } from '../../shared/runtime';
import { isOfDocument } from '../refusals';
import { isToRead } from './handed';
import type { Names, ToRead } from './handed';
import { MAX_IDS } from './ids';
import { remember } from './known';
import { openLine } from './line';
import type { Line } from './line';
import { readReading } from './parameters';
import type { Reading } from './parameters';
import { readDocument, sourceOf } from './readBack';
import type { ReadBack } from './readBack';

/** Documents of a message that are read at once. */
const CONCURRENCY = 4;

const NOT_READ = 'Not read back, so nothing is known but what JDY calls it';

/** What could not be read: its names, and why. */
function hintItem(names: Names, id: string | null, why: string, more: IDataObject = {}): IDataObject {
	return { verified: false, hint: `${NOT_READ}. ${why}`, ...names, id, ...more };
}

function unreadItem(names: Names, id: string, failure: ItemFailure): IDataObject {
	const advice = isOfDocument(failure) ? 'It may be deleted, or belong to another account.' : adviceFor(failure, 'read');
	return hintItem(names, id, `${failure.message}. ${advice}`, { cause: causeFor(failure).cause, requestId: failure.requestId });
}

type Open = (reading: Reading) => Promise<{ line: Line } | { failure: ItemFailure }>;

/** Opens the way to JDY once, where something is to be read. */
function opening(context: IExecuteFunctions, memory: Memory): Open {
	let opened: ReturnType<Open> | undefined;
	const open: Open = async ({ sending }) => {
		try {
			return { line: await openLine(context, memory, sending) };
		} catch (error) {
			return { failure: held('credential', textOf(error)) };
		}
	};
	return async (reading) => await (opened ??= open(reading));
}

async function itemsOf(json: ToRead, reading: Reading, open: Open): Promise<IDataObject[]> {
	const { bizType, msgId, ids, left } = json;
	const names = { bizType, msgId };
	if (ids.length === 0) return [hintItem(names, null, 'The message names no ID.')];
	const source = await sourceOf(bizType);
	if (typeof source === 'string') return ids.map((id) => hintItem(names, id, `${source}.`));
	const opened = await open(reading);
	if ('failure' in opened) return ids.map((id) => unreadItem(names, id, opened.failure));
	const read: ReadBack[] = [];
	await inParallel([...ids.entries()], CONCURRENCY, async ([index, id]) => {
		read[index] = await readDocument(opened.line, source, id, reading.decrypts);
		return true;
	});
	const items = read.map((one, index): IDataObject => {
		const id = ids[index] ?? '';
		return 'failure' in one
			? unreadItem(names, id, one.failure)
			: { verified: true, ...names, id, type: source.type.value, document: one.document as IDataObject };
	});
	return left > 0 ? [...items, hintItem(names, null, `The message names ${left} more; ${MAX_IDS} are read at most.`)] : items;
}

/**
 * What comes out of the trigger: the documents as JDY has them, and a hint for each that could not be read.
 *
 * @throws NodeOperationError where the node was started by something else than a message, or an option is out of range
 */
export async function giveOut(context: IExecuteFunctions, memory: Memory): Promise<INodeExecutionData[]> {
	const tooOld = runtimeFailure();
	if (tooOld) return failAll(context, tooOld, { subject: {}, action: 'read' });
	const open = opening(context, memory);
	const given: INodeExecutionData[] = [];
	for (const [item, { json }] of context.getInputData().entries()) {
		if (typeof json.msgId === 'string' && context.getMode() !== 'manual') remember(context, memory, json.msgId);
		if (json.verified === false) given.push({ json, pairedItem: { item } });
		else if (isToRead(json)) {
			const reading = readReading(context);
			for (const found of await itemsOf(json, reading, open)) given.push({ json: found, pairedItem: { item } });
		} else throw new NodeOperationError(context.getNode(), 'No message has come', { itemIndex: item, description: 'This node starts with a message that JDY sends to its address.' });
	}
	const unread = given.filter(({ json }) => json.verified === false && 'id' in json).length;
	if (unread > 0) addHint(context, `${unread} of ${given.length} could not be read back and came out as hints`, { location: 'outputPane' });
	return given;
}
