import { createHash } from 'node:crypto';

import { sleep } from 'n8n-workflow';
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { GatewayState } from '../../../gateway/state';
import { MessageDeduplication } from '../../state/messageDeduplication';
import { readNodeData, triggerKey, writeNodeData } from '../../state/nodeData';
import { rememberedIn } from '../../state/remembered';
import type { Message } from '../message/message';

/** The key in the node's static data. */
const MESSAGES = 'messages';

/** From this status on n8n has answered the sender that nothing was started. */
const FIRST_FAILURE = 400;

/** How often to check whether n8n has answered a sender that hung up: there is no event. */
const LOOK_EVERY_MS = 250;

/** By then n8n has the execution, or has failed: one that waits for a free slot is in its database. */
const DECIDED_AFTER_MS = 10 * 60_000;

type Answer = ReturnType<IWebhookFunctions['getResponseObject']>;

type TriggerContext = Pick<IWebhookFunctions & IExecuteFunctions, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

function deduplicationOf(context: TriggerContext, state: GatewayState): MessageDeduplication {
	const { messages } = rememberedIn(state);
	const key = triggerKey(context);
	const desk = messages.get(key) ?? new MessageDeduplication();
	messages.set(key, desk);
	return desk;
}

/** Of SHA-256, in base64: 66 bits. */
const MARK_LENGTH = 11;

/**
 * By what a message is recognised when it is sent again: its msgId, its type and what it says; when it was sent does not count. Short,
 * and of one length: the memory of a trigger is bounded whatever somebody sends.
 *
 * @returns undefined for a message without msgId
 */
export function markOf({ bizType, msgId, body }: Message): string | undefined {
	if (msgId === undefined) return undefined;
	const content = JSON.stringify([bizType, msgId, body.operation, body.data]);
	return createHash('sha256').update(content).digest('base64url').slice(0, MARK_LENGTH);
}

function storedIn(context: TriggerContext): string[] {
	const messages = readNodeData(context, MESSAGES, Array.isArray);
	return Array.isArray(messages) ? messages.flatMap((entry: unknown) => (typeof entry === 'string' ? [entry.slice(0, MARK_LENGTH)] : [])) : [];
}

/** n8n goes on if the sender has hung up, and answers all the same; a compressed answer on a closed connection does not end. */
async function answered(response: Answer): Promise<void> {
	const isAnswered = () => response.headersSent || response.writableEnded;
	for (let waitedMs = 0; !isAnswered() && waitedMs < DECIDED_AFTER_MS; waitedMs += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS);
}

/**
 * Reserves a message until its outcome is known: n8n answers once the execution is in its database.
 * If n8n could not start the workflow, JDY gets that answer, or has hung up, and nothing is remembered.
 *
 * @returns whether the message has not started the workflow before
 */
export async function isNew(context: IWebhookFunctions, state: GatewayState, mark: string): Promise<boolean> {
	const end = await deduplicationOf(context, state).take(mark, storedIn(context));
	if (!end) return false;
	const response = context.getResponseObject();
	const close = async () => {
		await answered(response);
		end(response.statusCode < FIRST_FAILURE);
	};
	if (response.closed) void close();
	else response.once('close', () => void close());
	return true;
}

/**
 * Has the database remember a message, with the execution that it has started. Not when it arrives: if n8n answers once
 * the execution is stored, it drops what a webhook has changed in the static data (2.41).
 */
export function remember(context: IExecuteFunctions, state: GatewayState, mark: string): void {
	writeNodeData(context, MESSAGES, deduplicationOf(context, state).remembered(mark, storedIn(context)));
}
