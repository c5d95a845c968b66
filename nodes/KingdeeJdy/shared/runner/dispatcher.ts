import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failed } from '../../gateway/errors/failures';
import type { Halt } from '../concurrency/abortScope';
import type { Operation, Plan, Ready, Settings } from '../contract/operation';
import type { ItemEnded } from '../contract/outcomes';
import type { Courier } from './itemSender';
import { deliverTogether } from './middleware';
import type { Gates } from './middleware';
import { Progress } from './progress';

/** What is known of a run before its first item goes out. */
export interface Work<P extends Settings> {
	context: IExecuteFunctions;
	operation: Operation<P>;
	plans: ReadonlyArray<Plan<P>>;
	stopsAtFailure: boolean;
	halt: Halt;
}

/** How the items ended, by their index, and what a dry run shows of them. */
export interface Delivered {
	ends: ReadonlyArray<ItemEnded | undefined>;
	previews: ReadonlyMap<number, INodeExecutionData>;
}

/** Has each bundle of a run delivered, and notes how its items ended. */
export class Round<P extends Settings> implements Delivered {
	readonly ends: Array<ItemEnded | undefined>;

	readonly previews = new Map<number, INodeExecutionData>();

	private readonly run: Work<P>;

	private readonly gates: Gates;

	private readonly courier: Courier<P>;

	private readonly progress: Progress;

	constructor(run: Work<P>, gates: Gates, courier: Courier<P>) {
		this.run = run;
		this.gates = gates;
		this.courier = courier;
		this.ends = run.context.getInputData().map(() => undefined);
		const { context, plans, operation } = run;
		const told = { logger: context.logger, nodeName: context.getNode().name };
		this.progress = new Progress(told, plans.length, operation.action);
	}

	/** Delivers what is ready of the plans that go out together; gives whether the run goes on. */
	readonly work = async (together: ReadonlyArray<Plan<P>>): Promise<boolean> => {
		const { operation, stopsAtFailure, halt } = this.run;
		const items: Array<Ready<P>> = [];
		for (const plan of together) {
			if ('ready' in plan) items.push(plan.ready);
			else this.end(plan.itemIndex, failed(plan.failure));
		}
		if (items[0]?.sending.dryRun) {
			for (const { itemIndex, shown } of this.courier.preview(items)) this.previews.set(itemIndex, shown);
			return true;
		}
		if (operation.batch) {
			const ends = await deliverTogether(items, this.gates, this.courier.sendTogether);
			for (const [position, ended] of ends.entries()) this.end(items[position]?.itemIndex ?? -1, ended);
		} else {
			for (const item of items) this.end(item.itemIndex, await this.gates.pass(item, () => this.courier.send(item)));
		}
		const stops = stopsAtFailure && together.some(({ itemIndex }) => this.ends[itemIndex]?.type === 'failed');
		if (stops) halt.stop();
		return !stops;
	};

	private end(itemIndex: number, ended: ItemEnded): void {
		this.ends[itemIndex] = ended;
		this.progress.count(ended.type === 'done');
	}
}
