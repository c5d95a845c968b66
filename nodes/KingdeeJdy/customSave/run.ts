import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { post, preview } from '../gateway/client';
import type { Gateway } from '../gateway/client';
import { systemClock } from '../gateway/clock';
import { throughHelper } from '../gateway/connection';
import { CREDENTIAL_NAME, readCredential } from '../gateway/credential';
import { notSent, refusesCredentials } from '../gateway/failures';
import type { Failure, Outcome } from '../gateway/failures';
import { openJournal } from './journal';
import { dryRunItem, failedError, failedItem, savedItem } from './output';
import { readParameters } from './parameters';
import type { Parameters } from './parameters';
import { buildSaveRequest } from './request';
import type { SaveRequest } from './request';

const SAVE_PATH = '/jdy/v2/cust/save';

/** One input item: ready to be sent, or the reason why it cannot be. */
interface Plan {
	itemIndex: number;
	json: IDataObject;
	bizType: string | null;
	ready: { gateway: Gateway; parameters: Parameters; request: SaveRequest } | Failure;
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

function planItem(context: IExecuteFunctions, opened: GatewayOrFault, json: IDataObject, itemIndex: number): Plan {
	const plan = { itemIndex, json, bizType: null as string | null };
	try {
		if ('fault' in opened) return { ...plan, ready: heldBack('credential', opened.fault, itemIndex) };
		const parameters = readParameters(context, itemIndex);
		if (typeof parameters.bizType === 'string') plan.bizType = parameters.bizType.trim();
		return { ...plan, ready: { gateway: opened.gateway, parameters, request: buildSaveRequest(parameters, json) } };
	} catch (error) {
		return { ...plan, ready: heldBack('input', error, itemIndex) };
	}
}

/**
 * Saves every input item, one after another, in input order.
 *
 * In stop mode all items are checked before the first is sent, and the first failure ends the run. In continue mode
 * each item is judged alone; only refused credentials hold the rest back.
 *
 * @throws NodeOperationError for bad input and NodeApiError for a failed call, in stop mode only
 */
export async function saveAll(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const opened = await openGateway(context);
	const plans = context.getInputData().map(({ json }, itemIndex) => planItem(context, opened, json, itemIndex));
	const stopsAtFailure = !context.continueOnFail();
	const fail = (failure: Failure, { bizType, itemIndex }: Plan) => failedError(context.getNode(), failure, bizType, itemIndex);

	if (stopsAtFailure) {
		for (const plan of plans) if ('outcome' in plan.ready) throw fail(plan.ready, plan);
	}

	const journal = openJournal(context.getExecuteData(), context.getNode().id);
	const cancelSignal = context.getExecutionCancelSignal();
	let refusal: Failure | undefined;

	async function save({ itemIndex, json, ready }: Plan): Promise<Outcome> {
		if ('outcome' in ready) return { type: 'failed', failure: ready };
		const earlier = journal.get(itemIndex, json);
		if (earlier) return earlier;
		if (refusal) return { type: 'failed', failure: notSent('stopped', `Not sent, because the gateway refused the credentials: ${refusal.message}`) };
		const { gateway, parameters, request } = ready;
		const outcome = await post(gateway, SAVE_PATH, request.body, { timeoutMs: parameters.timeoutMs, cancelSignal });
		journal.keep(itemIndex, json, outcome);
		return outcome;
	}

	const output: INodeExecutionData[] = [];
	for (const plan of plans) {
		const { itemIndex, ready, bizType } = plan;
		if ('gateway' in ready && ready.parameters.dryRun) {
			const { gateway, request } = ready;
			output.push(dryRunItem(preview(gateway, SAVE_PATH, request.body), itemIndex));
			continue;
		}
		const outcome = await save(plan);
		if (outcome.type === 'saved' && 'gateway' in ready) {
			output.push(savedItem(outcome.envelope, ready.parameters.output, itemIndex));
		} else if (outcome.type === 'failed') {
			if (stopsAtFailure) throw fail(outcome.failure, plan);
			if (refusesCredentials(outcome.failure)) refusal = outcome.failure;
			output.push(failedItem(outcome.failure, bizType, itemIndex));
		}
	}
	return output;
}
