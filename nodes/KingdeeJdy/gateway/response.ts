import type { CodeOutcome } from './errors/codes';
import { failed, failureOf, judge } from './errors/failures';
import type { CallResult, Failure } from './errors/failures';
import type { FailureKind } from './errors/kinds';
import { saysRefused } from './errors/refusalTexts';
import { isRecord, parseForOutput } from './json/json';
import type { Mask } from './masking/mask';
import type { Answer, Endpoint, Envelope } from './types';

const MAX_MESSAGE_LENGTH = 500;

const BAD_REQUEST = 400;

/** Statuses with which JDY refuses in words; every other one is sent by something in between. */
const SPEAKING = new Set([200, BAD_REQUEST, 519]);

type Body = Record<string, unknown>;

/** The body as an object, or undefined if it is none. A byte order mark in front is ignored. */
function readBody(text: string): Body | undefined {
	try {
		const parsed = parseForOutput(text.replace(/^\ufeff/, ''));
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** Some of the platform's services send numbers as text [C], so `"0"` is read like `0`. */
function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
	return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** A line of text that is no JSON, as some refusals with HTTP 400 are [R]; a page of HTML says nothing. */
const PLAIN_LINE = /^[^<{[\n]{1,500}$/;

function readMessage(body: Body | undefined, { status, text: whole }: Answer): string | undefined {
	const line = status === BAD_REQUEST && PLAIN_LINE.test(whole.trim()) ? whole : undefined;
	const texts = [body?.description_cn, body?.description, body?.msg, body?.message, line];
	const text = texts.find((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
	return text?.trim().slice(0, MAX_MESSAGE_LENGTH);
}

/** `Retry-After` in whole seconds; a date there is not used by anybody in this field. */
function readRetryAfter(value: string | undefined): number | null {
	return value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : null;
}

/** What an answer proves by its codes, or by its words if the code is not known. */
function verdictOf({ status }: Answer, errcode: number | undefined, words: string): { code: number; kind: FailureKind; outcome: CodeOutcome } {
	const { code, verdict } = judge(status, errcode);
	const [kind, outcome] = verdict;
	return kind === 'unlisted' && SPEAKING.has(status) && saysRefused(words) ? { code, kind: 'field', outcome: 'rejected' } : { code, kind, outcome };
}

function refusalOf(answer: Answer, body: Body | undefined, errcode: number | undefined, mask: Mask): Failure {
	const { status, headers } = answer;
	const said = readMessage(body, answer);
	const { code, kind, outcome } = verdictOf(answer, errcode, said ?? '');
	const words = mask.clean(said) as string | undefined;
	const contradiction = `HTTP ${status} and errcode ${errcode} contradict each other`;
	const message = kind === 'contradiction' ? contradiction : (words ?? `Kingdee JDY answered HTTP ${status} without an explanation`);
	const requestId = headers['x-api-requestid'];
	return failureOf(kind, outcome, message, {
		code,
		errcode: errcode ?? null,
		status,
		requestId: requestId === undefined ? null : String(mask.clean(requestId)),
		retryAfterMs: readRetryAfter(headers['retry-after']),
		date: headers.date ?? null,
	});
}

/** The names of an upload's answer made those of every other one. [D] */
function withUsualNames(body: Body | undefined): Body | undefined {
	if (!body || 'errcode' in body) return body;
	const { errorCode, message, ...rest } = body;
	return { ...rest, errcode: errorCode, description: message };
}

/** The envelope as it is shown. What the gateway's own names and codes say is judged before: a short secret may look like them. */
function shown(body: Body, text: string, mask: Mask): Envelope {
	const { description, data = null } = body;
	// No one else holds what was parsed, so it becomes the envelope itself.
	const envelope = Object.assign(body, { errcode: 0, description: typeof description === 'string' ? description : '', data });
	if (!mask.mayStandIn(text)) return envelope;
	const { errcode, description: words, data: given, ...others } = envelope;
	return { ...(mask.clean(others) as Body), errcode, description: String(mask.clean(words)), data: mask.clean(given) };
}

/**
 * Reads the answer of a business call: the envelope of a success, or the failure it stands for.
 *
 * Success is HTTP 200 with errcode 0 [D]; everything else is looked up in the table of failures.
 */
export function readAnswer(answer: Answer, mask: Mask, { boundary }: Pick<Endpoint, 'boundary'> = {}): CallResult {
	const read = readBody(answer.text);
	const body = boundary === undefined ? read : withUsualNames(read);
	const errcode = wholeNumber(body?.errcode);
	if (body && errcode === 0 && answer.status === 200) return { type: 'done', envelope: shown(body, answer.text, mask) };
	return failed(refusalOf(answer, body, errcode, mask));
}

/**
 * Reads the answer of an app management call. They have the form `{ errcode, description, data }` or
 * `{ code, msg, data }`, where 200 is success; `data` as an object or as a list. [C] The rows hold secrets, unmasked.
 */
export function readManagementAnswer(answer: Answer, mask: Mask): { rows: Body[] } | { failure: Failure } {
	const body = readBody(answer.text);
	const errcode = wholeNumber(body?.errcode);
	const code = wholeNumber(body?.code);
	const isSuccess = answer.status === 200 && (errcode ?? (code === 200 ? 0 : code)) === 0;
	if (!body || !isSuccess) return { failure: refusalOf(answer, body, errcode ?? code, mask) };
	const rows: unknown[] = Array.isArray(body.data) ? body.data : [body.data];
	return { rows: rows.filter(isRecord) };
}
