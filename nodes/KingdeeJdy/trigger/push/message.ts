import { isRecord, parseForOutput } from '../../gateway/json';
import type { Refusal } from './body';

/** The call that JDY makes when the address is entered in its console. [1] */
const TEST_CALL = 'test_address';

/** What JDY sends when a customer authorises the app. [C] */
export const APP_AUTHORIZE = 'app_authorize';

const MAX_NAME = 100;

/** A message of JDY's: `bizType` and `msgId` stand in the query, the rest in the body. [C] */
export interface Message {
	bizType: string;
	/** Undefined where JDY gave it none: then nobody can tell whether it comes again. */
	msgId: string | undefined;
	isTest: boolean;
	/** As it came; numbers that would lose digits are text. */
	body: Record<string, unknown>;
}

function refusal(reason: string): { refusal: Refusal } {
	return { refusal: { status: 400, reason } };
}

function isName(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME;
}

function parsed(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return parseForOutput(text);
	} catch (error) {
		return error;
	}
}

/** Reads a request as a message, or says why it is none. */
export function readMessage(query: Record<string, unknown>, text: string): { message: Message } | { refusal: Refusal } {
	const content = parsed(text);
	if (content !== undefined && (!isRecord(content) || content instanceof Error)) return refusal('The body is no JSON object');
	const body = content ?? {};
	const [inQuery, inBody] = [query.bizType, body.bizType];
	for (const bizType of [inQuery, inBody])
		if (bizType !== undefined && !isName(bizType)) return refusal(`bizType is no text of up to ${MAX_NAME} characters`);
	if (inQuery !== undefined && inBody !== undefined && inQuery !== inBody) return refusal('The query and the body name different bizTypes');
	const bizType = inQuery ?? inBody;
	if (!isName(bizType)) return refusal('Neither the query nor the body names a bizType');
	const { msgId } = query;
	if (msgId !== undefined && msgId !== '' && !isName(msgId)) return refusal(`msgId is no text of up to ${MAX_NAME} characters`);
	const isTest = bizType === TEST_CALL;
	if (!isTest && !('data' in body)) return refusal('The body has no data');
	return { message: { bizType, msgId: isName(msgId) ? msgId : undefined, isTest, body } };
}
