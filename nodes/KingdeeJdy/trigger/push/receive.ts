import { createHash } from 'node:crypto';

import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Memory } from '../../gateway/memory';
import { rememberedIn } from '../remembered';
import { answerOnly, answerTo, refuse } from './answer';
import { readBody } from './body';
import { Desk } from './desk';
import { handedOver } from './handed';
import { readMessage } from './message';
import { readListening } from './parameters';

/** Of a status on: n8n has told the sender that nothing was started. */
const FIRST_FAILURE = 400;

function deskOf(context: IWebhookFunctions, memory: Memory): Desk {
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

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/**
 * Takes a message in hand until it is known what n8n has made of it: n8n answers once the execution stands in its database,
 * and stores the memory of the trigger with it. Where n8n could not start the workflow, JDY is told so, and nothing is
 * remembered.
 *
 * @returns whether the message has not started the workflow before
 */
async function isNew(context: IWebhookFunctions, memory: Memory, msgId: string): Promise<boolean> {
	const data = context.getWorkflowStaticData('node');
	const inHand = await deskOf(context, memory).take(markOf(msgId), texts(data.messages));
	if (!inHand) return false;
	const response = context.getResponseObject();
	const end = () => inHand.end(response.statusCode < FIRST_FAILURE);
	if (response.closed) end();
	else response.once('close', end);
	data.messages = inHand.remembered;
	return true;
}

/** Answers a request, and starts the workflow where it is a message that is listened to and has not come before. */
export async function receive(context: IWebhookFunctions, memory: Memory): Promise<IWebhookResponseData> {
	const content = await readBody(context.getRequestObject());
	if ('refusal' in content) return refuse(context, content.refusal);
	const read = readMessage(context.getQueryData() as Record<string, unknown>, content.text);
	if ('refusal' in read) return refuse(context, read.refusal);
	const { bizType, msgId, isTest } = read.message;
	if (isTest) return answerOnly(context, bizType);
	const listening = readListening(context);
	if (listening.bizTypes.size > 0 && !listening.bizTypes.has(bizType)) return answerOnly(context, bizType);
	// A test in the editor shows every message, and leaves no trace.
	const isShown = msgId === undefined || context.getMode() === 'manual' || (await isNew(context, memory, msgId));
	if (!isShown) return answerOnly(context, bizType);
	const items = handedOver(read.message, listening).map((json): INodeExecutionData => ({ json }));
	return { webhookResponse: answerTo(bizType), workflowData: [items] };
}
