import type { IExecuteFunctions } from 'n8n-workflow';

import { failed, inDoubt, whyAborted } from '../../gateway/errors/failures';
import { NUMBER_TAKEN } from '../../gateway/errors/refusalTexts';
import type { GatewayState } from '../../gateway/state';
import type { Deduplication, ItemPlan, Settings } from '../contract/operation';
import { AFTER_UNKNOWN } from '../contract/kinds';
import { errorText, localFailure } from '../contract/outcomes';
import type { ItemResult } from '../contract/outcomes';
import type { FoundDocument } from '../contract/search';
import type { LookUp } from '../lookup/lookUps';
import { onlyMatch, resolveUnknown, stillUnknown } from '../lookup/resolveUnknown';
import type { PriorResults } from '../results/priorResults';
import { alreadySaved, sameAs } from './alreadySaved';
import type { Settlement } from './keyMarks';
import { KeySession } from './keySession';
import { keyStoreOf } from './keyStore';
import { storeName, warnOfForgottenKeys } from './nodeDatabase';

/** What was sent for the first item of a key, and how it is looked for. */
interface Delivery {
	send: () => Promise<ItemResult>;
	lookUp: LookUp | undefined;
}

const EARLIER = 'an earlier run';

/** The document as JDY has it, if the user has set up how it is found. */
async function recalled({ lookUp }: Delivery): Promise<FoundDocument | undefined> {
	return onlyMatch(await lookUp?.recall());
}

function adviceOn(...texts: Array<string | undefined>): { advice?: string } {
	const told = texts.filter((text) => text !== undefined);
	return told.length === 0 ? {} : { advice: told.join(' ') };
}

/** Prevents that a document is sent twice, within a run and over several. */
export class DuplicateGuard {
	/** The item that is sent for each key, and how it ends. */
	private readonly firsts = new Map<string, { itemIndex: number; ended?: Promise<ItemResult> }>();

	private readonly keySession: KeySession;

	private readonly context: IExecuteFunctions;

	constructor(context: IExecuteFunctions, state: GatewayState, plans: ReadonlyArray<ItemPlan<Settings>>, priorResults: PriorResults) {
		this.context = context;
		const keys = plans.flatMap((plan) => this.keyToAdmit(plan, priorResults));
		this.keySession = new KeySession(keyStoreOf(context, state), state, storeName(context), keys);
	}

	/** Sends an item unless its key says that it has been saved, or may have been. */
	async once(itemIndex: number, deduplication: Deduplication, delivery: Delivery, signal: AbortSignal): Promise<ItemResult> {
		const first = this.firsts.get(deduplication.mark);
		if (first && first.itemIndex !== itemIndex) return sameAs(first.itemIndex, await first.ended, deduplication);
		// Whatever was thrown, the key is released; the first result stays.
		const ended = this.sendGuarded(deduplication, delivery, signal).finally(async () => await this.settle(deduplication, 'unknown'));
		if (first) first.ended = ended;
		return await ended;
	}

	/** Leaves the store of keys in order, however the run ended. */
	async close(): Promise<void> {
		try {
			await this.keySession.close();
			await warnOfForgottenKeys(this.context);
		} catch (error) {
			// The marks stay: the next run takes these documents for unknown, which is the safe side.
			this.warn(error);
		}
	}

	/** The key of an item that is the first with it and has no outcome from an earlier try. */
	private keyToAdmit(plan: ItemPlan<Settings>, priorResults: PriorResults): Deduplication[] {
		if (!('prepared' in plan) || !plan.prepared.deduplication || this.firsts.has(plan.prepared.deduplication.mark)) return [];
		const { itemIndex, members, deduplication } = plan.prepared;
		const earlier = priorResults.get(members);
		this.firsts.set(deduplication.mark, earlier ? { itemIndex, ended: Promise.resolve(earlier) } : { itemIndex });
		return earlier ? [] : [deduplication];
	}

	private async sendGuarded(deduplication: Deduplication, delivery: Delivery, signal: AbortSignal): Promise<ItemResult> {
		const { key, resendUnknown, takesUnknownAsSaved = false, isChecked = false } = deduplication;
		let admission;
		try {
			admission = await this.keySession.admit(deduplication, signal);
		} catch (error) {
			return failed(localFailure('keyStore', `The keys of earlier runs could not be read: ${errorText(error)}`));
		}
		switch (admission) {
			case 'send':
				return await this.sendAndSettle(deduplication, delivery);
			case 'savedEarlier':
				return alreadySaved(EARLIER, key, { found: await recalled(delivery) });
			case 'savedOtherData':
				return alreadySaved(EARLIER, key, { found: await recalled(delivery), dataDiffers: true });
			case 'unknownEarlier':
				if (takesUnknownAsSaved) return await this.settleSaved(deduplication, await recalled(delivery));
				if (resendUnknown) return await this.resend(deduplication, delivery);
				// With other data a second one might change the first.
				if (isChecked && this.keySession.hadSameData(deduplication)) return inDoubt(await this.resend(deduplication, delivery), true);
				return await this.lookForEarlier(deduplication, delivery, 'An earlier run may have saved this document');
			case 'unknownNow':
				return await this.lookForEarlier(deduplication, delivery, 'Another execution may have saved this document just now');
			case 'unclear':
				return failed(localFailure('keyStore', 'The database of n8n failed while the key was written, so it is not clear what it holds'));
			case 'stopped':
				return failed(whyAborted(signal));
		}
	}

	/** A document that may have been saved before this run: it is in JDY, or that stays unknown. */
	private async lookForEarlier(deduplication: Deduplication, { lookUp }: Delivery, message: string): Promise<ItemResult> {
		const looked = await lookUp?.patiently();
		const found = onlyMatch(looked);
		if (found) return await this.settleSaved(deduplication, found);
		await this.settle(deduplication, 'notSaved');
		return failed({ ...stillUnknown(localFailure('unknownEarlier', message, 'unknown'), looked), ...adviceOn(deduplication.lookUpAdvice) });
	}

	/** The user says that it is not in JDY, or JDY checks the key itself. One look more costs little; sent twice it would cost a lot. */
	private async resend(deduplication: Deduplication, delivery: Delivery): Promise<ItemResult> {
		const looked = await delivery.lookUp?.once();
		const found = onlyMatch(looked);
		if (found) return await this.settleSaved(deduplication, found);
		if (looked === undefined || 'unread' in looked || looked.found.length === 0) return await this.sendAndSettle(deduplication, { ...delivery, send: async () => await this.unlessTaken(await delivery.send(), deduplication, delivery) });
		await this.settle(deduplication, 'notSaved');
		return failed(stillUnknown(localFailure('unknownEarlier', 'An earlier run may have saved this document', 'unknown'), looked));
	}

	/** JDY refuses a second document with its number: if it has this very one, that has been saved before. */
	private async unlessTaken(sent: ItemResult, { key }: Deduplication, { lookUp }: Delivery): Promise<ItemResult> {
		if (!lookUp || sent.type === 'done' || !NUMBER_TAKEN.test(sent.failure.message)) return sent;
		const looked = await lookUp.once();
		const found = onlyMatch(looked);
		if (found) return alreadySaved(EARLIER, key, { found });
		return 'unread' in looked ? failed(stillUnknown(sent.failure, looked)) : sent;
	}

	/** It is in JDY: it was found there, or the user says so. */
	private async settleSaved(deduplication: Deduplication, found: FoundDocument | undefined): Promise<ItemResult> {
		const dataDiffers = !this.keySession.hadSameData(deduplication);
		await this.settle(deduplication, 'savedEarlier');
		return alreadySaved(EARLIER, deduplication.key, { found, dataDiffers });
	}

	private async settle(deduplication: Deduplication, settlement: Settlement): Promise<void> {
		await this.keySession.settle(deduplication, settlement).catch((error: unknown) => this.warn(error));
	}

	private warn(error: unknown): void {
		this.context.logger.warn(`Kingdee JDY could not update its keys: ${errorText(error)}`);
	}

	private async sendAndSettle(deduplication: Deduplication, { send, lookUp }: Delivery): Promise<ItemResult> {
		let settlement: Settlement = 'unknown';
		try {
			const sent = await send();
			const ended = await resolveUnknown(sent, lookUp?.patiently, deduplication.key);
			if (ended.type === 'done') settlement = 'saved';
			else if (ended.failure.outcome !== 'unknown') settlement = 'notSaved';
			else return failed({ ...ended.failure, ...adviceOn(AFTER_UNKNOWN, deduplication.lookUpAdvice) });
			return ended;
		} finally {
			await this.settle(deduplication, settlement);
		}
	}
}

/** The guard of a run; undefined if no item has a key. */
export function openGuard(
	context: IExecuteFunctions,
	state: GatewayState,
	plans: ReadonlyArray<ItemPlan<Settings>>,
	priorResults: PriorResults,
): DuplicateGuard | undefined {
	const hasKeys = plans.some((plan) => 'prepared' in plan && plan.prepared.deduplication !== undefined);
	return hasKeys ? new DuplicateGuard(context, state, plans, priorResults) : undefined;
}
