import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { accountOf } from '../gateway/credential';
import { failed, refusesCredentials } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import type { Action } from './advice';
import { Aside } from './aside';
import { bundle } from './batches';
import { Courier } from './courier';
import { openGuard } from './duplicates';
import { refuseEqualKeys } from './equalKeys';
import { remembering, untilRefused, withoutDuplicates } from './gates';
import { Halt } from './halt';
import { keepingInput, withInput } from './inputFields';
import { openJournal } from './journal';
import { LookUps } from './lookUps';
import { failedError, failedItem, idOf } from './output';
import type { Mentioned } from './output';
import { held, textOf } from './outcomes';
import type { ItemEnded, ItemFailure, Part } from './outcomes';
import { inLanes } from './parallel';
import { planAll } from './plan';
import type { Operation, Plan, Ready, Settings } from './operation';
import { Progress } from './progress';
import { summaryOf } from './summary';

/** How one item of the run ended; `undefined` while it has not. */
type Ends = Array<ItemEnded | undefined>;

/** Each thing that an item asked for, and how it ended; undefined where the operation knows no single things. */
function partsOf<P extends Settings>({ batch }: Operation<P>, plan: Plan<P>, ended: ItemEnded): readonly Part[] | undefined {
	const known = ended.type === 'failed' ? ended.failure.parts : undefined;
	if (known || !batch || !('ready' in plan)) return known;
	const outcome = ended.type === 'done' ? 'done' : ended.failure.outcome;
	return batch.ids(plan.ready.parameters).map((id) => ({ id, outcome }));
}

/** The items that ended in one way, this try or an earlier one, in order; of those that ended so in part only that part. */
function mentionedOf<P extends Settings>(
	operation: Operation<P>,
	plans: ReadonlyArray<Plan<P>>,
	endOf: (plan: Plan<P>) => ItemEnded | undefined,
	wanted: 'done' | 'unknown',
): Mentioned[] {
	return plans.flatMap((plan) => {
		const { itemIndex, subject } = plan;
		const ended = endOf(plan);
		if (!ended) return [];
		const parts = partsOf(operation, plan, ended)?.filter(({ outcome }) => outcome === wanted);
		if (parts) return parts.length === 0 ? [] : [{ itemIndex, subject, id: parts.map(({ id }) => id).join(', ') }];
		if (ended.type === 'done') return wanted === 'done' ? [{ itemIndex, subject, id: idOf(ended.envelope) }] : [];
		return ended.failure.outcome === wanted ? [{ itemIndex, subject }] : [];
	});
}

/** The failure that a run in stop mode ends with: of the lowest index, but what was held back is not the cause. */
function causeOf(ends: Ends): { itemIndex: number; failure: ItemFailure } | undefined {
	const failures = ends.flatMap((ended, itemIndex) => (ended?.type === 'failed' ? [{ itemIndex, failure: ended.failure }] : []));
	return failures.find(({ failure }) => failure.kind !== 'stopped') ?? failures[0];
}

/** What the item does: of an operation that writes, a single call may only read. */
function actionOf<P extends Settings>({ action }: Operation<P>, plan: Plan<P> | undefined): Action {
	return plan && 'ready' in plan && plan.ready.endpoint.effect === 'read' ? 'read' : action;
}

/** A failure with all it can tell. */
function told<P extends Settings>(operation: Operation<P>, plan: Plan<P> | undefined, failure: ItemFailure): ItemFailure {
	const parts = plan && partsOf(operation, plan, failed(failure));
	return parts ? { ...failure, parts } : failure;
}

/** The input items that the output of a plan comes from. */
function pairedWith<P extends Settings>({ itemIndex, itemIndexes }: Plan<P>): NonNullable<INodeExecutionData['pairedItem']> {
	return itemIndexes.length === 1 ? { item: itemIndex } : itemIndexes.map((item) => ({ item }));
}

/** The output of one item. What cannot be made into items leaves it unknown to the user, whatever became of it in JDY. */
function outputOf<P extends Settings>(operation: Operation<P>, plan: Plan<P>, ended: ItemEnded): INodeExecutionData[] {
	const { itemIndex, json, subject } = plan;
	const action = actionOf(operation, plan);
	const pairedItem = pairedWith(plan);
	const show = (failure: ItemFailure) => [{ ...failedItem(told(operation, plan, failure), subject, itemIndex, action), pairedItem }];
	if (ended.type === 'failed') return show(ended.failure);
	try {
		if (!('ready' in plan)) return [];
		const { parameters } = plan.ready;
		const rows = operation.items(ended.envelope, parameters, json);
		return rows.map((row) => ({ json: parameters.includeInput ? withInput(row, json) : row, pairedItem }));
	} catch (error) {
		return show(held('internal', `The answer could not be shown: ${textOf(error)}`, action === 'read' ? 'rejected' : 'unknown'));
	}
}

/** What goes out for one account, apart from what goes out for another: a slow or refused one holds back nobody else. */
function lanesOf<P extends Settings>(bundles: ReadonlyArray<Array<Plan<P>>>): Array<Array<Array<Plan<P>>>> {
	const accountOfBundle = ([first]: Array<Plan<P>>) => (first && 'ready' in first ? accountOf(first.ready.gateway.credential) : '');
	return [...Map.groupBy(bundles, accountOfBundle).values()];
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

const MAX_NOTICES = 3;

/** Tells what stands out in the answers of a run. */
function giveNotice<P extends Settings>(context: IExecuteFunctions, { notice }: Operation<P>, plans: ReadonlyArray<Plan<P>>, ends: Ends): void {
	if (!notice) return;
	const notices = plans.flatMap((plan) => {
		const ended = ends[plan.itemIndex];
		return ended?.type === 'done' && 'ready' in plan ? (notice(ended.envelope, plan.ready.parameters) ?? []) : [];
	});
	for (const message of [...new Set(notices)].slice(0, MAX_NOTICES)) context.addExecutionHints({ message });
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
	const ends: Ends = context.getInputData().map(() => undefined);
	const journal = openJournal(context.getExecuteData(), context.getNode().id);
	const endOf = ({ itemIndex, json }: Plan<P>) => ends[itemIndex] ?? journal.get(itemIndex, json);
	const fail = (itemIndex: number, failure: ItemFailure) => {
		const plan = plans.find((one) => one.itemIndex === itemIndex);
		const done = mentionedOf(operation, plans, endOf, 'done');
		const unknown = mentionedOf(operation, plans, endOf, 'unknown').filter((other) => other.itemIndex !== itemIndex);
		const item = { subject: plan?.subject ?? {}, itemIndex, action: actionOf(operation, plan) };
		return failedError(context.getNode(), told(operation, plan, failure), item, { done, unknown });
	};
	if (stopsAtFailure) for (const plan of plans) if ('failure' in plan) throw fail(plan.itemIndex, plan.failure);
	const parameters = plans.flatMap((plan) => ('ready' in plan ? [plan.ready.parameters] : []));
	for (const message of operation.hints?.(parameters) ?? []) context.addExecutionHints({ message });

	const halt = new Halt(context.getExecutionCancelSignal());
	const guard = openGuard(context, memory, plans, journal);
	const aside = new Aside();
	// Where a failure stops the run, the next item has to wait for how this one ends.
	const lookUps = new LookUps(halt, stopsAtFailure ? () => undefined : (itemIndex) => aside.step(itemIndex));
	const gates = [remembering(journal), untilRefused(halt), ...(guard ? [withoutDuplicates(guard, halt, lookUps)] : [])];
	for (const plan of plans) {
		const earlier = journal.get(plan.itemIndex, plan.json);
		const isRefusal = earlier?.type === 'failed' && refusesCredentials(earlier.failure);
		if (isRefusal && 'ready' in plan) halt.refuse(accountOf(plan.ready.gateway.credential), earlier.failure);
	}
	const concurrency = parameters[0]?.sending.concurrency ?? 1;
	const courier = new Courier(operation, { gates, halt, concurrency, stopsAtFailure });
	const progress = new Progress(context.logger, plans.length, operation.action);
	const previews = new Map<number, INodeExecutionData>();
	const end = (itemIndex: number, ended: ItemEnded) => {
		ends[itemIndex] = ended;
		progress.count(ended.type === 'done');
	};
	try {
		const work = async (together: ReadonlyArray<Plan<P>>) => {
			const items: Array<Ready<P>> = [];
			for (const plan of together) {
				if ('ready' in plan) items.push(plan.ready);
				else end(plan.itemIndex, failed(plan.failure));
			}
			if (items[0]?.sending.dryRun) {
				for (const { itemIndex, shown } of courier.preview(items)) previews.set(itemIndex, shown);
				return true;
			}
			if (operation.batch) {
				const delivered = await courier.deliverTogether(items, operation.batch);
				for (const [position, ended] of delivered.entries()) end(items[position]?.itemIndex ?? -1, ended);
			} else {
				for (const item of items) end(item.itemIndex, await courier.deliver(item));
			}
			const stops = stopsAtFailure && together.some(({ itemIndex }) => ends[itemIndex]?.type === 'failed');
			if (stops) halt.stop();
			return !stops;
		};
		// Only an item that is looked up steps aside.
		const looksUp = plans.some((plan) => 'ready' in plan && plan.ready.unique?.search !== undefined);
		const workOrStep = (together: ReadonlyArray<Plan<P>>) => aside.orUntilAside(together[0]?.itemIndex ?? -1, work(together));
		await inLanes(lanesOf(bundle(plans, operation.batch)), concurrency, looksUp ? workOrStep : work);
		await aside.finished();
	} finally {
		halt.close();
		await guard?.close();
	}
	const cause = stopsAtFailure ? causeOf(ends) : undefined;
	if (cause) throw fail(cause.itemIndex, cause.failure);
	warnOfOtherData(context, ends);
	giveNotice(context, operation, plans, ends);
	const summary = summaryOf(ends, operation.action);
	if (summary) context.addExecutionHints({ message: summary });
	const keepInput = keepingInput(context);
	return plans.flatMap((plan) => {
		const shown = previews.get(plan.itemIndex);
		if (shown) return [{ ...shown, pairedItem: pairedWith(plan) }];
		const ended = ends[plan.itemIndex] ?? failed(held('internal', 'The item was not processed', 'unknown'));
		return outputOf(operation, plan, ended).map((item) => keepInput(item, plan.json));
	});
}

/**
 * Runs one operation for every input item. Where errors continue, nothing is thrown: n8n would put the untouched input items
 * on the success output.
 */
export async function runItems<P extends Settings>(context: IExecuteFunctions, memory: Memory, operation: Operation<P>): Promise<INodeExecutionData[]> {
	return await runPlans(context, memory, operation).catch((error: unknown) => {
		if (!context.continueOnFail()) throw error;
		const failure = held('internal', `The node itself failed: ${textOf(error)}`, operation.action === 'read' ? 'rejected' : 'unknown');
		const subject: IDataObject = operation.subject(undefined);
		const keepInput = keepingInput(context);
		return context.getInputData().map(({ json }, itemIndex) => keepInput(failedItem(failure, subject, itemIndex, operation.action), json));
	});
}
