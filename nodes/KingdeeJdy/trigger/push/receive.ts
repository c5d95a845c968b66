import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { GatewayState } from '../../gateway/state';
import { runtimeFailure } from '../../shared/connection/runtime';
import { pollError } from '../failure';
import { answerOnly, answerTo, refuse } from './message/answer';
import { readBody } from './message/body';
import { readMessage } from './message/message';
import { isNew, markOf } from './messageDeduplication/messageMarks';
import { readListening } from './parameters';
import { startItems } from './startItems';

/**
 * Answers a request, and starts the workflow if it is a message that is listened to and was not received before.
 *
 * @throws NodeApiError on a Node.js that is too old: n8n answers 500, and shows an execution that failed
 */
export async function receive(context: IWebhookFunctions, state: GatewayState): Promise<IWebhookResponseData> {
	const tooOld = runtimeFailure();
	if (tooOld) throw pollError(context.getNode(), tooOld, {});
	const content = await readBody(context.getRequestObject());
	if ('refusal' in content) return refuse(context, content.refusal);
	const read = readMessage(context.getQueryData() as Record<string, unknown>, content.text);
	if ('refusal' in read) return refuse(context, read.refusal);
	const { bizType, isTest } = read.message;
	if (isTest) return answerOnly(context, bizType);
	const listening = readListening(context);
	if (listening.bizTypes.size > 0 && !listening.bizTypes.has(bizType)) return answerOnly(context, bizType);
	// A test in the editor shows every message, and leaves no trace.
	const mark = context.getMode() === 'manual' ? undefined : markOf(read.message);
	if (mark !== undefined && !(await isNew(context, state, mark))) return answerOnly(context, bizType);
	const items = startItems(read.message, listening, mark).map((json): INodeExecutionData => ({ json }));
	return { webhookResponse: answerTo(bizType), workflowData: [items] };
}
