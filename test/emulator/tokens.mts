import { randomBytes, randomInt } from 'node:crypto';

import { businessError, json, success } from './answers.mts';
import type { Reply } from './answers.mts';
import type { Account, Client, Settings } from './settings.mts';
import { hexHmac } from './verify.mts';

interface Token {
	account: Account;
	endsAt: number;
}

interface Secret {
	value: string;
	endsAt: number;
}

/** App secrets that rotate and the tokens made with them. */
export class TokenOffice {
	readonly #settings: Settings;
	readonly #secrets = new Map<string, Secret>();
	readonly #tokens = new Map<string, Token>();
	readonly #tokenCalls = new Map<string, number[]>();

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	/** The secret that is valid now; a new one after every life. */
	appSecret(account: Account): string {
		const now = this.#settings.now();
		const current = this.#secrets.get(account.appKey);
		if (current && now < current.endsAt) return current.value;
		return this.rotate(account);
	}

	rotate(account: Account): string {
		const value = randomBytes(16).toString('hex');
		this.#secrets.set(account.appKey, { value, endsAt: this.#settings.now() + this.#settings.appSecretLifeMs });
		return value;
	}

	/** A token as an administrator would copy it. */
	issue(account: Account): string {
		const token = `tk-${randomBytes(24).toString('hex')}`;
		this.#tokens.set(token, { account, endsAt: this.#settings.now() + this.#settings.tokenLifeMs });
		return token;
	}

	/** Ends every token of an account now, as if its day were over. */
	endTokens(account: Account): void {
		for (const token of this.#tokens.values()) if (token.account === account) token.endsAt = 0;
	}

	find(token: string): { account: Account; isExpired: boolean } | undefined {
		const found = this.#tokens.get(token);
		return found && { account: found.account, isExpired: this.#settings.now() >= found.endsAt };
	}

	/** GET /jdyconnector/app_management/kingdee_auth_token */
	token(client: Client, query: URLSearchParams): Reply {
		const appKey = query.get('app_key') ?? '';
		const account = this.#settings.accounts.find((row) => row.appKey === appKey && row.clientId === client.clientId);
		if (!account) return businessError(1030002003, 'app_key不存在');
		if (account.status !== 1) return businessError(1020002008, '账套授权异常，请检查appKey');
		if (!this.#mayCall(`${client.clientId}:${appKey}`)) return json(429, { errcode: 429, description: '请求过于频繁' });
		if (query.get('app_signature') !== hexHmac(this.appSecret(account), appKey)) {
			return businessError(1030002006, '授权密钥校验失败，请获取最新密钥加密');
		}
		if (this.#settings.newTokenEnds === 'older') this.endTokens(account);
		const token = this.issue(account);
		const data = {
			uid: randomInt(1, 2 ** 31),
			'app-token': token,
			access_token: token,
			...this.#expires(),
			...(this.#settings.tokenDomain ? { domain: account.domain } : {}),
		};
		return success(this.#settings.tokenData === 'list' ? [data] : data);
	}

	/** POST /jdyconnector/app_management/push_app_authorize */
	authorize(client: Client, query: URLSearchParams): Reply {
		const outerInstanceId = query.get('outerInstanceId') ?? '';
		const isOwn = outerInstanceId === '' && this.#settings.ownAccounts;
		const rows = this.#settings.accounts
			.filter((account) => account.clientId === client.clientId && (account.outerInstanceId === outerInstanceId || isOwn))
			.map((account, index) => ({
				...account,
				appSecret: this.appSecret(account),
				groupName: 'emulator',
				agreementCompanyName: account.accountName,
				instanceExpiresTime: this.#settings.now() + 365 * 24 * 60 * 60 * 1000,
				tid: index + 1,
			}));
		if (this.#settings.authorizeEnvelope === 'code') return json(200, { code: 200, msg: 'success', data: rows });
		return success(rows);
	}

	#mayCall(key: string): boolean {
		const now = this.#settings.now();
		const recent = (this.#tokenCalls.get(key) ?? []).filter((time) => now - time < this.#settings.tokenMinuteMs);
		this.#tokenCalls.set(key, [...recent, now]);
		return recent.length < this.#settings.tokenCallsPerMinute;
	}

	#expires(): { expires?: number } {
		const { tokenExpires, tokenLifeMs } = this.#settings;
		if (tokenExpires === 'missing') return {};
		if (tokenExpires === 'absurd') return { expires: -1 };
		if (tokenExpires === 'absolute') return { expires: this.#settings.now() + tokenLifeMs };
		return { expires: tokenExpires === 'seconds' ? Math.floor(tokenLifeMs / 1000) : tokenLifeMs };
	}
}
