import type { ICredentialDataDecryptedObject, IHttpRequestOptions, Logger } from 'n8n-workflow';

import type { Gateway } from '../../gateway/call';
import { CREDENTIAL_NAME, DEFAULT_AUTHENTICATION, OFFICIAL_GATEWAY, accountOf, readCredential } from '../../gateway/credential/credential';
import type { GatewayCredential, InstanceCredential } from '../../gateway/credential/credential';
import { ValidationError } from '../../gateway/errors/validationError';
import { rateLimiterFor } from '../../gateway/rateLimit/rateLimiter';
import { noteDate, systemClock } from '../../gateway/signing/clock';
import type { GatewayState } from '../../gateway/state';
import { directOrHelper, throughFetchFirst, throughHelper } from '../../gateway/transport/helper';
import type { Send } from '../../gateway/types';
import { Semaphore } from '../concurrency/lanes';
import type { AccountChoice, Sending } from '../contract/sending';

/** Any context of n8n's: that of a run, of a poll, of a webhook, of a list in the editor. */
interface GatewayContext {
	getCredentials: (type: string, itemIndex?: number) => Promise<object>;
	helpers: { httpRequest: (options: IHttpRequestOptions) => Promise<unknown> };
	logger?: Pick<Logger, 'info'>;
}

type GatewayOptions = Pick<Sending, 'connection' | 'callsPerMinute'> & Partial<AccountChoice>;

/** Requests of one run that are on their way at once, those of all accounts together. */
const MAX_AT_ONCE = 50;

/**
 * How long a run waits in line for a token: whatever the Timeout, which is for answers. Of five workers that start together
 * the last has its own after 5 minutes at the latest.
 */
const TOKEN_PATIENCE_MS = 10 * 60_000;

function sendFor(context: GatewayContext, state: GatewayState, credential: GatewayCredential, { connection }: GatewayOptions): Send {
	const helper = throughHelper(async (options) => await context.helpers.httpRequest(options));
	const isDirect = connection === 'automatic' && credential.gatewayOrigin === OFFICIAL_GATEWAY;
	return isDirect ? directOrHelper(throughFetchFirst(), helper, systemClock, state) : helper;
}

/** The credential with the account that the item names. */
function forAccount(data: ICredentialDataDecryptedObject, { account, instanceId }: Partial<AccountChoice>): ICredentialDataDecryptedObject {
	if (account === undefined && instanceId === undefined) return data;
	if ((data.authentication ?? DEFAULT_AUTHENTICATION) !== 'instance') throw new ValidationError('Account', 'needs a credential whose Authentication is Instance ID');
	const own = instanceId === undefined ? data : { ...data, outerInstanceId: instanceId, accountId: '' };
	return account === undefined ? own : { ...own, accountId: account };
}

/**
 * Opens the gateway that a credential names.
 *
 * @throws ValidationError for a field of the credential that cannot be used
 */
export function gatewayFor(context: GatewayContext, state: GatewayState, data: ICredentialDataDecryptedObject, options: GatewayOptions): Gateway {
	const credential = readCredential(forAccount(data, options));
	return {
		credential,
		state,
		clock: systemClock,
		send: sendFor(context, state, credential, options),
		rateLimiter: rateLimiterFor(state.rateLimiters, accountOf(credential), options.callsPerMinute, { now: () => performance.now(), windowMs: state.windowMs }),
	};
}

/**
 * What names the account of an item, without a way to it.
 *
 * @throws ValidationError for a field of the credential that cannot be used
 */
export async function accountFor(context: GatewayContext, itemIndex: number, choice: AccountChoice): Promise<string> {
	const data = (await context.getCredentials(CREDENTIAL_NAME, itemIndex)) as ICredentialDataDecryptedObject;
	return accountOf(readCredential(forAccount(data, choice)));
}

/** The credentials of gateways whose items name an account, as they are without it. */
const ownData = new WeakMap<Gateway, ICredentialDataDecryptedObject>();

/** The credential without the account that an item names; undefined if it alone is none. */
export function ownCredentialOf(gateway: Gateway): InstanceCredential | undefined {
	const data = ownData.get(gateway);
	try {
		const credential = data && readCredential(data);
		return credential?.authentication === 'instance' ? credential : undefined;
	} catch {
		return undefined;
	}
}

/** All that decides which gateway an item has. */
interface Choice {
	data: ICredentialDataDecryptedObject;
	options: GatewayOptions;
}

function isSame({ data, options }: Choice, other: Choice): boolean {
	const hasSameOptions =
		options.connection === other.options.connection &&
		options.callsPerMinute === other.options.callsPerMinute &&
		options.account === other.options.account &&
		options.instanceId === other.options.instanceId;
	const names = Object.keys(data);
	if (!hasSameOptions || names.length !== Object.keys(other.data).length) return false;
	return names.every((name) => name in other.data && data[name] === other.data[name]);
}

/** Gives the gateway of an item; items with the same credential and the same choices share one. */
export type OpenGateway = (itemIndex: number, options: GatewayOptions) => Promise<Gateway>;

/**
 * Reads the credential for each item, because expressions in its fields may name another account for each item.
 *
 * @throws (the function returned) ValidationError for a field of the credential that cannot be used
 */
export function openGateway(context: GatewayContext, state: GatewayState): OpenGateway {
	const opened = new Map<string, Gateway>();
	const semaphore = new Semaphore(MAX_AT_ONCE);
	const openOne = (data: ICredentialDataDecryptedObject, options: GatewayOptions): Gateway => {
		const gateway = gatewayFor(context, state, data, options);
		const patience = { upToMs: TOKEN_PATIENCE_MS, log: (message: string) => context.logger?.info(message) };
		const send: Send = async (request, options) => {
			const result = await semaphore.run(() => gateway.send(request, options));
			noteDate(state, gateway.credential.gatewayOrigin, result, systemClock.now());
			return result;
		};
		const opened = { ...gateway, patience, send };
		ownData.set(opened, data);
		return opened;
	};
	let last: (Choice & { gateway: Gateway }) | undefined;
	return async (itemIndex, options) => {
		const data = (await context.getCredentials(CREDENTIAL_NAME, itemIndex)) as ICredentialDataDecryptedObject;
		// Most items have what the one before had.
		if (last && isSame(last, { data, options })) return last.gateway;
		const { connection, callsPerMinute, account, instanceId } = options;
		const key = JSON.stringify([connection, callsPerMinute, account, instanceId, data]);
		const gateway = opened.get(key) ?? openOne(data, options);
		opened.set(key, gateway);
		last = { data, options, gateway };
		return gateway;
	};
}
