import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Gateway } from '../../gateway/call';
import { failed } from '../../gateway/errors/failures';
import type { GatewayState } from '../../gateway/state';
import { AbortScope } from '../concurrency/abortScope';
import { runtimeFailure } from '../connection/runtime';
import type { Operation, ItemPlan, Settings } from '../contract/operation';
import { localFailure } from '../contract/outcomes';
import type { ItemResult, ItemFailure } from '../contract/outcomes';
import { isTool } from '../contract/tool';
import { openGuard } from '../deduplication/duplicateGuard';
import { saysNotThere } from '../references/lookUp';
import { addHint } from '../results/executionHints';
import { keepingInput } from '../results/inputFields';
import { internalFailure } from '../results/internalFailure';
import { inInputOrder, outputOf, pairedWith } from '../results/itemOutput';
import type { OutputItem } from '../results/itemOutput';
import { continuesOnFail, endWith, failAll } from '../results/onError';
import { openPriorResults } from '../results/priorResults';
import { errorOf, runFailureIn } from '../results/runError';
import { summaryOf } from '../results/summary';
import { dispatchAll } from './dispatchAll';
import type { DispatchResult } from './dispatcher';
import { refuseEqualKeys } from './equalKeys';
import { planAll } from './plan';
import { findRepeats } from './repeats';
import { answersForModel } from './toolAnswer';

/** 45 s of a minute: after 60 s the client of an MCP server has given up, and may call again. */
const TOOL_PATIENCE = 3 / 4;

/** How far a run has got. */
interface RunProgress {
	gateways: readonly Gateway[];
	/** Whether something may have been sent. */
	isSending: boolean;
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
async function runPlans<P extends Settings>(
	context: IExecuteFunctions,
	state: GatewayState,
	operation: Operation<P>,
	reached: RunProgress,
	abortScope: AbortScope,
): Promise<INodeExecutionData[]> {
	const priorResults = openPriorResults(context.getExecuteData(), context.getNode().id);
	const { plans, repeats } = findRepeats(refuseEqualKeys(await planAll(context, state, operation, priorResults, abortScope)), operation);
	reached.gateways = plans.flatMap((plan) => ('prepared' in plan ? [plan.prepared.gateway] : []));
	const stopsAtFailure = !continuesOnFail(context);
	const fail = (itemIndex: number, failure: ItemFailure, results: DispatchResult['results']) => {
		const endOf = (plan: ItemPlan<P>) => results[plan.itemIndex] ?? priorResults.get(plan.members);
		return errorOf(context.getNode(), operation, plans, endOf, { itemIndex, failure });
	};
	const refused = stopsAtFailure ? plans.flatMap((plan) => ('failure' in plan ? [plan] : [])) : [];
	const [first] = refused;
	const hints = () => operation.hints?.(plans.flatMap((plan) => ('prepared' in plan ? [plan.prepared.parameters] : []))) ?? [];
	// n8n shows no hints beside an error.
	if (first) throw fail(first.itemIndex, operation.references ? { ...inOne(refused, plans.length), hints: hints() } : first.failure, []);
	for (const message of hints()) addHint(context, message);

	const guard = openGuard(context, state, plans, priorResults);
	const run = { context, operation, plans: plans.filter(({ itemIndex }) => !repeats.has(itemIndex)), stopsAtFailure, priorResults, guard, abortScope };
	reached.isSending = true;
	const { results: delivered, previews } = await dispatchAll(run).finally(async () => await guard?.close());
	for (const plan of plans) forgetRefused(plan, delivered[plan.itemIndex]);
	const results = delivered.map((ended, itemIndex) => delivered[repeats.get(itemIndex) ?? itemIndex] ?? ended);

	const cause = stopsAtFailure ? runFailureIn(results) : undefined;
	if (cause) throw fail(cause.itemIndex, cause.failure, results);
	const keepInput = keepingInput(context);
	const shown = plans.flatMap((plan): OutputItem[] => {
		const preview = previews.get(plan.itemIndex);
		if (preview) return [{ input: plan, item: { ...preview, pairedItem: pairedWith(plan) } }];
		const ended = results[plan.itemIndex] ?? failed(localFailure('internal', 'The item was not processed', 'unknown'));
		return outputOf(operation, plan, ended);
	});
	const output = inInputOrder(shown).map(({ item, input }) => keepInput(item, input.json));
	addSummary(context, reached, () => [
		...(repeats.size === 0 ? [] : [`${repeats.size} of ${plans.length} items ask for what an earlier one asks for: it was done once, and they have its outcome`]),
		...summaryOf(operation, plans, results, output.filter(({ json }) => json.error === undefined).length, isTool(context.getNode()) ? [] : emptyIn(plans, shown)),
	]);
	return isTool(context.getNode()) ? answersForModel(context, operation, plans, results, shown) : output;
}

/** Input items without any output. */
function emptyIn<P extends Settings>(plans: ReadonlyArray<ItemPlan<P>>, shown: readonly OutputItem[]): number[] {
	const output = new Set(shown.map(({ input }) => input.itemIndex));
	return plans.flatMap(({ itemIndex }) => (output.has(itemIndex) ? [] : [itemIndex]));
}

const MAX_NAMED = 10;

/** Everything that is wrong with the items of a run, in the failure of the first. */
function inOne(refused: ReadonlyArray<{ itemIndex: number; failure: ItemFailure }>, count: number): ItemFailure {
	const [first, ...others] = refused;
	if (!first) throw new TypeError('Nothing was refused');
	if (others.every(({ failure }) => failure.message === first.failure.message)) return first.failure;
	const said = refused.slice(0, MAX_NAMED).map(({ itemIndex, failure }) => `item ${itemIndex}: ${failure.message}`);
	const more = refused.length > MAX_NAMED ? `; and ${refused.length - MAX_NAMED} more` : '';
	return { ...first.failure, message: `${refused.length} of ${count} cannot be sent: ${said.join('; ')}${more}` };
}

/** What JDY says it does not have is not taken from what was remembered again. */
function forgetRefused<P extends Settings>(plan: ItemPlan<P>, result: ItemResult | undefined): void {
	if ('prepared' in plan && result?.type === 'failed' && saysNotThere(result.failure)) plan.prepared.forgetReferences?.();
}

/** What was done stays done, also if nothing can be said about it. */
function addSummary(context: IExecuteFunctions, { gateways }: RunProgress, summary: () => string[]): void {
	try {
		for (const message of summary()) addHint(context, message);
	} catch (error) {
		context.logger.warn(internalFailure('Kingdee JDY: the hints of a run could not be shown', error, gateways, 'unknown').message);
	}
}

/** As `runPlans`, until the run is stopped; as a tool, also until nobody waits for the answer any more. */
async function runInTime<P extends Settings>(context: IExecuteFunctions, state: GatewayState, operation: Operation<P>, reached: RunProgress): Promise<INodeExecutionData[]> {
	const patienceMs = isTool(context.getNode()) ? state.windowMs * TOOL_PATIENCE : undefined;
	const abortScope = new AbortScope(context.getExecutionCancelSignal(), patienceMs);
	return await runPlans(context, state, operation, reached, abortScope).finally(() => abortScope.close());
}

/**
 * Runs one operation for every input item. If errors continue, nothing is thrown: n8n would put the untouched input items on
 * the success output.
 */
export async function runItems<P extends Settings>(
	context: IExecuteFunctions,
	state: GatewayState,
	operation: Operation<P>,
): Promise<INodeExecutionData[]> {
	const { action, subject } = operation;
	const tooOld = runtimeFailure();
	if (tooOld) return failAll(context, tooOld, { subject: subject(undefined), action });
	const reached: RunProgress = { gateways: [], isSending: false };
	return await runInTime(context, state, operation, reached).catch((error: unknown) => {
		const isReported = error instanceof NodeApiError || error instanceof NodeOperationError;
		if (isReported && !continuesOnFail(context)) return endWith(context, error);
		const outcome = action === 'read' ? 'rejected' : 'unknown';
		const failure = internalFailure('The node itself failed', error, reached.gateways, reached.isSending ? outcome : 'notSent');
		return failAll(context, failure, { subject: subject(undefined), action });
	});
}
