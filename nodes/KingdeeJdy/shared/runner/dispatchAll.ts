import { accountOf } from '../../gateway/credential/credential';
import { refusesCredentials } from '../../gateway/errors/failures';
import { bundle } from '../batching/groupIntoBatches';
import { Aside } from '../concurrency/detachedWork';
import { inLanes } from '../concurrency/lanes';
import type { Plan, Settings } from '../contract/operation';
import type { DuplicateGuard } from '../deduplication/duplicateGuard';
import { LookUps } from '../lookup/lookUps';
import { isTool } from '../results/onError';
import type { Journal } from '../results/priorResults';
import { Round } from './dispatcher';
import type { Delivered, Work } from './dispatcher';
import { Courier } from './itemSender';
import { Gates } from './middleware';

/** What goes out for one account, apart from what goes out for another: a slow or refused one holds back nobody else. */
function lanesOf<P extends Settings>(bundles: ReadonlyArray<Array<Plan<P>>>): Array<Array<Array<Plan<P>>>> {
	const accountOfBundle = ([first]: Array<Plan<P>>) => (first && 'ready' in first ? accountOf(first.ready.gateway.credential) : '');
	return [...Map.groupBy(bundles, accountOfBundle).values()];
}

/** What the plans of a run share while they are delivered. */
export interface Delivery<P extends Settings> extends Work<P> {
	journal: Journal;
	guard: DuplicateGuard | undefined;
}

/** An account whose credentials an earlier try saw refused is not asked again. */
function refuseAsBefore<P extends Settings>({ plans, journal, halt }: Delivery<P>): void {
	for (const plan of plans) {
		const earlier = journal.get(plan.members);
		const isRefusal = earlier?.type === 'failed' && refusesCredentials(earlier.failure);
		if (isRefusal && 'ready' in plan) halt.refuse(accountOf(plan.ready.gateway.credential), earlier.failure);
	}
}

/** Sends what is ready, lane by lane, each through the gates. */
export async function deliverAll<P extends Settings>(run: Delivery<P>): Promise<Delivered> {
	const { operation, plans, stopsAtFailure, journal, guard, halt } = run;
	refuseAsBefore(run);
	const aside = new Aside();
	// Where a failure stops the run, the next item has to wait for how this one ends.
	const step = stopsAtFailure ? () => undefined : (itemIndex: number) => aside.step(itemIndex);
	const lookUps = new LookUps(halt, { step, isTool: isTool(run.context.getNode()) });
	const gates = new Gates({ journal, halt, guard, lookUps });
	const concurrency = plans.flatMap((plan) => ('ready' in plan ? [plan.ready.sending.concurrency] : []))[0] ?? 1;
	const courier = new Courier(operation, { halt, concurrency, stopsAtFailure });
	const round = new Round(run, gates, courier);
	// Only an item that is looked up steps aside.
	const looksUp = plans.some((plan) => 'ready' in plan && (plan.ready.finder ?? plan.ready.unique?.search) !== undefined);
	const workOrStep = (together: ReadonlyArray<Plan<P>>) => aside.orUntilAside(together[0]?.itemIndex ?? -1, round.work(together));
	await inLanes(lanesOf(bundle(plans, operation.batch)), concurrency, looksUp ? workOrStep : round.work);
	await aside.finished();
	return round;
}
