import type { Failure } from '../../gateway/errors/failures';
import { failureOf } from '../../gateway/errors/failures';
import { alarmAfter } from '../../gateway/waiting/timing';
import { localFailure } from '../contract/outcomes';
import type { ItemFailure } from '../contract/outcomes';

/**
 * What ends the sending of a run: the user, a failure if the node stops at one, or for one account a gateway that refuses
 * its credentials. Each account has a signal of its own, whose reason is the failure of all that still waits.
 */
export class AbortScope {
	private readonly run = new AbortController();

	private readonly accounts = new Map<string, AbortController>();

	/** The user's stop button. */
	readonly cancelSignal: AbortSignal | undefined;

	/** Whether nothing may wait for long, because a model waits for the answer. */
	readonly isHurried: boolean;

	private readonly stopAlarm: (() => void) | undefined;

	/** @param patienceMs after so long nothing is sent any more, wherever it waits; undefined: that takes as long as it takes */
	constructor(cancelSignal: AbortSignal | undefined, patienceMs?: number) {
		this.cancelSignal = cancelSignal;
		this.isHurried = patienceMs !== undefined;
		this.stopAlarm = patienceMs === undefined ? undefined : alarmAfter(patienceMs, this.runOutOfPatience);
		cancelSignal?.addEventListener('abort', this.cancel);
		if (cancelSignal?.aborted) this.cancel();
	}

	/** Aborts when nothing more may be sent for any account. */
	get signal(): AbortSignal {
		return this.run.signal;
	}

	/** @param account what names the account, as `accountOf` returns it */
	signalFor(account: string): AbortSignal {
		return this.controllerOf(account).signal;
	}

	/** From now on nothing is sent, not even what waits for its turn already. */
	stop(): void {
		this.end(localFailure('stopped', 'Not sent, because another item failed'));
	}

	/** From now on nothing is sent for this account. */
	refuse(account: string, failure: ItemFailure): void {
		this.controllerOf(account).abort(localFailure('stopped', `Not sent, because the gateway refused the credentials: ${failure.message}`));
	}

	close(): void {
		this.cancelSignal?.removeEventListener('abort', this.cancel);
		this.stopAlarm?.();
	}

	private readonly cancel = (): void => this.end(failureOf('cancelled', 'notSent', 'The execution was stopped'));

	private readonly runOutOfPatience = (): void => this.end(failureOf('rateLimited', 'notSent', 'Kingdee JDY limits the calls and the tokens of a minute, and a tool waits no longer for its turn'));

	private end(reason: Failure<string>): void {
		this.run.abort(reason);
		for (const account of this.accounts.values()) account.abort(reason);
	}

	private controllerOf(account: string): AbortController {
		const known = this.accounts.get(account);
		if (known) return known;
		const controller = new AbortController();
		if (this.run.signal.aborted) controller.abort(this.run.signal.reason);
		this.accounts.set(account, controller);
		return controller;
	}
}
