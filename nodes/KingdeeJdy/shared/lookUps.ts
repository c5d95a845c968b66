import { call } from '../gateway/call';
import { accountOf } from '../gateway/credential';
import { whyAborted } from '../gateway/failures';
import { pause } from '../gateway/transport/timing';
import { Desk } from './desk';
import type { Halt } from './halt';
import type { Ready } from './operation';
import type { LookedUp } from './search';

/** Looking for the document of one item in JDY. */
export interface LookUp {
	/** Looks once, now. */
	once: () => Promise<LookedUp>;
	/** Looks until it is found, several times, because what is under way may still arrive. */
	patiently: () => Promise<LookedUp>;
	/** Finds a document that was saved some time ago. */
	recall: () => Promise<LookedUp>;
}

/** The looking up of a run. Items of the same list share what is read. */
export class LookUps {
	private readonly desks = new Map<string, Desk>();

	private readonly halt: Halt;

	private readonly step: (itemIndex: number) => void;

	/** @param step called with an item that only waits from now on */
	constructor(halt: Halt, step: (itemIndex: number) => void) {
		this.halt = halt;
		this.step = step;
	}

	/** Undefined where the user has not set up how the document is found. */
	of({ itemIndex, gateway, sending, unique }: Ready): LookUp | undefined {
		if (!unique?.search) return undefined;
		const { key, search } = unique;
		const account = accountOf(gateway.credential);
		const signal = this.halt.signalFor(account);
		const name = JSON.stringify([account, search.list]);
		const desk =
			this.desks.get(name) ?? new Desk(gateway, search, async ({ endpoint, body }) => await call(gateway, endpoint, body, { ...sending, signal }));
		this.desks.set(name, desk);

		const patiently = async () => {
			const startedAtMs = performance.now();
			let looked: LookedUp | undefined;
			const { lookUpTimesMs } = gateway.memory;
			for (const [index, atMs] of lookUpTimesMs.entries()) {
				const waitMs = startedAtMs + atMs - performance.now();
				// A gateway that answers slowly is not asked again for each time that has passed meanwhile.
				if (index > 0 && startedAtMs + (lookUpTimesMs[index + 1] ?? Infinity) <= performance.now()) continue;
				if (waitMs > 0) {
					this.step(itemIndex);
					await pause(waitMs, signal);
				}
				if (signal.aborted) break;
				const now = await desk.look(key);
				// What a look has shown is not undone by one that could not read.
				if ('found' in now || looked === undefined) looked = now;
				if (desk.isClosed || ('found' in now && now.found.length > 0)) break;
			}
			return looked ?? { unread: whyAborted(signal) };
		};
		return { once: async () => await desk.look(key), patiently, recall: async () => await desk.recall(key) };
	}
}
