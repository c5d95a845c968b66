import { createHash } from 'node:crypto';

import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Memory } from '../../gateway/memory';
import { rememberedIn } from '../remembered';
import { Desk } from './desk';

/** Of a status on: n8n has told the sender that nothing was started. */
const FIRST_FAILURE = 400;

type Place = Pick<IWebhookFunctions & IExecuteFunctions, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

function deskOf(context: Place, memory: Memory): Desk {
	const { desks } = rememberedIn(memory);
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	const desk = desks.get(key) ?? new Desk();
	desks.set(key, desk);
	return desk;
}

/** Short, and of one length: the memory of a trigger is bounded whatever somebody sends. */
function markOf(msgId: string): string {
	return createHash('sha256').update(msgId).digest('base64url').slice(0, 22);
}

function storedIn(context: Place): string[] {
	const { messages } = context.getWorkflowStaticData('node');
	return Array.isArray(messages) ? messages.filter((entry): entry is string => typeof entry === 'string') : [];
}

/**
 * Takes a message in hand until it is known what n8n has made of it: n8n answers once the execution stands in its database.
 * Where n8n could not start the workflow, JDY is told so, and nothing is remembered.
 *
 * @returns whether the message has not started the workflow before
 */
export async function isNew(context: IWebhookFunctions, memory: Memory, msgId: string): Promise<boolean> {
	const end = await deskOf(context, memory).take(markOf(msgId), storedIn(context));
	if (!end) return false;
	const response = context.getResponseObject();
	const close = () => end(response.statusCode < FIRST_FAILURE);
	if (response.closed) close();
	else response.once('close', close);
	return true;
}

/**
 * Has the database remember a message, with the execution that it has started. Not when it arrives: where n8n answers once
 * the execution stands, it drops what a webhook has changed in the static data (2.41).
 */
export function remember(context: IExecuteFunctions, memory: Memory, msgId: string): void {
	context.getWorkflowStaticData('node').messages = deskOf(context, memory).remembered(markOf(msgId), storedIn(context));
}
