import type { IExecuteFunctions } from 'n8n-workflow';

import { post } from '../gateway/client';
import { notSent, refusesCredentials } from '../gateway/failures';
import type { Failure, Outcome } from '../gateway/failures';
import { DuplicateGuard, nodeStore, warnOfForgottenKeys } from './duplicates';
import { openJournal } from './journal';
import type { Journal } from './journal';
import { alreadySaved } from './output';
import { isReady } from './plan';
import type { Plan, Ready } from './plan';

export const SAVE_PATH = '/jdy/v2/cust/save';

function failed(failure: Failure): Outcome {
	return { type: 'failed', failure };
}

/** Sends the items of one run, each once at most, and knows why one must not go out. */
export class Delivery {
	private readonly journal: Journal;

	private readonly guard: DuplicateGuard | undefined;

	/** The item that goes out for each key, and how it ends. */
	private readonly firstOfKey = new Map<string, { itemIndex: number; outcome?: Promise<Outcome> }>();

	private refusal: Failure | undefined;

	/** Aborted when nothing more may go out. */
	private readonly hold = new AbortController();

	private readonly cancelSignal: AbortSignal | undefined;

	private readonly context: IExecuteFunctions;

	constructor(context: IExecuteFunctions, plans: readonly Plan[]) {
		this.context = context;
		this.cancelSignal = context.getExecutionCancelSignal();
		this.cancelSignal?.addEventListener('abort', this.holdBack);
		if (this.cancelSignal?.aborted) this.holdBack();
		this.journal = openJournal(context.getExecuteData(), context.getNode().id);
		const keys = plans.flatMap((plan) => this.keyToAdmit(plan));
		this.guard = keys.length > 0 ? new DuplicateGuard(nodeStore(context), keys) : undefined;
		for (const { itemIndex, json } of plans) {
			const earlier = this.journal.get(itemIndex, json);
			if (earlier) this.noticeRefusal(earlier);
		}
	}

	/** From now on nothing goes out, not even what waits for its turn already. */
	readonly holdBack = (): void => this.hold.abort();

	/** Sends one item, unless there is a reason not to. */
	async save({ itemIndex, json, ready }: Plan): Promise<Outcome> {
		if (!isReady(ready)) return failed(ready);
		const earlier = this.journal.get(itemIndex, json);
		if (earlier) return earlier;
		if (this.hold.signal.aborted) return failed(this.reason());
		const outcome = ready.uniqueKey === undefined ? await this.send(ready) : await this.sendOnce(itemIndex, ready, ready.uniqueKey);
		this.journal.keep(itemIndex, json, outcome);
		return this.noticeRefusal(outcome);
	}

	/** Leaves the store of keys in order, however the run ended. */
	async close(): Promise<void> {
		this.cancelSignal?.removeEventListener('abort', this.holdBack);
		if (!this.guard) return;
		try {
			await this.guard.close();
			await warnOfForgottenKeys(this.context);
		} catch (error) {
			// The marks stay: the next run takes these documents for unknown, which is the safe side.
			this.context.logger.warn(`Kingdee JDY Custom Save could not update its keys: ${String(error)}`);
		}
	}

	private noticeRefusal(outcome: Outcome): Outcome {
		if (outcome.type === 'failed' && refusesCredentials(outcome.failure)) {
			this.refusal = outcome.failure;
			this.holdBack();
		}
		return outcome;
	}

	private readonly reason = (): Failure => {
		if (this.refusal) return notSent('stopped', `Not sent, because the gateway refused the credentials: ${this.refusal.message}`);
		if (this.cancelSignal?.aborted) return notSent('cancelled', 'The execution was stopped');
		return notSent('stopped', 'Not sent, because another item failed');
	};

	/** The key of an item that is the first with it and has no outcome from an earlier try. */
	private keyToAdmit({ itemIndex, json, ready }: Plan): string[] {
		if (!isReady(ready) || ready.uniqueKey === undefined || this.firstOfKey.has(ready.uniqueKey)) return [];
		const outcome = this.journal.get(itemIndex, json);
		this.firstOfKey.set(ready.uniqueKey, outcome ? { itemIndex, outcome: Promise.resolve(outcome) } : { itemIndex });
		return outcome ? [] : [ready.uniqueKey];
	}

	private async send({ gateway, parameters, request }: Ready): Promise<Outcome> {
		const { timeoutMs, maxAttempts } = parameters;
		return await post(gateway, SAVE_PATH, request.body, { timeoutMs, maxAttempts, cancelSignal: this.cancelSignal, hold: { signal: this.hold.signal, reason: this.reason } });
	}

	private async sendOnce(itemIndex: number, ready: Ready, key: string): Promise<Outcome> {
		const first = this.firstOfKey.get(key);
		if (first && first.itemIndex !== itemIndex) return await this.sameAs(first, ready.parameters.deduplicationKey ?? '');
		const outcome = this.sendGuarded(ready, key);
		if (first) first.outcome = outcome;
		return await outcome;
	}

	private async sameAs({ itemIndex, outcome }: { itemIndex: number; outcome?: Promise<Outcome> }, key: string): Promise<Outcome> {
		const settled = await outcome;
		if (settled?.type === 'saved') return alreadySaved(`already saved by item ${itemIndex} of this run`, key);
		const same = `item ${itemIndex} has the same Deduplication Key`;
		if (settled?.failure.outcome === 'unknown') return failed(notSent('unknownEarlier', `Not sent, because ${same} and may have been saved`, 'unknown'));
		return failed(notSent('stopped', `Not sent, because ${same} and was not saved`));
	}

	private async sendGuarded(ready: Ready, key: string): Promise<Outcome> {
		const { deduplicationKey = '', resendUnknown } = ready.parameters;
		let admission;
		try {
			admission = await this.guard?.admit(key);
		} catch (error) {
			return failed(notSent('keyStore', `The keys of earlier runs could not be read: ${error instanceof Error ? error.message : String(error)}`));
		}
		if (admission === 'savedEarlier') return alreadySaved('already saved by an earlier run', deduplicationKey);
		const wasUnknown = admission === 'unknownEarlier';
		if (wasUnknown && !resendUnknown) return failed(notSent('unknownEarlier', 'An earlier run may have saved this document', 'unknown'));
		const outcome = await this.send(ready);
		const isUnknown = outcome.type === 'failed' && outcome.failure.outcome === 'unknown';
		this.guard?.settle(key, outcome.type === 'saved' ? 'saved' : isUnknown ? 'unknown' : 'notSaved', wasUnknown);
		return outcome;
	}
}
