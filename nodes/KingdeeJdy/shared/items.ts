import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failed } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import { deliverAll } from './deliverAll';
import { openGuard } from './duplicates';
import { refuseEqualKeys } from './equalKeys';
import { addHint } from './executionHints';
import { Halt } from './halt';
import { keepingInput } from './inputFields';
import { outputOf, pairedWith } from './itemOutput';
import { openJournal } from './journal';
import type { Operation, Plan, Settings } from './operation';
import { failedItem } from './output';
import { held, textOf } from './outcomes';
import type { ItemFailure } from './outcomes';
import { planAll } from './plan';
import type { Delivered } from './round';
import { causeOf, errorOf } from './runError';
import { runtimeFailure } from './runtime';
import { summaryOf } from './summary';

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
	memory: Memory,
	operation: Operation<P>,
): Promise<INodeExecutionData[]> {
	const plans = refuseEqualKeys(await planAll(context, memory, operation));
	const stopsAtFailure = !context.continueOnFail();
	const journal = openJournal(context.getExecuteData(), context.getNode().id);
	const fail = (itemIndex: number, failure: ItemFailure, ends: Delivered['ends']) => {
		const endOf = (plan: Plan<P>) => ends[plan.itemIndex] ?? journal.get(plan.itemIndex, plan.json);
		return errorOf(context.getNode(), operation, plans, endOf, { itemIndex, failure });
	};
	if (stopsAtFailure) for (const plan of plans) if ('failure' in plan) throw fail(plan.itemIndex, plan.failure, []);
	const parameters = plans.flatMap((plan) => ('ready' in plan ? [plan.ready.parameters] : []));
	for (const message of operation.hints?.(parameters) ?? []) addHint(context, message);

	const halt = new Halt(context.getExecutionCancelSignal());
	const guard = openGuard(context, memory, plans, journal);
	const run = { context, operation, plans, stopsAtFailure, journal, guard, halt };
	const { ends, previews } = await deliverAll(run).finally(async () => {
		halt.close();
		await guard?.close();
	});

	const cause = stopsAtFailure ? causeOf(ends) : undefined;
	if (cause) throw fail(cause.itemIndex, cause.failure, ends);
	const keepInput = keepingInput(context);
	const output = plans.flatMap((plan) => {
		const shown = previews.get(plan.itemIndex);
		if (shown) return [{ ...shown, pairedItem: pairedWith(plan) }];
		const ended = ends[plan.itemIndex] ?? failed(held('internal', 'The item was not processed', 'unknown'));
		return outputOf(operation, plan, ended).map((item) => keepInput(item, plan.json));
	});
	const came = output.filter(({ json }) => json.error === undefined).length;
	for (const message of summaryOf(operation, plans, ends, came)) addHint(context, message);
	return output;
}

/** The same failure for every input item, of which nothing has been read. */
function failAll<P extends Settings>(context: IExecuteFunctions, { subject, action }: Operation<P>, failure: ItemFailure): INodeExecutionData[] {
	const keepInput = keepingInput(context);
	return context.getInputData().map(({ json }, itemIndex) => keepInput(failedItem(failure, subject(undefined), itemIndex, action), json));
}

/**
 * Runs one operation for every input item. Where errors continue, nothing is thrown: n8n would put the untouched input items
 * on the success output.
 */
export async function runItems<P extends Settings>(
	context: IExecuteFunctions,
	memory: Memory,
	operation: Operation<P>,
): Promise<INodeExecutionData[]> {
	const tooOld = runtimeFailure();
	if (tooOld && context.continueOnFail()) return failAll(context, operation, tooOld);
	if (tooOld) throw errorOf(context.getNode(), operation, [], () => undefined, { itemIndex: 0, failure: tooOld });
	return await runPlans(context, memory, operation).catch((error: unknown) => {
		if (!context.continueOnFail()) throw error;
		const outcome = operation.action === 'read' ? 'rejected' : 'unknown';
		return failAll(context, operation, held('internal', `The node itself failed: ${textOf(error)}`, outcome));
	});
}
