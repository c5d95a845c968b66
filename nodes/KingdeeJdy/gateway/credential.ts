import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Complaint } from './complaint';
import type { GatewayCredential } from './types';

export const CREDENTIAL_NAME = 'kingdeeJdyApi';
export const OFFICIAL_GATEWAY = 'https://api.kingdee.com';

/** A header value as HTTP allows it: Latin-1 without control characters. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

function requiredText(data: ICredentialDataDecryptedObject, name: string, label: string): string {
	const value = data[name];
	if (typeof value !== 'string' || value.trim() === '') throw new Complaint(label, 'must not be empty');
	return value;
}

function headerText(data: ICredentialDataDecryptedObject, name: string, label: string): string {
	const value = requiredText(data, name, label);
	if (/[\r\n]/.test(value)) throw new Complaint(label, 'must not contain a line break');
	if (!HEADER_TEXT.test(value)) {
		throw new Complaint(label, 'contains a character that cannot be sent in a header; copy the value again');
	}
	return value.trim();
}

/** Accepts `https://tf.jdy.com` and `https://tf.jdy.com/`; gives the origin. */
function origin(text: string, label: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
	const isBare = url?.pathname === '/' && !/[?#@]/.test(text);
	if (!url || !isHttp || !isBare) {
		throw new Complaint(label, 'must be an http(s) address without a path, for example https://tf.jdy.com');
	}
	return url.origin;
}

/**
 * Checks a decrypted credential of type `kingdeeJdyApi`.
 *
 * @throws Complaint naming the field, never its value
 */
export function readCredential(data: ICredentialDataDecryptedObject): GatewayCredential {
	const clientSecret = requiredText(data, 'clientSecret', 'Client Secret');
	if (/[\r\n]/.test(clientSecret)) throw new Complaint('Client Secret', 'must not contain a line break');
	return {
		gatewayOrigin: origin(headerText({ gatewayUrl: OFFICIAL_GATEWAY, ...data }, 'gatewayUrl', 'Gateway URL'), 'Gateway URL'),
		clientId: headerText(data, 'clientId', 'Client ID'),
		clientSecret: clientSecret.trim(),
		appToken: headerText(data, 'appToken', 'App Token'),
		routerDomain: origin(headerText(data, 'routerDomain', 'Router Domain'), 'Router Domain'),
	};
}
