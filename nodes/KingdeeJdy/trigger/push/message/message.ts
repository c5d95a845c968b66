import { isRecord, parseForOutput } from '../../../gateway/json/json';
import { isNestedDeeper } from '../../../shared/data/jsonScan';
import type { Refusal } from './body';
import { MAX_LEVELS } from './jsonTexts';

/** The call that JDY makes when the address is entered in its console. [1] */
const TEST_CALL = 'test_address';

/** What JDY sends when a customer authorises the app. [C] */
export const APP_AUTHORIZE = 'app_authorize';

const MAX_NAME = 100;

/** A message of JDY's: `bizType` and `msgId` are in the query, the rest in the body. [C] */
export interface Message {
	bizType: string;
	/** Undefined if JDY gave it none: then a repetition cannot be recognised. */
	msgId: string | undefined;
	isTest: boolean;
	/** As it was received; numbers that would lose digits are text. */
	body: Record<string, unknown>;
}

function refusal(reason: string): { refusal: Refusal } {
	return { refusal: { status: 400, reason } };
}

function isName(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME;
}

/** The body as an object, empty if there is none, or why it is no object. */
function bodyIn(text: string): { body: Record<string, unknown> } | { refusal: Refusal } {
	if (text.trim() === '') return { body: {} };
	if (isNestedDeeper(text, MAX_LEVELS)) return refusal(`The body is nested deeper than ${MAX_LEVELS} levels`);
	try {
		const value = parseForOutput(text);
		if (isRecord(value)) return { body: value };
	} catch {
		// What is no JSON is no message.
	}
	return refusal('The body is no JSON object');
}

/** Reads a request as a message, or says why it is none. */
export function readMessage(query: Record<string, unknown>, text: string): { message: Message } | { refusal: Refusal } {
	const content = bodyIn(text);
	if ('refusal' in content) return content;
	const { body } = content;
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
