import { accountOf } from '../../gateway/credential/credential';
import { failed, refusesCredentials, whyAborted } from '../../gateway/errors/failures';
import type { Halt } from '../concurrency/abortScope';
import type { Ready, Settings } from '../contract/operation';
import { asRead, held } from '../contract/outcomes';
import type { ItemEnded } from '../contract/outcomes';
import type { DuplicateGuard } from '../deduplication/duplicateGuard';
import type { LookUps } from '../lookup/lookUps';
import { lookedAfter } from '../lookup/resolveUnknown';
import { internalFailure } from '../results/internalFailure';
import type { Journal } from '../results/priorResults';

/** What a run knows of its items before they go out. */
interface Known {
	journal: Journal;
	halt: Halt;
	/** Where items have a key. */
	guard: DuplicateGuard | undefined;
	lookUps: LookUps;
}

/** What may keep an item from going out: what an earlier try did, a run that has ended, a key. One asynchronous step for all three. */
export class Gates {
	private readonly known: Known;

	constructor(known: Known) {
		this.known = known;
	}

	/**
	 * Sends an item unless something keeps it back, and remembers how it ended. What an earlier try of the node did is not done
	 * again; nothing goes out once the run has been stopped or the credentials of its account have been refused; nothing is
	 * thrown from here on.
	 */
	async pass(plan: Ready, send: () => Promise<ItemEnded>): Promise<ItemEnded> {
		const { journal, halt } = this.known;
		const { members, endpoint } = plan;
		const earlier = journal.get(members);
		if (earlier) return await this.again(plan, earlier);
		const account = accountOf(plan.gateway.credential);
		const signal = halt.signalFor(account);
		let sent: ItemEnded;
		try {
			sent = signal.aborted ? failed(whyAborted(signal)) : await this.onceForItsKey(plan, send, signal);
			if (sent.type === 'failed' && refusesCredentials(sent.failure)) halt.refuse(account, sent.failure);
		} catch (error) {
			// Nobody knows how far the item had come.
			sent = failed(internalFailure('The node itself failed', error, [plan.gateway], 'unknown'));
		}
		const ended = endpoint.effect === 'read' ? asRead(sent) : sent;
		journal.keep(members, ended);
		return ended;
	}

	/** What an earlier try of the node left unknown may have arrived in JDY by now. */
	private async again(plan: Ready, earlier: ItemEnded): Promise<ItemEnded> {
		const ended = await lookedAfter(earlier, this.known.lookUps.of(plan)?.once, plan.unique?.key);
		this.known.journal.keep(plan.members, ended);
		return ended;
	}

	/** A document that has a key goes out once over all runs. */
	private async onceForItsKey(plan: Ready, send: () => Promise<ItemEnded>, signal: AbortSignal): Promise<ItemEnded> {
		const { guard, lookUps } = this.known;
		const { unique } = plan;
		const lookUp = lookUps.of(plan);
		if (guard && unique) return await guard.once(plan.itemIndex, unique, { send, lookUp }, signal);
		return lookUp ? await lookedAfter(await send(), lookUp.patiently) : await send();
	}
}

/**
 * Sends items that share calls. Each passes its own gates; those that were let through go out together as soon as it is
 * known of all of them. No gate may wait for another item of the same bundle.
 */
export async function deliverTogether<P extends Settings>(
	plans: ReadonlyArray<Ready<P>>,
	gates: Gates,
	sendTogether: (passed: ReadonlyArray<Ready<P>>) => Promise<ItemEnded[]>,
): Promise<ItemEnded[]> {
	const passed: Array<Ready<P>> = [];
	const { promise: isDecided, resolve } = Promise.withResolvers<void>();
	let undecided = plans.length;
	const decide = () => {
		undecided -= 1;
		if (undecided === 0) resolve();
	};
	const sent = isDecided.then(async () => await sendTogether(passed));
	return await Promise.all(
		plans.map(async (plan) => {
			let hasPassed = false;
			const send = async () => {
				hasPassed = true;
				const position = passed.push(plan) - 1;
				decide();
				return (await sent)[position] ?? failed(held('internal', 'The item was not sent', 'unknown'));
			};
			const ended = await gates.pass(plan, send);
			if (!hasPassed) decide();
			return ended;
		}),
	);
}
