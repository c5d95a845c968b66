import { Repeated } from './repeated';

/** A message in hand: how it ended is told once. */
export interface InHand {
	/** What the database is to hold when this message has started the workflow, oldest first. */
	remembered: string[];
	/** @param wasTaken whether n8n has taken it; otherwise JDY was told so and may send it again */
	end: (wasTaken: boolean) => void;
}

/** The messages of one trigger in this process: those that have started the workflow, and those that are about to. */
export class Desk {
	private readonly given = new Repeated();

	private readonly inHand = new Map<string, Promise<void>>();

	/**
	 * Takes a message in hand. Where the same one is in hand already, waits until it is known what became of it.
	 *
	 * @param stored what the database remembers
	 * @returns undefined where the message has started the workflow before
	 */
	async take(id: string, stored: readonly string[]): Promise<InHand | undefined> {
		this.given.recall(stored);
		for (let other = this.inHand.get(id); other !== undefined; other = this.inHand.get(id)) await other;
		if (this.given.has(id)) return undefined;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.inHand.set(id, promise);
		return {
			remembered: [...this.given.list(), id],
			end: (wasTaken) => {
				if (wasTaken) this.given.add(id);
				this.inHand.delete(id);
				resolve();
			},
		};
	}
}
