import { randomUUID } from 'node:crypto';

import type { Account } from './accounts.mts';

/** A message as JDY pushes it: names in the query, the rest in the body. [C] */
interface Pushed {
	bizType: string;
	/** A new one unless given; null: none. */
	msgId?: string | null;
	operation?: string;
	data: unknown;
	/** JDY hangs up then. */
	signal?: AbortSignal;
}

export interface Received {
	status: number;
	body: string;
}

async function post(url: string, query: Record<string, string>, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, signal: AbortSignal | null = null): Promise<Received> {
	const target = new URL(url);
	for (const [name, value] of Object.entries(query)) target.searchParams.append(name, value);
	const response = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, signal });
	return { status: response.status, body: await response.text() };
}

/** JDY's message subscription for one address. Its messages are not signed, as far as is known. */
export class Pusher {
	readonly #url: string;

	constructor(url: string) {
		this.#url = url;
	}

	/** What JDY sends when the address is entered in its console. [1] */
	async test(): Promise<Received> {
		return await this.message({ bizType: 'test_address', msgId: null, data: {} });
	}

	async message({ bizType, msgId = randomUUID(), operation = 'save', data, signal }: Pushed): Promise<Received> {
		const body = JSON.stringify({ bizType, operation, timestamp: 1_795_500_000_000, data });
		return await post(this.#url, { bizType, ...(msgId === null ? {} : { msgId }) }, body, {}, signal);
	}

	/** What JDY sends when a customer authorises the app: the rows of push_app_authorize. [C] */
	async authorize(account: Account, appSecret: string): Promise<Received> {
		return await this.message({ bizType: 'app_authorize', operation: 'authorize', data: [{ ...account, appSecret, tid: 1, instanceExpiresTime: 1_900_000_000_000 }] });
	}

	/** Sends whatever it is given, as nobody's message looks. */
	async raw(query: Record<string, string>, body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Received> {
		return await post(this.#url, query, body, headers);
	}
}
