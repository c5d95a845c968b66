import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { accountOf } from '../gateway/credential';
import { failed, refusesCredentials } from '../gateway/failures';
import { Aside } from './aside';
import { bundle } from './bundles';
import { Courier } from './courier';
import type { DuplicateGuard } from './duplicates';
import { remembering, untilRefused, withoutDuplicates } from './gates';
import type { Halt } from './halt';
import type { Journal } from './journal';
import { LookUps } from './lookUps';
import type { Operation, Plan, Ready, Settings } from './operation';
import type { ItemEnded } from './outcomes';
import { inLanes } from './parallel';
import { Progress } from './progress';

/** What goes out for one account, apart from what goes out for another: a slow or refused one holds back nobody else. */
function lanesOf<P extends Settings>(bundles: ReadonlyArray<Array<Plan<P>>>): Array<Array<Array<Plan<P>>>> {
	const accountOfBundle = ([first]: Array<Plan<P>>) => (first && 'ready' in first ? accountOf(first.ready.gateway.credential) : '');
	return [...Map.groupBy(bundles, accountOfBundle).values()];
}

/** What the plans of a run share while they are delivered. */
export interface Delivery<P extends Settings> {
	context: IExecuteFunctions;
	operation: Operation<P>;
	plans: ReadonlyArray<Plan<P>>;
	stopsAtFailure: boolean;
	journal: Journal;
	guard: DuplicateGuard | undefined;
	halt: Halt;
}

/** How the items ended, by their index, and what a dry run shows of them. */
export interface Delivered {
	ends: Array<ItemEnded | undefined>;
	previews: Map<number, INodeExecutionData>;
}

/** An account whose credentials an earlier try saw refused is not asked again. */
function refuseAsBefore<P extends Settings>({ plans, journal, halt }: Delivery<P>): void {
	for (const plan of plans) {
		const earlier = journal.get(plan.itemIndex, plan.json);
		const isRefusal = earlier?.type === 'failed' && refusesCredentials(earlier.failure);
		if (isRefusal && 'ready' in plan) halt.refuse(accountOf(plan.ready.gateway.credential), earlier.failure);
	}
}

/** Sends what is ready, lane by lane, each through the gates. */
export async function deliverAll<P extends Settings>(run: Delivery<P>): Promise<Delivered> {
	const { context, operation, plans, stopsAtFailure, journal, guard, halt } = run;
	refuseAsBefore(run);
	const aside = new Aside();
	// Where a failure stops the run, the next item has to wait for how this one ends.
	const lookUps = new LookUps(halt, stopsAtFailure ? () => undefined : (itemIndex) => aside.step(itemIndex));
	const gates = [remembering(journal), untilRefused(halt), ...(guard ? [withoutDuplicates(guard, halt, lookUps)] : [])];
	const concurrency = plans.flatMap((plan) => ('ready' in plan ? [plan.ready.sending.concurrency] : []))[0] ?? 1;
	const courier = new Courier(operation, { gates, halt, concurrency, stopsAtFailure });
	const progress = new Progress(context.logger, plans.length, operation.action);
	const delivered: Delivered = { ends: context.getInputData().map(() => undefined), previews: new Map() };
	const end = (itemIndex: number, ended: ItemEnded) => {
		delivered.ends[itemIndex] = ended;
		progress.count(ended.type === 'done');
	};
	const work = async (together: ReadonlyArray<Plan<P>>) => {
		const items: Array<Ready<P>> = [];
		for (const plan of together) {
			if ('ready' in plan) items.push(plan.ready);
			else end(plan.itemIndex, failed(plan.failure));
		}
		if (items[0]?.sending.dryRun) {
			for (const { itemIndex, shown } of courier.preview(items)) delivered.previews.set(itemIndex, shown);
			return true;
		}
		if (operation.batch) {
			const endings = await courier.deliverTogether(items, operation.batch);
			for (const [position, ended] of endings.entries()) end(items[position]?.itemIndex ?? -1, ended);
		} else {
			for (const item of items) end(item.itemIndex, await courier.deliver(item));
		}
		const stops = stopsAtFailure && together.some(({ itemIndex }) => delivered.ends[itemIndex]?.type === 'failed');
		if (stops) halt.stop();
		return !stops;
	};
	// Only an item that is looked up steps aside.
	const looksUp = plans.some((plan) => 'ready' in plan && plan.ready.unique?.search !== undefined);
	const workOrStep = (together: ReadonlyArray<Plan<P>>) => aside.orUntilAside(together[0]?.itemIndex ?? -1, work(together));
	await inLanes(lanesOf(bundle(plans, operation.batch)), concurrency, looksUp ? workOrStep : work);
	await aside.finished();
	return delivered;
}
