import { judge } from './failures';
import type { Failure, Outcome } from './failures';
import { parseForOutput } from './json';
import type { Answer } from './types';

const MAX_MESSAGE_LENGTH = 500;

type Body = Record<string, unknown>;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as an object, or undefined where it is none. A byte order mark in front is ignored. */
function readBody(text: string): Body | undefined {
	try {
		const body = parseForOutput(text.replace(/^\ufeff/, ''));
		return isRecord(body) ? body : undefined;
	} catch {
		return undefined;
	}
}

/** Numbers come as text from some of the platform's services [C], so `"0"` is read like `0`. */
function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
	return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function readMessage(body: Body | undefined): string | undefined {
	const texts = [body?.description_cn, body?.description, body?.msg];
	const text = texts.find((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
	return text?.trim().slice(0, MAX_MESSAGE_LENGTH);
}

function failureOf(answer: Answer, body: Body | undefined, errcode: number | undefined): Failure {
	const { code, verdict } = judge(answer.status, errcode);
	return {
		code,
		errcode: errcode ?? null,
		kind: verdict[0],
		outcome: verdict[1],
		message: readMessage(body) ?? `Kingdee JDY answered HTTP ${answer.status} without an explanation`,
		requestId: answer.headers['x-api-requestid'] ?? null,
		raw: answer,
	};
}

/**
 * Reads the answer of a business call: the envelope of a success, or the failure it stands for.
 *
 * Success is HTTP 200 with errcode 0 [D]; everything else goes through the table of failures.
 */
export function readAnswer(answer: Answer): Outcome {
	const body = readBody(answer.text);
	const errcode = wholeNumber(body?.errcode);
	if (body && errcode === 0 && answer.status === 200) {
		const { description, data, ...rest } = body;
		const envelope = { ...rest, errcode, description: typeof description === 'string' ? description : '', data: data ?? null };
		return { type: 'saved', envelope };
	}
	return { type: 'failed', failure: failureOf(answer, body, errcode) };
}

/**
 * Reads the answer of an app management call. These come as `{ errcode, description, data }` and as
 * `{ code, msg, data }`, where 200 is success; `data` as an object or as a list. [C]
 */
export function readManagementAnswer(answer: Answer): { rows: Body[] } | { failure: Failure } {
	const body = readBody(answer.text);
	const errcode = wholeNumber(body?.errcode);
	const code = wholeNumber(body?.code);
	const isSuccess = answer.status === 200 && (errcode ?? (code === 200 ? 0 : code)) === 0;
	if (!body || !isSuccess) return { failure: failureOf(answer, body, errcode ?? code) };
	const rows: unknown[] = Array.isArray(body.data) ? body.data : [body.data];
	return { rows: rows.filter(isRecord) };
}
