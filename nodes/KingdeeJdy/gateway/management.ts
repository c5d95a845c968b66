import { correctClock } from './clock';
import { headerText, origin } from './credential';
import type { InstanceCredential } from './credential';
import { readManagementAnswer } from './envelope';
import { exchange } from './exchange';
import type { Call, Door, Signer } from './exchange';
import { notSent } from './failures';
import type { Failure, FailureKind } from './failures';
import { sign } from './signature';
import type { SendOptions } from './types';

/** The two calls under this path make tokens, so they carry none. [D] */
export const MANAGEMENT_PATH = '/jdyconnector/app_management/';

const STALE_SECRET = 1030002006;
const VALID = '1';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The largest `expires` that can be seconds: a day has 86,400 of them, and as milliseconds so few would be useless. */
const MAX_SECONDS = 100_000;

/** What an app needs to fetch tokens for one account. */
export interface AppKey {
	appKey: string;
	appSecret: string;
}

/** One account of an instance, as `push_app_authorize` tells it. */
export interface AuthorisedAccount extends AppKey {
	routerDomain: string | undefined;
}

export interface Grant {
	appToken: string;
	lifeMs: number;
	routerDomain: string | undefined;
}

type Row = Record<string, unknown>;

function textOf(row: Row, name: string): string {
	const value = row[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** What JDY told, as it goes into a header; what is missing or unusable counts as missing. */
function usable(check: (value: unknown, label: string) => string, value: unknown): string | undefined {
	try {
		return check(value, '');
	} catch {
		return undefined;
	}
}

function domainOf(row: Row): string | undefined {
	return usable(origin, row.domain);
}

function tokenOf(row: Row): string | undefined {
	return usable(headerText, row['app-token'] ?? row.access_token);
}

/** `expires` may be missing, in milliseconds or in seconds: its size tells, and it is never believed beyond a day. [C] */
function lifeOf(row: Row): number {
	const expires = Number(textOf(row, 'expires') || Number.NaN);
	if (!(expires > 0)) return DAY_MS;
	return Math.min(expires <= MAX_SECONDS ? expires * 1000 : expires, DAY_MS);
}

/** Nothing of a document was sent when a call for a token failed, whatever became of that call. */
function withoutToken(failure: Failure, kind: FailureKind): Failure {
	const isCancelled = failure.kind === 'cancelled';
	return { ...failure, kind: isCancelled ? 'cancelled' : kind, outcome: 'notSent', message: `No app-token could be had: ${failure.message}` };
}

/** One of the two calls; a timestamp that is refused is corrected once. */
async function manage(door: Door, signer: Signer, call: Call, options: SendOptions, secrets: string[] = []): Promise<{ rows: Row[] } | { failure: Failure }> {
	for (let isSecondTry = false; ; isSecondTry = true) {
		const exchanged = await exchange(door, signer, { ...call, path: `${MANAGEMENT_PATH}${call.path}` }, options, { secrets });
		if ('failure' in exchanged) return exchanged;
		const result = readManagementAnswer(exchanged.answer, exchanged.mask);
		if ('rows' in result || result.failure.kind !== 'timestamp' || isSecondTry) return result;
		if (!correctClock(signer.gatewayOrigin, result.failure.date, door.clock.now())) return result;
	}
}

/** The kind of a failed management call: a refusal of this very call, or a fault that its code already names. */
function kindOf({ kind, errcode }: Failure, refusal: FailureKind): FailureKind {
	if (kind === 'client' || kind === 'signature' || kind === 'permission' || kind === 'timestamp') return kind;
	return errcode !== null && errcode > 0 && kind !== 'rateLimited' && kind !== 'systemError' ? refusal : 'tokenUnavailable';
}

function label(row: Row): string {
	const validity = textOf(row, 'status') === VALID ? '' : ', not valid';
	return `${textOf(row, 'accountId')} (${textOf(row, 'accountName')}${validity})`;
}

/**
 * Chooses the account: valid, and named by accountId, serviceId or appKey where the credential names one. Never the
 * first blindly. [C]
 */
function choose(rows: Row[], accountId: string | undefined): Row | Failure {
	const isNamed = (row: Row) => accountId === undefined || ['accountId', 'serviceId', 'appKey'].some((name) => textOf(row, name) === accountId);
	const [first, ...others] = rows.filter((row) => textOf(row, 'status') === VALID && isNamed(row));
	if (first && others.length === 0) return first;
	if (rows.length === 0) return notSent('instanceRefused', 'Kingdee JDY knows no authorised account under this Instance ID');
	const problem = first ? 'More than one account fits' : 'No valid account fits';
	return notSent('accountUnclear', `${problem} the Account ID. The accounts of this instance: ${rows.map(label).join('; ')}`);
}

/** POST push_app_authorize: the app key, today's app secret and the router domain of one account. [D, C] */
export async function authorizeAccount(
	door: Door,
	credential: InstanceCredential,
	options: SendOptions,
): Promise<{ account: AuthorisedAccount } | { failure: Failure }> {
	const query = new URLSearchParams({ outerInstanceId: credential.outerInstanceId }).toString();
	const result = await manage(door, credential, { method: 'POST', path: 'push_app_authorize', query, body: '{}' }, options);
	if ('failure' in result) return { failure: withoutToken(result.failure, kindOf(result.failure, 'instanceRefused')) };
	const row = choose(result.rows, credential.accountId);
	if (!isRow(row)) return { failure: row };
	const [appKey, appSecret] = [textOf(row, 'appKey'), textOf(row, 'appSecret')];
	if (appKey === '' || appSecret === '') return { failure: notSent('accountIncomplete', `Kingdee JDY told no app key for the account ${label(row)}`) };
	return { account: { appKey, appSecret, routerDomain: domainOf(row) } };
}

function isRow(value: Row | Failure): value is Row {
	return !('outcome' in value);
}

/** GET kingdee_auth_token: a token for the account of this app key. [D, C] */
export async function fetchToken(
	door: Door,
	signer: Signer,
	{ appKey, appSecret }: AppKey,
	options: SendOptions,
): Promise<{ grant: Grant } | { failure: Failure }> {
	const signature = sign(appKey, appSecret);
	const query = new URLSearchParams({ app_key: appKey, app_signature: signature }).toString();
	const secrets = [appSecret, signature];
	const result = await manage(door, signer, { method: 'GET', path: 'kingdee_auth_token', query, body: '' }, options, secrets);
	if ('failure' in result) {
		const isStale = result.failure.errcode === STALE_SECRET;
		return { failure: withoutToken(result.failure, isStale ? 'appSecretStale' : kindOf(result.failure, 'appKeyRefused')) };
	}
	const [row = {}] = result.rows;
	const appToken = tokenOf(row);
	if (appToken === undefined) return { failure: notSent('tokenUnavailable', 'Kingdee JDY answered the token call without a usable token') };
	return { grant: { appToken, lifeMs: lifeOf(row), routerDomain: domainOf(row) } };
}
