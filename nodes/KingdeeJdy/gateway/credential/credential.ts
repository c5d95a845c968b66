import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { ValidationError } from '../errors/validationError';
import { headerText, origin, requiredText } from './credentialFields';

export const CREDENTIAL_NAME = 'kingdeeJdyApi';
export const OFFICIAL_GATEWAY = 'https://api.kingdee.com';

/** The authentication of a credential that names none: n8n does not store what equals a default. */
export const DEFAULT_AUTHENTICATION = 'instance';

/** What every way of authentication needs: whom the requests are signed for, and where they are sent. */
export interface Client {
	/** Origin of the gateway, e.g. `https://api.kingdee.com`. */
	gatewayOrigin: string;
	clientId: string;
	clientSecret: string;
	/** Whether every write is refused before it is sent. */
	readOnly: boolean;
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
	/** Chooses among several accounts of one instance or app; undefined if there is only one. */
	accountId: string | undefined;
}

/** A checked credential; every text that becomes a header is fit for it. */
export type GatewayCredential = TokenCredential | AppKeyCredential | InstanceCredential;

/** @throws ValidationError for an expression that found nothing: it is not known then whether writes are wanted */
function isReadOnly(data: ICredentialDataDecryptedObject): boolean {
	// n8n does not store what equals a default.
	const { readOnly } = Object.hasOwn(data, 'readOnly') ? data : { readOnly: false };
	const text = String(readOnly);
	if (text !== 'true' && text !== 'false') throw new ValidationError('Read Only', 'must be true or false');
	return text === 'true';
}

/**
 * Checks what every way of authentication needs.
 *
 * @throws ValidationError naming the field, never its value
 */
export function readClient(data: ICredentialDataDecryptedObject): Client {
	const { gatewayUrl = OFFICIAL_GATEWAY, clientId, clientSecret } = data;
	return {
		gatewayOrigin: origin(gatewayUrl, 'Gateway URL', OFFICIAL_GATEWAY),
		clientId: headerText(clientId, 'Client ID'),
		clientSecret: requiredText(clientSecret, 'Client Secret'),
		readOnly: isReadOnly(data),
	};
}

/** @throws ValidationError for an expression that found nothing: without an Instance ID another account would be used */
function instanceIdOf(data: ICredentialDataDecryptedObject): string | undefined {
	const { outerInstanceId } = data;
	if (!Object.hasOwn(data, 'outerInstanceId') || (typeof outerInstanceId === 'string' && outerInstanceId.trim() === '')) return undefined;
	return requiredText(outerInstanceId, 'Instance ID');
}

/**
 * Checks a decrypted credential of type `kingdeeJdyApi`.
 *
 * @throws ValidationError naming the field, never its value
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
			throw new ValidationError('Authentication', 'must be appToken, appKey or instance');
	}
}

/** What names the account for longer than a day: a pasted token changes, the account behind it does not. */
export function lastingAccountOf(credential: GatewayCredential): unknown[] {
	const { gatewayOrigin, clientId } = credential;
	switch (credential.authentication) {
		case 'appToken':
			return [gatewayOrigin, clientId];
		case 'appKey':
			return [gatewayOrigin, clientId, credential.appKey];
		case 'instance':
			return [gatewayOrigin, clientId, credential.outerInstanceId, credential.accountId];
	}
}

const accounts = new WeakMap<GatewayCredential, string>();

/** What names the account of a credential, whichever of its secrets changes. Asked for several times a call, so it is kept. */
export function accountOf(credential: GatewayCredential): string {
	const known = accounts.get(credential);
	if (known !== undefined) return known;
	const token = credential.authentication === 'appToken' ? [credential.appToken] : [];
	const account = JSON.stringify([...lastingAccountOf(credential), ...token]);
	accounts.set(credential, account);
	return account;
}
