import { accountOf } from '../../gateway/credential/credential';
import { refusesCredentials } from '../../gateway/errors/failures';
import { groupIntoBatches } from '../batching/groupIntoBatches';
import { DetachedWork } from '../concurrency/detachedWork';
import { forEachLane } from '../concurrency/lanes';
import type { ItemPlan, Settings } from '../contract/operation';
import { isTool } from '../contract/tool';
import type { DuplicateGuard } from '../deduplication/duplicateGuard';
import { LookUps } from '../lookup/lookUps';
import type { PriorResults } from '../results/priorResults';
import { Dispatcher } from './dispatcher';
import type { DispatchInput, DispatchResult } from './dispatcher';
import { ItemSender } from './itemSender';
import { Middleware } from './middleware';

/** What is sent for one account, apart from what is sent for another: a slow or refused one holds back nobody else. */
function lanesOf<P extends Settings>(batches: ReadonlyArray<Array<ItemPlan<P>>>): Array<Array<Array<ItemPlan<P>>>> {
	const accountOfBatch = ([first]: Array<ItemPlan<P>>) => (first && 'prepared' in first ? accountOf(first.prepared.gateway.credential) : '');
	return [...Map.groupBy(batches, accountOfBatch).values()];
}

/** What the plans of a run share while they are delivered. */
interface DispatchRun<P extends Settings> extends DispatchInput<P> {
	priorResults: PriorResults;
	guard: DuplicateGuard | undefined;
}

/** An account whose credentials an earlier try saw refused is not asked again. */
function refuseAsBefore<P extends Settings>({ plans, priorResults, abortScope }: DispatchRun<P>): void {
	for (const plan of plans) {
		const earlier = priorResults.get(plan.members);
		const isRefusal = earlier?.type === 'failed' && refusesCredentials(earlier.failure);
		if (isRefusal && 'prepared' in plan) abortScope.refuse(accountOf(plan.prepared.gateway.credential), earlier.failure);
	}
}

/** Sends what is ready, lane by lane, each through the middleware. */
export async function dispatchAll<P extends Settings>(run: DispatchRun<P>): Promise<DispatchResult> {
	const { operation, plans, stopsAtFailure, priorResults, guard, abortScope } = run;
	refuseAsBefore(run);
	const detached = new DetachedWork();
	// If a failure stops the run, the next item has to wait for the result of this one.
	const detach = stopsAtFailure ? () => undefined : (itemIndex: number) => detached.detach(itemIndex);
	const lookUps = new LookUps(abortScope, { detach, isTool: isTool(run.context.getNode()) });
	const middleware = new Middleware({ priorResults, abortScope, guard, lookUps });
	const concurrency = plans.flatMap((plan) => ('prepared' in plan ? [plan.prepared.sending.concurrency] : []))[0] ?? 1;
	const sender = new ItemSender(operation, { abortScope, concurrency, stopsAtFailure });
	const dispatcher = new Dispatcher(run, middleware, sender);
	// Only an item that is looked up is detached.
	const looksUp = plans.some((plan) => 'prepared' in plan && (plan.prepared.finder ?? plan.prepared.deduplication?.search) !== undefined);
	const dispatchOrDetach = (together: ReadonlyArray<ItemPlan<P>>) => detached.orUntilDetached(together[0]?.itemIndex ?? -1, dispatcher.dispatch(together));
	await forEachLane(lanesOf(groupIntoBatches(plans, operation.batch)), concurrency, looksUp ? dispatchOrDetach : dispatcher.dispatch);
	await detached.finished();
	return dispatcher;
}
