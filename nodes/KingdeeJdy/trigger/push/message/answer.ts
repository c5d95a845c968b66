import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Refusal } from './body';

/** What JDY most likely expects. [1] */
export function answerTo(bizType: string): IDataObject {
	return { errcode: '0', description: 'success', data: { status: '0', msg: 'success', type: bizType } };
}

type Answering = Pick<IWebhookFunctions, 'getResponseObject'>;

/** Answers, and starts nothing. */
export function answerOnly(context: Answering, bizType: string): IWebhookResponseData {
	context.getResponseObject().status(200).json(answerTo(bizType));
	return { noWebhookResponse: true };
}

/** Says that this is no message, and starts nothing. */
export function refuse(context: Answering, { status, reason }: Refusal): IWebhookResponseData {
	context.getResponseObject().status(status).json({ errcode: String(status), description: reason });
	return { noWebhookResponse: true };
}
