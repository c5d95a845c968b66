import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { preview } from '../gateway/call';
import { accountOf } from '../gateway/credential';
import { failed, refusesCredentials } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import { openGuard, refuseEqualKeys } from './duplicates';
import { deliver, remembering, untilRefused, withoutDuplicates } from './gates';
import { Halt } from './halt';
import { openJournal } from './journal';
import type { Journal } from './journal';
import { dryRunItem, failedError, failedItem, idOf } from './output';
import type { Mentioned } from './output';
import { held, textOf } from './outcomes';
import type { ItemEnded, ItemFailure } from './outcomes';
import { inParallel } from './parallel';
import { planAll } from './plan';
import type { Operation, Plan, Settings } from './plan';
import { Progress } from './progress';

/** How one item of the run ended; `undefined` while it has not. */
type Ends = Array<ItemEnded | undefined>;

/** The items that ended in one way, this try or an earlier one, in order. */
function mentionedOf<P extends Settings>(plans: ReadonlyArray<Plan<P>>, ends: Ends, journal: Journal | undefined, wanted: (ended: ItemEnded) => boolean): Mentioned[] {
	return plans.flatMap(({ itemIndex, json, subject }) => {
		const ended = ends[itemIndex] ?? journal?.get(itemIndex, json);
		if (!ended || !wanted(ended)) return [];
		return [{ itemIndex, subject, ...(ended.type === 'done' ? { id: idOf(ended.envelope) } : {}) }];
	});
}

/** The failure that a run in stop mode ends with: of the lowest index, but what was held back is not the cause. */
function causeOf(ends: Ends): { itemIndex: number; failure: ItemFailure } | undefined {
	const failures = ends.flatMap((ended, itemIndex) => (ended?.type === 'failed' ? [{ itemIndex, failure: ended.failure }] : []));
	return failures.find(({ failure }) => failure.kind !== 'stopped') ?? failures[0];
}

/** The output of one item. What cannot be made into items leaves it unknown to the user, whatever became of it in JDY. */
function outputOf<P extends Settings>(operation: Operation<P>, plan: Plan<P>, ended: ItemEnded): INodeExecutionData[] {
	const { itemIndex, json, subject } = plan;
	if (ended.type === 'failed') return [failedItem(ended.failure, subject, itemIndex, operation.action)];
	try {
		const rows = 'ready' in plan ? operation.items(ended.envelope, plan.ready.parameters, json) : [];
		return rows.map((row) => ({ json: row, pairedItem: { item: itemIndex } }));
	} catch (error) {
		return [failedItem(held('internal', `The answer could not be shown: ${textOf(error)}`, 'unknown'), subject, itemIndex, operation.action)];
	}
}

const MAX_NAMED = 20;

/** Tells which items an earlier run had saved with other data. */
function warnOfOtherData(context: IExecuteFunctions, ends: Ends): void {
	const items = ends.flatMap((ended, itemIndex) => (ended?.type === 'done' && ended.envelope.dataDiffers ? [itemIndex] : []));
	if (items.length === 0) return;
	const named = `${items.slice(0, MAX_NAMED).join(', ')}${items.length > MAX_NAMED ? ', …' : ''}`;
	const message = `${items.length} of ${ends.length} items have a Deduplication Key that an earlier run saved with other data; they were not sent: item ${named}`;
	context.addExecutionHints({ message });
}

/**
 * Runs one operation for every input item; the output is in input order.
 *
 * In stop mode all items are checked before the first is sent. The first failure stops new sends, calls under way are
 * waited for, and the error is that of the lowest index. In continue mode each item is judged alone; only refused
 * credentials hold the rest of their account back.
 *
 * @throws NodeOperationError for bad input and NodeApiError for a failed call, in stop mode only
 */
async function runPlans<P extends Settings>(context: IExecuteFunctions, memory: Memory, operation: Operation<P>): Promise<INodeExecutionData[]> {
	const plans = refuseEqualKeys(await planAll(context, memory, operation));
	const stopsAtFailure = !context.continueOnFail();
	const ends: Ends = plans.map(() => undefined);
	const fail = (itemIndex: number, failure: ItemFailure, journal?: Journal) => {
		const done = mentionedOf(plans, ends, journal, ({ type }) => type === 'done');
		const isUnknown = (ended: ItemEnded) => ended.type === 'failed' && ended.failure.outcome === 'unknown';
		const unknown = mentionedOf(plans, ends, journal, isUnknown).filter((other) => other.itemIndex !== itemIndex);
		const subject = plans[itemIndex]?.subject ?? {};
		return failedError(context.getNode(), failure, { subject, itemIndex, action: operation.action }, { done, unknown });
	};
	const journal = openJournal(context.getExecuteData(), context.getNode().id);
	if (stopsAtFailure) for (const plan of plans) if ('failure' in plan) throw fail(plan.itemIndex, plan.failure, journal);
	const parameters = plans.flatMap((plan) => ('ready' in plan ? [plan.ready.parameters] : []));
	for (const message of operation.hints?.(parameters) ?? []) context.addExecutionHints({ message });

	const halt = new Halt(context.getExecutionCancelSignal());
	const guard = openGuard(context, memory, plans, journal);
	const gates = [remembering(journal), untilRefused(halt), withoutDuplicates(guard, halt)];
	for (const plan of plans) {
		const earlier = journal.get(plan.itemIndex, plan.json);
		const isRefusal = earlier?.type === 'failed' && refusesCredentials(earlier.failure);
		if (isRefusal && 'ready' in plan) halt.refuse(accountOf(plan.ready.gateway.credential), earlier.failure);
	}
	const progress = new Progress(context.logger, plans.length);
	const previews = new Map<number, INodeExecutionData>();
	try {
		await inParallel(plans, parameters[0]?.sending.concurrency ?? 1, async (plan) => {
			const { itemIndex } = plan;
			if ('ready' in plan && plan.ready.sending.dryRun) {
				const { gateway, endpoint, body } = plan.ready;
				previews.set(itemIndex, dryRunItem(preview(gateway, endpoint, body), itemIndex));
				return true;
			}
			const ended: ItemEnded = 'ready' in plan ? await deliver(plan.ready, gates, halt) : failed(plan.failure);
			ends[itemIndex] = ended;
			progress.count(ended.type === 'done');
			const stops = stopsAtFailure && ended.type === 'failed';
			if (stops) halt.stop();
			return !stops;
		});
	} finally {
		halt.close();
		await guard?.close();
	}
	const cause = stopsAtFailure ? causeOf(ends) : undefined;
	if (cause) throw fail(cause.itemIndex, cause.failure, journal);
	warnOfOtherData(context, ends);
	return plans.flatMap((plan) => {
		const shown = previews.get(plan.itemIndex);
		if (shown) return [shown];
		const ended = ends[plan.itemIndex] ?? failed(held('internal', 'The item was not worked on', 'unknown'));
		return outputOf(operation, plan, ended);
	});
}

/**
 * Runs one operation for every input item. Where errors continue, nothing is thrown: n8n would put the untouched input items
 * on the success output.
 */
export async function runItems<P extends Settings>(context: IExecuteFunctions, memory: Memory, operation: Operation<P>): Promise<INodeExecutionData[]> {
	return await runPlans(context, memory, operation).catch((error: unknown) => {
		if (!context.continueOnFail()) throw error;
		const failure = held('internal', `The node failed inside: ${textOf(error)}`, 'unknown');
		const subject: IDataObject = operation.subject(undefined);
		return context.getInputData().map((_item, itemIndex) => failedItem(failure, subject, itemIndex, operation.action));
	});
}
