import type { GatewayState } from '../../gateway/state';
import { pause, unlessAborted } from '../../gateway/waiting/timing';
import { deduplicationState } from './deduplicationState';

/** After this time a run that holds a key is asked for it once more: it may have failed to write its marks. */
const ASK_AGAIN_MS = 1_000;

/** The keys of one store that the runs of this process hold, so that no two of them send the same one. */
export class KeyLocks {
	private readonly all: ReturnType<typeof deduplicationState>['keyLocks'];

	private readonly storeName: string;

	/** @param storeName what names the store in this process */
	constructor(state: GatewayState, storeName: string) {
		this.all = deduplicationState(state).keyLocks;
		this.storeName = storeName;
	}

	isTaken(mark: string): boolean {
		return this.all.has(this.nameOf(mark));
	}

	/**
	 * Locks a key that no run holds.
	 *
	 * @param wanted called when another run waits for it
	 * @returns a function that releases it
	 */
	take(mark: string, wanted: () => void): () => void {
		const name = this.nameOf(mark);
		const { promise: released, resolve } = Promise.withResolvers<void>();
		const claim = { released, wanted };
		this.all.set(name, claim);
		return () => {
			if (this.all.get(name) === claim) this.all.delete(name);
			resolve();
		};
	}

	/** Asks the run that holds the key to release it, and waits for that a while. */
	async waitFor(mark: string, signal: AbortSignal): Promise<void> {
		const claim = this.all.get(this.nameOf(mark));
		if (!claim) return;
		const timer = new AbortController();
		claim.wanted();
		await unlessAborted(Promise.race([claim.released, pause(ASK_AGAIN_MS, timer.signal)]), signal, () => undefined);
		timer.abort();
	}

	private nameOf(mark: string): string {
		return `${this.storeName} ${mark}`;
	}
}
