import { isRecord } from '../../gateway/json/json';
import type { Envelope } from '../../gateway/types';
import type { IdKind } from '../contract/operation';
import { unusableAnswer } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';
import { NUMBER_KEYS } from '../contract/row';

/** What an answer with errcode 0 says about one ID. */
type Verdict = { type: 'done' } | { type: 'refused'; message: string | undefined };

interface BatchResponse {
	/** By ID; an ID that is not named, or named both ways, is missing. */
	verdicts: Map<string, Verdict>;
	/** Whether the answer says nothing but that the call succeeded. */
	isSilent: boolean;
}

/** Keys of what was not done: `fail_ids`, `errors`. */
const REFUSES = /fail|error|refus|reject|invalid|unsuccess|not_?done/i;
/** Keys of what was done, and of lists whose rows report it themselves. */
const CONFIRMS = /^(?:data|rows|list|results?|ids?|numbers?|done\w*|succe\w*|id_number_map)$/i;
const ROW_KEYS: Record<IdKind, readonly string[]> = { id: ['id'], number: NUMBER_KEYS };
/** Lists of the other kind of name: a number may look like the ID of another document. */
const OTHER_NAMES: Record<IdKind, RegExp> = { id: /(?:^|_)(?:numbers?|bill_nos?)$/i, number: /(?:^|_)ids?$/i };
const FLAGS = ['success', 'is_success', 'isSuccess', 'successed'];
const MESSAGES = ['message', 'msg', 'description', 'error', 'reason', 'fail_reason'];
const MAX_DEPTH = 6;

/** The platform writes truth as true, "true", 1 or "1". */
function flagOf(row: Record<string, unknown>): boolean | undefined {
	const flag = FLAGS.map((key) => row[key]).find((value) => value !== undefined && value !== null);
	if (flag !== undefined) return [true, 1, 'true', '1'].some((value) => value === flag);
	const { errcode } = row;
	return errcode === undefined || errcode === null ? undefined : String(errcode) === '0';
}

function messageOf(row: Record<string, unknown>): string | undefined {
	return MESSAGES.map((key) => row[key]).find((text): text is string => typeof text === 'string' && text.trim() !== '');
}

/** The part of an answer with errcode 0 that says that the call as a whole did not succeed. */
function denialIn(envelope: Envelope): Record<string, unknown> | undefined {
	let value: unknown = envelope;
	for (let depth = 0; isRecord(value) && depth < MAX_DEPTH; depth += 1) {
		if (flagOf(value) === false) return value;
		value = value.data;
	}
	return undefined;
}

/** The failure of an answer that says both, errcode 0 and no success: which of them holds is not known. */
export function contradiction(envelope: Envelope): ItemFailure | undefined {
	const denial = denialIn(envelope);
	if (!denial) return undefined;
	const why = messageOf(denial);
	return unusableAnswer('unconfirmed', `The answer says that this did not succeed${why === undefined ? '' : `: ${why}`}`, 'unknown');
}

/** Walks through an answer and notes what it says about the IDs that were asked for. */
class BatchResponseReader {
	readonly verdicts = new Map<string, Verdict>();

	private readonly contradicted = new Set<string>();

	private readonly asked: ReadonlySet<string>;

	private readonly by: IdKind;

	constructor(asked: ReadonlySet<string>, by: IdKind) {
		this.asked = asked;
		this.by = by;
	}

	/** @param context whether what stands here was done; undefined if nothing says so, or it is contradicted */
	read(value: unknown, context: boolean | undefined, depth = 0): void {
		if (depth > MAX_DEPTH) return;
		if (Array.isArray(value)) {
			for (const entry of value) {
				if (isRecord(entry)) this.read(entry, context, depth + 1);
				else if (context !== undefined) this.note(entry, context);
			}
		} else if (isRecord(value)) {
			if (this.readRow(value, context)) return;
			// IDs beside `success: false` are those that were done, or those that were not.
			const own = context && flagOf(value) === false ? undefined : context;
			for (const [key, entry] of Object.entries(value)) this.readField(key, entry, own, depth);
		}
	}

	/** A row about one of the IDs, e.g. `{ id, success, message }`. */
	private readRow(row: Record<string, unknown>, context: boolean | undefined, known?: string): boolean {
		const id = known ?? ROW_KEYS[this.by].map((key) => String(row[key])).find((text) => this.asked.has(text));
		if (id === undefined) return false;
		const message = messageOf(row);
		const isDone = context === false ? false : (flagOf(row) ?? (message === undefined ? context : undefined));
		if (isDone !== undefined) this.note(id, isDone, message);
		return true;
	}

	private readField(key: string, value: unknown, context: boolean | undefined, depth: number): void {
		if (OTHER_NAMES[this.by].test(key)) return;
		if (key === 'id_number_map' && this.by === 'number') {
			if (isRecord(value) && context !== undefined) for (const number of Object.values(value)) this.note(number, context);
			return;
		}
		if (this.asked.has(key)) {
			if (isRecord(value)) this.readRow(value, context, key);
			else if (context !== undefined) this.note(key, context && value !== false, typeof value === 'string' ? value : undefined);
			return;
		}
		const own = REFUSES.test(key) ? false : CONFIRMS.test(key) ? context : undefined;
		this.read(value, own, depth + 1);
	}

	private note(id: unknown, isDone: boolean, message?: string): void {
		const text = String(id);
		if (!this.asked.has(text) || this.contradicted.has(text)) return;
		const before = this.verdicts.get(text);
		if (before && (before.type === 'done') !== isDone) {
			this.contradicted.add(text);
			this.verdicts.delete(text);
		} else if (!before || isDone) this.verdicts.set(text, isDone ? { type: 'done' } : { type: 'refused', message });
	}
}

/** Words beside a success are none of their own; without one they may say anything. */
function isSilent(value: unknown): boolean {
	if (!isRecord(value)) return value === null || value === undefined || value === '' || value === true || value === 'success';
	const succeeds = flagOf(value) === true;
	return Object.entries(value).every(
		([key, entry]) => (succeeds && (MESSAGES.includes(key) || FLAGS.includes(key) || key === 'errcode')) || isSilent(entry),
	);
}

/**
 * What an answer clearly says of IDs, as `sys/common_operate` is documented to: `ids` and `id_number_map` name what was done [D]; and rows
 * that say of themselves whether they were.
 */
function clearIn(data: unknown, by: IdKind): Map<string, Verdict['type']> {
	if (!isRecord(data)) return new Map();
	const { ids, id_number_map: numbers, rows } = data;
	const named = isRecord(numbers) ? (by === 'id' ? Object.keys(numbers) : Object.values(numbers)) : [];
	const done = [...(by === 'id' && Array.isArray(ids) ? ids : []), ...named].map((id): [string, 'done'] => [String(id), 'done']);
	const told = (Array.isArray(rows) ? rows.filter(isRecord) : []).flatMap((row) => {
		const flag = flagOf(row);
		return flag === undefined ? [] : ROW_KEYS[by].map((key): [string, Verdict['type']] => [String(row[key]), flag ? 'done' : 'refused']);
	});
	return new Map([...clearIn(data.data, by), ...done, ...told]);
}

/**
 * Finds what an answer says about each ID. How `cust/operate` confirms them is not documented [?], so that every shape counts that
 * names an ID as done or as refused, unless it is contradicted.
 *
 * @param asked the IDs or numbers that were sent
 * @param isDocumented whether only what the answer clearly says counts
 */
export function readBatchResponse(envelope: Envelope, asked: readonly string[], by: IdKind, isDocumented: boolean): BatchResponse {
	const reader = new BatchResponseReader(new Set(asked), by);
	const isDenied = denialIn(envelope) !== undefined;
	reader.read(envelope.data, isDenied ? undefined : true);
	if (!isDocumented) return { verdicts: reader.verdicts, isSilent: !isDenied && isSilent(envelope.data) };
	const clear = clearIn(envelope.data, by);
	return { verdicts: new Map([...reader.verdicts].filter(([id, { type }]) => clear.get(id) === type)), isSilent: false };
}
