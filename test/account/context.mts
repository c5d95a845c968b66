import type { Answer, Fields } from './answer.mts';
import { countIn, dataOf, errcodeOf, isDone, rowsOf } from './answer.mts';
import { outgoingFor } from './caller.mts';
import type { Account, Request, Transport } from './caller.mts';
import type { AccountCredential } from './credential.mts';

export interface CheckOptions {
	credential: AccountCredential;
	transport: Transport;
	/** Code of a custom document type; empty: none. */
	customType: string;
	/** Least time from one call to the next. */
	paceMs: number;
	/** An answer that takes longer is too slow. */
	timeoutMs: number;
	/** How long after a failure that may pass a probe is tried again. */
	retryAfterMs: number;
	now: () => number;
	/** Times after which a saved customer is looked for. @default 0, 1, 2 and 4 s, one after the other */
	waitsMs?: readonly number[];
	/** `data` of the custom document that is saved; only where writing is wanted. */
	writeData?: Fields;
}

/** Statuses and codes of what may pass by itself: too many calls, failures, no answer. */
const PASSING = [429, 500, 502, 503, 504, 5000, 5003, 5004, 5005, 5006, 5007, 1000002001];

function mayPass(answer: Answer): boolean {
	const code = errcodeOf(answer) ?? answer.status;
	return answer.status === 0 || PASSING.includes(answer.status) || PASSING.includes(code) || /^20\d\d002000$/.test(String(code));
}

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** A probe makes more calls than it has said. */
export class TooManyCalls extends Error {}

/** A list that a probe needs was not answered. */
export class NotAnswered extends Error {
	readonly answer: Answer;

	constructor(answer: Answer) {
		super('A list was not answered');
		this.answer = answer;
	}
}

/** What probes share: the way to the gateway, and what earlier ones have found. */
export class ProbeContext {
	readonly options: CheckOptions;
	/** How far the gateway's clock is ahead. */
	clockOffsetMs = 0;
	/** The accounts that were listed. They hold secrets. */
	accounts: Fields[] = [];
	/** Raw answers that more than one probe looks at. */
	readonly kept = new Map<string, Answer>();
	/** Rows that more than one probe looks at. */
	readonly rows = new Map<string, Fields[]>();
	appKey: { appKey: string; appSecret: string } | undefined;
	account: Account | undefined;
	/** A list that this account may read. */
	readablePath = '';
	readonly timesMs: number[] = [];
	reused = 0;
	calls = 0;
	/** The last answer of this probe that says nothing of the account: it may come otherwise the next time. */
	disturbance: Answer | undefined;
	/** Calls that the probe of the moment may still make. */
	callsLeft = 0;
	#nextAtMs = -Infinity;

	constructor(options: CheckOptions) {
		this.options = options;
	}

	get credential(): AccountCredential {
		return this.options.credential;
	}

	/** The gateway's time. */
	get nowMs(): number {
		return this.options.now() + this.clockOffsetMs;
	}

	/** Makes one call with exactly these parts. */
	async send(request: Request): Promise<Answer> {
		if (this.callsLeft <= 0) throw new TooManyCalls('A probe makes more calls than it said');
		this.callsLeft -= 1;
		const waitMs = this.#nextAtMs - performance.now();
		if (waitMs > 0) await pause(waitMs);
		this.#nextAtMs = performance.now() + this.options.paceMs;
		this.calls += 1;
		const answer = await this.options.transport(outgoingFor(this.credential, request, this.nowMs));
		this.timesMs.push(answer.ms);
		if (answer.isReused) this.reused += 1;
		if (mayPass(answer)) this.disturbance = answer;
		return answer;
	}

	/** Makes a business call of the account, by the path below `/jdy/v2/`. */
	async call(path: string, query: Request['query'] = {}, more: Partial<Request> = {}): Promise<Answer> {
		return await this.send({ path: `/jdy/v2/${path}`, query, account: this.account, ...more });
	}

	/** A read of `cust/…`, which is a POST. */
	async custom(name: 'list' | 'detail', data: Fields, page: { page_no?: string; page_size?: string } = {}): Promise<Answer> {
		return await this.call(`cust/${name}`, {}, { method: 'POST', body: { biz_type: this.options.customType, data, page_no: '1', page_size: '100', ...page } });
	}

	/**
	 * Rows of a list.
	 *
	 * @throws NotAnswered where it is refused
	 */
	async list(path: string, query: Record<string, string> = {}): Promise<Fields[]> {
		const answer = await this.call(path, { page: '1', page_size: '100', ...query });
		if (!isDone(answer)) throw new NotAnswered(answer);
		return rowsOf(answer);
	}

	/** The first rows of a list, asked once. */
	async firstRows(path: string, query: Record<string, string> = {}): Promise<Fields[]> {
		const key = `${path}?${new URLSearchParams(query).toString()}`;
		const known = this.rows.get(key);
		if (known) return known;
		const rows = await this.list(path, { page_size: '20', ...query });
		this.rows.set(key, rows);
		return rows;
	}

	/** How many rows a list says it has; -1: it does not say. */
	async count(path: string, query: Record<string, string> = {}): Promise<number> {
		const answer = await this.call(path, { page: '1', page_size: '1', ...query });
		return isDone(answer) ? countIn(dataOf(answer), 'count') : -1;
	}
}
