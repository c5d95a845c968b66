import type { Client, InstanceCredential } from '../credential/credential';
import { headerText, origin } from '../credential/credentialFields';
import { failureOf } from '../errors/failures';
import type { Failure } from '../errors/failures';
import type { FailureKind } from '../errors/kinds';
import type { Mask } from '../masking/mask';
import { exchangedFor, signedRequest } from '../request';
import type { RequestContext } from '../request';
import { readManagementAnswer } from '../response';
import { correctClock } from '../signing/clock';
import { sign } from '../signing/signature';
import type { Endpoint, SendOptions } from '../types';
import { accountLabel, chooseAccount, fieldText } from './accounts';
import type { AccountRow } from './accounts';

/** The calls under this path make tokens, so they carry none. [D] */
export const MANAGEMENT_PATH = '/jdyconnector/app_management/';
export const AUTHORIZE_PATH = `${MANAGEMENT_PATH}push_app_authorize`;
export const TOKEN_PATH = `${MANAGEMENT_PATH}kingdee_auth_token`;

const STALE_SECRET = 1030002006;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The largest `expires` that can be seconds: a day has 86,400 of them, and as milliseconds so few would be useless. */
const MAX_SECONDS = 100_000;

/** From here on `expires` is the moment of the end, in epoch seconds and in epoch milliseconds. */
const MIN_EPOCH_SECONDS = 1_000_000_000;
const MIN_EPOCH_MS = 1_000_000_000_000;

/** What an app needs to fetch tokens for one account. */
export interface AppKey {
	appKey: string;
	appSecret: string;
}

/** One account of an instance, as `push_app_authorize` lists it. */
interface AuthorisedAccount extends AppKey {
	routerDomain: string | undefined;
}

export interface Grant {
	appToken: string;
	lifeMs: number;
	routerDomain: string | undefined;
}

/** A value of JDY's for a header; what is unusable counts as missing. */
function usable(check: (value: unknown, label: string) => string, value: unknown): string | undefined {
	try {
		return check(value, '');
	} catch {
		return undefined;
	}
}

function domainOf(row: AccountRow): string | undefined {
	return usable(origin, row.domain);
}

function tokenOf(row: AccountRow): string | undefined {
	return usable(headerText, row['app-token'] ?? row.access_token);
}

/**
 * `expires` may be missing, a time in milliseconds or in seconds [C], or the moment of the end [1]: its size shows which, and it is
 * never believed beyond a day.
 */
function lifeOf(row: AccountRow, nowMs: number): number {
	const expires = Number(fieldText(row, 'expires') || Number.NaN);
	if (!(expires > 0)) return DAY_MS;
	if (expires <= MAX_SECONDS) return Math.min(expires * 1000, DAY_MS);
	if (expires < MIN_EPOCH_SECONDS) return Math.min(expires, DAY_MS);
	const leftMs = (expires < MIN_EPOCH_MS ? expires * 1000 : expires) - nowMs;
	return leftMs > 0 ? Math.min(leftMs, DAY_MS) : DAY_MS;
}

/** Nothing else was sent when a call for a token failed, whatever became of that call. */
function withoutToken(failure: Failure, kind: FailureKind): Failure {
	if (failure.kind === 'cancelled') return { ...failure, outcome: 'notSent' };
	return { ...failure, kind, outcome: 'notSent', message: `No app token was issued: ${failure.message}` };
}

/** One of the two calls; a timestamp that is refused is corrected once. */
async function manage(
	context: RequestContext,
	client: Client,
	{ endpoint, body, secrets = [] }: { endpoint: Endpoint; body: string; secrets?: string[] },
	options: SendOptions,
): Promise<{ rows: AccountRow[]; mask: Mask } | { failure: Failure }> {
	for (let isSecondTry = false; ; isSecondTry = true) {
		const request = signedRequest(context, client, endpoint, body);
		const exchanged = exchangedFor(client, request, await context.send(request, options), options, { secrets });
		if ('failure' in exchanged) return exchanged;
		const result = readManagementAnswer(exchanged.answer, exchanged.mask);
		if ('rows' in result) return { ...result, mask: exchanged.mask };
		if (result.failure.kind !== 'timestamp' || isSecondTry) return result;
		if (!correctClock(context.state, client.gatewayOrigin, result.failure.date, context.clock.now())) return result;
	}
}

/** The kind of a failed management call: a refusal of this very call, or a fault that its code already names. */
function kindOf({ kind, errcode }: Failure, refusal: FailureKind): FailureKind {
	if (kind === 'client' || kind === 'signature' || kind === 'permission' || kind === 'timestamp') return kind;
	if (kind === 'rateLimited') return 'tokenLimit';
	return errcode !== null && errcode > 0 && kind !== 'systemError' ? refusal : 'tokenUnavailable';
}

/** The endpoint that lists the accounts of an instance, or of an app of one's own firm, which needs no instance. [R] */
export function authorizeEndpoint(outerInstanceId: string | undefined): Endpoint {
	const query = outerInstanceId === undefined ? {} : { query: new URLSearchParams({ outerInstanceId }).toString() };
	return { method: 'POST', path: AUTHORIZE_PATH, ...query, effect: 'read' };
}

/** The endpoint that issues a token for an app key; its query proves the app secret and is a secret itself. */
export function tokenEndpoint({ appKey, appSecret }: AppKey): Endpoint & { query: string } {
	const query = new URLSearchParams({ app_key: appKey, app_signature: sign(appKey, appSecret) }).toString();
	return { method: 'GET', path: TOKEN_PATH, query, effect: 'read' };
}

/** The accounts that an answer names, and what knows the secrets that it may repeat. */
export interface AuthorizedRows {
	rows: AccountRow[];
	mask: Mask;
}

/** POST push_app_authorize: the accounts of an instance, with their secrets. [D, C] */
export async function authorizedRows(context: RequestContext, credential: InstanceCredential, options: SendOptions): Promise<AuthorizedRows | { failure: Failure }> {
	const result = await manage(context, credential, { endpoint: authorizeEndpoint(credential.outerInstanceId), body: '{}' }, options);
	return 'failure' in result ? { failure: withoutToken(result.failure, kindOf(result.failure, 'instanceRefused')) } : result;
}

/** The account that a credential chooses. A failure lists the names of the accounts, as the answer has them. */
export function chosenFrom({ rows, mask }: AuthorizedRows, credential: InstanceCredential): ReturnType<typeof chooseAccount> {
	const chosen = chooseAccount(rows, credential);
	return 'row' in chosen ? chosen : { failure: { ...chosen.failure, message: String(mask.clean(chosen.failure.message)) } };
}

/** The app key, today's app secret and the router domain of one account. */
export async function authorizeAccount(
	context: RequestContext,
	credential: InstanceCredential,
	options: SendOptions,
): Promise<{ account: AuthorisedAccount } | { failure: Failure }> {
	const result = await authorizedRows(context, credential, options);
	if ('failure' in result) return result;
	const chosen = chosenFrom(result, credential);
	if ('failure' in chosen) return chosen;
	const { row } = chosen;
	const [appKey, appSecret] = [fieldText(row, 'appKey'), fieldText(row, 'appSecret')];
	if (appKey === '' || appSecret === '') {
		return { failure: failureOf('accountIncomplete', 'notSent', `Kingdee JDY gave no app key for the account ${accountLabel(row)}`) };
	}
	return { account: { appKey, appSecret, routerDomain: domainOf(row) } };
}

/** GET kingdee_auth_token: a token for the account of this app key. [D, C] */
export async function fetchToken(
	context: RequestContext,
	client: Client,
	appKey: AppKey,
	options: SendOptions,
): Promise<{ grant: Grant } | { failure: Failure }> {
	const endpoint = tokenEndpoint(appKey);
	const secrets = [appKey.appSecret, new URLSearchParams(endpoint.query).get('app_signature') ?? ''];
	const result = await manage(context, client, { endpoint, body: '', secrets }, options);
	if ('failure' in result) {
		const isStale = result.failure.errcode === STALE_SECRET;
		return { failure: withoutToken(result.failure, isStale ? 'appSecretStale' : kindOf(result.failure, 'appKeyRefused')) };
	}
	const [row = {}] = result.rows;
	const appToken = tokenOf(row);
	if (appToken === undefined) {
		return { failure: failureOf('tokenUnavailable', 'notSent', 'Kingdee JDY answered the token call without a usable token') };
	}
	return { grant: { appToken, lifeMs: lifeOf(row, context.clock.now()), routerDomain: domainOf(row) } };
}
