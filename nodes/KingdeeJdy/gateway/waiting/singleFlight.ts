import { whyAborted } from '../errors/failures';
import type { Failure } from '../errors/failures';
import { unlessAborted } from './timing';

interface Flight<T> {
	result: Promise<T>;
	waiting: number;
	/** Aborts when no caller waits any more. */
	abort: AbortController;
	/** Whether it waits in line for long. */
	isPatient: boolean;
}

/** One job of a kind at a time, for all who ask meanwhile. */
export class SingleFlight<T> {
	private flight: Flight<T> | undefined;

	/** Whether the job under way gives up sooner than a patient caller. */
	get isHasty(): boolean {
		return this.flight?.isPatient === false;
	}

	/**
	 * Joins the job under way, or starts it. When the last caller has stopped waiting, the job sends nothing more.
	 *
	 * @param signal of this caller, who gets the reason as a failure
	 */
	async join(signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>, isPatient = false): Promise<T | { failure: Failure }> {
		const flight = (this.flight ??= this.begin(start, isPatient));
		flight.waiting += 1;
		try {
			return await unlessAborted<T | { failure: Failure }>(flight.result, signal, () => ({ failure: whyAborted(signal ?? AbortSignal.abort()) }));
		} finally {
			flight.waiting -= 1;
			if (flight.waiting === 0) {
				this.end(flight);
				flight.abort.abort();
			}
		}
	}

	private begin(start: (signal: AbortSignal) => Promise<T>, isPatient: boolean): Flight<T> {
		const abort = new AbortController();
		const flight: Flight<T> = { abort, isPatient, waiting: 0, result: start(abort.signal).finally(() => this.end(flight)) };
		// Callers that still wait see an error; if none does, that is no reason to end the process.
		flight.result.catch(() => undefined);
		return flight;
	}

	private end(flight: Flight<T>): void {
		if (this.flight === flight) this.flight = undefined;
	}
}
