import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Gateway } from '../gateway/client';
import { systemClock } from '../gateway/clock';
import { Complaint } from '../gateway/complaint';
import { directOrHelper, throughFetch, throughHelper } from '../gateway/connection';
import { CREDENTIAL_NAME, OFFICIAL_GATEWAY, accountOf, readCredential } from '../gateway/credential';
import type { GatewayCredential } from '../gateway/credential';
import type { Door } from '../gateway/exchange';
import { notSent } from '../gateway/failures';
import type { Failure } from '../gateway/failures';
import { paceOf } from '../gateway/pace';
import { readParameters } from './readParameters';
import type { ConnectionMode, Parameters } from './readParameters';
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

/** The gateway for the choices that an item's options make; one for each combination. */
type OpenGateway = (parameters: Parameters) => Gateway;

type GatewayOrFault = { open: OpenGateway } | { fault: unknown };

/** A complaint, or an expression of the user's that failed, becomes the outcome of its item. */
function heldBack(kind: 'credential' | 'input', error: unknown, itemIndex: number): Failure {
	return notSent(kind, `Item ${itemIndex}: ${error instanceof Error ? error.message : String(error)}`);
}

function doorFor(context: IExecuteFunctions, credential: GatewayCredential, connection: ConnectionMode): Door {
	const helper = throughHelper(async (options) => (await context.helpers.httpRequest(options)) as unknown);
	const isDirect = connection === 'automatic' && credential.gatewayOrigin === OFFICIAL_GATEWAY;
	return { send: isDirect ? directOrHelper(throughFetch(), helper, systemClock) : helper, clock: systemClock };
}

/** Reads the credential once for all items. Where it cannot be used, every item will say so. */
async function openGateway(context: IExecuteFunctions): Promise<GatewayOrFault> {
	try {
		const credential = readCredential(await context.getCredentials(CREDENTIAL_NAME));
		const opened = new Map<string, Gateway>();
		const open: OpenGateway = ({ connection, callsPerMinute }) => {
			const key = `${connection} ${callsPerMinute}`;
			const gateway = opened.get(key) ?? {
				credential,
				door: doorFor(context, credential, connection),
				pace: paceOf(accountOf(credential), callsPerMinute),
			};
			opened.set(key, gateway);
			return gateway;
		};
		return { open };
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
		return { ...plan, ready: { gateway: opened.open(parameters), parameters, request, uniqueKey: uniqueKeyOf(context, parameters, request) } };
	} catch (error) {
		return { ...plan, ready: heldBack('input', error, itemIndex) };
	}
}

/** Checks every item and builds its request; nothing is sent. */
export async function planAll(context: IExecuteFunctions): Promise<Plan[]> {
	const opened = await openGateway(context);
	return context.getInputData().map(({ json }, itemIndex) => planItem(context, opened, json, itemIndex));
}

/** How many items are under way at once: what the first item's options say. */
export function concurrencyOf(plans: readonly Plan[]): number {
	const first = plans.find(({ ready }) => isReady(ready))?.ready;
	return first && isReady(first) ? first.parameters.concurrency : 1;
}
