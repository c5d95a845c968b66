import { accountOf } from '../../gateway/credential/credential';
import { failed, refusesCredentials, whyAborted } from '../../gateway/errors/failures';
import type { AbortScope } from '../concurrency/abortScope';
import type { PreparedItem, Settings } from '../contract/operation';
import { asRead, localFailure } from '../contract/outcomes';
import type { ItemResult } from '../contract/outcomes';
import type { DuplicateGuard } from '../deduplication/duplicateGuard';
import type { LookUps } from '../lookup/lookUps';
import { resolveUnknown } from '../lookup/resolveUnknown';
import { internalFailure } from '../results/internalFailure';
import type { PriorResults } from '../results/priorResults';

/** What a run knows of its items before they are sent. */
interface RunKnowledge {
	priorResults: PriorResults;
	abortScope: AbortScope;
	/** Undefined if no item has a key. */
	guard: DuplicateGuard | undefined;
	lookUps: LookUps;
}

/** What may keep an item from going out: what an earlier try did, a run that has ended, a key. One asynchronous step for all three. */
export class Middleware {
	private readonly known: RunKnowledge;

	constructor(known: RunKnowledge) {
		this.known = known;
	}

	/**
	 * Sends an item unless something keeps it back, and remembers how it ended. What an earlier try of the node did is not done
	 * again; nothing is sent once the run has been stopped or the credentials of its account have been refused; nothing is
	 * thrown from here on.
	 */
	async run(plan: PreparedItem, send: () => Promise<ItemResult>): Promise<ItemResult> {
		const { priorResults, abortScope } = this.known;
		const { members, endpoint } = plan;
		const earlier = priorResults.get(members);
		if (earlier) return await this.again(plan, earlier);
		const account = accountOf(plan.gateway.credential);
		const signal = abortScope.signalFor(account);
		let sent: ItemResult;
		try {
			sent = signal.aborted ? failed(whyAborted(signal)) : await this.onceForItsKey(plan, send, signal);
			if (sent.type === 'failed' && refusesCredentials(sent.failure)) abortScope.refuse(account, sent.failure);
		} catch (error) {
			// It is not known how far the item had got.
			sent = failed(internalFailure('The node itself failed', error, [plan.gateway], 'unknown'));
		}
		const ended = endpoint.effect === 'read' ? asRead(sent) : sent;
		priorResults.keep(members, ended);
		return ended;
	}

	/** What an earlier try of the node left unknown may have arrived in JDY by now. */
	private async again(plan: PreparedItem, earlier: ItemResult): Promise<ItemResult> {
		const ended = await resolveUnknown(earlier, this.known.lookUps.of(plan)?.once, plan.deduplication?.key);
		this.known.priorResults.keep(plan.members, ended);
		return ended;
	}

	/** A document that has a key is sent once over all runs. */
	private async onceForItsKey(plan: PreparedItem, send: () => Promise<ItemResult>, signal: AbortSignal): Promise<ItemResult> {
		const { guard, lookUps } = this.known;
		const { deduplication } = plan;
		const lookUp = lookUps.of(plan);
		if (guard && deduplication) return await guard.once(plan.itemIndex, deduplication, { send, lookUp }, signal);
		return lookUp ? await resolveUnknown(await send(), lookUp.patiently) : await send();
	}
}

/**
 * Sends items that share calls. Each runs through the middleware by itself; those that may be sent are sent together as soon as it is
 * known of all of them. None may wait for another item of the same batch.
 */
export async function dispatchTogether<P extends Settings>(
	plans: ReadonlyArray<PreparedItem<P>>,
	middleware: Middleware,
	sendTogether: (passed: ReadonlyArray<PreparedItem<P>>) => Promise<ItemResult[]>,
): Promise<ItemResult[]> {
	const passed: Array<PreparedItem<P>> = [];
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
				return (await sent)[position] ?? failed(localFailure('internal', 'The item was not sent', 'unknown'));
			};
			const ended = await middleware.run(plan, send);
			if (!hasPassed) decide();
			return ended;
		}),
	);
}
