import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { preview } from '../gateway/client';
import type { Failure } from '../gateway/failures';
import { Delivery, SAVE_PATH } from './delivery';
import { dryRunItem, failedError, failedItem, savedItem, summary } from './output';
import type { SavedDocument, UnknownDocument } from './output';
import { inParallel } from './parallel';
import { concurrencyOf, isReady, planAll } from './plan';
import type { Plan } from './plan';
import { Progress } from './progress';

/** What became of one plan: its output item, and the failure or the document behind it. */
interface Settled {
	item: INodeExecutionData;
	failure?: Failure;
	document?: SavedDocument;
}

interface FailedPlan {
	plan: Plan;
	failure: Failure;
}

/** The other items that may have been saved: several can be under way when the run stops. */
function unknownBeside(failures: readonly FailedPlan[], itemIndex: number): UnknownDocument[] {
	return failures
		.filter(({ plan, failure }) => failure.outcome === 'unknown' && plan.itemIndex !== itemIndex)
		.map(({ plan }) => ({ itemIndex: plan.itemIndex, bizType: plan.bizType }))
		.toSorted((a, b) => a.itemIndex - b.itemIndex);
}

async function settle(delivery: Delivery, plan: Plan): Promise<Settled> {
	const { itemIndex, ready, bizType } = plan;
	if (isReady(ready) && ready.parameters.dryRun) {
		return { item: dryRunItem(preview(ready.gateway, SAVE_PATH, ready.request.body), itemIndex) };
	}
	const outcome = await delivery.save(plan);
	if (outcome.type === 'failed') return { item: failedItem(outcome.failure, bizType, itemIndex), failure: outcome.failure };
	const output = isReady(ready) ? ready.parameters.output : 'envelope';
	return { item: savedItem(outcome.envelope, output, itemIndex), document: summary(outcome.envelope, bizType ?? '', itemIndex) };
}

/**
 * Saves every input item; the output is in input order.
 *
 * In stop mode all items are checked before the first is sent. The first failure stops new sends, calls under way are
 * waited for, and the error is that of the lowest index. In continue mode each item is judged alone; only refused
 * credentials hold the rest back.
 *
 * @throws NodeOperationError for bad input and NodeApiError for a failed call, in stop mode only
 */
export async function saveAll(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const plans = await planAll(context);
	const stopsAtFailure = !context.continueOnFail();
	const documents: SavedDocument[] = [];
	const failures: FailedPlan[] = [];
	const fail = (failure: Failure, { bizType, itemIndex }: Plan) => {
		const savedBefore = documents.toSorted((a, b) => a.itemIndex - b.itemIndex);
		return failedError(context.getNode(), failure, { bizType, itemIndex, savedBefore, unknown: unknownBeside(failures, itemIndex) });
	};

	if (stopsAtFailure) {
		for (const plan of plans) if (!isReady(plan.ready)) throw fail(plan.ready, plan);
	}

	const delivery = new Delivery(context, plans);
	const progress = new Progress(context.logger, plans.length);
	const output: INodeExecutionData[] = [];
	try {
		await inParallel(plans, concurrencyOf(plans), async (plan) => {
			const { item, failure, document } = await settle(delivery, plan);
			output[plan.itemIndex] = item;
			if (document) documents.push(document);
			if (failure) failures.push({ plan, failure });
			progress.count(failure === undefined);
			if (failure && stopsAtFailure) delivery.holdBack();
			return failure === undefined || !stopsAtFailure;
		});
	} finally {
		await delivery.close();
	}
	if (stopsAtFailure) {
		const inOrder = failures.toSorted((a, b) => a.plan.itemIndex - b.plan.itemIndex);
		// What was held back is not the cause.
		const first = inOrder.find(({ failure }) => failure.kind !== 'stopped') ?? inOrder[0];
		if (first) throw fail(first.failure, first.plan);
	}
	return output;
}
