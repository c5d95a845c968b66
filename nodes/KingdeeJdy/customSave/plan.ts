import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../gateway/client';
import { systemClock } from '../gateway/clock';
import { Complaint } from '../gateway/complaint';
import { throughHelper } from '../gateway/connection';
import { CREDENTIAL_NAME, readCredential } from '../gateway/credential';
import { notSent } from '../gateway/failures';
import type { Failure } from '../gateway/failures';
import { readParameters } from './parameters';
import type { Parameters } from './parameters';
import { buildSaveRequest } from './request';
import type { SaveRequest } from './request';

/** An item that may be sent. */
export interface Ready {
	gateway: Gateway;
	parameters: Parameters;
	request: SaveRequest;
	/** What makes the document unique for the duplicate guard; undefined where that is off. */
	uniqueKey: string | undefined;
}

/** One input item: ready to be sent, or the reason why it cannot be. */
export interface Plan {
	itemIndex: number;
	json: IDataObject;
	bizType: string | null;
	ready: Ready | Failure;
}

export function isReady(ready: Ready | Failure): ready is Ready {
	return 'gateway' in ready;
}

type GatewayOrFault = { gateway: Gateway } | { fault: unknown };

/** A complaint, or an expression of the user's that failed, becomes the outcome of its item. */
function heldBack(kind: 'credential' | 'input', error: unknown, itemIndex: number): Failure {
	return notSent(kind, `Item ${itemIndex}: ${error instanceof Error ? error.message : String(error)}`);
}

/** Reads the credential once for all items. Where it cannot be used, every item will say so. */
async function openGateway(context: IExecuteFunctions): Promise<GatewayOrFault> {
	try {
		const credential = readCredential(await context.getCredentials(CREDENTIAL_NAME));
		const send = throughHelper(async (options) => (await context.helpers.httpRequest(options)) as unknown);
		return { gateway: { credential, door: { send, clock: systemClock } } };
	} catch (fault) {
		return { fault };
	}
}

/** What n8n calls a workflow that has never been saved. */
const UNSAVED = '__EMPTY__';

/** Two types of document may use the same numbers. A dry run touches no key. */
function uniqueKeyOf(context: IExecuteFunctions, { deduplicationKey, dryRun }: Parameters, { bizType }: SaveRequest): string | undefined {
	if (deduplicationKey === undefined || dryRun) return undefined;
	const { id } = context.getWorkflow();
	if (!id || id === UNSAVED) throw new Complaint('Deduplication Key', 'works in a saved workflow only; save the workflow first');
	return `${bizType}:${deduplicationKey}`;
}

function planItem(context: IExecuteFunctions, opened: GatewayOrFault, json: IDataObject, itemIndex: number): Plan {
	const plan = { itemIndex, json, bizType: null as string | null };
	try {
		if ('fault' in opened) return { ...plan, ready: heldBack('credential', opened.fault, itemIndex) };
		const parameters = readParameters(context, itemIndex);
		if (typeof parameters.bizType === 'string') plan.bizType = parameters.bizType.trim();
		const request = buildSaveRequest(parameters, json);
		return { ...plan, ready: { gateway: opened.gateway, parameters, request, uniqueKey: uniqueKeyOf(context, parameters, request) } };
	} catch (error) {
		return { ...plan, ready: heldBack('input', error, itemIndex) };
	}
}

/** Checks every item and builds its request; nothing is sent. */
export async function planAll(context: IExecuteFunctions): Promise<Plan[]> {
	const opened = await openGateway(context);
	return context.getInputData().map(({ json }, itemIndex) => planItem(context, opened, json, itemIndex));
}
