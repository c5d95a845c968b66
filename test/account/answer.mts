/** One answer as it came, or why there is none. Nothing of it is judged here. */
export interface Answer {
	/** 0: no answer. */
	status: number;
	/** Code of the network error. */
	error?: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	text: string;
	ms: number;
	/** Whether the connection had been used before. */
	isReused: boolean;
	tlsVersion?: string;
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads JSON; a number that a double may not hold becomes text. Undefined: it is none. */
export function bodyOf({ text }: Pick<Answer, 'text'>): unknown {
	const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
	try {
		return parse(text, (_key, value, { source }) => (typeof value === 'number' && source !== undefined && source.length > 15 ? source : value));
	} catch {
		return undefined;
	}
}

const CODE = /^\d{1,10}$/;

/** The errcode of an envelope, or its `code`; undefined where there is none. */
export function errcodeOf(answer: Answer): number | undefined {
	const body = bodyOf(answer);
	if (!isFields(body)) return undefined;
	const code = body.errcode ?? body.errorCode ?? body.code;
	return (typeof code === 'string' || typeof code === 'number') && CODE.test(String(code)) ? Number(code) : undefined;
}

export function isDone(answer: Answer): boolean {
	return answer.status === 200 && errcodeOf(answer) === 0;
}

/** Whether a call reached what it is about, and was refused for what it asks: a field is missing or wrong, or a rule says no. */
export function isRefusedByRule(answer: Answer): boolean {
	const code = errcodeOf(answer) ?? answer.status;
	const isRule = /^20\d{8}$/.test(String(code)) && !/^20\d\d002000$/.test(String(code));
	return code === 400 || isRule || (code >= 1030002000 && code <= 1030002006);
}

/** `data` of the envelope. */
export function dataOf(answer: Answer): unknown {
	const body = bodyOf(answer);
	return isFields(body) ? body.data : undefined;
}

/** The rows of a list's answer; none where it has none. */
export function rowsOf(answer: Answer): Fields[] {
	const data = dataOf(answer);
	return isFields(data) && Array.isArray(data.rows) ? data.rows.filter(isFields) : [];
}

/** A whole number of at most nine digits, as a number or as text; -1: there is none. */
export function countIn(data: unknown, name: string): number {
	const value = isFields(data) ? data[name] : undefined;
	return (typeof value === 'string' || typeof value === 'number') && /^\d{1,9}$/.test(String(value)) ? Number(value) : -1;
}

/** A value as text, for comparing; empty for what is no scalar. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Status and code, which is all that a report says of a refusal. */
export function codes(answer: Answer): { status: number; code: number } {
	return { status: answer.status, code: errcodeOf(answer) ?? 0 };
}
