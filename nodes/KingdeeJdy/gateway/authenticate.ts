import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { adviceFor } from './advice';
import { systemClock, timestampFor } from './clock';
import { Complaint } from './complaint';
import { throughFetch } from './connection';
import { OFFICIAL_GATEWAY, readCredential, readSigner } from './credential';
import type { GatewayCredential } from './credential';
import { accountHeaders } from './exchange';
import type { Failure } from './failures';
import { MANAGEMENT_PATH } from './management';
import { openSession } from './session';
import { signedHeaders } from './signature';
import type { Session } from './types';
import { wireUrl } from './url';
import type { AddressedRequest } from './url';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64_000;

/** `authenticate` has no helpers of n8n's, so the calls for a token go out by `fetch`, whatever the gateway. */
const door = { send: throughFetch(MAX_ANSWER_BYTES), clock: systemClock };

/** How the HTTP Request node writes what the helpers write otherwise. */
interface RequestOptions extends Omit<IHttpRequestOptions, 'url'>, AddressedRequest {
	qsStringifyOptions?: { arrayFormat?: AddressedRequest['arrayFormat'] };
	useQuerystring?: boolean;
}

/** The request as both of n8n's request helpers take it. */
type SignedOptions = IHttpRequestOptions & { uri?: string; followRedirect: boolean; followAllRedirects: boolean };

function addressOf({ url, uri, baseURL, qs, arrayFormat, qsStringifyOptions, useQuerystring }: RequestOptions): AddressedRequest {
	const format = arrayFormat ?? qsStringifyOptions?.arrayFormat ?? (useQuerystring ? 'repeat' : undefined);
	return { url, uri, baseURL, qs, arrayFormat: format };
}

/** The caller's headers without those that are signed here, whatever their case. */
function otherHeaders(headers: IDataObject | undefined): IDataObject {
	const isOurs = (name: string) => /^(x-api-(clientid|auth-version|timestamp|signheaders|nonce|signature)|app-token|x-gw-router-addr)$/i.test(name);
	return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !isOurs(name)));
}

/**
 * What to tell the user. A host that somebody typed gets one text whether nothing answered or something else did, so
 * that a credential cannot be used to find out what listens inside a network.
 */
function explain({ gatewayOrigin }: GatewayCredential, failure: Failure): string {
	const isForeign = gatewayOrigin !== OFFICIAL_GATEWAY && failure.kind === 'tokenUnavailable' && failure.errcode === null;
	if (isForeign) return 'What answered is not Kingdee JDY, or nothing did. Check Gateway URL in the credential.';
	return `${failure.message}. ${adviceFor(failure)}`;
}

async function sessionFor(credential: GatewayCredential): Promise<Session> {
	const result = await openSession(door, credential, { timeoutMs: TIMEOUT_MS });
	if ('failure' in result) throw new Error(explain(credential, result.failure));
	return result.session;
}

/**
 * Signs any request to the credential's gateway with a fresh nonce and timestamp, and adds token and router domain.
 *
 * What is signed is what is sent: the address comes back final, in `url` alone. Redirects are switched off, because a
 * followed one would carry the app-token to another host.
 *
 * @throws Complaint for a field that cannot be used and for any host but the gateway's
 * @throws Error for a token that cannot be had; its text is for the user
 */
export async function authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
	const signer = readSigner(credentials);
	const { origin, path, query } = wireUrl(addressOf(requestOptions));
	if (origin !== signer.gatewayOrigin) {
		throw new Complaint('URL', `leads to ${origin}, which is not the Gateway URL of this credential; nothing was sent`);
	}
	const account = path.startsWith(MANAGEMENT_PATH) ? {} : accountHeaders(await sessionFor(readCredential(credentials)));
	const method = (requestOptions.method ?? 'GET').toUpperCase();
	const signed: SignedOptions = {
		...requestOptions,
		url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
		headers: {
			...otherHeaders(requestOptions.headers),
			...signedHeaders({ method, path, query }, signer, timestampFor(origin, systemClock.now()), systemClock.nonce()),
			...account,
		},
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	};
	for (const name of ['uri', 'baseURL', 'qs'] as const) delete signed[name];
	return signed;
}
