import type { INodeExecutionData } from 'n8n-workflow';

import { call, preview } from '../gateway/call';
import { accountOf } from '../gateway/credential';
import { idsOf, sendBundle } from './batches';
import { deliver, deliverTogether } from './gates';
import type { Gate } from './gates';
import type { Halt } from './halt';
import { dryRunItem } from './output';
import type { ItemEnded } from './outcomes';
import { Slots } from './parallel';
import type { Batch, Caller, Operation, Ready, Settings } from './operation';

/** What all items of a run share on their way. */
export interface Run {
	gates: readonly Gate[];
	halt: Halt;
	/** Calls in flight for one account at most, those of one item counted one by one. */
	concurrency: number;
	stopsAtFailure: boolean;
}

/** Takes items through the gates to JDY: one call for each, several for one, or one for several, as the operation has it. */
export class Courier<P extends Settings> {
	private readonly slots = new Map<string, Slots>();

	private readonly operation: Operation<P>;

	private readonly run: Run;

	constructor(operation: Operation<P>, run: Run) {
		this.operation = operation;
		this.run = run;
	}

	/** Delivers an item that goes alone. */
	deliver(item: Ready<P>): Promise<ItemEnded> {
		return deliver(item, this.run.gates, () => this.send(item));
	}

	/** Delivers items that share their calls. */
	async deliverTogether(items: ReadonlyArray<Ready<P>>, batch: Batch<P>): Promise<ItemEnded[]> {
		const { gates, stopsAtFailure } = this.run;
		return await deliverTogether(items, gates, async (passed) => {
			const [first] = passed;
			// Every one of them was kept back at a gate.
			if (!first) return [];
			return await sendBundle([first, ...passed.slice(1)], batch, { call: this.callerFor(first), stopsAtFailure });
		});
	}

	/** The requests that the items would make; those that share a call all show it. */
	preview(items: ReadonlyArray<Ready<P>>): Array<{ itemIndex: number; shown: INodeExecutionData }> {
		const { batch } = this.operation;
		return items.map(({ itemIndex, gateway, endpoint, parameters, body }) => {
			const sent = batch ? batch.body(parameters, idsOf(items, batch)) : body;
			return { itemIndex, shown: dryRunItem(preview(gateway, endpoint, sent), itemIndex) };
		});
	}

	private send(item: Ready<P>): Promise<ItemEnded> {
		const caller = this.callerFor(item);
		return this.operation.run ? this.operation.run(item, caller) : caller(item.endpoint, item.body);
	}

	private callerFor({ gateway, sending }: Ready<P>): Caller {
		const account = accountOf(gateway.credential);
		const { halt, concurrency } = this.run;
		const { cancelSignal } = halt;
		const signal = halt.signalFor(account);
		const slots = this.slots.get(account) ?? new Slots(concurrency);
		this.slots.set(account, slots);
		const options = { ...sending, signal, cancelSignal };
		return (endpoint, body) => slots.run(() => call(gateway, endpoint, body, options));
	}
}
