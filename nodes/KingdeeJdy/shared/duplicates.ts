import type { IExecuteFunctions } from 'n8n-workflow';

import { failed, whyAborted } from '../gateway/failures';
import type { Memory } from '../gateway/memory';
import { Admissions } from './admissions';
import type { Journal } from './journal';
import { nodeStore, storeName, warnOfForgottenKeys } from './marks';
import { held, textOf } from './outcomes';
import type { ItemEnded } from './outcomes';
import type { Plan, Ready, Settings, Unique } from './plan';

/** A document that stands in JDY already and was not sent. */
function alreadySaved(description: string, deduplicationKey: string, more: { dataDiffers?: true } = {}): ItemEnded {
	return { type: 'done', envelope: { errcode: 0, description, data: null, alreadySaved: true, deduplicationKey, ...more } };
}

/**
 * Refuses an item whose key an earlier item of the run has with other data: one of the two would be lost.
 *
 * @param plans of a run, in order
 */
export function refuseEqualKeys<P extends Settings>(plans: ReadonlyArray<Plan<P>>): Array<Plan<P>> {
	const firsts = new Map<string, Ready<P>>();
	return plans.map((plan) => {
		if (!('ready' in plan) || !plan.ready.unique) return plan;
		const { mark, key, digest } = plan.ready.unique;
		const first = firsts.get(mark);
		if (!first) firsts.set(mark, plan.ready);
		if (!first || first.unique?.digest === digest) return plan;
		const { itemIndex, itemIndexes, json, subject } = plan;
		const message = `The Deduplication Key "${key}" of item ${itemIndex} is that of item ${first.itemIndex} as well, but their data differ`;
		return { itemIndex, itemIndexes, json, subject, failure: held('input', message) };
	});
}

/** Prevents that a document goes out twice, within a run and over several. */
export class DuplicateGuard {
	/** The item that goes out for each key, and how it ends. */
	private readonly firsts = new Map<string, { itemIndex: number; ended?: Promise<ItemEnded> }>();

	private readonly admissions: Admissions;

	private readonly context: IExecuteFunctions;

	constructor(context: IExecuteFunctions, memory: Memory, plans: ReadonlyArray<Plan<Settings>>, journal: Journal) {
		this.context = context;
		const keys = plans.flatMap((plan) => this.keyToAdmit(plan, journal));
		this.admissions = new Admissions(nodeStore(context, memory), memory, storeName(context), keys);
	}

	/** Sends an item unless its key says that it has been saved, or may have been. */
	async once(itemIndex: number, unique: Unique, send: () => Promise<ItemEnded>, signal: AbortSignal): Promise<ItemEnded> {
		const first = this.firsts.get(unique.mark);
		if (first && first.itemIndex !== itemIndex) return this.sameAs(first.itemIndex, await first.ended, unique);
		const ended = this.sendGuarded(unique, send, signal);
		if (first) first.ended = ended;
		return await ended;
	}

	/** Leaves the store of keys in order, however the run ended. */
	async close(): Promise<void> {
		try {
			await this.admissions.close();
			await warnOfForgottenKeys(this.context);
		} catch (error) {
			// The marks stay: the next run takes these documents for unknown, which is the safe side.
			this.context.logger.warn(`Kingdee JDY could not update its keys: ${textOf(error)}`);
		}
	}

	/** The key of an item that is the first with it and has no outcome from an earlier try. */
	private keyToAdmit(plan: Plan<Settings>, journal: Journal): Unique[] {
		if (!('ready' in plan) || !plan.ready.unique || this.firsts.has(plan.ready.unique.mark)) return [];
		const { itemIndex, json, unique } = plan.ready;
		const earlier = journal.get(itemIndex, json);
		this.firsts.set(unique.mark, earlier ? { itemIndex, ended: Promise.resolve(earlier) } : { itemIndex });
		return earlier ? [] : [unique];
	}

	private sameAs(itemIndex: number, ended: ItemEnded | undefined, { key }: Unique): ItemEnded {
		if (ended?.type === 'done') return alreadySaved(`already saved by item ${itemIndex} of this run`, key);
		const same = `item ${itemIndex} has the same Deduplication Key`;
		if (ended?.failure.outcome === 'unknown') return failed(held('unknownEarlier', `Not sent, because ${same} and may have been saved`, 'unknown'));
		return failed(held('stopped', `Not sent, because ${same} and was not saved`));
	}

	private async sendGuarded(unique: Unique, send: () => Promise<ItemEnded>, signal: AbortSignal): Promise<ItemEnded> {
		const { key, resendUnknown } = unique;
		let admission;
		try {
			admission = await this.admissions.admit(unique, signal);
		} catch (error) {
			return failed(held('keyStore', `The keys of earlier runs could not be read: ${textOf(error)}`));
		}
		switch (admission) {
			case 'send':
				return await this.sendAndSettle(unique, send);
			case 'savedEarlier':
				return alreadySaved('already saved by an earlier run', key);
			case 'savedOtherData':
				return alreadySaved('already saved by an earlier run, with other data', key, { dataDiffers: true });
			case 'unknownEarlier':
				if (resendUnknown) return await this.sendAndSettle(unique, send);
				await this.admissions.settle(unique, 'notSaved');
				return failed(held('unknownEarlier', 'An earlier run may have saved this document', 'unknown'));
			case 'unknownNow':
				await this.admissions.settle(unique, 'notSaved');
				return failed(held('unknownEarlier', 'Another execution may have saved this document just now', 'unknown'));
			case 'unclear':
				return failed(held('keyStore', 'The database of n8n failed while the key was written, so it is not clear what it holds'));
			case 'stopped':
				return failed(whyAborted(signal));
		}
	}

	private async sendAndSettle(unique: Unique, send: () => Promise<ItemEnded>): Promise<ItemEnded> {
		let settlement: 'saved' | 'notSaved' | 'unknown' = 'unknown';
		try {
			const ended = await send();
			if (ended.type === 'done') settlement = 'saved';
			else if (ended.failure.outcome !== 'unknown') settlement = 'notSaved';
			return ended;
		} finally {
			await this.admissions.settle(unique, settlement).catch((error: unknown) => this.context.logger.warn(`Kingdee JDY could not update its keys: ${textOf(error)}`));
		}
	}
}

/** The guard of a run; undefined where no item has a key. */
export function openGuard(context: IExecuteFunctions, memory: Memory, plans: ReadonlyArray<Plan<Settings>>, journal: Journal): DuplicateGuard | undefined {
	const hasKeys = plans.some((plan) => 'ready' in plan && plan.ready.unique !== undefined);
	return hasKeys ? new DuplicateGuard(context, memory, plans, journal) : undefined;
}
