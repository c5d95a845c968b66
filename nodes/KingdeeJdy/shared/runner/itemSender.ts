import type { INodeExecutionData } from 'n8n-workflow';

import { call, preview } from '../../gateway/call';
import { accountOf } from '../../gateway/credential/credential';
import { MAX_IDS } from '../batching/groupIntoBatches';
import { batchIdsOf, sendBatch } from '../batching/sendBatch';
import type { AbortScope } from '../concurrency/abortScope';
import { callOptions } from '../concurrency/callOptions';
import { Semaphore } from '../concurrency/lanes';
import type { Caller, DispatchOptions, Operation, PreparedItem, Settings } from '../contract/operation';
import type { ItemResult } from '../contract/outcomes';
import { dryRunItem } from '../results/output';
import { explained } from '../results/refusals';

/** What all calls of a run share. */
interface SenderOptions extends DispatchOptions {
	abortScope: AbortScope;
}

/** The IDs of the call that the first ID of an item is sent with. */
function firstCall(all: readonly string[], [first = '']: readonly string[]): readonly string[] {
	const start = all.indexOf(first) - (all.indexOf(first) % MAX_IDS);
	return all.slice(start, start + MAX_IDS);
}

/** Takes items to JDY: one call for each, several for one, or one for several, as the operation has it. */
export class ItemSender<P extends Settings> {
	private readonly semaphores = new Map<string, Semaphore>();

	private readonly operation: Operation<P>;

	private readonly options: SenderOptions;

	constructor(operation: Operation<P>, options: SenderOptions) {
		this.operation = operation;
		this.options = options;
	}

	/** Sends an item that has a call of its own. */
	readonly send = (item: PreparedItem<P>): Promise<ItemResult> => {
		const caller = this.callerFor(item);
		return this.operation.run ? this.operation.run(item, caller, this.options) : caller(item.endpoint, item.body);
	};

	/** Sends items that share their calls; none if the middleware has kept all of them back. */
	readonly sendTogether = async ([first, ...others]: ReadonlyArray<PreparedItem<P>>): Promise<ItemResult[]> => {
		const { batch } = this.operation;
		if (!first || !batch) return [];
		return await sendBatch([first, ...others], batch, { call: this.callerFor(first), stopsAtFailure: this.options.stopsAtFailure });
	};

	/** The requests that the items would make; those that share a call all show it, and one that needs several its first. */
	preview(items: ReadonlyArray<PreparedItem<P>>): Array<{ itemIndex: number; shown: INodeExecutionData }> {
		const { batch } = this.operation;
		const ids = batch ? batchIdsOf(items, batch) : [];
		return items.map(({ itemIndex, gateway, endpoint, parameters, body }) => {
			const sent = batch ? batch.body(parameters, firstCall(ids, batch.ids(parameters))) : body;
			const shown = dryRunItem(preview(gateway, endpoint, sent), itemIndex);
			return { itemIndex, shown: { ...shown, json: { ...shown.json, ...this.operation.preview?.(parameters) } } };
		});
	}

	private callerFor({ gateway, sending }: PreparedItem<P>): Caller {
		const account = accountOf(gateway.credential);
		const { abortScope, concurrency } = this.options;
		const options = callOptions(sending, abortScope, abortScope.signalFor(account));
		const semaphores = this.semaphores.get(account) ?? new Semaphore(concurrency);
		this.semaphores.set(account, semaphores);
		return async (endpoint, body) => explained(await semaphores.run(() => call(gateway, endpoint, body, options)), body);
	}
}
