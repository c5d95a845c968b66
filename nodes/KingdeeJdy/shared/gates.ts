import { accountOf } from '../gateway/credential';
import { failed, refusesCredentials, whyAborted } from '../gateway/failures';
import { maskOf } from '../gateway/mask';
import type { DuplicateGuard } from './duplicates';
import type { Halt } from './halt';
import type { Journal } from './journal';
import type { LookUps } from './lookUps';
import { asRead, held, textOf } from './outcomes';
import type { ItemEnded, ItemFailure } from './outcomes';
import type { Ready, Settings } from './operation';

/** What may keep an item from going out. */
export type Gate = (plan: Ready, send: () => Promise<ItemEnded>) => Promise<ItemEnded>;

/** An exception inside the node: nobody knows how far the item had come. */
function unexpected(error: unknown, { gateway: { credential } }: Ready): ItemFailure {
	const { appToken, appSecret } = { appToken: undefined, appSecret: undefined, ...credential };
	const secrets = [credential.clientSecret, appToken, appSecret];
	return held('internal', `The node itself failed: ${String(maskOf(secrets).clean(textOf(error)))}`, 'unknown');
}

/** What an earlier try of the node did is not done again; nothing is thrown from here on. */
export function remembering(journal: Journal): Gate {
	return async (plan, send) => {
		const { itemIndex, json } = plan;
		const earlier = journal.get(itemIndex, json);
		if (earlier) return earlier;
		let sent: ItemEnded;
		try {
			sent = await send();
		} catch (error) {
			sent = failed(unexpected(error, plan));
		}
		const ended = plan.endpoint.effect === 'read' ? asRead(sent) : sent;
		journal.keep(itemIndex, json, ended);
		return ended;
	};
}

/** Nothing goes out once the run has been stopped or the account's credentials have been refused. */
export function untilRefused(halt: Halt): Gate {
	return async ({ gateway }, send) => {
		const account = accountOf(gateway.credential);
		const signal = halt.signalFor(account);
		if (signal.aborted) return failed(whyAborted(signal));
		const ended = await send();
		if (ended.type === 'failed' && refusesCredentials(ended.failure)) halt.refuse(account, ended.failure);
		return ended;
	};
}

/** A document that has a key goes out once over all runs. */
export function withoutDuplicates(guard: DuplicateGuard, halt: Halt, lookUps: LookUps): Gate {
	return async (plan, send) => {
		const { unique } = plan;
		if (!unique) return await send();
		return await guard.once(plan.itemIndex, unique, { send, lookUp: lookUps.of(plan) }, halt.signalFor(accountOf(plan.gateway.credential)));
	};
}

/** Sends an item through the gates, the first of them outermost. */
export function deliver<P extends Settings>(
	plan: Ready<P>,
	gates: readonly Gate[],
	send: (passed: Ready<P>) => Promise<ItemEnded>,
): Promise<ItemEnded> {
	return gates.reduceRight<() => Promise<ItemEnded>>((inner, gate) => () => gate(plan, inner), () => send(plan))();
}

/**
 * Sends items that share calls. Each passes its own gates; those that were let through go out together as soon as it is
 * known of all of them. No gate may wait for another item of the same bundle.
 */
export async function deliverTogether<P extends Settings>(
	plans: ReadonlyArray<Ready<P>>,
	gates: readonly Gate[],
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
			const ended = await deliver(plan, gates, send);
			if (!hasPassed) decide();
			return ended;
		}),
	);
}
