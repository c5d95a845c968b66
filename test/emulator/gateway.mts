import { isUtf8 } from 'node:buffer';

import { GATEWAY, businessError, json, refusal } from './answers.mts';
import type { Reply } from './answers.mts';
import { readExactly } from './calls.mts';
import type { Kept, Served } from './calls.mts';
import { DocumentStore } from './documents.mts';
import { endpointsAt } from './endpoints.mts';
import { seedOf } from './jdy/masterData/seeds.mts';
import { RecordStore } from './jdy/records.mts';
import type { Account, Client, Settings } from './settings.mts';
import { TokenOffice } from './tokens.mts';
import { Verifier, splitTarget } from './verify.mts';
import type { Arrived } from './verify.mts';

/** How one call ended inside the gateway. */
export interface Handled extends Served {
	client?: Client;
	account?: Account;
}

const TOKEN_PATH = '/jdyconnector/app_management/kingdee_auth_token';
const AUTHORIZE_PATH = '/jdyconnector/app_management/push_app_authorize';
const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The gateway's own work, without sockets: from a request that arrived to the answer. */
export class Gateway {
	readonly settings: Settings;
	readonly tokens: TokenOffice;
	/** Custom documents. */
	readonly documents: DocumentStore;
	/** What the standard API holds. */
	readonly records: RecordStore;
	readonly #verifier: Verifier;
	readonly #calls = new Map<string, number[]>();
	readonly #callsOfApis = new Map<string, number[]>();

	constructor(settings: Settings) {
		this.settings = settings;
		this.tokens = new TokenOffice(settings);
		this.documents = new DocumentStore(settings);
		this.records = new RecordStore(settings, seedOf(settings));
		this.#verifier = new Verifier(settings);
	}

	/** @param kept whether a write happens; everything is checked and answered either way */
	handle(arrived: Arrived, kept: Kept): Handled {
		const verified = this.#verifier.verify(arrived);
		if ('status' in verified) return { reply: verified };
		const client = verified;
		const { path, query } = splitTarget(arrived.target);
		if (path === TOKEN_PATH || path === AUTHORIZE_PATH) return { client, reply: this.#manage(client, path, arrived, query) };
		const account = this.#accountOf(arrived, client);
		if ('reply' in account) return { client, ...account };
		return { client, account, ...this.#serve(client, account, path, arrived, kept) };
	}

	#manage(client: Client, path: string, arrived: Arrived, query: string): Reply {
		if (arrived.method !== (path === TOKEN_PATH ? 'GET' : 'POST')) return GATEWAY.methodNotAllowed();
		const parameters = new URLSearchParams(query);
		if (path === TOKEN_PATH) return this.tokens.token(client, parameters);
		// Public clients send `{}`, or no body and no content type [C].
		const body = arrived.bytes.length === 0 ? { value: undefined } : this.#readBody(arrived);
		return 'reply' in body ? body.reply : this.tokens.authorize(client, parameters);
	}

	#accountOf({ headers }: Arrived, client: Client): Account | { reply: Reply } {
		const text = headers['app-token'];
		if (!text) return { reply: GATEWAY.tokenMissing() };
		const token = this.tokens.find(text);
		if (!token || token.account.clientId !== client.clientId) return { reply: GATEWAY.tokenInvalid() };
		return token.isExpired ? { reply: GATEWAY.tokenExpired() } : token.account;
	}

	#serve(client: Client, account: Account, path: string, arrived: Arrived, kept: Kept): Served {
		const endpoints = endpointsAt(path);
		if (endpoints.length === 0) return { reply: GATEWAY.apiNotFound() };
		const endpoint = endpoints.find(({ method }) => method === arrived.method);
		if (!endpoint) return { reply: GATEWAY.methodNotAllowed() };
		if (!client.permissions.some((prefix) => path.startsWith(prefix))) return { reply: GATEWAY.permission() };
		if (!this.#isRouted(arrived.headers['x-gw-router-addr'], account)) return { reply: this.#wrongRouter() };
		if (account.status !== 1) return { reply: businessError(1020002008, '账套授权异常，请检查appKey') };
		if (!this.#withinLimit(account, path)) return { reply: this.#tooMany() };
		const body = (endpoint.reads ?? 'json') === 'json' ? this.#readBody(arrived) : { value: undefined };
		if ('reply' in body) return body;
		const query = new URLSearchParams(splitTarget(arrived.target).query);
		const { documents: store, records, settings } = this;
		const contentType = arrived.headers['content-type'] ?? '';
		return endpoint.serve({ store, records, settings, client, account, query, body: body.value, bytes: arrived.bytes, contentType, kept });
	}

	#readBody({ headers, body, bytes }: Arrived): { value: unknown } | { reply: Reply } {
		const refused = { reply: json(400, { errcode: 400, description: 'Bad Request' }) };
		if (!JSON_TYPE.test(headers['content-type'] ?? '') || !isUtf8(bytes)) return refused;
		try {
			return { value: readExactly(body) };
		} catch {
			return refused;
		}
	}

	/** A domain has been seen with http and https, with a slash at its end and without [C]. */
	#isRouted(domain: string | undefined, account: Account): boolean {
		if (this.settings.routerHeader === 'required') return domain === account.domain;
		if (domain === undefined) return true;
		const host = (text: string) => text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
		return host(domain) === host(account.domain);
	}

	#wrongRouter(): Reply {
		switch (this.settings.wrongRouter) {
			case 'noRoute':
				return json(404, { errcode: 404, description: 'No Route' });
			case 'badGateway':
				return { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html><h1>502 Bad Gateway</h1></html>' };
			case 'apiNotFound':
				return GATEWAY.apiNotFound();
			case 'apiUnavailable':
				return GATEWAY.apiUnavailable();
			case 'serviceFailed':
				// Its status is not written down [?].
				return businessError(3000002000, '服务异常');
		}
	}

	#tooMany(): Reply {
		if (this.settings.rateLimit === 'errcode') return refusal(429, 'too many requests', '请求过于频繁');
		return json(429, { errcode: 429, description: 'Too Many Requests' });
	}

	#withinLimit(account: Account, path: string): boolean {
		const { callsPerMinute, callsPerSecond } = this.settings;
		if (callsPerMinute === Infinity && callsPerSecond === Infinity) return true;
		const lastMinute = this.#recent(this.#calls, account.accountId, MINUTE_MS);
		const lastSecond = this.#recent(this.#callsOfApis, `${account.accountId} ${path}`, SECOND_MS);
		const isWithin = lastMinute.length < callsPerMinute && lastSecond.length < callsPerSecond;
		if (isWithin) for (const calls of [lastMinute, lastSecond]) calls.push(this.settings.now());
		return isWithin;
	}

	/** The times of the calls that are not older than this; kept in place. */
	#recent(times: Map<string, number[]>, key: string, ms: number): number[] {
		const calls = times.get(key) ?? [];
		times.set(key, calls);
		const now = this.settings.now();
		while (calls[0] !== undefined && now - calls[0] >= ms) calls.shift();
		return calls;
	}
}
