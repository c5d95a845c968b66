/** What happens some time after it was asked for. */
export class Late {
	readonly #waiting = new Map<NodeJS.Timeout, () => void>();

	run(afterMs: number, act: () => void): void {
		const timer = setTimeout(() => {
			act();
			this.#end(timer);
		}, afterMs);
		this.#waiting.set(timer, () => undefined);
	}

	/** Resolves when nothing is under way any more. */
	async settled(): Promise<void> {
		while (this.#waiting.size > 0) {
			await Promise.all([...this.#waiting.keys()].map(async (timer) => await new Promise<void>((resolve) => this.#waiting.set(timer, resolve))));
		}
	}

	/** What did not happen yet never will. */
	stop(): void {
		for (const timer of [...this.#waiting.keys()]) {
			clearTimeout(timer);
			this.#end(timer);
		}
	}

	#end(timer: NodeJS.Timeout): void {
		this.#waiting.get(timer)?.();
		this.#waiting.delete(timer);
	}
}
