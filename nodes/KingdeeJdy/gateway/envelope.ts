import { judge } from './failures';
import type { Outcome } from './failures';
import { parseForOutput } from './json';
import type { Answer } from './types';

const MAX_MESSAGE_LENGTH = 500;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as an object, or undefined where it is none. A byte order mark in front is ignored. */
function readBody(text: string): Record<string, unknown> | undefined {
	try {
		const body = parseForOutput(text.replace(/^\ufeff/, ''));
		return isRecord(body) ? body : undefined;
	} catch {
		return undefined;
	}
}

/** Numbers come as text from some of the platform's services [C], so `"0"` is read like `0`. */
function readErrcode(body: Record<string, unknown> | undefined): number | undefined {
	const errcode = body?.errcode;
	if (typeof errcode === 'string' && /^\d{1,15}$/.test(errcode)) return Number(errcode);
	return typeof errcode === 'number' && Number.isInteger(errcode) ? errcode : undefined;
}

function readMessage(body: Record<string, unknown> | undefined): string | undefined {
	const texts = [body?.description_cn, body?.description, body?.msg];
	const text = texts.find((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
	return text?.trim().slice(0, MAX_MESSAGE_LENGTH);
}

/**
 * Reads one answer: the envelope of a success, or the failure it stands for.
 *
 * Success is HTTP 200 with errcode 0 [D]; everything else goes through the table of failures.
 */
export function readAnswer(answer: Answer): Outcome {
	const body = readBody(answer.text);
	const errcode = readErrcode(body);
	if (body && errcode === 0 && answer.status === 200) {
		const { description, data, ...rest } = body;
		const envelope = { ...rest, errcode, description: typeof description === 'string' ? description : '', data: data ?? null };
		return { type: 'saved', envelope };
	}
	const { code, verdict } = judge(answer.status, errcode);
	return {
		type: 'failed',
		failure: {
			code,
			errcode: errcode ?? null,
			kind: verdict[0],
			outcome: verdict[1],
			message: readMessage(body) ?? `Kingdee JDY answered HTTP ${answer.status} without an explanation`,
			requestId: answer.headers['x-api-requestid'] ?? null,
			raw: answer,
		},
	};
}
