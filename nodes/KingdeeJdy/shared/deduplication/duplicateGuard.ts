import type { IExecuteFunctions } from 'n8n-workflow';

import { failed, inDoubt, whyAborted } from '../../gateway/errors/failures';
import { NUMBER_TAKEN } from '../../gateway/errors/refusalTexts';
import type { Memory } from '../../gateway/state';
import type { Plan, Settings, Unique } from '../contract/operation';
import { held, textOf } from '../contract/outcomes';
import type { ItemEnded } from '../contract/outcomes';
import type { Found } from '../contract/search';
import type { LookUp } from '../lookup/lookUps';
import { lookedAfter, stillUnknown, theOne } from '../lookup/resolveUnknown';
import type { Journal } from '../results/priorResults';
import { alreadySaved, sameAs } from './alreadySaved';
import type { Settlement } from './keyMarks';
import { Admissions } from './keySession';
import { keyStoreOf } from './keyStore';
import { storeName, warnOfForgottenKeys } from './nodeDatabase';

/** What went out for the first item of a key, and how it is looked for. */
interface Way {
	send: () => Promise<ItemEnded>;
	lookUp: LookUp | undefined;
}

const EARLIER = 'an earlier run';

/** The document as JDY has it, where the user has set up how it is found. */
async function recalled({ lookUp }: Way): Promise<Found | undefined> {
	return theOne(await lookUp?.recall());
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
		this.admissions = new Admissions(keyStoreOf(context, memory), memory, storeName(context), keys);
	}

	/** Sends an item unless its key says that it has been saved, or may have been. */
	async once(itemIndex: number, unique: Unique, way: Way, signal: AbortSignal): Promise<ItemEnded> {
		const first = this.firsts.get(unique.mark);
		if (first && first.itemIndex !== itemIndex) return sameAs(first.itemIndex, await first.ended, unique);
		// Whatever was thrown, the key is let go; what has ended stays as it ended.
		const ended = this.sendGuarded(unique, way, signal).finally(async () => await this.settle(unique, 'unknown'));
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
			this.warn(error);
		}
	}

	/** The key of an item that is the first with it and has no outcome from an earlier try. */
	private keyToAdmit(plan: Plan<Settings>, journal: Journal): Unique[] {
		if (!('ready' in plan) || !plan.ready.unique || this.firsts.has(plan.ready.unique.mark)) return [];
		const { itemIndex, members, unique } = plan.ready;
		const earlier = journal.get(members);
		this.firsts.set(unique.mark, earlier ? { itemIndex, ended: Promise.resolve(earlier) } : { itemIndex });
		return earlier ? [] : [unique];
	}

	private async sendGuarded(unique: Unique, way: Way, signal: AbortSignal): Promise<ItemEnded> {
		const { key, resendUnknown, isChecked = false } = unique;
		let admission;
		try {
			admission = await this.admissions.admit(unique, signal);
		} catch (error) {
			return failed(held('keyStore', `The keys of earlier runs could not be read: ${textOf(error)}`));
		}
		switch (admission) {
			case 'send':
				return await this.sendAndSettle(unique, way);
			case 'savedEarlier':
				return alreadySaved(EARLIER, key, { found: await recalled(way) });
			case 'savedOtherData':
				return alreadySaved(EARLIER, key, { found: await recalled(way), dataDiffers: true });
			case 'unknownEarlier':
				if (resendUnknown) return await this.resend(unique, way);
				// With other data a second one might change the first.
				if (isChecked && this.admissions.hadSameData(unique)) return inDoubt(await this.resend(unique, way), true);
				return await this.lookForEarlier(unique, way, 'An earlier run may have saved this document');
			case 'unknownNow':
				return await this.lookForEarlier(unique, way, 'Another execution may have saved this document just now');
			case 'unclear':
				return failed(held('keyStore', 'The database of n8n failed while the key was written, so it is not clear what it holds'));
			case 'stopped':
				return failed(whyAborted(signal));
		}
	}

	/** A document that may have been saved before this run: it is in JDY, or that stays unknown. */
	private async lookForEarlier(unique: Unique, { lookUp }: Way, message: string): Promise<ItemEnded> {
		const looked = await lookUp?.patiently();
		const found = theOne(looked);
		if (found) return await this.settleFound(unique, found);
		await this.settle(unique, 'notSaved');
		return failed(stillUnknown(held('unknownEarlier', message, 'unknown'), looked));
	}

	/** The user says that it is not in JDY, or JDY checks the key itself. One look more costs little; sent twice it would cost a lot. */
	private async resend(unique: Unique, way: Way): Promise<ItemEnded> {
		const looked = await way.lookUp?.once();
		const found = theOne(looked);
		if (found) return await this.settleFound(unique, found);
		if (looked === undefined || 'unread' in looked || looked.found.length === 0) return await this.sendAndSettle(unique, { ...way, send: async () => await this.unlessTaken(await way.send(), unique, way) });
		await this.settle(unique, 'notSaved');
		return failed(stillUnknown(held('unknownEarlier', 'An earlier run may have saved this document', 'unknown'), looked));
	}

	/** JDY refuses a second document with its number: if it has this very one, that has been saved before. */
	private async unlessTaken(sent: ItemEnded, { key }: Unique, { lookUp }: Way): Promise<ItemEnded> {
		if (!lookUp || sent.type === 'done' || !NUMBER_TAKEN.test(sent.failure.message)) return sent;
		const looked = await lookUp.once();
		const found = theOne(looked);
		if (found) return alreadySaved(EARLIER, key, { found });
		return 'unread' in looked ? failed(stillUnknown(sent.failure, looked)) : sent;
	}

	private async settleFound(unique: Unique, found: Found): Promise<ItemEnded> {
		const dataDiffers = !this.admissions.hadSameData(unique);
		await this.settle(unique, 'savedEarlier');
		return alreadySaved(EARLIER, unique.key, { found, dataDiffers });
	}

	private async settle(unique: Unique, settlement: Settlement): Promise<void> {
		await this.admissions.settle(unique, settlement).catch((error: unknown) => this.warn(error));
	}

	private warn(error: unknown): void {
		this.context.logger.warn(`Kingdee JDY could not update its keys: ${textOf(error)}`);
	}

	private async sendAndSettle(unique: Unique, { send, lookUp }: Way): Promise<ItemEnded> {
		let settlement: Settlement = 'unknown';
		try {
			const sent = await send();
			const ended = await lookedAfter(sent, lookUp?.patiently, unique.key);
			if (ended.type === 'done') settlement = 'saved';
			else if (ended.failure.outcome !== 'unknown') settlement = 'notSaved';
			return ended;
		} finally {
			await this.settle(unique, settlement);
		}
	}
}

/** The guard of a run; undefined where no item has a key. */
export function openGuard(
	context: IExecuteFunctions,
	memory: Memory,
	plans: ReadonlyArray<Plan<Settings>>,
	journal: Journal,
): DuplicateGuard | undefined {
	const hasKeys = plans.some((plan) => 'ready' in plan && plan.ready.unique !== undefined);
	return hasKeys ? new DuplicateGuard(context, memory, plans, journal) : undefined;
}
