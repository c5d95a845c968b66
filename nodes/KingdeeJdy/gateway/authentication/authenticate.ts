import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { OFFICIAL_GATEWAY, readClient, readCredential } from '../credential/credential';
import type { Client, GatewayCredential } from '../credential/credential';
import { adviceOf } from '../errors/advice';
import { ValidationError } from '../errors/validationError';
import { runtimeProblem } from '../runtime';
import { cachedSession, openSession } from '../session/session';
import { AUTHORIZE_PATH, MANAGEMENT_PATH, authorizeEndpoint, tokenEndpoint } from '../session/tokenApi';
import { systemClock, timestampFor } from '../signing/clock';
import { HEADERS, accountHeaders, signedHeaders } from '../signing/signature';
import type { GatewayState } from '../state';
import { throughFetch } from '../transport/fetch';
import type { Session } from '../types';
import { wireUrl } from './url';
import type { AddressedRequest } from './url';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64_000;

const NO_TOKEN =
	'There is no app token for this Gateway URL yet. Run a Kingdee JDY node with this credential first: it fetches one, which then serves here as well.';

const OUR_HEADERS: ReadonlySet<string> = new Set(Object.values(HEADERS).map((name) => name.toLowerCase()));

/** How the HTTP Request node writes what the helpers write otherwise. */
interface RequestOptions extends Omit<IHttpRequestOptions, 'url'>, AddressedRequest {
	qsStringifyOptions?: { arrayFormat?: AddressedRequest['arrayFormat'] };
	useQuerystring?: boolean;
}

/** The request as both of n8n's request helpers take it. */
type SignedOptions = IHttpRequestOptions & { uri?: string; followRedirect: boolean; followAllRedirects: boolean };

type Authenticate = (credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions) => Promise<IHttpRequestOptions>;

function addressOf({ url, uri, baseURL, qs, arrayFormat, qsStringifyOptions, useQuerystring }: RequestOptions): AddressedRequest {
	const format = arrayFormat ?? qsStringifyOptions?.arrayFormat ?? (useQuerystring ? 'repeat' : undefined);
	return { url, uri, baseURL, qs, arrayFormat: format };
}

/** The caller's headers without those that are signed here, whatever their case. */
function otherHeaders(headers: IDataObject | undefined): IDataObject {
	return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !OUR_HEADERS.has(name.toLowerCase())));
}

/**
 * The session for a request. Tokens are fetched by `fetch`, because `authenticate` has no helpers of n8n's, and so from the
 * official gateway only: n8n's proxy and SSRF rules would not hold for a host that somebody typed.
 *
 * @throws Error for a token that cannot be had; its text is for the user
 */
async function sessionFor(state: GatewayState, credential: GatewayCredential): Promise<Session> {
	if (credential.gatewayOrigin !== OFFICIAL_GATEWAY) {
		const held = cachedSession(state, credential, systemClock.now());
		if (held) return held;
		throw new Error(NO_TOKEN);
	}
	const context = { send: throughFetch(MAX_ANSWER_BYTES), clock: systemClock, state };
	const result = await openSession(context, credential, { timeoutMs: TIMEOUT_MS });
	if ('session' in result) return result.session;
	const { message, kind, code } = result.failure;
	throw new Error(`${message}. ${adviceOf(kind, code)}`);
}

/** The two calls that make tokens are completed from the credential if their query is missing. */
function completedQuery(credentials: ICredentialDataDecryptedObject, path: string, query: string): string {
	if (query !== '') return query;
	const credential = credentials.authentication === 'appToken' ? undefined : readCredential(credentials);
	const known =
		credential?.authentication === 'appKey'
			? tokenEndpoint(credential)
			: credential?.authentication === 'instance'
				? authorizeEndpoint(credential.outerInstanceId)
				: undefined;
	return known?.path === path ? (known.query ?? '') : query;
}

/** The calls other than GET that surely read; what else a POST does is not known from its URL. */
const READING_POSTS: ReadonlySet<string> = new Set([AUTHORIZE_PATH, '/jdy/v2/cust/list', '/jdy/v2/cust/detail']);

/** @throws ValidationError for a call that may write, with a credential whose Read Only is on */
function checkReads({ readOnly }: Client, method: string, path: string): void {
	if (!readOnly || method === 'GET' || (method === 'POST' && READING_POSTS.has(path))) return;
	throw new ValidationError('Read Only', `is on in this credential, so ${method} ${path} was not sent`);
}

/**
 * Makes the function that signs any request to the credential's gateway with a fresh nonce and timestamp, and adds token and
 * router domain.
 *
 * What is signed is what is sent: the address is returned final, in `url` alone. Redirects are switched off, because a
 * followed one would carry the app-token to another host. It throws a ValidationError for a field that cannot be used, for any
 * host but the gateway's and for what Read Only refuses, and an Error with a text for the user if there is no token, or Node.js is too old.
 */
export function authenticateWith(state: GatewayState): Authenticate {
	return async (credentials, requestOptions) => {
		const tooOld = runtimeProblem();
		if (tooOld !== undefined) throw new Error(tooOld);
		const client = readClient(credentials);
		const { origin, path, query: given } = wireUrl(addressOf(requestOptions));
		if (origin !== client.gatewayOrigin) {
			throw new ValidationError('URL', `leads to ${origin}, which is not the Gateway URL of this credential; nothing was sent`);
		}
		const method = (requestOptions.method ?? 'GET').toUpperCase();
		checkReads(client, method, path);
		const isManagement = path.startsWith(MANAGEMENT_PATH);
		const query = isManagement ? completedQuery(credentials, path, given) : given;
		const account = isManagement ? {} : accountHeaders(await sessionFor(state, readCredential(credentials)));
		const timestamp = timestampFor(state, origin, systemClock.now());
		const signed: SignedOptions = {
			...requestOptions,
			url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
			headers: {
				...otherHeaders(requestOptions.headers),
				...signedHeaders({ method, path, query }, client, timestamp, systemClock.nonce()),
				...account,
			},
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		};
		for (const name of ['uri', 'baseURL', 'qs'] as const) delete signed[name];
		return signed;
	};
}
