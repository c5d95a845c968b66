import { RecentMessages } from './recentMessages';

/** Settles a reserved message: whether n8n has taken it; otherwise JDY got an error and may send it again. */
type SettleMessage = (wasTaken: boolean) => void;

/** The messages of one trigger in this process: those that have started the workflow, and those that are about to. */
export class MessageDeduplication {
	private readonly recent = new RecentMessages();

	private readonly inHand = new Map<string, Promise<void>>();

	/**
	 * Reserves a message. If the same one is reserved already, waits for its outcome.
	 *
	 * @param stored what the database remembers
	 * @returns undefined if the message has started the workflow before
	 */
	async take(id: string, stored: readonly string[]): Promise<SettleMessage | undefined> {
		this.recent.recall(stored);
		for (let other = this.inHand.get(id); other !== undefined; other = this.inHand.get(id)) await other;
		if (this.recent.has(id)) return undefined;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.inHand.set(id, promise);
		return (wasTaken) => {
			if (wasTaken) this.recent.add(id);
			this.inHand.delete(id);
			resolve();
		};
	}

	/** What the database is to hold now that a message has started the workflow, oldest first. */
	remembered(id: string, stored: readonly string[]): string[] {
		this.recent.recall(stored);
		if (!this.recent.has(id)) this.recent.add(id);
		return this.recent.list();
	}
}
