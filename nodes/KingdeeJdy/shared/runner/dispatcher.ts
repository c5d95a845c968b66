import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failed } from '../../gateway/errors/failures';
import type { AbortScope } from '../concurrency/abortScope';
import type { ItemPlan, Operation, PreparedItem, Settings } from '../contract/operation';
import type { ItemResult } from '../contract/outcomes';
import type { ItemSender } from './itemSender';
import { dispatchTogether } from './middleware';
import type { Middleware } from './middleware';
import { Progress } from './progress';

/** What is known of a run before its first item is sent. */
export interface DispatchInput<P extends Settings> {
	context: IExecuteFunctions;
	operation: Operation<P>;
	plans: ReadonlyArray<ItemPlan<P>>;
	stopsAtFailure: boolean;
	abortScope: AbortScope;
}

/** How the items ended, by their index, and what a dry run shows of them. */
export interface DispatchResult {
	results: ReadonlyArray<ItemResult | undefined>;
	previews: ReadonlyMap<number, INodeExecutionData>;
}

/** Sends each batch of a run, and notes the results of its items. */
export class Dispatcher<P extends Settings> implements DispatchResult {
	readonly results: Array<ItemResult | undefined>;

	readonly previews = new Map<number, INodeExecutionData>();

	private readonly run: DispatchInput<P>;

	private readonly middleware: Middleware;

	private readonly sender: ItemSender<P>;

	private readonly progress: Progress;

	constructor(run: DispatchInput<P>, middleware: Middleware, sender: ItemSender<P>) {
		this.run = run;
		this.middleware = middleware;
		this.sender = sender;
		this.results = run.context.getInputData().map(() => undefined);
		const { context, plans, operation } = run;
		const log = { logger: context.logger, nodeName: context.getNode().name };
		this.progress = new Progress(log, plans.length, operation.action);
	}

	/** Sends what is prepared of the plans that share a call; resolves to whether the run goes on. */
	readonly dispatch = async (together: ReadonlyArray<ItemPlan<P>>): Promise<boolean> => {
		const { operation, stopsAtFailure, abortScope } = this.run;
		const items: Array<PreparedItem<P>> = [];
		for (const plan of together) {
			if ('prepared' in plan) items.push(plan.prepared);
			else this.note(plan.itemIndex, failed(plan.failure));
		}
		if (items[0]?.sending.dryRun) {
			for (const { itemIndex, shown } of this.sender.preview(items)) this.previews.set(itemIndex, shown);
			return true;
		}
		if (operation.batch) {
			const results = await dispatchTogether(items, this.middleware, this.sender.sendTogether);
			for (const [position, ended] of results.entries()) this.note(items[position]?.itemIndex ?? -1, ended);
		} else {
			for (const item of items) this.note(item.itemIndex, await this.middleware.run(item, () => this.sender.send(item)));
		}
		const stops = stopsAtFailure && together.some(({ itemIndex }) => this.results[itemIndex]?.type === 'failed');
		if (stops) abortScope.stop();
		return !stops;
	};

	private note(itemIndex: number, ended: ItemResult): void {
		this.results[itemIndex] = ended;
		this.progress.count(ended.type === 'done');
	}
}
