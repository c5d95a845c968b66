import type { INodeExecutionData } from 'n8n-workflow';

import { call, preview } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { MAX_IDS } from '../batching/groupIntoBatches';
import { idsOf, sendBundle } from '../batching/sendBatch';
import type { Halt } from '../concurrency/abortScope';
import { Slots } from '../concurrency/lanes';
import type { Caller, Manner, Operation, Ready, Settings } from '../contract/operation';
import type { ItemEnded } from '../contract/outcomes';
import { dryRunItem } from '../results/output';
import { explained } from '../results/refusals';

/** What all calls of a run share. */
export interface Way extends Manner {
	halt: Halt;
}

/** The IDs of the call that the first ID of an item goes out with. */
function firstCall(all: readonly string[], [first = '']: readonly string[]): readonly string[] {
	const start = all.indexOf(first) - (all.indexOf(first) % MAX_IDS);
	return all.slice(start, start + MAX_IDS);
}

/** Takes items to JDY: one call for each, several for one, or one for several, as the operation has it. */
export class Courier<P extends Settings> {
	private readonly slots = new Map<string, Slots>();

	private readonly operation: Operation<P>;

	private readonly way: Way;

	constructor(operation: Operation<P>, way: Way) {
		this.operation = operation;
		this.way = way;
	}

	/** Sends an item that goes alone. */
	readonly send = (item: Ready<P>): Promise<ItemEnded> => {
		const caller = this.callerFor(item);
		return this.operation.run ? this.operation.run(item, caller, this.way) : caller(item.endpoint, item.body);
	};

	/** Sends items that share their calls; none where every one of them was kept back at a gate. */
	readonly sendTogether = async ([first, ...others]: ReadonlyArray<Ready<P>>): Promise<ItemEnded[]> => {
		const { batch } = this.operation;
		if (!first || !batch) return [];
		return await sendBundle([first, ...others], batch, { call: this.callerFor(first), stopsAtFailure: this.way.stopsAtFailure });
	};

	/** The requests that the items would make; those that share a call all show it, and one that needs several its first. */
	preview(items: ReadonlyArray<Ready<P>>): Array<{ itemIndex: number; shown: INodeExecutionData }> {
		const { batch } = this.operation;
		const ids = batch ? idsOf(items, batch) : [];
		return items.map(({ itemIndex, gateway, endpoint, parameters, body }) => {
			const sent = batch ? batch.body(parameters, firstCall(ids, batch.ids(parameters))) : body;
			return { itemIndex, shown: dryRunItem(preview(gateway, endpoint, sent), itemIndex) };
		});
	}

	private callerFor({ gateway, sending }: Ready<P>): Caller {
		const account = accountOf(gateway.credential);
		const { halt, concurrency } = this.way;
		const { cancelSignal } = halt;
		const signal = halt.signalFor(account);
		const slots = this.slots.get(account) ?? new Slots(concurrency);
		this.slots.set(account, slots);
		const options = { ...sending, signal, cancelSignal };
		return async (endpoint, body) => explained(await slots.take(() => call(gateway, endpoint, body, options)), body);
	}
}
