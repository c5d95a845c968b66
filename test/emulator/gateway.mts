import { GATEWAY, json, refusal } from './answers.mts';
import type { Reply } from './answers.mts';
import { DocumentStore, readExactly } from './documents.mts';
import type { Document } from './documents.mts';
import type { Account, Client, Settings } from './settings.mts';
import { TokenOffice } from './tokens.mts';
import { Verifier, splitTarget } from './verify.mts';
import type { Arrived } from './verify.mts';

/** How one call ended inside the gateway. */
export interface Handled {
	reply: Reply;
	client?: Client;
	account?: Account;
	saved?: Document;
}

const TOKEN_PATH = '/jdyconnector/app_management/kingdee_auth_token';
const AUTHORIZE_PATH = '/jdyconnector/app_management/push_app_authorize';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

type Endpoint = (store: DocumentStore, account: Account, body: unknown, saves: boolean) => { reply: Reply; saved?: Document };

const ENDPOINTS = new Map<string, Endpoint>([
	['/jdy/v2/cust/save', (store, account, body, saves) => store.save(account, body, saves)],
	['/jdy/v2/cust/list', (store, account, body) => ({ reply: store.list(account, body) })],
	['/jdy/v2/cust/detail', (store, account, body) => ({ reply: store.detail(account, body) })],
	['/jdy/v2/cust/operate', (store, account, body) => ({ reply: store.operate(account, body) })],
]);

/** The gateway's own work, without sockets: from a request that arrived to the answer. */
export class Gateway {
	readonly settings: Settings;
	readonly tokens: TokenOffice;
	readonly documents: DocumentStore;
	readonly #verifier: Verifier;
	readonly #calls = new Map<string, number[]>();

	constructor(settings: Settings) {
		this.settings = settings;
		this.tokens = new TokenOffice(settings);
		this.documents = new DocumentStore(settings);
		this.#verifier = new Verifier(settings);
	}

	/** @param saves false: everything is checked, but a save does not happen */
	handle(arrived: Arrived, saves: boolean): Handled {
		const verified = this.#verifier.verify(arrived);
		if ('status' in verified) return { reply: verified };
		const client = verified;
		const { path, query } = splitTarget(arrived.target);
		if (path === TOKEN_PATH || path === AUTHORIZE_PATH) return { client, reply: this.#manage(client, path, arrived, query) };
		const account = this.#accountOf(arrived, client);
		if ('reply' in account) return { client, ...account };
		return { client, account, ...this.#serve(client, account, path, arrived, saves) };
	}

	#manage(client: Client, path: string, arrived: Arrived, query: string): Reply {
		if (arrived.method !== (path === TOKEN_PATH ? 'GET' : 'POST')) return GATEWAY.methodNotAllowed();
		const parameters = new URLSearchParams(query);
		if (path === TOKEN_PATH) return this.tokens.token(client, parameters);
		const body = this.#readBody(arrived);
		return 'reply' in body ? body.reply : this.tokens.authorize(client, parameters);
	}

	#accountOf({ headers }: Arrived, client: Client): Account | { reply: Reply } {
		const text = headers['app-token'];
		if (!text) return { reply: GATEWAY.tokenMissing() };
		const token = this.tokens.find(text);
		if (!token || token.account.clientId !== client.clientId) return { reply: GATEWAY.tokenInvalid() };
		return token.isExpired ? { reply: GATEWAY.tokenExpired() } : token.account;
	}

	#serve(client: Client, account: Account, path: string, arrived: Arrived, saves: boolean): { reply: Reply; saved?: Document } {
		const endpoint = ENDPOINTS.get(path);
		if (!endpoint) return { reply: GATEWAY.apiNotFound() };
		if (arrived.method !== 'POST') return { reply: GATEWAY.methodNotAllowed() };
		if (!client.permissions.some((prefix) => path.startsWith(prefix))) return { reply: GATEWAY.permission() };
		if (arrived.headers['x-gw-router-addr'] !== account.domain) return { reply: this.#wrongRouter() };
		if (!this.#withinLimit(account)) return { reply: this.#tooMany() };
		const body = this.#readBody(arrived);
		if ('reply' in body) return body;
		return endpoint(this.documents, account, body.value, saves);
	}

	#readBody({ headers, body }: Arrived): { value: unknown } | { reply: Reply } {
		const refused = { reply: json(400, { errcode: 400, description: 'Bad Request' }) };
		if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return refused;
		try {
			return { value: readExactly(body) };
		} catch {
			return refused;
		}
	}

	#wrongRouter(): Reply {
		switch (this.settings.wrongRouter) {
			case 'noRoute':
				return json(404, { errcode: 404, description: 'No Route' });
			case 'badGateway':
				return { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html><h1>502 Bad Gateway</h1></html>' };
			case 'apiNotFound':
				return GATEWAY.apiNotFound();
		}
	}

	#tooMany(): Reply {
		if (this.settings.rateLimit === 'errcode') return refusal(429, 'too many requests', '请求过于频繁');
		return json(429, { errcode: 429, description: 'Too Many Requests' });
	}

	#withinLimit(account: Account): boolean {
		const now = this.settings.now();
		const calls = this.#calls.get(account.accountId) ?? [];
		this.#calls.set(account.accountId, calls);
		while (calls[0] !== undefined && now - calls[0] >= MINUTE_MS) calls.shift();
		const lastSecond = calls.length - (calls.findLastIndex((time) => now - time >= SECOND_MS) + 1);
		const isWithin = calls.length < this.settings.callsPerMinute && lastSecond < this.settings.callsPerSecond;
		if (isWithin) calls.push(now);
		return isWithin;
	}
}
