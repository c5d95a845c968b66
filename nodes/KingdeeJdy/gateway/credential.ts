import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Complaint } from './complaint';
import { hmacWith } from './hmac';
import type { Hmac } from './hmac';

export const CREDENTIAL_NAME = 'kingdeeJdyApi';
export const OFFICIAL_GATEWAY = 'https://api.kingdee.com';

/** The way that is taken where a credential names none: n8n does not store what equals a default. */
export const DEFAULT_AUTHENTICATION = 'instance';

/** What every way of authentication needs: whom the requests are signed for, and where they go. */
export interface Client {
	/** Origin of the gateway, e.g. `https://api.kingdee.com`. */
	gatewayOrigin: string;
	clientId: string;
	clientSecret: string;
	/** The client secret, prepared once for all requests. */
	signing: Hmac;
}

/** The user pastes a token; it ends after about 24 hours. [D] */
interface TokenCredential extends Client {
	authentication: 'appToken';
	appToken: string;
	/** Origin of the account's data centre, sent as a header, never called. */
	routerDomain: string;
}

/** Tokens are fetched with a secret that stays the same. */
export interface AppKeyCredential extends Client {
	authentication: 'appKey';
	appKey: string;
	appSecret: string;
	routerDomain: string;
}

/** Key, secret, router domain and tokens are all fetched. */
export interface InstanceCredential extends Client {
	authentication: 'instance';
	/** Undefined for an app of one's own firm, which needs none. [R] */
	outerInstanceId: string | undefined;
	/** Chooses among several accounts of one instance or app; undefined where there is only one. */
	accountId: string | undefined;
}

/** A checked credential; every text that becomes a header is fit for it. */
export type GatewayCredential = TokenCredential | AppKeyCredential | InstanceCredential;

/** A header value as HTTP allows it: Latin-1 without control characters. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

function requiredText(value: unknown, label: string): string {
	if (typeof value !== 'string' || value.trim() === '') throw new Complaint(label, 'must not be empty');
	if (!value.isWellFormed()) throw new Complaint(label, 'contains half a character; copy the value again');
	if (/[\r\n]/.test(value)) throw new Complaint(label, 'must not contain a line break');
	return value.trim();
}

/**
 * Checks a text that is to become a header.
 *
 * @throws Complaint naming `label`
 */
export function headerText(value: unknown, label: string): string {
	const text = requiredText(value, label);
	if (!HEADER_TEXT.test(text)) {
		throw new Complaint(label, 'contains a character that cannot be sent in a header; copy the value again');
	}
	return text;
}

/**
 * Accepts `https://tf.jdy.com` and `https://tf.jdy.com/`; gives the origin.
 *
 * @throws Complaint naming `label`
 */
export function origin(value: unknown, label: string, example = 'https://tf.jdy.com'): string {
	const text = headerText(value, label);
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
	const isBare = url?.pathname === '/' && !/[?#@]/.test(text);
	if (!url || !isHttp || !isBare) {
		throw new Complaint(label, `must be an http(s) address without a path, for example ${example}`);
	}
	return url.origin;
}

/**
 * Checks what every way of authentication needs.
 *
 * @throws Complaint naming the field, never its value
 */
export function readClient({ gatewayUrl = OFFICIAL_GATEWAY, clientId, clientSecret }: ICredentialDataDecryptedObject): Client {
	const secret = requiredText(clientSecret, 'Client Secret');
	return {
		gatewayOrigin: origin(gatewayUrl, 'Gateway URL', OFFICIAL_GATEWAY),
		clientId: headerText(clientId, 'Client ID'),
		clientSecret: secret,
		signing: hmacWith(secret),
	};
}

/** @throws Complaint for an expression that found nothing: without an Instance ID another account would be used */
function instanceIdOf(data: ICredentialDataDecryptedObject): string | undefined {
	const { outerInstanceId } = data;
	if (!Object.hasOwn(data, 'outerInstanceId') || (typeof outerInstanceId === 'string' && outerInstanceId.trim() === '')) return undefined;
	return requiredText(outerInstanceId, 'Instance ID');
}

/**
 * Checks a decrypted credential of type `kingdeeJdyApi`.
 *
 * @throws Complaint naming the field, never its value
 */
export function readCredential(data: ICredentialDataDecryptedObject): GatewayCredential {
	const { authentication = DEFAULT_AUTHENTICATION } = data;
	const client = readClient(data);
	switch (authentication) {
		case 'appToken':
			return {
				...client,
				authentication,
				appToken: headerText(data.appToken, 'App Token'),
				routerDomain: origin(data.routerDomain, 'Router Domain'),
			};
		case 'appKey':
			return {
				...client,
				authentication,
				appKey: requiredText(data.appKey, 'App Key'),
				appSecret: requiredText(data.appSecret, 'App Secret'),
				routerDomain: origin(data.routerDomain, 'Router Domain'),
			};
		case 'instance': {
			const { accountId = '' } = data;
			return {
				...client,
				authentication,
				outerInstanceId: instanceIdOf(data),
				accountId: String(accountId).trim() === '' ? undefined : requiredText(accountId, 'Account ID'),
			};
		}
		default:
			throw new Complaint('Authentication', 'must be appToken, appKey or instance');
	}
}

function nameAccount(credential: GatewayCredential): string {
	const { gatewayOrigin, clientId } = credential;
	switch (credential.authentication) {
		case 'appToken':
			return JSON.stringify([gatewayOrigin, clientId, credential.appToken]);
		case 'appKey':
			return JSON.stringify([gatewayOrigin, clientId, credential.appKey]);
		case 'instance':
			return JSON.stringify([gatewayOrigin, clientId, credential.outerInstanceId, credential.accountId]);
	}
}

const accounts = new WeakMap<GatewayCredential, string>();

/** What names the account of a credential, whichever of its secrets changes. Asked for several times a call, so it is kept. */
export function accountOf(credential: GatewayCredential): string {
	const known = accounts.get(credential);
	if (known !== undefined) return known;
	const account = nameAccount(credential);
	accounts.set(credential, account);
	return account;
}
