import { request } from 'node:http';

import { Emulator } from './server.mts';
import { demoAccount, demoClient } from './settings.mts';
import type { Settings } from './settings.mts';
import { expectedText, hexHmac } from './verify.mts';

export interface Call {
	method?: string;
	target?: string;
	headers?: Record<string, string | undefined>;
	/** Text and bytes go out as they are, anything else as JSON; null sends none. */
	body?: unknown;
}

export interface Answered {
	status: number;
	requestId: string | undefined;
	body: { errcode?: number; code?: number; description?: string; description_cn?: string; data?: unknown };
	text: string;
}

export const SAVE = '/jdy/v2/cust/save';
export const LIST = '/jdy/v2/cust/list';
export const DETAIL = '/jdy/v2/cust/detail';
export const OPERATE = '/jdy/v2/cust/operate';

function bytesOf(body: unknown): string | Buffer | undefined {
	if (body === null) return undefined;
	return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** An emulator and a client of its own that calls it. */
export class Desk {
	#emulator: Emulator | undefined;
	#nonce = 1000;
	/** The emulator's clock. */
	now = 0;

	get emulator(): Emulator {
		if (!this.#emulator) throw new Error('Nothing was started');
		return this.#emulator;
	}

	async start(settings: Partial<Settings> = {}): Promise<void> {
		await this.stop();
		this.now = Date.now();
		this.#emulator = await Emulator.start({ now: () => this.now, ...settings });
	}

	async stop(): Promise<void> {
		await this.#emulator?.stop();
	}

	/** Header names and their order as a client of its own writes them. */
	headersFor(method: string, target: string, change: Record<string, string | undefined> = {}, nonce = String(++this.#nonce)): Record<string, string> {
		const timestamp = String(this.now);
		const headers: Record<string, string | undefined> = {
			'content-type': 'application/json',
			'X-API-CLIENTID': demoClient.clientId,
			'x-api-auth-version': '2.0',
			'x-api-timestamp': timestamp,
			'X-Api-SignHeaders': 'X-Api-Nonce,X-Api-TimeStamp',
			'X-Api-Nonce': nonce,
			'X-Api-Signature': hexHmac(demoClient.clientSecret, expectedText({ method, target }, nonce, timestamp)),
			'app-token': this.emulator.gateway.tokens.issue(demoAccount),
			'X-GW-Router-Addr': demoAccount.domain,
			...change,
		};
		return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
	}

	async call({ method = 'POST', target = SAVE, headers, body = { biz_type: 'ts_1', data: {} } }: Call): Promise<Answered> {
		return await new Promise((resolve, reject) => {
			const bytes = method === 'GET' ? undefined : bytesOf(body);
			const length = { 'Content-Length': String(Buffer.byteLength(bytes ?? '')) };
			const outgoing = request(`${this.emulator.url}${target}`, { method, headers: { ...this.headersFor(method, target, headers), ...length } }, (response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
				response.on('error', reject).on('end', () => {
					const parsed = text.startsWith('{') ? (JSON.parse(text) as Answered['body']) : {};
					resolve({ status: response.statusCode ?? 0, requestId: response.headers['x-api-requestid'] as string, body: parsed, text });
				});
			});
			outgoing.on('error', reject);
			outgoing.end(bytes);
		});
	}

	/** The errcode, or the status where the answer has none. */
	async codeOf(call: Call): Promise<number | undefined> {
		const { status, body } = await this.call(call);
		return body.errcode ?? status;
	}

	/** Saves documents of `ts_1` and gives their IDs. */
	async saved(...documents: object[]): Promise<string[]> {
		const ids = [];
		for (const data of documents) ids.push(((await this.call({ body: { biz_type: 'ts_1', data } })).body.data as { data: { id: string } }).data.id);
		return ids;
	}
}
