import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Gateway } from '../gateway/call';
import { systemClock } from '../gateway/clock';
import { CREDENTIAL_NAME, OFFICIAL_GATEWAY, accountOf, readCredential } from '../gateway/credential';
import type { GatewayCredential } from '../gateway/credential';
import type { Memory } from '../gateway/memory';
import { paceOf } from '../gateway/pace';
import { directOrHelper, throughFetchFirst, throughHelper } from '../gateway/transport/helper';
import type { Send } from '../gateway/types';
import type { Sending } from './options';

/** Any context of n8n's: that of a run, of a poll, of a webhook, of a list in the editor. */
export interface GatewayContext {
	getCredentials: (type: string, itemIndex?: number) => Promise<object>;
	helpers: { httpRequest: (options: IHttpRequestOptions) => Promise<unknown> };
}

export type Way = Pick<Sending, 'connection' | 'callsPerMinute'>;

function sendFor(context: GatewayContext, memory: Memory, credential: GatewayCredential, { connection }: Way): Send {
	const helper = throughHelper(async (options) => await context.helpers.httpRequest(options));
	const isDirect = connection === 'automatic' && credential.gatewayOrigin === OFFICIAL_GATEWAY;
	return isDirect ? directOrHelper(throughFetchFirst(), helper, systemClock, memory) : helper;
}

/**
 * Opens the gateway that a credential names.
 *
 * @throws Complaint for a field of the credential that cannot be used
 */
export function gatewayFor(context: GatewayContext, memory: Memory, data: ICredentialDataDecryptedObject, way: Way): Gateway {
	const credential = readCredential(data);
	return {
		credential,
		memory,
		clock: systemClock,
		send: sendFor(context, memory, credential, way),
		pace: paceOf(memory.paces, accountOf(credential), way.callsPerMinute),
	};
}

/** Gives the gateway of an item; items with the same credential and the same choices share one. */
export type OpenGateway = (itemIndex: number, way: Way) => Promise<Gateway>;

/**
 * Reads the credential for each item, because expressions in its fields may give each item another account.
 *
 * @throws (the function given back) Complaint for a field of the credential that cannot be used
 */
export function openGateway(context: GatewayContext, memory: Memory): OpenGateway {
	const opened = new Map<string, Gateway>();
	return async (itemIndex, way) => {
		const data = (await context.getCredentials(CREDENTIAL_NAME, itemIndex)) as ICredentialDataDecryptedObject;
		const key = `${way.connection} ${way.callsPerMinute} ${JSON.stringify(data)}`;
		const gateway = opened.get(key) ?? gatewayFor(context, memory, data, way);
		opened.set(key, gateway);
		return gateway;
	};
}
